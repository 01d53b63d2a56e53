"""What stands on the page where paper ballots are typed, and where what differs is decided?

Never what was typed the other time, but where both times differ: the second reading is to be a reading of the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.findings import Finding
from planner.domain.workshop_paper import Ballot, Field, typed_text
from planner.services import plans
from planner.services import workshop_paper_entry as entry
from planner.services.plans import Frame
from planner.services.workshop_paper import known_names
from planner.store.database import Database
from planner.wording import Sentence, finding
from planner.wording import findings as sentences
from planner.wording import workshop_paper as wording
from planner.wording.workshop_ballot import Names


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to type. most: the largest number it takes, None where it takes words. letters: whether x and - too.

    first, second: what was typed, where it is to be decided.
    """

    name: str
    label: str
    value: str
    error: str
    most: int | None
    letters: bool
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class EntryCard:
    title: str
    cells: tuple[Cell, ...]
    comment: Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ballot to type. ballot: its id as read out. told: what may be typed for an answer. head: before the cards."""

    ballot: str
    form: str
    time: str
    told: str
    head: tuple[tuple[Cell, str], ...]
    cards: tuple[EntryCard, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A ballot that was typed unlike. mark: of what was typed, as the form carries it."""

    ballot: str
    mark: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """typed: what stands in the field of the id, with its error. sheet, decision: None where none is to be typed."""

    frame: Frame
    number: int
    title: str
    typed: str
    error: str
    sheet: Sheet | None
    decision: Decision | None
    findings: tuple[Sentence, ...]
    done: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What came with a form that was refused."""

    form: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    status: int = 0


def page(
    database: Database, plan_id: str, number: int, typed: str, done: str = "", given: Given | None = None
) -> EntryView:
    """The page for one ballot; for none («typed» empty), the field of the id. Raises LookupError: no such workshop."""
    with database.read() as session:
        workshop, ballot = entry.look(session, plan_id, number, typed)
        frame = plans.frame(session, plan_id, "workshop")
        known = known_names(session, plan_id)
    refused = given or Given()
    late = ballot if isinstance(ballot, Finding) and typed else None
    error = finding(late) if late else None
    there = ballot if isinstance(ballot, Ballot) else None
    fields = {one.name for one in there.printed.fields()} if there else set()
    above = [one for one in refused.findings if one.where not in (*fields, "ballot")]
    differs = there is not None and there.state == "differs"
    return EntryView(
        frame=frame,
        number=number,
        title=workshop.settings.title,
        typed=typed if error else "",
        error=f"{error.what} {error.try_}".strip() if error else "",
        sheet=_sheet(there, known, refused) if there and not differs else None,
        decision=_decision(there, known, refused) if there and differs else None,
        findings=sentences(above),
        done=done,
        status=refused.status or (422 if error else 200),
    )


def _sheet(ballot: Ballot, known: Names, given: Given) -> Sheet:
    fields = ballot.printed.fields()
    head = [one for one in fields if one.kind in ("name", "table", "group")]
    cards = []
    for code, _ in ballot.printed.cards:
        own = [one for one in fields if one.initiative == code]
        cells = [_cell(ballot, one, known, given, known.statement(one.statement)) for one in own if one.statement]
        comment = _cell(ballot, own[-1], known, given, wording.comment())
        cards.append(EntryCard(known.initiative(code), tuple(cells), comment))
    answer = next(one for one in fields if one.kind == "answer")
    return Sheet(
        ballot=wording.id_(ballot.id),
        form=given.form.get("form") or entry.new_form(),
        time=wording.time(ballot),
        told=wording.options(ballot.printed, answer, known),
        head=tuple(
            (_cell(ballot, one, known, given, wording.label(one, known)), wording.options(ballot.printed, one, known))
            for one in head
        ),
        cards=tuple(cards),
    )


def _decision(ballot: Ballot, known: Names, given: Given) -> Decision:
    cells = tuple(_cell(ballot, one, known, given, wording.label(one, known)) for one in ballot.differences())
    return Decision(wording.id_(ballot.id), ballot.mark, cells)


def _cell(ballot: Ballot, one: Field, known: Names, given: Given, label: str) -> Cell:
    wrong = next((finding(said) for said in given.findings if said.where == one.name), None)
    counts = {
        "answer": ballot.printed.steps - 1,
        "group": len(ballot.printed.groups),
        "table": len(ballot.printed.tables),
    }
    first = second = ""
    value = given.form.get(one.name, "")
    if ballot.state == "differs" and ballot.first and ballot.second:
        both = ballot.first.values[one.name], ballot.second.values[one.name]
        first, second = (wording.value(ballot.printed, one, text, known) for text in both)
        if one.kind == "comment" and not given.form:
            value = typed_text(ballot.printed, one, both[0])
    return Cell(
        name=one.name,
        label=label,
        value=value,
        error=f"{wrong.what} {wrong.try_}".strip() if wrong else "",
        most=counts.get(one.kind),
        letters=one.kind == "answer",
        first=first,
        second=second,
    )
