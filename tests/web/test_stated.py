"""A report's table and a workshop's weights in place of answers: from the file to the paper, and what each may say."""

import io
import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.files.seed_data import read_seed, statements
from planner.store import initiatives
from planner.store import portfolio as portfolio_store
from planner.store.database import Database
from planner.store.stated import find
from planner.store.survey import latest
from planner.store.survey_answers import are_kept
from tests.exports import keep_plan, text_of
from tests.portfolio_case import SETTINGS, candidate

TEXTS = [one.text for one in statements()]
MEANS = "\r\n".join(
    [
        "Utsagn;n;Viktig snitt;Sannsynlig snitt",
        *(f'"{text}";412;{6 - k / 20:.2f};{3 + k / 20:.2f}'.replace(".", ",") for k, text in enumerate(TEXTS[:12])),
    ]
)
STEPS = ";".join(f"Viktig {k}" for k in range(1, 8)) + ";" + ";".join(f"Sannsynlig {k}" for k in range(1, 8))
HALF = "0;0;0;0;20;40;40;20;20;20;20;20;0;0"
SHARES = "\r\n".join(
    [f"Utsagn;Gruppe;Antall svar;{STEPS}"]
    + [
        f'"{text}";{group};{n};{HALF}'
        for text in TEXTS[:6]
        for group, n in (("Alle", 106), ("Unge", 40), ("Voksne", 66))
    ]
)


def upload(client: FlaskClient, plan: str, text: str, name: str = "rapport.csv") -> TestResponse:
    file = (io.BytesIO(text.encode("utf-8")), name)
    return client.post(f"/plans/{plan}/survey/upload", data={"file": file}, follow_redirects=True)


def confirm(client: FlaskClient, plan: str) -> TestResponse:
    html = client.get(f"/plans/{plan}/survey/table").get_data(as_text=True)
    version = re.search(r'name="version" value="(\w+)"', html)
    assert version is not None
    return client.post(f"/plans/{plan}/survey/table", data={"version": version[1]}, follow_redirects=True)


def text(client: FlaskClient, plan: str, part: str, status: int = 200) -> str:
    response = client.get(f"/plans/{plan}/{part}")
    assert response.status_code == status
    return response.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def test_means_are_looked_over_kept_and_told_as_distances(
    client: FlaskClient, plan_id: str, database: Database
) -> None:
    looked = upload(client, plan_id, MEANS)
    html = looked.get_data(as_text=True)
    assert looked.request.path.endswith("/survey/table") and "Dette kan ikke regnes ut av den" in html
    assert "Alle 12 radene i tabellen brukes." in html and "3,0 trinn" in html
    with database.read() as session:
        assert find(session, plan_id) is None
    assert "En tabell fra en rapport venter" in text(client, plan_id, "survey")
    assert confirm(client, plan_id).status_code == 200
    told = text(client, plan_id, "gaps")
    assert "Lengst fra viktig til sannsynlig er det for natur (3,0 trinn)" in told
    assert "Den sier ikke hvor mange som mangler noe." in told and "Usikkerhet" not in told
    assert "tall fra en rapport" in told
    assert re.search(r"\d %", told.split('id="statements"')[1].split("</table>")[0]) is None


def test_shares_are_told_as_spans(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, SHARES)
    confirm(client, plan_id)
    told = text(client, plan_id, "gaps")
    # 90 of 100 find it important (5 by half), 70 unlikely (4 by half): .63 if unrelated.
    assert "Flest mangler trolig" in told and "63 %" in told and "60–70 %" in told
    assert "Unge" in told and "Voksne" in told


def with_initiatives(database: Database, plan: str, statements_: list[str], groups: tuple[str, ...]) -> None:
    with database.write() as session:
        for number, statement in enumerate(statements_, start=1):
            one = candidate(f"I{number}", "natur", statement, 30, 100)
            initiatives.put(session, plan, replace(one, targets=groups))
        portfolio_store.save_settings(session, plan, SETTINGS)
        session.commit()


