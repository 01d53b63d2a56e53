"""The last two sheets of the workbook: with what the plan was found, and of which plan each row tells."""

from collections.abc import Sequence

import pytest

from planner.domain.decision import Change
from planner.domain.decision_document import read
from planner.domain.report_decided import Adopted, adopted
from planner.wording.in_language import speaking
from planner.wording.paper import Sheet
from planner.wording.report_method import method
from planner.wording.report_sheets import sheets
from tests import decision_case
from tests.report_case import make_report

OUT = Change("B", "out", None, "Torget bygges om")
IN = Change("D", "in", 2029, "Det er lovet")


def last_two(decided: Adopted | None, language: str = "nb") -> tuple[Sheet, Sheet]:
    proposal = make_report()
    with speaking(language):
        tables = decided.tables if decided else proposal
        *_, settings, explained = sheets(tables, method(proposal, "Førsteutkast", "ab" * 32), decided, proposal)
    return settings, explained


def decided(*changes: Change) -> Adopted:
    return adopted(read(decision_case.document(changes, anyway="Vi vil det")), make_report())


def rows(sheet: Sheet) -> list[Sequence[object]]:
    return [row.cells for row in sheet.table.rows]


def test_a_proposal_tells_of_itself() -> None:
    for sheet in last_two(None):
        assert sheet.lines == () and "Gjelder" not in [column.name for column in sheet.table.columns]


def test_a_plan_decided_as_it_was_says_so() -> None:
    for sheet in last_two(decided()):
        assert sheet.lines == (
            "Planen ble vedtatt slik den ble lagt fram. Tallene gjelder både forslaget og vedtaket.",
        )
        assert "Gjelder" not in [column.name for column in sheet.table.columns]


def test_a_changed_plan_tells_the_decision_and_says_of_each_row_whose_it_is() -> None:
    """B, with 2 points, 3000 of investment and 2 months, is taken out: A is left, with 12 points."""
    for sheet in last_two(decided(OUT)):
        assert [column.name for column in sheet.table.columns][-1] == "Gjelder"
        told = {(row[0], row[-1]): row[-2] for row in rows(sheet)}
        assert {row[-1] for row in rows(sheet)} == {"begge", "forslaget", "vedtaket"}
        assert told["Vedtatt av", "vedtaket"] == "Kommunestyret, 26. november 2026 (61/26)"
        assert str(told["Endret ved vedtaket", "vedtaket"]).endswith("Grunn: Torget bygges om")
        assert told["Behovspoeng planen lukker", "vedtaket"] == "12,0000"
        assert told["Behovspoeng planen lukker", "forslaget"] == "14,0000"
        net = "Netto i planårene: Investering"
        assert (told[net, "forslaget"], told[net, "vedtaket"]) == ("3\u202f000\u202f000\xa0kr", "0\xa0kr")


def test_how_the_proposal_was_found_is_never_told_of_the_decision() -> None:
    settings, explained = last_two(decided(OUT))
    told = {str(row[0]): row[-1] for row in rows(explained)}
    for proof in ("Et program har lett gjennom", "Status", "Øvre grense", "Fingeravtrykk (SHA-256) av spørsmålet"):
        assert next(tells for text, tells in told.items() if text.startswith(proof)) == "forslaget", proof
    assert next(tells for text, tells in told.items() if text.startswith("Alle udekkede behov deler")) == "begge"
    assert next(tells for text, tells in told.items() if "ingen øvre grense" in text) == "vedtaket"
    used = [row for row in rows(settings) if str(row[0]).startswith("Brukt: Investering")]
    assert [(row[-1], *row[1:5]) for row in used] == [("vedtaket", 0, 0, 0, 0), ("forslaget", 0, 1500, 1500, 0)]


def test_what_a_decision_no_longer_keeps_is_told() -> None:
    settings, _ = last_two(decided(IN))
    broken = [row for row in rows(settings) if row[0] == "Holdes ikke etter endringene"]
    assert broken and all(row[-1] == "vedtaket" for row in broken) and "D Jobbmesse" in str(broken)


@pytest.mark.parametrize(("language", "heading", "word"), [("nn", "Gjeld", "vedtaket"), ("en", "For", "decision")])
def test_in_the_language_asked_for(language: str, heading: str, word: str) -> None:
    for sheet in last_two(decided(OUT), language):
        assert sheet.table.columns[-1].name == heading
        assert any(word in str(row[-1]) for row in rows(sheet))
