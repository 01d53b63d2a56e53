"""What does this installation owe whoever reads it? How far everybody can use it, and what it keeps of people.

The pages say what the code does and no more: the municipality's own declarations are made of them, not replaced.
"""

import io
from dataclasses import dataclass

from flask import Blueprint, Response, abort, send_file
from flask_babel import get_locale

from planner.services import duties
from planner.services.duties import Template
from planner.web.pages import place, render

blueprint = Blueprint("about", __name__, url_prefix="/about")


@dataclass(frozen=True, slots=True)
class AboutView:
    """contact: who answers for this installation, or nothing. access: as the settings have it.

    templates: what the municipality can fill in, in the language `of`.
    """

    contact: str
    access: str
    templates: tuple[Template, ...]
    of: str
    frame: None = None


def _view() -> AboutView:
    config = place().config
    return AboutView(config.contact, config.access, duties.templates(), duties.language_of(str(get_locale())))


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
    called, content = made
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return send_file(io.BytesIO(content), kind, as_attachment=True, download_name=called)