def paper(app: Flask, client: FlaskClient, database: Database, plan: str) -> str:
    """The page of the paper of a plan kept now; its files open."""
    keep_plan(app, database, plan, "Planen")
    assert "I1" in text(client, plan, "portfolio")
    for file in ("word", "book"):
        assert text_of(client.get(f"/plans/{plan}/report/{file}").data)
    return text(client, plan, "report")


def test_means_go_all_the_way_to_a_paper_that_says_what_it_stands_on(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    upload(client, plan_id, MEANS)
    confirm(client, plan_id)
    with_initiatives(database, plan_id, ["s01", "s02"], ("alle",))
    told = paper(app, client, database, plan_id)
    assert "Tallene er fra en rapport med snitt" in told and "Flest behovspoeng har" in told
    assert "Det er ikke gjort noen undersøkelse" not in told and "Flest mangler" not in told


def test_shares_go_all_the_way_to_a_paper(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, SHARES)
    confirm(client, plan_id)
    with_initiatives(database, plan_id, ["s01", "s02"], ("unge", "voksne"))
    told = paper(app, client, database, plan_id)
    assert "Tallene er fra en rapport med hvor mange som ga hvert svar" in told and "63 %" in told
    assert "klart" not in told.split("Behovene")[1][:200]


def test_a_workshop_goes_all_the_way_to_a_paper(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    client.post(f"/plans/{plan_id}/survey/workshop", data={**form(client, plan_id), **WEIGHTS})
    with_initiatives(database, plan_id, ["s15", "s02"], ("unge", "voksne"))
    told = paper(app, client, database, plan_id)
    assert "Behovene er vektet i et verksted." in told and "Kilde: Folkemøte 3. november." in told


def test_what_is_wrong_is_told_row_by_row_and_the_rest_may_be_used(client: FlaskClient, plan_id: str) -> None:
    looked = upload(client, plan_id, MEANS.replace("6,00", "9,9").replace('"' + TEXTS[1] + '"', "Ukjent utsagn her"))
    html = looked.get_data(as_text=True)
    assert "«9,9» er ikke et snitt på skalaen fra 1 til 7" in html and "Rad 2" in html
    assert "«Ukjent utsagn her» er ikke et av utsagnene" in html and "10 av 12 rader" in html


def test_a_table_of_which_nothing_can_be_used_is_refused_where_it_was_uploaded(
    client: FlaskClient, plan_id: str
) -> None:
    refused = upload(client, plan_id, re.sub(r";\d,\d\d;", ";99;", MEANS))
    assert refused.status_code == 422 and "Ingen av radene i tabellen kan brukes." in refused.get_data(as_text=True)


def test_the_table_is_one_in_english_and_in_excel_too(client: FlaskClient, plan_id: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rapport 2025"])
    sheet.append(["Statement", "Answers", "Importance (mean)", "Likelihood (mean)"])
    for one in statements()[:5]:
        sheet.append([one.text_en, 300, 5.5, 4.25])
    out = io.BytesIO()
    book.save(out)
    looked = client.post(
        f"/plans/{plan_id}/survey/upload", data={"file": (io.BytesIO(out.getvalue()), "r.xlsx")}, follow_redirects=True
    )
    assert "Alle 5 radene i tabellen brukes." in looked.get_data(as_text=True)


def test_a_stale_confirmation_and_a_dropped_table(client: FlaskClient, plan_id: str, database: Database) -> None:
    upload(client, plan_id, MEANS)
    stale = client.post(f"/plans/{plan_id}/survey/table", data={"version": "old"})
    assert stale.status_code == 409 and "Noen andre bekreftet" in stale.get_data(as_text=True)
    assert client.post(f"/plans/{plan_id}/survey/table/cancel").status_code == 303
    assert client.get(f"/plans/{plan_id}/survey/table").status_code == 303
    with database.read() as session:
        assert find(session, plan_id, waiting=True) is None


def test_a_table_takes_the_place_of_a_survey_only_when_told_and_the_reverse(
    client: FlaskClient, database: Database
) -> None:
    plan = client.post("/plans/sample").headers["Location"].split("/")[2]
    assert "Den erstatter undersøkelsen som er lagret." in upload(client, plan, MEANS).get_data(as_text=True)
    with database.read() as session:
        assert latest(session, plan) is not None
    confirm(client, plan)
    with database.read() as session:
        assert latest(session, plan) is None and not are_kept(session, plan) and find(session, plan) is not None
    client.post(
        f"/plans/{plan}/survey/upload", data={"file": (io.BytesIO(read_seed("innbyggerundersokelse.csv")), "s.csv")}
    )
    client.post(f"/plans/{plan}/survey/confirm", data={"version": "1", "keep": "1"})
    with database.read() as session:
        assert latest(session, plan) is not None and find(session, plan) is None


# --- A workshop's weights --------------------------------------------------------------------------------------------

WEIGHTS = {
    "segment-unge": "60",
    "segment-voksne": "40",
    "factor-arbeid": "50",
    "factor-bolig": "30,5",
    "source": "Folkemøte 3. november",
}


def form(client: FlaskClient, plan: str) -> dict[str, str]:
    html = client.get(f"/plans/{plan}/survey/workshop").get_data(as_text=True)
    return {name: value for name, value in re.findall(r'name="([\w-]+)" value="([^"]*)"', html) if name != "csrf_token"}


def test_a_municipality_that_has_not_asked_begins_with_a_workshop(client: FlaskClient, plan_id: str) -> None:
    kept = client.post(f"/plans/{plan_id}/survey/workshop", data={**form(client, plan_id), **WEIGHTS})
    assert kept.status_code == 303 and kept.headers["Location"].endswith("/gaps")
    told = text(client, plan_id, "gaps")
    assert "Verkstedet la mest vekt på arbeid og bolig. Ingen er spurt om hva de mangler." in told
    assert "Kilde: Folkemøte 3. november." in told and "Vekter fra et verksted" in told
    again = form(client, plan_id)
    assert (again["factor-bolig"], again["segment-tilflyttere"]) == ("30,5", "")
    assert "vekter fra et verksted" in text(client, plan_id, "survey")


def test_bad_points_are_told_at_their_field(client: FlaskClient, plan_id: str) -> None:
    refused = client.post(
        f"/plans/{plan_id}/survey/workshop", data={**form(client, plan_id), **WEIGHTS, "factor-natur": "mye"}
    )
    html = refused.get_data(as_text=True)
    assert refused.status_code == 422 and 'aria-invalid="true"' in html and "Folkemøte" in html
    empty = client.post(f"/plans/{plan_id}/survey/workshop", data=form(client, plan_id))
    assert empty.status_code == 422


def test_a_workshop_never_overwrites_answers_or_what_somebody_else_wrote(client: FlaskClient, plan_id: str) -> None:
    first = form(client, plan_id)
    client.post(f"/plans/{plan_id}/survey/workshop", data={**first, **WEIGHTS})
    late = client.post(f"/plans/{plan_id}/survey/workshop", data={**first, **WEIGHTS, "source": "Sen"})
    assert late.status_code == 409 and 'value="Sen"' in late.get_data(as_text=True)
    assert "Lagret nå: Folkemøte 3. november" in late.get_data(as_text=True)
    later = client.post(f"/plans/{plan_id}/survey/workshop", data={**first, **WEIGHTS, "factor-bolig": "1"})
    assert "Lagret nå: 30,5" in later.get_data(as_text=True)
    sample = client.post("/plans/sample").headers["Location"].split("/")[2]
    assert client.post(f"/plans/{sample}/survey/workshop", data=WEIGHTS).status_code == 409
