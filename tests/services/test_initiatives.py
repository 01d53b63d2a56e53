"""What a person can do with initiatives, on a database."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from planner.config import Config
from planner.domain.costs import Cost
from planner.domain.freed import Freed
from planner.files.initiative_workbook import write_workbook
from planner.services import freed, initiative_intake, initiatives, plans
from planner.services.initiative_form import FormView
from planner.services.initiative_rows import factors, ground
from planner.store import initiatives as store
from planner.store.database import Database
from tests.files import nasty

TYPED = {
    "code": "T50",
    "title": "Bålplass",
    "theme": "Møteplass",
    "targets": "unge, voksne",
    "effects.0.statement": "s06",
    "effects.0.percent": "15",
    "costs.one_time.value": "1 234,5",
    "costs.yearly.value": "20",
    "chance.percent": "90",
}


@pytest.fixture(autouse=True)
def in_a_request(app: Any) -> Any:
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        yield


@pytest.fixture
def plan(database: Database) -> str:
    made = plans.start(database, "me", "Bolyst", "Prøvevik", "nb")
    assert isinstance(made, str)
    return made


def stored(database: Database, plan_id: str) -> dict[str, Any]:
    with database.read() as session:
        return {candidate.code: candidate for candidate in store.candidates(session, plan_id)}


def refused(saved: object, status: int = 422) -> FormView:
    assert isinstance(saved, FormView)
    assert saved.status == status
    return saved


def values(view: FormView) -> dict[str, str]:
    fields = [field for group in view.groups for field in (*group.fields, *(f for row in group.rows for f in row))]
    return {field.name: field.value for field in fields}


def errors(view: FormView) -> dict[str, str]:
    fields = [field for group in view.groups for field in (*group.fields, *(f for row in group.rows for f in row))]
    return {field.name: field.error for field in fields if field.error}


def test_an_empty_plan_says_what_will_be_here(database: Database, plan: str) -> None:
    view = initiatives.page(database, plan, 200)
    assert (view.count, view.rows, view.findings) == (0, (), ())


def test_typed_by_hand(database: Database, plan: str) -> None:
    assert initiatives.save(database, plan, "", TYPED, 0) == "T50"
    (row,) = initiatives.page(database, plan, 200).rows
    assert (row.code, row.once, row.yearly, row.targets) == ("T50", 1235, 20, "Unge, Voksne")
    assert row.helps == ("Møteplasser",)
    assert row.lacks == ("ansvarlig",)
    assert not row.example


def test_everything_wrong_at_once_and_nothing_stored(database: Database, plan: str) -> None:
    bad = {**TYPED, "title": "", "effects.0.percent": "120", "costs.yearly.value": "dyrt", "requires_all": "T99"}
    view = refused(initiatives.save(database, plan, "", bad, 0))
    assert set(errors(view)) == {"title", "effects.0.percent", "costs.yearly.value"}
    assert values(view)["costs.yearly.value"] == "dyrt"
    assert values(view)["requires_all"] == "T99"
    assert stored(database, plan) == {}
    unknown = refused(initiatives.save(database, plan, "", {**TYPED, "requires_all": "T99"}, 0))
    assert set(errors(unknown)) == {"requires_all"}
    strange = refused(
        initiatives.save(database, plan, "", {**TYPED, "effects.0.statement": "s99", "targets": "marsboere"}, 0)
    )
    assert {sentence.where for sentence in strange.findings if sentence.severity == "error"} == {
        "Virkninger",
        "Målgrupper",
    }


def test_required_by_one_and_excluded_by_the_other(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", TYPED, 0)
    initiatives.save(database, plan, "", {**TYPED, "code": "T51", "requires_all": "T50"}, 0)
    view = refused(initiatives.save(database, plan, "T50", {**TYPED, "excludes": "T51"}, 1))
    assert set(errors(view)) == {"excludes"}


def test_the_loser_of_a_race_keeps_the_text_and_sees_the_other(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", TYPED, 0)
    assert initiatives.save(database, plan, "T50", {**TYPED, "title": "Deres"}, 1) == "T50"
    view = refused(initiatives.save(database, plan, "T50", {**TYPED, "title": "Min"}, 1), 409)
    assert values(view)["title"] == "Min"
    assert ("Hva skal gjøres", "Deres") in view.theirs
    assert stored(database, plan)["T50"].title == "Deres"
    assert initiatives.save(database, plan, "T50", {**TYPED, "title": "Min"}, view.version) == "T50"
    assert stored(database, plan)["T50"].title == "Min"


def test_a_row_removed_meanwhile_can_be_saved_again(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", TYPED, 0)
    initiatives.remove(database, plan, "T50")
    view = refused(initiatives.save(database, plan, "T50", TYPED, 1), 409)
    assert initiatives.save(database, plan, "T50", TYPED, view.version) == "T50"


def test_a_code_is_used_once_by_either_kind(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", TYPED, 0)
    assert "code" in errors(refused(initiatives.save(database, plan, "", TYPED, 0)))
    ends = {"code": "T50", "title": "Bokbussen", "affected": "Lånere", "operating.value": "100", "first_year": "2028"}
    assert "code" in errors(refused(freed.save(database, plan, "", ends, 0)))


def test_what_others_require_is_not_removed_and_exclusions_go_with_it(database: Database, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, ["T03", "T05", "T04"])
    assert [finding.code for finding in initiatives.remove(database, plan, "T01")] == ["candidate_still_required"]
    assert initiatives.remove(database, plan, "T05") == ()
    assert stored(database, plan)["T03"].excludes == ()
    assert initiatives.page(database, plan, 200).findings == ()


def test_the_bank_brings_what_is_required_and_touches_nothing_else(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", {**TYPED, "code": "T01", "title": "Vår egen"}, 0)
    initiative_intake.add_from_bank(database, plan, ["T05", "T32", "T30", "T01", "nei"])
    there = stored(database, plan)
    # T05 needs T01, which is there. T30 is chosen for T32; T03 and T31 are not, so nobody excludes them.
    assert set(there) == {"T01", "T05", "T30", "T32"}
    assert there["T01"].title == "Vår egen"
    assert there["T05"].excludes == there["T30"].excludes == ()
    initiative_intake.add_from_bank(database, plan, [row.code for row in initiative_intake.bank(database, plan).rows])
    assert len(stored(database, plan)) == 40
    assert stored(database, plan)["T03"].excludes == ("T05",)
    assert initiative_intake.bank(database, plan).left == 0


def test_filters(database: Database, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, ["T01", "T20", "T39"])
    initiatives.save(database, plan, "", TYPED, 0)
    shown = initiatives.page(database, plan, 200, theme="Møteplass")
    assert [row.code for row in shown.rows] == ["T20", "T50"]
    assert [row.code for row in initiatives.page(database, plan, 200, lack="responsible").rows] == ["T50"]
    assert [code for code, _text in shown.lacks] == ["responsible", "partner", "example"]


def test_a_cycle_is_told_and_does_not_stop_anybody(database: Database, plan: str) -> None:
    initiatives.save(database, plan, "", TYPED, 0)
    initiatives.save(database, plan, "", {**TYPED, "code": "T51", "requires_all": "T50"}, 0)
    assert initiatives.save(database, plan, "T50", {**TYPED, "requires_all": "T51"}, 1) == "T50"
    assert [(s.severity, s.where) for s in initiatives.page(database, plan, 200).findings] == [("warning", "T50")]


def test_a_workbook_goes_out_and_comes_back_without_a_change(database: Database, config: Config, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, [row.code for row in initiative_intake.bank(database, plan).rows])
    before = stored(database, plan)
    intake = initiative_intake.upload(database, config, plan, initiative_intake.workbook(database, plan).content)
    assert (bool(intake.done), intake.findings) == (True, ())
    assert stored(database, plan) == before


def test_a_workbook_replaces_by_code_and_deletes_nothing(database: Database, config: Config, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, ["T20", "T21"])
    changed = replace(stored(database, plan)["T20"], title="Ny tittel")
    with database.read() as session:
        terms = ground(session, plan).terms
    data = write_workbook((changed, replace(changed, code="T60", title="Nytt")), (), terms, factors())
    initiative_intake.upload(database, config, plan, data)
    assert {code: one.title for code, one in stored(database, plan).items()} == {
        "T20": "Ny tittel",
        "T21": "Ungdomsklubb med ungdomsarbeider i full stilling",
        "T60": "Nytt",
    }


def keep_freed(database: Database, plan: str, *some: Freed) -> None:
    with database.write() as session:
        assert all(store.put(session, plan, one) for one in some)
        session.commit()


def freed_in(database: Database, plan: str) -> tuple[Freed, ...]:
    with database.read() as session:
        return store.freed(session, plan)


def filled_in(data: bytes, sheet: str = "Tiltak", **typed: str) -> bytes:
    """The workbook with other titles, by code, as an office types them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book[sheet].iter_rows(min_row=2):
        if row[0].value in typed:
            row[1].value = typed[row[0].value]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def retitle(database: Database, plan: str, code: str, title: str) -> None:
    with database.write() as session:
        assert store.put(session, plan, replace(stored(database, plan)[code], title=title))
        session.commit()


