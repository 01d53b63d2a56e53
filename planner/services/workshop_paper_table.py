"""How are paper ballots typed in a spreadsheet instead? An empty form to take away, and one reading back from it.

All that is in a table is kept, or nothing. It is one of the two readings of each ballot in it: who types the other
takes a form of their own, or types on the page.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from planner.child import Finished
from planner.config import Config
from planner.domain.findings import Finding
from planner.domain.workshop_paper import Ballot, BallotState, round_to_print
from planner.domain.workshop_paper_table import Row, key_of, read_rows
from planner.files.file import XLSX, File
from planner.files.names import file_name
from planner.files.workshop_ballot_table import EmptyRow, read_ballot_table, write_csv, write_xlsx
from planner.services.survey_reading import in_turn, told
from planner.services.workshop_live import Live
from planner.services.workshop_paper import known_names, settings_of
from planner.services.workshop_paper_entry import Refused, new_form, put, refusal
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store import workshop_ballots as ballots
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import workshop_paper as wording

_MAKERS = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": (XLSX, write_xlsx),
}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How many ballots of the table are now in which state."""

    counts: Mapping[BallotState, int]


def empty_form(database: Database, plan_id: str, number: int, ending: str) -> File | None:
    """A table of the ballots that do not count yet; None where there are none."""
    if ending not in _MAKERS:
        return None
    with database.read() as session:
        workshop = store.find(session, plan_id, number)
        if workshop is None:
            return None
        round_ = round_to_print(workshop.stage, workshop.settings.rounds) or workshop.stage.round
        settings = settings_of(session, workshop, round_)
        there = ballots.listing(session, workshop.id, round_)
        known = known_names(session, plan_id)
    form = new_form()
    rows = [
        EmptyRow(wording.id_(one.id), form, *key_of(field), wording.row(one.printed, field, known))
        for one in there
        if one.state != "counted" and one.printed.fits(settings)
        for field in one.printed.fields()
    ]
    if not rows:
        return None
    kind, make = _MAKERS[ending]
    return File(file_name(wording.table_stem(workshop.settings.title, round_), ending), kind, make(rows))


def upload(
    database: Database, config: Config, live: Live, plan_id: str, number: int, data: bytes, *, chosen: bool
) -> Uploaded | Refused:
    """Keep what was typed in a table. chosen: whether a file was chosen. Raises LookupError: no such workshop."""
    rows, findings = _read(config, data) if chosen else ((), (Finding("paper_no_file"),))
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = store.find(session, plan_id, number, to_change=True)
        if workshop is None:
            raise LookupError(number)
        if findings:
            return Refused(findings)
        there, refused = _typable(session, workshop)
        typed, wrong = read_rows(rows, there, refused)
        if wrong:
            return Refused(wrong)
        if not typed:
            return Refused((Finding("paper_table_empty"),))
        counts: Counter[BallotState] = Counter(put(session, workshop, *one).state for one in typed)
        session.commit()
    live.changed(workshop.link)
    return Uploaded(counts)


def _typable(session: Session, workshop: StoredWorkshop) -> tuple[dict[str, Ballot], dict[str, Finding]]:
    """The ballots that may be typed now, and why the others may not."""
    there: dict[str, Ballot] = {}
    refused: dict[str, Finding] = {}
    every = ballots.all_(session, workshop.id)
    settings = {round_: settings_of(session, workshop, round_) for round_ in {one.round for one in every}}
    for one in every:
        why = refusal(one, workshop, settings[one.round])
        if why:
            refused[one.id] = why
        else:
            there[one.id] = one
    return there, refused


def _read(config: Config, data: bytes) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    outcome = in_turn(config, read_ballot_table, data)
    return outcome.value if isinstance(outcome, Finished) else ((), told(outcome))
