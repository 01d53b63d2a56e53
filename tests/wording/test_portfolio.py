"""What the plan page says is bound when the plan ends."""

from flask import Flask
from flask_babel import Babel

from planner.wording import portfolio as words


def test_what_is_built_beyond_the_first_year_after_the_plan_is_told_apart_from_it() -> None:
    app = Flask("plan")
    Babel(app, default_locale="nb")
    amounts = {"investment": 2000.0, "operating": 0.0, "staff": 11.0}
    with app.test_request_context():
        soon, long, nothing = (
            words.after(2031, kept, later).replace("\u202f", " ").replace("\xa0", " ")
            for kept, later in ((amounts, 0), (amounts, 8000), ({}, 0))
        )
    assert soon.endswith("er dette allerede bundet: 2 000 000 kr (investering) og 11 månedsverk.")
    assert long == f"{soon} Etter 2031 gjenstår 8 000 000 kr til investering."
    assert nothing == "Planen binder ingenting i 2031, det første året etter planen."