def test_a_workbook_does_not_undo_what_others_changed_meanwhile(database: Database, config: Config, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, ["T20", "T21"])
    taken = initiative_intake.workbook(database, plan).content
    retitle(database, plan, "T20", "Rettet på siden")
    intake = initiative_intake.upload(database, config, plan, filled_in(taken, T21="Rettet i arket"))
    assert (bool(intake.done), intake.findings) == (True, ())
    assert [one.title for one in stored(database, plan).values()] == ["Rettet på siden", "Rettet i arket"]


def test_a_row_changed_in_both_places_is_asked_about_and_nothing_is_stored(
    database: Database, config: Config, plan: str
) -> None:
    initiative_intake.add_from_bank(database, plan, ["T20", "T21"])
    taken = initiative_intake.workbook(database, plan).content
    retitle(database, plan, "T20", "Rettet på siden")
    before = stored(database, plan)
    intake = initiative_intake.upload(database, config, plan, filled_in(taken, T20="Rettet i arket", T21="Også"))
    (finding,) = intake.findings
    assert (intake.done, finding.code, finding.where) == ("", "initiatives_row_changed", "T20")
    assert finding.details["theirs"] == "Hva skal gjøres: Rettet på siden"
    assert stored(database, plan) == before


def test_a_row_of_what_ends_is_marked_and_asked_about_like_any_other(
    database: Database, config: Config, plan: str
) -> None:
    some = Cost(100)
    ends = Freed(code="S1", title="Bokbuss", affected="Tolv lånere", operating=some, first_year=2028, counted=False)
    other = replace(ends, code="S2", title="Kantine")
    keep_freed(database, plan, ends, other)
    taken = initiative_intake.workbook(database, plan).content
    now = replace(ends, title="Rettet på siden")
    keep_freed(database, plan, now)
    intake = initiative_intake.upload(database, config, plan, filled_in(taken, sheet="Slutter med", S2="I arket"))
    assert (bool(intake.done), intake.findings) == (True, ())
    assert freed_in(database, plan) == (now, replace(other, title="I arket"))
    again = initiative_intake.upload(database, config, plan, filled_in(taken, sheet="Slutter med", S1="I arket"))
    (finding,) = again.findings
    assert (again.done, finding.code, finding.where) == ("", "initiatives_row_changed", "S1")
    assert "Rettet på siden" in str(finding.details["theirs"])
    assert freed_in(database, plan) == (now, replace(other, title="I arket"))


