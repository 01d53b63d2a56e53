"""Writing down what the council decided: seen before it is confirmed, frozen after, on every page from then on."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from flask.testing import FlaskClient

from planner.cli import main
from planner.domain.problem_file import canonical, problem_sha256
from planner.domain.solver import solve
from planner.files import verify_log
from planner.services import decision_reading
from planner.store import decisions, log
from planner.store import portfolio as store
from planner.store.database import Database
from tests.exports import text_of
from tests.report_case import BASIS, problem
from tests.services.test_report import KEPT_AT

BASE = {"by": "Kommunestyret", "on": "2026-11-26", "case": "61/26", "recorded_by": "Kari Nordmann",
        "examples_reason": "Tallene er fra nabokommunen.", "after": "0"}  # fmt: skip


@pytest.fixture(autouse=True)
def a_day_after_the_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.services.plans.now", lambda: datetime(2026, 11, 27, 8, 0, tzinfo=UTC))


@pytest.fixture
def kept(database: Database, plan_id: str) -> int:
    """The proven plan of the problem of report_case, kept."""
    asked = problem()
    answer = solve(asked, gap=0).as_json()
    with database.write() as session:
        plan = store.KeptPlan(1, "Førsteutkast", canonical(asked), problem_sha256(asked), answer, BASIS, KEPT_AT)
        store.keep(session, plan_id, plan)
        session.commit()
    return 1


def keep_again(database: Database, plan_id: str) -> None:
    with database.write() as session:
        first = store.find_kept(session, plan_id, 1)
        assert first is not None
        store.keep(session, plan_id, replace(first, number=2))
        session.commit()


def look(client: FlaskClient, plan_id: str, form: dict[str, str], status: int = 200) -> str:
    answer = client.post(f"/plans/{plan_id}/decision/new", data=form)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def seal(page: str) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page)
    assert found, "nothing may be written down yet"
    return found[1]


def decide(client: FlaskClient, plan_id: str, form: dict[str, str]) -> str:
    """Looks, confirms, and gives the page of the decision."""
    answer = client.post(f"/plans/{plan_id}/decision", data=form | {"shown": seal(look(client, plan_id, form))})
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).get_data(as_text=True)


def change(number: int, code: str, year: str = "", reason: str = "Ungdomsrådet ba om det") -> dict[str, str]:
    return {f"change/{number}/{key}": text for key, text in (("initiative", code), ("year", year), ("reason", reason))}


def test_before_a_plan_is_kept_there_is_nothing_to_decide(client: FlaskClient, plan_id: str) -> None:
    assert client.get(f"/plans/{plan_id}/decision/new").status_code == 404
    assert client.post(f"/plans/{plan_id}/decision/new").status_code == 404
    assert client.post(f"/plans/{plan_id}/decision").status_code == 404
    assert client.get(f"/plans/{plan_id}/decision/1").status_code == 404
    assert client.get(f"/plans/{plan_id}/decision/1/vedtak.json").status_code == 404


def test_a_decision_without_changes(client: FlaskClient, database: Database, plan_id: str, kept: int) -> None:
    assert "Før inn vedtaket" in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    before = client.get(f"/plans/{plan_id}/gaps").get_data(as_text=True)
    assert "Vedtatt 26" not in before and "når planen er vedtatt" in before
    shown = decide(client, plan_id, BASE)
    assert "Kommunestyret (61/26) vedtok 26. november 2026 en plan med" in shown
    assert "Tallene er fra nabokommunen." in shown and "Kari Nordmann" not in shown
    for page in ("survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report", "log", "proposals"):
        html = client.get(f"/plans/{plan_id}/{page}").get_data(as_text=True)
        assert "Vedtatt 26. november 2026" in html and "kan meldes nå" in html and "når planen er" not in html, page
    start = client.get("/").get_data(as_text=True)
    assert "Vedtatt 26. november 2026" in start and "slettes også vedtaket og loggen" in start
    with database.read() as session:
        stored = decisions.find(session, plan_id, 1)
        chain = log.chain(session, plan_id)
    assert stored is not None and "Kari" not in stored.text
    assert any(one.words.get("recorded_by") == "Kari Nordmann" for one in chain.contents.values())


def test_the_file_is_the_frozen_document_and_verifies(
    client: FlaskClient, plan_id: str, kept: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = decide(client, plan_id, BASE | change(0, "C", "2027"))
    file = client.get(f"/plans/{plan_id}/decision/1/vedtak.json").get_data()
    assert sha256(file).hexdigest() in shown
    path, log_path = tmp_path / "vedtak.json", tmp_path / "logg.json"
    path.write_bytes(file)
    log_path.write_bytes(client.get(f"/plans/{plan_id}/log/malrett-logg.json").get_data())
    assert main(["verify", str(path), "--sha256", sha256(file).hexdigest()]) == 0
    assert verify_log.main([str(log_path), "--decision", str(path)]) == 0
    document = json.loads(file)
    assert {"problem", "result", "basis", "workshops", "program", "council", "decided"} <= document.keys()
    document["council"]["changes"][0]["value_after"] += 0.5
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main(["verify", str(path)]) == 1
    assert verify_log.main([str(log_path), "--decision", str(path)]) == 1
    capsys.readouterr()


def test_what_a_change_does_is_shown_before_it_is_confirmed(client: FlaskClient, plan_id: str, kept: int) -> None:
    page = look(client, plan_id, BASE | change(0, "C", "2027"))
    assert re.search(r"«C Ungdomsklubb» tas ut: fra \d+,\d til \d+,\d behovspoeng", page) and "mindre" in page
    assert decide(client, plan_id, BASE | change(0, "C", "2027")).count("tatt ut ved vedtaket") == 1


def test_what_is_confirmed_is_what_was_shown(client: FlaskClient, database: Database, plan_id: str, kept: int) -> None:
    """Another change than the one shown is shown first; nothing is written."""
    shown = seal(look(client, plan_id, BASE))
    for other in (BASE | change(0, "C", "2027"), BASE | {"on": "2026-11-25"}, BASE | {"by": "Formannskapet"}):
        answer = client.post(f"/plans/{plan_id}/decision", data=other | {"shown": shown})
        assert answer.status_code == 200 and seal(answer.get_data(as_text=True)) != shown
    assert client.post(f"/plans/{plan_id}/decision", data=BASE).status_code == 200
    with database.read() as session:
        assert decisions.marks(session, plan_id) == ()


def test_a_plan_that_breaks_a_rule_asks_why_and_says_so_for_good(client: FlaskClient, plan_id: str, kept: int) -> None:
    form = BASE | change(0, "D", "2029", "Lovet i valget")
    page = look(client, plan_id, form)
    assert "Regelen holdes ikke: «D Jobbmesse» skal ikke med." in page and 'name="shown"' not in page
    assert client.post(f"/plans/{plan_id}/decision", data=form | {"shown": "0" * 64}).status_code == 200
    shown = decide(client, plan_id, form | {"anyway": "Det er penger nok."})
    assert "Det ble vedtatt likevel" in shown and "Det er penger nok." in shown and "Lovet i valget" in shown


def test_example_figures_ask_for_a_reason_first(client: FlaskClient, plan_id: str, kept: int) -> None:
    page = look(client, plan_id, BASE | {"examples_reason": " "}, 422)
    assert "bygger på eksempeltall" in page and 'id="examples_reason"' in page and "Feltet er tomt" in page
    without = look(client, plan_id, BASE | {"examples_reason": ""} | change(0, "A"))
    assert "bygger på eksempeltall" not in without and seal(without)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"by": ""}, "Feltet er tomt"),
        ({"by": "x" * 201}, "Bruk høyst 200 tegn"),
        ({"recorded_by": ""}, "Feltet er tomt"),
        ({"on": ""}, "Skriv datoen"),
        ({"on": "26.11.26"}, "Skriv datoen"),
        ({"on": "2026-11-28"}, "Datoen har ikke vært ennå"),
        (change(0, "D"), "Velg hvilket år"),
        (change(0, "D", "2031"), "Velg hvilket år"),
        (change(0, "C", "2027", ""), "Feltet er tomt"),
        (change(0, "A", reason=" "), "Feltet er tomt"),
        (change(0, "A") | change(1, "A"), "endret på en annen linje"),
        (change(0, "nei"), "ikke på listen"),
        (change(0, "move:A"), "Velg hvilket år"),
        (change(0, "move:A", "2027"), "starter i det året fra før"),
        (change(0, "move:D", "2027"), "ikke i planen"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    client: FlaskClient, plan_id: str, kept: int, typed: dict[str, str], said: str
) -> None:
    page = look(client, plan_id, BASE | typed | {"case": "Sak «9»"}, 422)
    assert said in page and 'value="Sak «9»"' in page and 'name="shown"' not in page
    assert client.post(f"/plans/{plan_id}/decision", data=BASE | typed).status_code == 422


def test_a_new_decision_takes_the_place_of_the_old_and_both_can_be_read(
    client: FlaskClient, plan_id: str, kept: int
) -> None:
    decide(client, plan_id, BASE)
    first = client.get(f"/plans/{plan_id}/decision/1/vedtak.json").get_data()
    second = decide(client, plan_id, BASE | {"after": "1", "on": "2026-11-27"} | change(0, "A"))
    assert "Vedtatt 27. november 2026" in second and "Hva ble vedtatt i vedtak 2?" in second
    old = client.get(f"/plans/{plan_id}/decision/1").get_data(as_text=True)
    assert "Erstattet av vedtak 2, 27. november 2026." in old and "Kommunestyret (61/26) vedtok 26. november" in old
    assert client.get(f"/plans/{plan_id}/decision/1/vedtak.json").get_data() == first
    made = json.loads(client.get(f"/plans/{plan_id}/decision/2/vedtak.json").get_data())
    assert made["supersedes"] == {"number": 1, "sha256": sha256(first).hexdigest()}
    told = client.get(f"/plans/{plan_id}/log").get_data(as_text=True)
    assert "Det kommer i stedet for vedtak 1." in told and "Ved vedtaket ble A tatt ut." in told
    assert "Kjeden er hel" in told


def test_every_file_of_a_decision_that_was_replaced_says_so(
    client: FlaskClient, database: Database, plan_id: str, kept: int, tmp_path: Path
) -> None:
    """Told beside what was frozen, which is as it was: it verifies as before."""
    decide(client, plan_id, BASE)
    keep_again(database, plan_id)
    for number, on in ((2, "2026-11-26"), (3, "2026-11-27")):
        decide(client, plan_id, BASE | {"after": str(number - 1), "on": on, "kept": "2"})
    told = "Erstattet av vedtak 2, 26. november 2026. Nå gjelder vedtak 3."
    assert told in client.get(f"/plans/{plan_id}/decision/1").get_data(as_text=True)
    assert told in client.get(f"/plans/{plan_id}/report?number=1").get_data(as_text=True)
    assert told in client.get(f"/plans/{plan_id}/report/1/vedlegg.html").get_data(as_text=True)
    url = f"/plans/{plan_id}/decision/1"
    document = Document(io.BytesIO(client.get(f"{url}/saksframlegg.docx").data))
    assert told in [one.text for one in document.paragraphs]
    footers = [one.text for section in document.sections for one in section.footer.paragraphs]
    assert any("Erstattet av vedtak 2" in text for text in footers)
    assert told.replace(" ", "") in text_of(client.get(f"{url}/saksframlegg.pdf").data)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}/handlingsdel.xlsx").data))
    assert told in [cell.value for row in book["Handlingsdel"].iter_rows() for cell in row]
    stands = client.get(f"/plans/{plan_id}/report?number=2").get_data(as_text=True)
    assert "Erstattet av" not in stands and "Erstattet av" not in client.get(f"/plans/{plan_id}/decision/3").text
    path = tmp_path / "vedtak.json"
    path.write_bytes(client.get(f"{url}/vedtak.json").get_data())
    assert b"Erstattet" not in path.read_bytes() and main(["verify", str(path)]) == 0


def test_what_nobody_has_written_is_told_before_it_is_decided_and_no_bracket_is_left(
    client: FlaskClient, plan_id: str, kept: int
) -> None:
    open_ = client.get(f"/plans/{plan_id}/decision/new").get_data(as_text=True)
    assert "«Konsekvenser for barn og unge»" in open_ and "«Eldrerådets uttalelse»" in open_
    assert "kommuneloven § 5-12" in open_ and "forsvarlig utredet" in open_
    assert "tiltak i planen har ingen ansvarlig." in open_
    names = ("officer", "case_number", "children", "youth_council", "disability_council")
    written = {name: "Skrevet" for name in names}
    client.post(f"/plans/{plan_id}/report/texts", data={"version": "0", **written})
    assert "[fylles inn]" in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    less = look(client, plan_id, BASE)
    assert "Dette er ikke fylt ut i saken: «Eldrerådets uttalelse»." in less and "forsvarlig utredet" not in less
    decide(client, plan_id, BASE | {"by": "Kommunestyret i Prøvevik"})
    paper = client.get(f"/plans/{plan_id}/report?number=1").get_data(as_text=True)
    assert "fylles inn" not in paper and "Ingen uttalelse var ført inn da saken ble vedtatt." in paper
    row = paper.split("Kommunestyret i Prøvevik</")[-1].split("</tr>")[0]
    assert "26. november 2026" in row and "61/26" in row, "a body we have no row for gets its own"


def test_two_at_once_do_not_both_decide(client: FlaskClient, plan_id: str, kept: int) -> None:
    form = BASE | {"shown": seal(look(client, plan_id, BASE))}
    assert client.post(f"/plans/{plan_id}/decision", data=form).status_code == 303
    late = client.post(f"/plans/{plan_id}/decision", data=form)
    assert late.status_code == 409 and "et annet vedtak" in late.get_data(as_text=True)
    again = form | {"after": "1"}
    assert client.post(f"/plans/{plan_id}/decision", data=again).status_code == 303


def test_the_paper_of_a_decision_is_made_of_what_was_frozen(
    client: FlaskClient, database: Database, plan_id: str, kept: int
) -> None:
    """A later change of the texts shows in the next paper, and never in the one that was decided."""
    client.post(f"/plans/{plan_id}/report/texts", data={"version": "0", "officer": "", "risk": "Skrevet før vedtaket."})
    decide(client, plan_id, BASE | change(0, "C", reason="Ungdommen trakk det"))
    client.post(f"/plans/{plan_id}/report/texts", data={"version": "1", "risk": "Skrevet etterpå."})
    paper = client.get(f"/plans/{plan_id}/report?number=1").get_data(as_text=True)
    assert "Skrevet før vedtaket." in paper and "Skrevet etterpå." not in paper
    assert "Kommunestyret vedtok dette 26. november 2026 i sak 61/26." in paper and "Ungdommen trakk det" in paper
    assert "paper-margin" not in paper  # nothing is left to fill in
    word = client.get(f"/plans/{plan_id}/decision/1/saksframlegg.docx").data
    told = "\n".join(one.text for one in Document(io.BytesIO(word)).paragraphs)
    assert "Skrevet før vedtaket." in told and "Skrevet etterpå." not in told and "Ungdommen trakk det" in told
    printed = text_of(client.get(f"/plans/{plan_id}/decision/1/saksframlegg.pdf").data)
    assert "Skrevetførvedtaket." in printed and "Vedtatt26.november2026,sak61/26" in printed
    annex = client.get(f"/plans/{plan_id}/report/1/vedlegg.html").get_data(as_text=True)
    assert "Hva er vedtatt?" in annex and "Ungdommen trakk det" in annex
    planned = annex.split('<h2 id="plan">')[1].split("<h2 ")[0]
    assert "Boligveileder" in planned and "Ungdomsklubb" not in planned, "the plan as it was decided"
    assert annex.count("Dette er regnet ut for forslaget, før endringene i vedtaket.") == 3
    for path in ("saksframlegg.docx", "saksframlegg.pdf", "handlingsdel.xlsx"):
        assert client.get(f"/plans/{plan_id}/decision/2/{path}").status_code == 404
    keep_again(database, plan_id)
    assert "Skrevet etterpå." in client.get(f"/plans/{plan_id}/report?number=2").get_data(as_text=True)


def test_a_paper_in_another_language_knows_the_body_that_decided(client: FlaskClient, plan_id: str, kept: int) -> None:
    """«Kommunestyret» was typed; in English the row of the municipal council is the one that is filled in."""
    decide(client, plan_id, BASE)
    client.get("/language/en")
    page = client.get(f"/plans/{plan_id}/report?number=1").get_data(as_text=True)
    row = page.split("The municipal council</t")[-1].split("</tr>")[0] if "The municipal council</t" in page else ""
    assert "61/26" in row, "the meeting and the case"


def test_the_workbook_of_a_decision_is_the_plan_that_was_decided(client: FlaskClient, plan_id: str, kept: int) -> None:
    decide(client, plan_id, BASE | {"by": "=1+1"} | change(0, "C", reason="=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/plans/{plan_id}/decision/1/handlingsdel.xlsx").data))
    cells = [cell for row in book["Handlingsdel"].iter_rows() for cell in row if cell.value is not None]
    said = [str(cell.value) for cell in cells]
    assert "=1+1 vedtok dette 26. november 2026 i sak 61/26." in said and "Ungdomsklubb" not in said
    assert all(cell.data_type == "s" for cell in cells if "1+1" in str(cell.value))
    left = [[cell.value for cell in row] for row in book["Ikke nå"].iter_rows()]
    assert ["C", "Ungdomsklubb", "vedtak", "Tatt ut ved vedtaket. Grunn: =1+1"] in left


def test_the_council_may_move_a_start(client: FlaskClient, plan_id: str, kept: int, tmp_path: Path) -> None:
    """A later start takes a frame that others have taken: that is told, and asks why, as with any change."""
    form = BASE | change(0, "move:A", "2028")
    page = look(client, plan_id, form)
    assert "«A Boligveileder» flyttes til 2028: fra " in page and "Planen holder ikke alt den skulle" in page
    assert "flyttet ved vedtaket" in decide(client, plan_id, form | {"anyway": "Det er penger nok."})
    path = tmp_path / "vedtak.json"
    path.write_bytes(client.get(f"/plans/{plan_id}/decision/1/vedtak.json").get_data())
    assert main(["verify", str(path)]) == 0
    document = json.loads(path.read_text(encoding="utf-8"))
    document["council"]["changes"][0]["year"] = 2029
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main(["verify", str(path)]) == 1
    assert "Ved vedtaket ble A flyttet til 2028." in client.get(f"/plans/{plan_id}/log").get_data(as_text=True)


def test_hostile_words_are_only_words(client: FlaskClient, plan_id: str, kept: int) -> None:
    nasty = "<script>alert(1)</script>=cmd|' /C calc'!A0\x00"
    page = decide(client, plan_id, BASE | {"by": nasty, "case": nasty, "examples_reason": nasty})
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_in_other_languages(client: FlaskClient, plan_id: str, kept: int, language: str) -> None:
    client.get(f"/language/{language}")
    form = BASE | change(0, "D", "2029", "x") | {"anyway": "y"}
    pages = look(client, plan_id, form) + decide(client, plan_id, form)
    assert "Vedteke 26. november 2026" in pages if language == "nn" else "Decided 26 November 2026" in pages
    assert "er vedtatt" not in pages and "Grunnen låses" not in pages


def test_the_day_is_told_by_norwegian_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past eleven in the evening in UTC it is the next day here, and no later one."""
    monkeypatch.setattr("planner.services.plans.now", lambda: datetime(2026, 11, 27, 23, 30, tzinfo=UTC))
    assert decision_reading._day("2026-11-28") == (date(2026, 11, 28), None)
    assert decision_reading._day("2026-11-29")[0] is None
