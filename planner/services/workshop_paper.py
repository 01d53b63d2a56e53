"""What is done with a workshop's paper ballots before they are typed? Print a pile, print it again, see how far it is.

What is typed is in `workshop_paper_entry`, what comes as a table in `workshop_paper_table`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.ballot_id import new_id
from planner.domain.findings import Finding
from planner.domain.workshop import WorkshopSettings
from planner.domain.workshop_paper import (
    MOST_BALLOTS,
    MOST_PRINTED,
    Ballot,
    deal_ballots,
    lateness,
    round_to_print,
)
from planner.files.file import PDF, File
from planner.files.names import file_name
from planner.files.workshop_ballots_pdf import ballots_pdf
from planner.services import plans
from planner.services.initiative_rows import ground
from planner.services.plans import Frame, now
from planner.store import initiatives as initiative_store
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store import workshop_ballots as ballots
from planner.store import workshop_log
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import Sentence, finding
from planner.wording import findings as sentences
from planner.wording import workshop_ballot as printing_words
from planner.wording import workshop_paper as wording


@dataclass(frozen=True, slots=True)
class Pile:
    """One printing. left: its ballots that nobody has typed, which are what is printed again; 0: nothing to print."""

    printing: int
    text: str
    left: int
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """prints: whether ballots can be printed now. may_type: why none may be typed, «» where they may. decide: ballots
    that were typed unlike, by id and as read out. count: what stands in the field of how many. limit_mb: of a table."""

    frame: Frame
    number: int
    title: str
    answer: str
    prints: bool
    prints_text: str
    piles: tuple[Pile, ...]
    languages: tuple[tuple[str, str], ...]
    most: int
    may_type: bool
    why_not: str
    decide: tuple[tuple[str, str], ...]
    limit_mb: int
    limit_bytes: int
    count: str
    count_error: str
    findings: tuple[Sentence, ...]
    done: str


def page(
    database: Database,
    plan_id: str,
    number: int,
    limit_mb: int,
    findings: Sequence[Finding] = (),
    count: str = "",
    done: str = "",
) -> PaperView | None:
    """The page of the paper; None where there is no such workshop. count: as typed, when it was refused."""
    with database.read() as session:
        workshop = store.find(session, plan_id, number)
        if workshop is None:
            return None
        frame = plans.frame(session, plan_id, "workshop")
        coming = round_to_print(workshop.stage, workshop.settings.rounds)
        round_ = coming or workshop.stage.round
        settings = settings_of(session, workshop, round_)
        there = ballots.listing(session, workshop.id, round_)
        counts = ballots.counts(session, workshop.id, round_)
    late = lateness(round_, workshop.stage)
    why_not = finding(late) if late else None
    at_count = next((finding(one) for one in findings if one.where == "count"), None)
    return PaperView(
        frame=frame,
        number=number,
        title=workshop.settings.title,
        answer=wording.answer(round_, counts),
        prints=coming is not None,
        prints_text=wording.prints(coming),
        piles=_piles(there, settings),
        languages=tuple(printing_words.LANGUAGES.items()),
        most=MOST_PRINTED,
        may_type=late is None and bool(there),
        why_not=f"{why_not.what} {why_not.try_}".strip() if why_not else wording.nothing_printed(),
        decide=tuple((one.id, wording.id_(one.id)) for one in there if one.state == "differs"),
        limit_mb=limit_mb,
        limit_bytes=limit_mb * 1024 * 1024,
        count=count or "30",
        count_error=f"{at_count.what} {at_count.try_}".strip() if at_count else "",
        findings=sentences([one for one in findings if one.where != "count"]),
        done=done,
    )


def print_(database: Database, plan_id: str, number: int, typed: str) -> int | tuple[Finding, ...]:
    """Make so many ballots of the round that is on or comes next; how many. Raises LookupError: no such workshop."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and 1 <= int(typed) <= MOST_PRINTED):
        return (Finding("paper_count", where="count", details={"most": MOST_PRINTED}),)
    count = int(typed)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = store.find(session, plan_id, number, to_change=True)
        if workshop is None:
            raise LookupError(number)
        round_ = round_to_print(workshop.stage, workshop.settings.rounds)
        if round_ is None:
            return (Finding("workshop_not_now"),)
        settings = settings_of(session, workshop, round_)
        there = [one for one in ballots.listing(session, workshop.id, round_) if one.printed.fits(settings)]
        if len(there) + count > MOST_BALLOTS:
            details: dict[str, str | int | float] = {"most": MOST_BALLOTS, "there": len(there)}
            return (Finding("paper_too_many", where="count", details=details),)
        printing = ballots.last_printing(session, workshop.id) + 1
        dealt = deal_ballots(settings, [one.printed for one in there], count)
        ids = _new_ids(ballots.ids(session, workshop.id), count)
        made = [Ballot(id_, round_, printing, one) for id_, one in zip(ids, dealt, strict=True)]
        ballots.add(session, workshop.id, made)
        workshop_log.add(session, workshop.id, now(), "print", {"round": round_, "ballots": count})
        session.commit()
    return count


def pdf(
    database: Database, plan_id: str, number: int, printing: int, language: str, *, both_sides: bool
) -> File | None:
    """The ballots of a printing that nobody has typed; None where there are none."""
    if language not in printing_words.LANGUAGES:
        return None
    with database.read() as session:
        workshop = store.find(session, plan_id, number)
        if workshop is None:
            return None
        round_ = round_to_print(workshop.stage, workshop.settings.rounds) or workshop.stage.round
        settings = settings_of(session, workshop, round_)
        there = ballots.listing(session, workshop.id, round_)
        pile = tuple(
            one for one in there if one.printing == printing and one.state == "printed" and one.printed.fits(settings)
        )
        texts = known_names(session, plan_id)
    if not pile:
        return None
    sheets = printing_words.sheets(language, workshop.settings.title, pile, texts, both_sides=both_sides)
    stem = printing_words.file_stem(workshop.settings.title, printing, language)
    return File(file_name(stem, "pdf"), PDF, ballots_pdf(sheets))


def known_names(session: Session, plan_id: str) -> printing_words.Names:
    """What the plan's initiatives, statements and groups are called."""
    base = ground(session, plan_id)
    titles = {one.code: one.title for one in initiative_store.candidates(session, plan_id)}
    return printing_words.Names(titles, {one.id: one for one in base.statements}, base.segments)


def settings_of(session: Session, workshop: StoredWorkshop, round_: int) -> WorkshopSettings:
    """What a round is scored by: as it was when it began, or as things stand where it has not."""
    begun = {one.number: one.settings for one in store.rounds(session, workshop.id)}
    return begun.get(round_, workshop.settings)


def _new_ids(taken: frozenset[str], count: int) -> list[str]:
    new: set[str] = set()
    while len(new) < count:
        new |= {new_id(secrets.randbelow)} - taken
    return sorted(new)


def _piles(there: tuple[Ballot, ...], settings: WorkshopSettings) -> tuple[Pile, ...]:
    piles = []
    for printing in sorted({one.printing for one in there}):
        pile = [one for one in there if one.printing == printing]
        outdated = not all(one.printed.fits(settings) for one in pile)
        left = sum(one.state == "printed" for one in pile)
        text = wording.pile(len(pile), left, is_outdated=outdated)
        piles.append(Pile(printing, text, 0 if outdated else left, outdated))
    return tuple(piles)
