"""Weighting to those who live here: filled in from a table or by hand, kept in one go, refused with all typed kept."""

import io
import json
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.store.database import Database
from planner.store.survey import latest
from planner.store.survey_weighting import find
from tests.files import ssb_files

PEOPLE = {"16–29": "800", "30–49": "1 100", "50–66": "1\N{NARROW NO-BREAK SPACE}000", "67 og over": "900"}


@pytest.fixture
def plan(client: FlaskClient) -> str:
    """The sample municipality, whose file has weights of its own."""
    return client.post("/plans/sample").headers["Location"].split("/")[2]


def fields(html: str) -> dict[str, str]:
    """Everything the form would send, apart from files and the button."""
    form = html[html.index('class="panel weighting-form"') : html.index("</form>", html.index("weighting-form"))]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = {name: value for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if at.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if at.get("type") != "file":
            found[at["name"]] = at.get("value", "").replace("&#34;", '"')
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', body)[0]
    found.pop("table", None)
    return found


def page(client: FlaskClient, plan: str) -> dict[str, str]:
    return fields(client.get(f"/plans/{plan}/survey/weighting").get_data(as_text=True))


def by_age(form: dict[str, str], people: dict[str, str] = PEOPLE) -> dict[str, str]:
    """Weight by age alone, with these people in its levels."""
    number = next(
        name.split(".")[1] for name, value in form.items() if name.startswith("column.") and value == "Aldersgruppe"
    )
    made = {**form, "how": "raked", f"use.{number}": "1"}
    for name, level in form.items():
        if name.startswith(f"level.{number}."):
            made[f"people.{name.removeprefix('level.')}"] = people[level]
    return made


def post(client: FlaskClient, plan: str, form: dict[str, str], **more: object) -> TestResponse:
    return client.post(f"/plans/{plan}/survey/weighting", data={**form, **more}, content_type="multipart/form-data")


def weights(database: Database, plan: str) -> tuple[str, tuple[float, ...]]:
    with database.read() as session:
        survey = latest(session, plan)
    assert survey is not None
    return survey.summary.weighting, tuple(round(one, 9) for one in survey.summary.weight)


def test_weighting_by_age_changes_the_counts_and_says_what_came_of_it(
    client: FlaskClient, plan: str, database: Database
) -> None:
    before = weights(database, plan)
    response = post(client, plan, by_age(page(client, plan)), source="Folkeregisteret")
    assert response.status_code == 303
    text = client.get(response.headers["Location"]).get_data(as_text=True)
    assert "Svarene er vektet etter «Aldersgruppe»" in text and "412 svar teller som" in text
    assert "Innbyggertallene er fra Folkeregisteret." in text
    assert weights(database, plan)[0] == "raked" != before[0] and weights(database, plan)[1] != before[1]
    assert "vektet etter «Aldersgruppe»" in client.get(f"/plans/{plan}/survey").get_data(as_text=True)
    with database.read() as session:
        kept = find(session, plan)
    assert kept is not None and kept.version == 1
    assert dict(kept.choice.margins[0].people)["30–49"] == 1100


def test_a_choice_can_be_taken_back_whole(client: FlaskClient, plan: str, database: Database) -> None:
    with database.read() as session:
        before = latest(session, plan)
    assert post(client, plan, by_age(page(client, plan))).status_code == 303
    assert post(client, plan, {**page(client, plan), "how": "file"}).status_code == 303
    with database.read() as session:
        after = latest(session, plan)
    assert before is not None and after is not None
    assert after.summary.to_document() == before.summary.to_document()
    assert after.analyses == before.analyses


def test_everyone_may_count_alike(client: FlaskClient, plan: str, database: Database) -> None:
    assert post(client, plan, {**page(client, plan), "how": "none"}).status_code == 303
    assert weights(database, plan) == ("none", (6.0, 52.0, 104.0, 250.0))
    assert "Alle svar teller likt." in client.get(f"/plans/{plan}/survey/weighting").get_data(as_text=True)


@pytest.mark.parametrize("table", [ssb_files.web_csv(), ssb_files.api_csv(), ssb_files.json_stat()])
def test_a_table_of_ssb_fills_the_fields_and_keeps_nothing(
    client: FlaskClient, plan: str, database: Database, table: bytes
) -> None:
    before = weights(database, plan)
    form = {**page(client, plan), "youngest": "16"}
    response = post(client, plan, form, action="table", table=(io.BytesIO(table), "07459.csv"))
    text = response.get_data(as_text=True)
    assert response.status_code == 200, text
    filled = fields(text)
    expected = sum(ssb_files.people(sex, age, 1) for sex in range(2) for age in range(16, 30))
    number = next(name for name, value in filled.items() if name.startswith("level.0.") and value == "16–29")
    assert filled[f"people.{number.removeprefix('level.')}"].replace(" ", "") == str(expected)
    assert (filled["how"], filled["use.0"], filled["use.1"]) == ("raked", "1", "1")
    assert "Prøvevik" in filled["source"] and weights(database, plan) == before
    assert post(client, plan, filled).status_code == 303
    assert weights(database, plan)[0] == "raked"


def test_a_table_of_several_places_is_read_for_the_one_the_plan_is_of(client: FlaskClient, plan: str) -> None:
    one = ssb_files.web_csv().decode("iso-8859-1")
    rows = [line for line in one.splitlines() if line.startswith('"9999')]
    both = [rows[-1], *(row.replace("9999 Prøvevik", "8888 Eksempelvik") for row in rows)]
    table = one.replace(rows[-1], "\r\n".join(both)).encode("iso-8859-1")
    form = {**page(client, plan), "youngest": "16"}
    answer = post(client, plan, form, action="table", table=(io.BytesIO(table), "x.csv")).get_data(as_text=True)
    assert fields(answer)["people.0.0"] != "" and "Eksempelvik" in fields(answer)["source"]


def test_a_table_of_several_places_asks_which(client: FlaskClient, plan: str) -> None:
    one = ssb_files.web_csv().decode("iso-8859-1")
    rows = [line for line in one.splitlines() if line.startswith('"9999')]
    table = one.replace(
        rows[-1], "\r\n".join([rows[-1], *(row.replace("9999 Prøvevik", "8888 Annetsted") for row in rows)])
    )
    form = {**page(client, plan), "youngest": "16"}
    asked = post(client, plan, form, action="table", table=(io.BytesIO(table.encode("iso-8859-1")), "x.csv"))
    text = asked.get_data(as_text=True)
    assert "Hvilket sted?" in text and fields(text)["people.0.0"] == ""
    chosen = fields(text)
    other = json.loads(chosen["population"])["places"][1][0]
    assert "Annetsted" in other
    answer = post(client, plan, {**chosen, "place": other}, action="table").get_data(as_text=True)
    assert fields(answer)["people.0.0"] != "" and "Annetsted" in fields(answer)["source"]


@pytest.mark.parametrize("typed", ["abc", "-4", "1e99", "", "12,34,56", "9" * 50])
def test_a_number_that_is_none_is_told_at_its_field_and_all_that_was_typed_stays(
    client: FlaskClient, plan: str, database: Database, typed: str
) -> None:
    before = weights(database, plan)
    response = post(client, plan, by_age(page(client, plan), {**PEOPLE, "30–49": typed}), source="Mine tall")
    text = response.get_data(as_text=True)
    assert response.status_code == 422 and "«30–49» mangler eller er ikke et tall" in text
    assert text.count("Skriv et tall.") == 1
    kept = fields(text)
    assert kept["source"] == "Mine tall" and typed in kept.values() and "800" in kept.values()
    assert weights(database, plan) == before


def test_a_level_without_people_and_nothing_chosen_are_refused(client: FlaskClient, plan: str) -> None:
    form = page(client, plan)
    zero = post(client, plan, by_age(form, {**PEOPLE, "16–29": "0"}))
    assert zero.status_code == 422 and "er 0, men noen har svart der" in zero.get_data(as_text=True)
    nothing = post(client, plan, {**form, "how": "raked"})
    assert nothing.status_code == 422 and "Ingen kjennetegn er valgt" in nothing.get_data(as_text=True)


def test_margins_of_different_people_are_refused(client: FlaskClient, plan: str) -> None:
    form = {**by_age(page(client, plan)), "use.1": "1", "people.1.0": "100", "people.1.1": "120"}
    refused = post(client, plan, form)
    assert refused.status_code == 422 and "forskjellig sum" in refused.get_data(as_text=True)


def test_levels_may_count_together_or_as_unknown(client: FlaskClient, plan: str, database: Database) -> None:
    form = by_age(page(client, plan))
    places = {value: name.removeprefix("level.") for name, value in form.items() if name.startswith("level.0.")}
    form[f"into.{places['16–29']}"] = "30–49"
    form[f"into.{places['67 og over']}"] = "unknown"
    form[f"people.{places['67 og over']}"] = ""
    assert post(client, plan, form).status_code == 303
    with database.read() as session:
        kept = find(session, plan)
    assert kept is not None
    assert dict(kept.choice.margins[0].read_as) == {"16–29": "30–49", "67 og over": ""}
    again = page(client, plan)
    assert (again[f"into.{places['16–29']}"], again[f"into.{places['67 og over']}"]) == ("30–49", "unknown")


@pytest.mark.parametrize("file", [b"", b"%PDF-1.4", b"{}", b"\x00\x01", b"navn;alder\nOla;4\n", b"[" * 100_000])
def test_a_file_that_is_no_such_table_is_refused_kindly(client: FlaskClient, plan: str, file: bytes) -> None:
    response = post(client, plan, page(client, plan), action="table", table=(io.BytesIO(file), "x.csv"))
    assert response.status_code == 422
    assert "07459" in response.get_data(as_text=True)


def test_no_age_is_told_and_broken_fields_are_nothing(client: FlaskClient, plan: str) -> None:
    table = (io.BytesIO(ssb_files.web_csv()), "x.csv")
    response = post(client, plan, {**page(client, plan), "youngest": "seksten"}, action="table", table=table)
    assert response.status_code == 422 and "«seksten» er ikke en alder" in response.get_data(as_text=True)
    odd = post(client, plan, {"action": "table", "population": '{"places": [[1]]}', "level.x": "y", "column.9": "z"})
    assert odd.status_code == 422
    assert post(client, plan, {"version": "x"}).status_code == 409


def test_what_somebody_else_did_meanwhile_is_not_undone(client: FlaskClient, plan: str, database: Database) -> None:
    first = page(client, plan)
    assert post(client, plan, {**first, "how": "none"}).status_code == 303
    late = post(client, plan, by_age(first), source="Sen")
    assert late.status_code == 409
    assert "Noen andre endret vektingen" in late.get_data(as_text=True)
    assert fields(late.get_data(as_text=True))["source"] == "Sen" and weights(database, plan)[0] == "none"


def test_without_the_answers_the_page_says_why_nothing_can_be_changed(client: FlaskClient, plan: str) -> None:
    form = page(client, plan)
    client.post(f"/plans/{plan}/survey/forget")
    shown = client.get(f"/plans/{plan}/survey/weighting")
    assert shown.status_code == 200 and "Svarene til hver enkelt er slettet" in shown.get_data(as_text=True)
    assert "weighting-form" not in shown.get_data(as_text=True)
    assert post(client, plan, {**form, "how": "none"}).status_code == 409


def test_before_a_survey_there_is_nothing_to_weight(client: FlaskClient, plan_id: str) -> None:
    assert client.get(f"/plans/{plan_id}/survey/weighting").headers["Location"].endswith("/survey")


def test_a_new_survey_starts_without_a_choice(client: FlaskClient, plan: str, database: Database) -> None:
    from planner.files.seed_data import read_seed

    assert post(client, plan, {**page(client, plan), "how": "none"}).status_code == 303
    old = page(client, plan)
    again = {"file": (io.BytesIO(read_seed("innbyggerundersokelse.csv")), "igjen.csv")}
    client.post(f"/plans/{plan}/survey/upload", data=again)
    assert client.post(f"/plans/{plan}/survey/confirm", data={"version": "1", "keep": "1"}).status_code == 303
    with database.read() as session:
        assert find(session, plan) is None
    assert weights(database, plan)[0] == "file"
    assert old["version"] != page(client, plan)["version"]
