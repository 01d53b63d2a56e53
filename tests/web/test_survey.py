"""The survey step as a person meets it: upload, columns, findings, confirm; and every bad file there is."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, update
from werkzeug.test import TestResponse

from planner.files.seed_data import read_seed, statements
from planner.services import survey_upload
from planner.store import survey as store
from planner.store.database import Database
from planner.store.tables import SurveyDraftRow
from planner.wording import texts
from tests.files import nasty
from tests.files.nasty import delimited

SAMPLE = read_seed("innbyggerundersokelse.csv")


def upload(client: FlaskClient, plan_id: str, data: bytes, name: str = "svar.csv") -> TestResponse:
    response = client.post(f"/plans/{plan_id}/survey/upload", data={"file": (io.BytesIO(data), name)})
    assert response.request is not None
    response.request.environ["wsgi.input"].close()  # the test client's own, a file when it is large
    return response


def answers(*rows: tuple[str, ...], extra: tuple[str, ...] = ()) -> bytes:
    """A file of two statements with four columns of answers, in that order, after what is in `extra`."""
    first, second = statements()[0].text, statements()[5].text
    heading = (*extra, f"Viktig: {first}", f"Viktig: {second}", f"Sannsynlig: {first}", f"Sannsynlig: {second}")
    return delimited((heading, *rows))


def version(text: str) -> int:
    found = re.search(r'name="version" value="(\d+)"', text)
    assert found
    return int(found[1])


def get(client: FlaskClient, plan_id: str, part: str, status: int = 200) -> str:
    response = client.get(f"/plans/{plan_id}/survey/{part}".rstrip("/"))
    assert response.status_code == status, response.get_data(as_text=True)[:500]
    return response.get_data(as_text=True)


def post(client: FlaskClient, plan_id: str, part: str, **form: str) -> TestResponse:
    return client.post(f"/plans/{plan_id}/survey/{part}", data=form)


def kept(database: Database, plan_id: str) -> store.StoredSurvey | None:
    with database.read() as session:
        return store.latest(session, plan_id)


def waits(database: Database, plan_id: str) -> bool:
    with database.read() as session:
        return store.find_draft(session, plan_id, datetime(2000, 1, 1, tzinfo=UTC)) is not None


def test_the_sample_goes_all_the_way_and_only_counts_are_left(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    response = upload(client, plan_id, SAMPLE, "innbyggerundersøkelse.csv")
    assert response.status_code == 303 and response.headers["Location"].endswith("/survey/columns")
    assert kept(database, plan_id) is None
    columns = get(client, plan_id, "columns")
    assert "30 av 30 utsagn" in columns
    response = post(client, plan_id, "columns", version="1", next="findings")
    assert response.headers["Location"].endswith("/survey/findings")
    findings = get(client, plan_id, "findings")
    assert "412 av 420 rader brukes. 8 er satt til side." in findings
    assert "Rad 159, 164:" in findings
    confirm = get(client, plan_id, "confirm")
    assert post(client, plan_id, "confirm", version=str(version(confirm))).status_code == 303
    survey = kept(database, plan_id)
    assert survey is not None
    assert (survey.summary.rows_in, survey.summary.rows_used) == (420, 412)
    assert survey.summary.rows_used + sum(count for _, count in survey.summary.set_aside) == 420
    assert survey.filename == "innbyggerundersøkelse.csv"
    assert not waits(database, plan_id)
    page = get(client, plan_id, "")
    assert "412 personer har svart" in page and "Innvandrere" in page and "lånt" in page
    assert "412 svar" in page


def test_the_columns_page_shows_counts_and_lets_each_be_changed(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, answers(("Ung", "6", "7", "3", "elleve"), ("Eldre", "6", "1", "3", "2"), extra=("Alder",)))
    text = get(client, plan_id, "columns")
    assert "Ikke forstått: «elleve»" in text
    assert 'name="column.4"' in text and 'name="column.1"' not in text
    assert 'name="column.1"' in get(client, plan_id, "columns?all=1")
    get(client, plan_id, "findings", 422)
    response = post(client, plan_id, "columns", version="1", **{"column.4": "ignored", "cell.0.Ung": "unge"})
    assert response.headers["Location"].endswith("/survey/columns")
    text = get(client, plan_id, "columns")
    assert "valgt av deg" in text and version(text) == 2
    assert "1 av 30 utsagn" in text


def test_many_guessed_columns_are_one_table_that_can_be_changed(client: FlaskClient, plan_id: str) -> None:
    heading = tuple(f"Q1[SQ{number:03}][{scale}]" for scale in (1, 2) for number in range(1, 31))
    upload(client, plan_id, delimited((heading, *[("6",) * 30 + ("3",) * 30] * 12)))
    text = get(client, plan_id, "columns")
    assert "60 kolonner med svar er gjettet" in text and text.count('<li class="column">') == 0
    assert text.count('<select class="ds-input" id="column-') == 60


def test_errors_stop_before_confirming_and_a_declared_code_mends_them(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "9")] * 12))
    text = get(client, plan_id, "findings", 422)
    assert "ikke forstått" in text and "Lagre undersøkelsen" not in text and "Videre til bekreftelse" not in text
    assert post(client, plan_id, "confirm", version="1").status_code == 422
    assert kept(database, plan_id) is None
    post(client, plan_id, "columns", version="1", missing="8, 9")
    assert "12 av 12 rader brukes." in get(client, plan_id, "findings")
    assert post(client, plan_id, "confirm", version="2").status_code == 303


MISPRINT = answers(
    *[("Viktig", "Viktig", "Meget sannsynlig", "Litt sannsynlig")] * 6,
    *[("Viktig", "Helt uviktig", "Helt garantert", "Helt usannsynlig")] * 6,
)


def test_an_ambiguous_label_stops_and_asks(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, MISPRINT)
    text = get(client, plan_id, "findings", 422)
    assert "Hva sto på trinn 2" in text
    assert post(client, plan_id, "confirm", version="1").status_code == 422
    post(client, plan_id, "columns", version="1", form="right", next="findings")
    assert "12 av 12 rader brukes." in get(client, plan_id, "findings")
    post(client, plan_id, "columns", version="2", form="misprinted", next="findings")
    text = get(client, plan_id, "findings")
    assert "Trinn 2 og 6 på sannsynlighet er regnet som ubesvart" in text
    assert post(client, plan_id, "confirm", version="3").status_code == 303
    survey = kept(database, plan_id)
    assert survey is not None and survey.summary.misprinted


def test_two_windows_do_not_overwrite_each_other(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    assert post(client, plan_id, "columns", version="1", missing="8").status_code == 303
    response = post(client, plan_id, "columns", version="1", missing="9")
    assert response.status_code == 409 and "endret i et annet vindu" in response.get_data(as_text=True)
    assert 'value="8"' in get(client, plan_id, "columns")
    response = post(client, plan_id, "confirm", version="1")
    assert response.status_code == 409
    assert kept(database, plan_id) is None


def test_confirming_twice_stores_once_and_shows_the_page(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    assert post(client, plan_id, "confirm", version="1").status_code == 303
    assert post(client, plan_id, "confirm", version="1").headers["Location"].endswith("/survey")


def test_cancel_forgets_the_file(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    assert "venter på bekreftelse" in get(client, plan_id, "")
    assert post(client, plan_id, "cancel").status_code == 303
    assert not waits(database, plan_id)
    for part in ("columns", "findings"):
        assert client.get(f"/plans/{plan_id}/survey/{part}").status_code == 303


def test_a_file_nobody_came_back_to_is_gone_after_a_day(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    _age(database, timedelta(hours=23))
    assert "venter på bekreftelse" in get(client, plan_id, "").split("<main")[1]
    _age(database, timedelta(hours=25))
    assert "venter på bekreftelse" not in get(client, plan_id, "").split("<main")[1]
    assert post(client, plan_id, "confirm", version="1").status_code == 303
    assert kept(database, plan_id) is None
    other = client.post("/plans", data={"name": "En annen", "municipality": "Prøvevik"}).headers["Location"]
    upload(client, other.split("/")[2], answers(*[("6", "7", "3", "4")] * 12))
    assert not waits(database, plan_id)


def _age(database: Database, by: timedelta) -> None:
    with database.write() as session:
        assert isinstance(session, Session)
        session.exec(update(SurveyDraftRow).values(uploaded_at=datetime.now(UTC) - by))
        session.commit()


def test_a_new_survey_replaces_the_old_one_only_when_confirmed(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    for rows in (12, 15):
        upload(client, plan_id, answers(*[("6", "7", "3", "4")] * rows))
        before = kept(database, plan_id)
        assert before is None or before.summary.rows_used == 12
        post(client, plan_id, "confirm", version="1")
    after = kept(database, plan_id)
    assert after is not None and after.summary.rows_used == 15


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Filen er tom"),
        (b"%PDF-1.7 ...", "Dette er en PDF"),
        (nasty.archive("word/document.xml"), "tekstdokument"),
        (nasty.archive("a.txt"), "pakket fil"),
        (nasty.ole("EncryptedPackage"), "passord"),
        (nasty.far_cell(), "16384 kolonner"),
        (nasty.archive("xl/workbook.xml"), "ødelagt"),
        (nasty.with_entities(), "Excel-filen"),
        (delimited(tuple(("x",) * 100_000 for _ in range(2))), "100000 kolonner"),
    ],
)
def test_what_is_no_survey_gets_a_message_and_stores_nothing(
    client: FlaskClient, database: Database, plan_id: str, data: bytes, says: str
) -> None:
    response = upload(client, plan_id, data)
    assert response.status_code == 422
    assert says in response.get_data(as_text=True)
    assert not waits(database, plan_id) and kept(database, plan_id) is None


def test_no_file_chosen(client: FlaskClient, plan_id: str) -> None:
    response = client.post(f"/plans/{plan_id}/survey/upload", data={})
    assert response.status_code == 422 and "Ingen fil er valgt" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (answers(), "ingen svar"),
        (answers(*[("Vet ikke",) * 4] * 20), "Ingen rader kan brukes"),
        (answers(("6", "=3+3", "3", "4")), "formler"),
        (delimited((("a", "b"), ("1", "2"))), "ingen utsagn"),
        (nasty.workbook((("a", "b"), ("1", "=1+1"))), "formler"),
        (answers(("0,8", "6", "7", "3", "4"), ("tung", "6", "7", "3", "4"), extra=("Vekt",)), "brukbar vekt"),
    ],
)
def test_a_survey_that_cannot_be_used_says_why_and_is_never_stored(
    client: FlaskClient, database: Database, plan_id: str, data: bytes, says: str
) -> None:
    assert upload(client, plan_id, data).status_code == 303
    assert says in get(client, plan_id, "findings", 422)
    assert post(client, plan_id, "confirm", version="1").status_code == 422
    assert kept(database, plan_id) is None


def test_one_respondent_is_said_and_can_be_stored(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, answers(("6", "7", "3", "4")))
    assert "Bare én person har svart" in get(client, plan_id, "findings")
    assert post(client, plan_id, "confirm", version="1").status_code == 303
    assert "Én person har svart på 2 utsagn" in get(client, plan_id, "")


def test_duplicate_headings_and_formulas_beside_the_answers_are_said(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, answers(("a", "b", "6", "7", "3", "4"), extra=("Merknad", "Merknad")))
    assert "står over 2 kolonner" in get(client, plan_id, "findings")


def test_a_file_over_the_limit_is_refused_before_it_is_read(app: Flask, client: FlaskClient, plan_id: str) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000

    class Endless(io.RawIOBase):
        """A body of 300 MB that counts what is taken of it."""

        taken = 0

        def seek(self, place: int, whence: int = 0) -> int:
            return 0

        def tell(self) -> int:
            return 0

        def readinto(self, into: bytearray) -> int:  # type: ignore[override]
            Endless.taken += len(into)
            into[:] = b"x" * len(into)
            return len(into)

    response = client.post(
        f"/plans/{plan_id}/survey/upload",
        content_type="multipart/form-data; boundary=grense",
        environ_overrides={"wsgi.input": Endless(), "CONTENT_LENGTH": "300000000"},
    )
    assert response.status_code == 413
    assert "Filen er for stor" in response.get_data(as_text=True)
    assert Endless.taken < 1_000_000


def test_parsing_is_stopped_at_its_limits(
    app: Flask, client: FlaskClient, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_upload, "LARGE", 10_000_000)  # in the request, not while a page waits
    place = app.extensions["planner"]
    for changes, says in (({"parse_seconds": 0.001}, "for lang tid"), ({"parse_memory_mb": 1}, "for stor")):
        object.__setattr__(place, "config", replace(place.config, **changes))
        response = upload(client, plan_id, delimited(tuple((f"a{n}", f"b{n}") for n in range(300_000))))
        assert response.status_code == 422 and says in response.get_data(as_text=True)
        object.__setattr__(place, "config", replace(place.config, parse_seconds=60.0, parse_memory_mb=1024))
    assert not waits(database, plan_id)


CANARY = '<script>alert("æ")</script>'


def test_what_the_file_says_is_text_everywhere(client: FlaskClient, plan_id: str) -> None:
    data = answers((CANARY, "6", "7", "3", CANARY), ("b", "6", "7", "3", "2"), extra=(f"Alder {CANARY}",))
    upload(client, plan_id, data, f"../../{CANARY}\u202e\r\n.csv")
    for part, status in (("columns", 200), ("columns?all=1", 200), ("findings", 422), ("", 200)):
        assert "<script>alert" not in get(client, plan_id, part, status)


def test_names_of_people_in_unused_columns_are_not_shown(client: FlaskClient, plan_id: str) -> None:
    rows = [(f"Kari Nordmann {n}", "6", "7", "3", "4") for n in range(20)]
    upload(client, plan_id, answers(*rows, extra=("Hvem er du?",)))
    text = get(client, plan_id, "columns?all=1")
    assert "Nordmann" not in text and "20 ulike verdier, ikke vist" in text


def test_what_tells_who_answered_is_gone_before_anything_is_stored(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    about = ("Navn", "E-postadresse", "IP-adresse", "Fullføringstidspunkt", "Kode")
    rows = [
        (f"Kari Nordmann {n}", f"kari{n}@prøvevik.no", f"10.1.2.{n}", f"2026-09-0{1 + n % 9} 12:30:1{n % 10}",
         f"kari{n}@a.no", "6", "7", "3", "4")
        for n in range(20)
    ]  # fmt: skip
    upload(client, plan_id, answers(*rows, extra=about))
    text = get(client, plan_id, "columns?all=1")
    assert "5 kolonner kan fortelle hvem som har svart" in text or "4 kolonner kan fortelle hvem" in text
    with database.read() as session:
        packed = store.draft_content(session, plan_id)
    assert not any(mark in packed for mark in (b"Nordmann", b"kari", b"10.1.2", b"12:30"))
    # Nothing can be made of such a column, whatever a form says.
    post(client, plan_id, "columns", version="1", **{"column.0": "respondent"})
    with database.read() as session:
        draft = store.find_draft(session, plan_id, datetime(2000, 1, 1, tzinfo=UTC))
    assert draft is not None and draft.examination.mapping.columns[0].role == "personal"


def test_value_or_label_number_is_asked_and_answered(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("7", "8", "4", "1")] * 12, *[("6", "6", "5", "3")] * 12))
    text = get(client, plan_id, "findings", 422)
    assert "numrene på svaralternativene" in text and "ikke forstått" not in text
    assert post(client, plan_id, "columns", version="1", numbers="dk_first").status_code == 303
    assert "24 av 24 rader brukes." in get(client, plan_id, "findings")
    assert post(client, plan_id, "confirm", version="2").status_code == 303
    survey = kept(database, plan_id)
    assert survey is not None and survey.mapping.numbers == "dk_first"


def test_a_turned_scale_and_blocks_that_changed_places_are_put_right(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    upload(client, plan_id, answers(*[("1", "2", "6", "7")] * 12))
    post(client, plan_id, "columns", version="1", turned_asked="1", turned="importance")
    post(client, plan_id, "columns", version="2", swapped="1")
    with database.read() as session:
        draft = store.find_draft(session, plan_id, datetime(2000, 1, 1, tzinfo=UTC))
    assert draft is not None and draft.examination.mapping.turned == ("importance",)
    roles = [use.role for use in draft.examination.mapping.columns]
    assert roles == ["likelihood", "likelihood", "importance", "importance"]


def test_a_turned_scale_shows_the_largest_needs_both_ways(client: FlaskClient, plan_id: str) -> None:
    """Nature matters and is here, a home matters and is not: the file has likelihood the wrong way round."""
    upload(client, plan_id, answers(*[("7", "6", "1", "7")] * 12))
    before = get(client, plan_id, "findings")
    assert "lest på fire måter" not in before
    post(client, plan_id, "columns", version="1", turned_asked="1", turned="likelihood")
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td[^>]*>([^<]*)</td>', get(client, plan_id, "findings")))
    assert list(rows) == [
        "Slik filen leses nå", "Viktighet andre veien", "Sannsynlighet andre veien", "De to byttet om",
    ]  # fmt: skip
    assert rows["Slik filen leses nå"].split(", ")[0] != rows["Sannsynlighet andre veien"].split(", ")[0]


@pytest.mark.parametrize("choice", ["importance:s99", "admin", "importance"])
def test_a_choice_that_was_never_offered_is_refused(client: FlaskClient, plan_id: str, choice: str) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    response = post(client, plan_id, "columns", version="1", **{"column.0": choice})
    assert response.status_code == 422


@pytest.mark.parametrize("form", [{}, {"version": "x"}, {"version": "99999999999999999999"}, {"version": "-1"}])
def test_odd_versions_are_stale(client: FlaskClient, plan_id: str, form: dict[str, str]) -> None:
    upload(client, plan_id, answers(*[("6", "7", "3", "4")] * 12))
    assert post(client, plan_id, "columns", **form).status_code == 409
    assert post(client, plan_id, "confirm", **form).status_code == 409


def test_groups_can_be_renamed_and_cells_placed(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, answers(*[("Fjæra", "6", "7", "3", "4")] * 12, extra=("Aldersgruppe",)))
    post(client, plan_id, "columns", version="1", segments="Kystfolk\nAndre", default_segment="andre")
    post(client, plan_id, "columns", version="2", **{"cell.0.Fjæra": "kystfolk"})
    text = get(client, plan_id, "confirm")
    assert "Kystfolk" in text and "Ingen svar. Gruppen får kommunens tall." in text
    post(client, plan_id, "confirm", version="3")
    survey = kept(database, plan_id)
    assert survey is not None and survey.summary.respondents == (12, 0)


def test_every_finding_of_files_and_answers_has_its_sentence() -> None:
    from pathlib import Path

    import planner
    from planner.domain.examination import GATHERED_AS

    folder = Path(planner.__file__).parent
    modules = [*(folder / "files").glob("*.py"), *(folder / "services").glob("survey*.py")]
    modules += [folder / "domain" / f"{name}.py" for name in ("survey", "mapping", "mapping_choices", "pitfalls")]
    used = {
        code
        for module in modules
        for code in re.findall(r'(?:Finding\(\s*|aside\[row\] = )f?"([a-z_]+)"', module.read_text(encoding="utf-8"))
    }
    assert len(used) > 50
    assert (used | set(GATHERED_AS.values())) - texts().keys() == set()