def test_a_workbook_of_another_plan_still_replaces_by_code(database: Database, config: Config, plan: str) -> None:
    other = plans.start(database, "me", "Bolyst 2", "Prøvevik", "nb")
    assert isinstance(other, str)
    for one in (plan, other):
        initiative_intake.add_from_bank(database, one, ["T20"])
    taken = initiative_intake.workbook(database, other).content
    retitle(database, plan, "T20", "Vår egen")
    initiative_intake.upload(database, config, plan, taken)
    assert stored(database, plan)["T20"] == stored(database, other)["T20"]


def test_a_workbook_that_contradicts_the_plan_stores_nothing(database: Database, config: Config, plan: str) -> None:
    initiative_intake.add_from_bank(database, plan, ["T01", "T04"])
    before = stored(database, plan)
    with database.read() as session:
        terms = ground(session, plan).terms
    bad = replace(before["T01"], title="Endret", excludes=("T04",), requires_any=("T98",))
    intake = initiative_intake.upload(database, config, plan, write_workbook((bad,), (), terms, factors()))
    assert [(f.code, f.where) for f in intake.findings] == [
        ("candidate_unknown_code", "T01"),
        ("candidate_required_and_excluded", "T04"),
    ]
    assert stored(database, plan) == before


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"%PDF-1.4", "initiatives_not_a_workbook"), (nasty.far_cell(), "file_too_many_columns")],
)
def test_bad_files_are_findings(database: Database, config: Config, plan: str, data: bytes, code: str) -> None:
    intake = initiative_intake.upload(database, config, plan, data)
    assert [finding.code for finding in intake.findings] == [code]
    assert stored(database, plan) == {}


def test_a_file_that_takes_too_long_is_stopped(database: Database, config: Config, plan: str) -> None:
    data = initiative_intake.workbook(database, plan).content
    intake = initiative_intake.upload(database, replace(config, parse_seconds=0.001), plan, data)
    assert [finding.code for finding in intake.findings] == ["file_out_of_time"]


def test_something_ends(database: Database, plan: str) -> None:
    ends = {"code": "S1", "title": "Bokbussen", "affected": "", "operating.value": "400,9", "first_year": "2028"}
    assert set(errors(refused(freed.save(database, plan, "", ends, 0)))) == {"affected"}
    assert freed.save(database, plan, "", {**ends, "affected": "Tolv lånere", "counted": "ja"}, 0) == "S1"
    (row,) = initiatives.page(database, plan, 200).freed
    assert (row.operating, row.first_year, row.last_year, row.counted) == (400, 2028, None, True)
    lost = refused(freed.save(database, plan, "S1", {**ends, "affected": "Andre"}, 0), 409)
    assert ("Hvem merker det", "Tolv lånere") in lost.theirs
    freed.remove(database, plan, "S1")
    assert initiatives.page(database, plan, 200).freed == ()


def test_nobody_sees_another_plan(database: Database, plan: str) -> None:
    other = plans.start(database, "me", "Annen", "Annenvik", "nb")
    assert isinstance(other, str)
    initiatives.save(database, plan, "", TYPED, 0)
    assert stored(database, other) == {}
    assert initiatives.form(database, other, "T50") is None
    initiatives.remove(database, other, "T50")
    assert set(stored(database, plan)) == {"T50"}
