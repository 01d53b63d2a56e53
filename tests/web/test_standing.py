"""Once the council has decided, it is the decided plan that is followed up, and that new proposals are held against."""

from flask.testing import FlaskClient

from planner.services.standing import standing
from planner.store.database import Database
from tests.web.test_decision import BASE, a_day_after_the_decision, change, decide, kept
from tests.web.test_portfolio_reasons import words

__all__ = ["a_day_after_the_decision", "kept"]


def test_what_the_council_decided_is_what_stands(
    client: FlaskClient, database: Database, plan_id: str, kept: int
) -> None:
    with database.read() as session:
        before = standing(session, plan_id)
    assert before is not None and before.id == "plan-1" and "«Førsteutkast»" in before.name
    code = next(one for one in sorted(before.plan.starts) if one not in before.plan.problem.running)
    page = words(client.get(f"/plans/{plan_id}/followup").get_data(as_text=True))
    assert f"{code} {before.titles[code]}" in page and "Tiltakene i «Førsteutkast»." in page
    decide(client, plan_id, BASE | change(0, code))
    with database.read() as session:
        after = standing(session, plan_id)
    assert after is not None and after.id == "decision-1" and set(before.plan.starts) - set(after.plan.starts) == {code}
    page = words(client.get(f"/plans/{plan_id}/followup").get_data(as_text=True))
    assert f"{code} {before.titles[code]}" not in page and "Tiltakene i vedtaket 26. november 2026." in page
