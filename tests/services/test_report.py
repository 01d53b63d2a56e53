"""A kept plan in the database becomes one view, and the view a Word file and a workbook."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from planner.domain.basis import Basis
from planner.domain.problem_file import canonical, problem_sha256
from planner.files.names import file_name
from planner.services import report
from planner.store import portfolio as store
from planner.store.database import Database
from tests.report_case import BASIS, problem, result

KEPT_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def keep(database: Database, plan_id: str, name: str = "Førsteutkast", basis: Basis = BASIS, **changes: object) -> int:
    """Stores the plan of report_case as a kept plan of this plan; its number."""
    asked = problem(basis)
    with database.write() as session:
        number = store.next_number(session, plan_id)
        answer = result(asked, **changes)
        store.keep(
            session,
            plan_id,
            store.KeptPlan(number, name, canonical(asked), problem_sha256(asked), answer, basis, KEPT_AT),
        )
        session.commit()
    return number


@pytest.fixture
def words(app: Flask) -> Iterator[None]:
    """Sentences need a request, for the reader's language."""
    with app.test_request_context():
        yield


def test_without_a_kept_plan_the_page_teaches(words: None, database: Database, plan_id: str) -> None:
    view = report.page(database, plan_id)
    assert view is not None and view.paper is None and view.choices == ()
    assert "sak for kommunestyret" in view.answer
    with pytest.raises(ValueError):
        report.word(view)


def test_the_newest_kept_plan_is_shown_and_any_may_be_chosen(words: None, database: Database, plan_id: str) -> None:
    keep(database, plan_id, "Første")
    keep(database, plan_id, "Andre")
    view, first = report.page(database, plan_id), report.page(database, plan_id, 1)
    assert view is not None and first is not None and view.kept is not None and first.kept is not None
    assert (view.kept.name, first.kept.name) == ("Andre", "Første")
    assert [choice.number for choice in view.choices] == [2, 1]
    assert report.page(database, plan_id, 3) is None


def test_what_is_missing_stands_in_the_margin(words: None, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    view = report.page(database, plan_id)
    assert view is not None and view.paper is not None
    margin = {(section.id, note.step): note.text for section, note in view.paper.missing}
    assert "1 av 2 tiltak bygger på eksempeltall" in margin["decision", "initiatives"]
    assert margin["assessment", "initiatives"] == "Uten ansvarlig: B."
    assert "Partnere er spurt" in margin["carrying_out", "initiatives"]
    assert "B" in margin["economy", "initiatives"]
    fields = {note.field for _, note in view.paper.missing if note.field}
    assert fields >= {"officer", "involvement", "children", "youth_council", "elders_council", "disability_council"}
    assert f"{len(view.paper.missing)} ting" in view.answer


def test_every_picture_of_the_paper_is_in_the_word_file(words: None, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    view = report.page(database, plan_id)
    assert view is not None
    word, book = report.word(view), report.book(view)
    assert word.name == "Saksframlegg Bolyst i Prøvevik.docx" and word.content[:2] == b"PK"
    assert book.name == "Handlingsdel Bolyst i Prøvevik.xlsx" and book.content[:2] == b"PK"
    assert word.content.count(b"word/media/image") >= 2


def test_a_plan_that_does_not_agree_with_itself_cannot_be_taken_home(
    words: None, database: Database, plan_id: str
) -> None:
    keep(database, plan_id, value=15.0)
    view = report.page(database, plan_id)
    assert view is not None and view.paper is not None
    assert [sentence.what for sentence in view.findings] == [
        "Behovspoengene er ikke de samme som i planen som ble tatt vare på."
    ]
    for take in (report.word, report.book):
        with pytest.raises(ValueError):
            take(view)


def test_a_plan_with_nothing_in_it_is_still_a_paper(words: None, database: Database, plan_id: str) -> None:
    tight = replace(BASIS, left_out=(), unreached=(), needs=(), freed=(), survey=None)
    asked = problem(tight)
    nothing = {name: [0, 0, 0, 0] for name in ("investment", "operating", "staff")}
    keep(database, plan_id, basis=tight, chosen=[], used=nothing, value=0.0)
    view = report.page(database, plan_id)
    assert asked.initiatives and view is not None and not view.findings
    assert report.word(view).content and report.book(view).content


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Saksframlegg Bolyst i Ås 2027–2030", "Saksframlegg Bolyst i Ås 2027-2030.docx"),
        ("../../etc/passwd", "etcpasswd.docx"),
        ("..\\..\\x", "x.docx"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie x1.docx"),
        ("\u202egnp.exe", "gnp.exe.docx"),
        ("x\x00y", "xy.docx"),
        ("///", "plan.docx"),
        (".hidden", "hidden.docx"),
        ("ø" * 300, "ø" * 80 + ".docx"),
    ],
)
def test_a_file_name_is_one_name_on_any_machine(stem: str, name: str) -> None:
    assert file_name(stem, "docx") == name
