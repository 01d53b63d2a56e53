"""The two tables of what each theme and group gets: figures of the domain, in order, and what stands in neither."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from planner.services.portfolio_accounts import accounts_view
from tests.domain.test_accounts import plan


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask("accounts")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


def test_groups_stand_in_the_order_given_with_points_for_a_million() -> None:
    """A costs 251: 10 of its 25 points are the young's, 15 the grown-ups'. B costs 80 and is the young's alone."""
    _, groups = accounts_view(plan({"A": 2027, "B": 2027, "C": 2027}), {"voksne": "Voksne", "unge": "Unge"}).tables
    assert groups.heading == "Gruppe" and [row.name for row in groups.rows] == ["Voksne", "Unge"]
    grown, young = groups.rows
    assert (grown.closed, grown.there, grown.share, grown.money, grown.gives) == (
        "15,0", "60,0", "25\N{NO-BREAK SPACE}%", "151", "99,60")  # fmt: skip
    assert (young.closed, young.there, young.share, young.money, young.gives) == (
        "14,0", "40,0", "35\N{NO-BREAK SPACE}%", "180", "77,61")  # fmt: skip


def test_what_closes_nothing_itself_is_told_beside_the_tables() -> None:
    assert "30\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in accounts_view(plan({"C": 2027}), {}).elsewhere
    assert accounts_view(plan({"A": 2027}), {}).elsewhere == ""
