"""Move something and try again: the page says what that did to the plan."""

from flask.testing import FlaskClient

from planner.store.database import Database
from tests import portfolio_case
from tests.web.test_portfolio_reasons import wait_for, words


def tried(client: FlaskClient, database: Database, plan_id: str, **form: str) -> str:
    response = client.post(f"/plans/{plan_id}/portfolio/attempt", data={"version": "99", **form})
    assert response.status_code == 303, words(response.get_data(as_text=True))[:500]
    assert wait_for(database, plan_id, "try").state == "done"
    return words(client.get(f"/plans/{plan_id}/portfolio").get_data(as_text=True))


def test_the_next_try_says_what_came_in_and_what_it_gave(client: FlaskClient, database: Database, plan_id: str) -> None:
    portfolio_case.make(database, plan_id)
    assert "Mot forrige forsøk" not in tried(client, database, plan_id, version="1")
    same = tried(client, database, plan_id, version="1")
    assert "Mot forrige forsøk: lukker omtrent like mye. Tiltak og år er de samme." in same
    chosen = [one["id"] for one in (wait_for(database, plan_id, "try").result or {})["chosen"]]
    banned = chosen[0]
    text = tried(client, database, plan_id, version="1", set=f"must_not:{banned}")
    assert "behovspoeng mindre" in text and f"Ut: «Tiltak {banned}»" in text
    back = tried(client, database, plan_id, version="2", set=f"free:{banned}")
    assert "behovspoeng mer" in back and f"Inn: «Tiltak {banned}»" in back


def test_other_weights_are_not_compared(client: FlaskClient, database: Database, plan_id: str) -> None:
    portfolio_case.make(database, plan_id)
    tried(client, database, plan_id, version="1")
    weights = {"segments": "equal", "factors": "per_statement", "version": "0"}
    assert client.post(f"/plans/{plan_id}/gaps/weights", data=weights).status_code == 303
    assert "poengene kan ikke sammenlignes" in tried(client, database, plan_id, version="1")
