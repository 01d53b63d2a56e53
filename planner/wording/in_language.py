"""How are sentences made where there is no request? In the language one says, by the same catalogues as the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask
from flask_babel import Babel

CATALOGUES = Path(__file__).parent.parent / "translations"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Whatever is worded and written inside is in this language: nb, nn or en."""
    with _surroundings(language).app_context():
        yield


@cache
def _surroundings(language: str) -> Flask:
    """As much of an application as wording needs."""
    app = Flask("planner", static_folder=None, template_folder=None)
    Babel(app, default_locale=language, default_translation_directories=str(CATALOGUES))  # type: ignore[no-untyped-call]
    return app
