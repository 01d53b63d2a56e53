"""Kept plans side by side: which, what differs, and what may not be compared."""

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case
from tests.exports import keep_plan


def two_plans(app: Flask, database: Database, plan_id: str) -> None:
    """The frame as it is, and one with half the money in the first year."""
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    with database.write() as session:
        limits = {**portfolio_case.SETTINGS.limits, "operating": (500, 450)}
        store.save_settings(session, plan_id, replace(portfolio_case.SETTINGS, limits=limits))
        session.commit()
    keep_plan(app, database, plan_id, "Halve rammen")


def read(client: FlaskClient, plan_id: str, query: str = "") -> str:
    response = client.get(f"/plans/{plan_id}/scenarios{query}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_without_a_kept_plan_the_page_says_where_to_find_one(client: FlaskClient, plan_id: str) -> None:
    assert "Finn en plan å ta vare på" in read(client, plan_id)


def test_two_plans_stand_side_by_side(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    two_plans(app, database, plan_id)
    html = read(client, plan_id)
    assert "«Hele rammen» lukker mest" in html
    with database.read() as session:
        kept = [store.find_kept(session, plan_id, number) for number in (1, 2)]
    for number, one in enumerate(kept):
        assert one is not None
        shown = f"{one.result['value']:.1f}".replace(".", ",")
        cells = re.search(r"Behovspoeng lukket.*?</tr>", html, re.DOTALL)
        assert cells is not None and shown in re.findall(r"<td[^>]*>([^<]*)</td>", cells[0])[number]
    chosen = [{c["id"]: c["year"] for c in one.result["chosen"]} for one in kept if one]
    differ = {i for i in {*chosen[0], *chosen[1]} if chosen[0].get(i) != chosen[1].get(i)}
    marked = set(re.findall(r'<tr class="differs"><th scope="row"><span class="code">(\w+)', html))
    assert marked == differ and differ


def test_one_of_them_may_be_chosen_and_nonsense_is_left_out(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    two_plans(app, database, plan_id)
    html = read(client, plan_id, "?plan=2&plan=99&plan=x&plan=-1&plan=²")
    assert "Her står bare «Halve rammen»" in html
    assert "«Hele rammen» lukker mest" in read(client, plan_id, "?plan=7")


def test_other_weights_are_told(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    two_plans(app, database, plan_id)
    posted = client.post(
        f"/plans/{plan_id}/gaps/weights", data={"segments": "equal", "factors": "per_statement", "version": "0"}
    )
    assert posted.status_code == 303
    keep_plan(app, database, plan_id, "Andre vekter")
    assert "Poengene deres kan ikke sammenlignes" in read(client, plan_id)
