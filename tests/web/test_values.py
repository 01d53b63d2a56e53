"""What may be best when the groups count otherwise: typed, searched, told, narrowed; and what is refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.judgements import judgements
from planner.domain.problem_file import parse
from planner.store import portfolio as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words

WIDE = {f"{end}-{one}": text for one in ("innvandrere", "unge", "voksne") for end, text in (("low", ""), ("high", ""))}


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def page(client: FlaskClient, plan_id: str) -> str:
    return client.get(f"/plans/{plan_id}/scenarios/values").get_data(as_text=True)


def sought(client: FlaskClient, database: Database, plan_id: str, form: dict[str, str]) -> StoredJob:
    assert client.post(f"/plans/{plan_id}/scenarios/values", data={"plan": "1", **form}).status_code == 303
    job = wait_for(database, plan_id, "values")
    assert job.state == "done" and job.result is not None
    return job


def test_all_plans_that_can_be_best_are_told_with_the_core(client: FlaskClient, database: Database, kept: str) -> None:
    assert "Hva er dere sikre på?" in page(client, kept)
    job = sought(client, database, kept, WIDE)
    problem = parse(job.request["problem"]).problem
    assert problem is not None and problem.weights is not None and job.result is not None
    with database.read() as session:
        plan = store.find_kept(session, kept, 1)
    assert plan is not None
    found = judgements(problem)
    assert found.complete and job.result["count"] == len(found.plans) and job.result["core"] == found.core_index
    assert {one["id"] for one in plan.result["chosen"]} in [set(one.starts) for one in found.plans]
    text = words(page(client, kept))
    assert "I alle planene: riktig uansett" in text and "best" in text
    for one, share in (found.core_index or {}).items():
        assert f"{one} Tiltak {one}" in text
        assert share in (0, 1) or f"{round(100 * share)} %" in text


def test_weights_within_what_is_offered_are_those_of_the_plan(
    client: FlaskClient, database: Database, kept: str
) -> None:
    job = sought(client, database, kept, {})
    weights = job.request["problem"]["weights"]
    for one, (low, high) in weights["range"].items():
        assert low <= weights["nominal"][one] <= high and high - low < 0.25


def test_what_was_said_stays_and_an_answer_is_added(client: FlaskClient, database: Database, kept: str) -> None:
    form = {**WIDE, "one-1": "unge", "other-1": "innvandrere", "low-voksne": "12,5"}
    job = sought(client, database, kept, form)
    assert job.request["problem"]["weights"]["at_least"] == [["unge", "innvandrere"]]
    assert job.request["problem"]["weights"]["range"]["voksne"] == [0.125, 1]
    html = page(client, kept)
    assert 'name="low-voksne" value="12,5"' in html and '<option value="unge" selected>' in html


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"low-unge": "60", "high-unge": "20"}, "Vekten må gå fra et tall til et som er minst like stort"),
        ({"low-unge": "mye"}, "Vekten må gå fra"),
        ({"high-unge": "101"}, "Vekten må gå fra"),
        ({"one-1": "unge"}, "En sammenligning trenger to ulike grupper."),
        ({"one-1": "unge", "other-1": "unge"}, "En sammenligning trenger to ulike grupper."),
        ({"one-2": "unge", "other-2": "<b>"}, "En sammenligning trenger to ulike grupper."),
        (
            {"one-1": "unge", "other-1": "voksne", "low-voksne": "60", "high-voksne": "70", "high-unge": "50"},
            "Dette kan ikke være riktig på en gang:",
        ),
    ],
)
def test_what_cannot_be_used_stays_in_its_field(
    client: FlaskClient, kept: str, form: dict[str, str], said: str
) -> None:
    response = client.post(f"/plans/{kept}/scenarios/values", data={"plan": "1", **WIDE, **form})
    html = response.get_data(as_text=True)
    assert response.status_code == 422 and said in html
    for name, text in form.items():
        assert f'name="{name}"' in html
        if name.startswith(("low", "high")):
            assert f'name="{name}" value="{text}"' in html
