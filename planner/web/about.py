"""What does this installation owe whoever reads it? How far everybody can use it, and what it keeps of people.

The pages say what the code does and no more: the municipality's own declarations are made of them, not replaced.
"""

from dataclasses import dataclass

from flask import Blueprint, Response

from planner.web.pages import place, render

blueprint = Blueprint("about", __name__, url_prefix="/about")


@dataclass(frozen=True, slots=True)
class AboutView:
    """contact: who answers for this installation, or nothing. access: as the settings have it."""

    contact: str
    access: str
    frame: None = None


def _view() -> AboutView:
    config = place().config
    return AboutView(config.contact, config.access)


@blueprint.get("/accessibility")
def accessibility() -> Response:
    return render("about/accessibility.html", _view())


@blueprint.get("/privacy")
def privacy() -> Response:
    return render("about/privacy.html", _view())
