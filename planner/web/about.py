"""What does this installation owe whoever reads it? How far everybody can use it, and what it keeps of people.

The pages say what the code does and no more: the municipality's own declarations are made of them, not replaced.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, abort
from flask_babel import get_locale

from planner.services import duties
from planner.services.duties import Template
from planner.web.pages import download, place, render

blueprint = Blueprint("about", __name__, url_prefix="/about")


@dataclass(frozen=True, slots=True)
class AboutView:
    """contact: who answers for this installation, or nothing. access: as the settings have it. issuer: what people may
    sign in with, or «».

    templates: what the municipality can fill in, in the language `of`.
    """

    contact: str
    access: str
    issuer: str
    templates: tuple[Template, ...]
    of: str
    frame: None = None


def _view() -> AboutView:
    config = place().config
    issuer, language = config.oidc.called if config.oidc else "", duties.language_of(str(get_locale()))
    return AboutView(config.contact, config.access, issuer, duties.templates(), language)


@blueprint.get("/accessibility")
def accessibility() -> Response:
    return render("about/accessibility.html", _view())


@blueprint.get("/privacy")
def privacy() -> Response:
    return render("about/privacy.html", _view())


@blueprint.get("/templates/<language>/<name>.docx")
def template(language: str, name: str) -> Response:
    made = duties.word(name, language)
    if made is None:
        abort(404)
    return download(made)
