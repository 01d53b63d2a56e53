"""A plan is called the best only where that is proven."""

from flask import Flask
from flask_babel import Babel

from planner.wording import what_if as words


def test_the_best_is_said_of_what_is_proven_alone() -> None:
    app = Flask("plan")
    Babel(app, default_locale="nb")
    facts = {"ours": 10.0, "keeps": True, "best": {"value": 10.0}, "bound": 10.4, "enters": [], "leaves": []}
    with app.test_request_context():
        said = [words.answer({**facts, "proven": proven}) for proven in (True, False)]
    assert said == ["Planen er fortsatt den beste.", "Ingen bedre plan er funnet ennå."]
