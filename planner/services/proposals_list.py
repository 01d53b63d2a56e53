"""What can a person do about the list of new ideas that may be public? Choose what is in it, and take it home as files.

A line is what was asked, when, and what was answered, of which plan. Where an idea came from, and what it was thought
to cost, stays inside.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from sqlmodel import Session

from planner.domain.proposals import is_public, may_name_somebody
from planner.files import handlingsdel, public_list
from planner.files.file import HTML, XLSX, File
from planner.files.names import file_name
from planner.services import plans
from planner.services.annex import NAMES
from planner.services.plans import Frame, now
from planner.store import log
from planner.store import plans as plan_store
from planner.store import proposals as store
from planner.store.database import Database
from planner.wording import proposals_list as words
from planner.wording.paper import Paper
from planner.wording.proposals_list import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One answered idea, as it stands in the list. maybe: that its title may tell who somebody is."""

    number: int
    entry: Entry
    is_public: bool
    maybe: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """others: languages beside the plan's own that the files can be had in. done: what was just done."""

    frame: Frame
    question: str
    answer: str
    lines: tuple[Line, ...]
    has_files: bool
    others: tuple[tuple[str, str], ...]
    done: str


def page(database: Database, plan_id: str, done: str = "") -> ListView:
    with database.read() as session:
        frame, lines = plans.frame(session, plan_id, "report"), _lines(session, plan_id)
        languages = plans.languages(session, plan_id)
    shown = sum(line.is_public for line in lines)
    return ListView(
        frame=frame,
        question=words.question(),
        answer=words.page_answer(len(lines), shown),
        lines=lines,
        has_files=shown > 0,
        others=tuple((code, NAMES[code]) for code in languages[1:]),
        done=done,
    )


def choose(database: Database, plan_id: str, seen: Collection[int], chosen: Collection[int]) -> None:
    """Those of the lines that were seen which are to be in the list; others are as they were."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        before = {line.number: line.is_public for line in _lines(session, plan_id)}
        for number in before.keys() & set(seen):
            store.choose_public(session, plan_id, number, number in chosen)
        after = {line.number: line.is_public for line in _lines(session, plan_id)}
        if after != before:
            log.append(session, plan_id, now(), "proposal_list_changed", {"shown": sum(after.values())})
        session.commit()


def html(database: Database, plan_id: str, language: str = "") -> File | None:
    """One page that stands alone; None while nothing is in the list. language: the plan's own when it is not given."""
    return _file(database, plan_id, language, "html", HTML, lambda paper, _at: public_list.write(paper))


def book(database: Database, plan_id: str, language: str = "") -> File | None:
    """The same as a workbook."""
    return _file(database, plan_id, language, "xlsx", XLSX, handlingsdel.write)


def _file(
    database: Database, plan_id: str, language: str, ending: str, kind: str, write: Callable[[Paper, datetime], bytes]
) -> File | None:
    with database.read() as session:
        plan = plan_store.find(session, plan_id)
        with force_locale(plans.language_of(session, plan_id, language)):
            entries = [line.entry for line in _lines(session, plan_id) if line.is_public]
            if plan is None or not entries:
                return None
            paper = words.paper(plan.name, plan.municipality, entries, is_sample=plan.is_sample)
            name = file_name(words.file_stem(plan.name), ending)
            return File(name, kind, write(paper, max(one.answered_at for one in entries)))


def _lines(session: Session, plan_id: str) -> tuple[Line, ...]:
    """Those that are answered, the newest first."""
    found = []
    for one in store.all_of(session, plan_id):
        if one.verdict is not None and one.against is not None and one.answered_at is not None:
            title = one.candidate.title
            entry = words.entry(title, one.made_at, one.verdict, one.against, one.answered_at)
            found.append(Line(one.number, entry, is_public(one.public, title), may_name_somebody(title)))
    return tuple(found)
