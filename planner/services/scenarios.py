"""What does a person see of plans side by side? Kept ones and saved ones, at most four, with the same facts of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from planner import notation
from planner.domain.comparison import Comparison, Facts, compare
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.result_file import read_result
from planner.services import looks, plans
from planner.services.looks import Choice, LookCard
from planner.services.plans import Frame
from planner.services.portfolio_ground import ground
from planner.services.scenarios_saved import Renaming, SavedView
from planner.services.scenarios_saved import view as saved_view
from planner.store import portfolio as store
from planner.store import scenarios as saved_store
from planner.store.database import Database
from planner.store.portfolio import KeptHeading, KeptPlan
from planner.store.scenarios import Scenario
from planner.wording import scenarios as words
from planner.wording import scenarios_saved as saved_words
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class Column:
    """name: says of a saved one that it is not proven."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """differs: not the same in all columns, as shown."""

    name: str
    cells: tuple[str, ...]
    differs: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class ScenariosView:
    """choices: kept plans, and then saved ones. groups: (heading, rows). alike: initiatives that are the same in all.

    looks: at the last kept plan shown, by its name. No columns: nothing is kept or saved yet.
    """

    frame: Frame
    question: str
    answer: str
    choices: tuple[Choice, ...] = ()
    saved_choices: tuple[Choice, ...] = ()
    saved: SavedView | None = None
    columns: tuple[Column, ...] = ()
    groups: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    differences: str = ""
    differing: tuple[Row, ...] = ()
    alike: tuple[Row, ...] = ()
    looks: tuple[LookCard, ...] = ()
    looked_at: str = ""


def page(
    database: Database,
    plan_id: str,
    numbers: Sequence[int],
    saved: Sequence[int] = (),
    renaming: Renaming | None = None,
) -> ScenariosView:
    """numbers: which kept plans; saved: which saved ones. Those that do not exist are left out, and without any the
    newest are shown. renaming: a name that could not be used."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "scenarios")
        headings, aside = store.headings(session, plan_id), saved_store.all_of(session, plan_id)
        wanted = _wanted(headings, aside, numbers, saved)
        found_kept = [store.find_kept(session, plan_id, one.number) for one in reversed(headings) if one in wanted]
        segments = names.segments(ground(session, plan_id).segments)
        kept = [one for one in found_kept if one is not None]
        closer = looks.cards(session, plan_id, kept[-1]) if kept else ()
        listed = saved_view(session, plan_id, aside, renaming) if aside else None
    there: list[KeptPlan | Scenario] = [*kept, *(one for one in reversed(aside) if one in wanted)]
    if not there:
        return ScenariosView(frame, words.question(), "")
    columns = tuple(
        Column(one.name, one.kept_at)
        if isinstance(one, KeptPlan)
        else Column(saved_words.unproven_name(one.name), one.saved_at)
        for one in there
    )
    found = compare([plan_of(one) for one in there])
    rows = [_line(line.initiative, line.title, line.years, line.known, line.differs) for line in found.lines]
    return ScenariosView(
        frame=frame,
        question=words.question(),
        answer=words.answer([one.name for one in there], found),
        choices=tuple(Choice(one.number, one.name, one in wanted) for one in headings),
        saved_choices=tuple(Choice(one.number, saved_words.unproven_name(one.name), one in wanted) for one in aside),
        saved=listed,
        columns=columns,
        groups=_groups(found, segments),
        differences=words.differences(found),
        differing=tuple(row for row in rows if row.differs),
        alike=tuple(row for row in rows if not row.differs),
        looks=closer,
        looked_at=kept[-1].name if kept else "",
    )


def _wanted(
    headings: Sequence[KeptHeading], aside: Sequence[Scenario], numbers: Sequence[int], saved: Sequence[int]
) -> list[KeptHeading | Scenario]:
    """Those that were asked for, else the newest of both kinds."""
    asked: list[KeptHeading | Scenario] = [
        *(one for one in headings if one.number in numbers),
        *(one for one in aside if one.number in saved),
    ]
    if asked:
        return asked[: words.MOST]
    every: list[KeptHeading | Scenario] = [*headings, *aside]
    return sorted(every, key=_at, reverse=True)[: words.MOST]


def _at(one: KeptHeading | Scenario) -> datetime:
    return one.kept_at if isinstance(one, KeptHeading) else one.saved_at


def plan_of(kept: KeptPlan | Scenario) -> Plan:
    """The plan, from what was kept or saved."""
    problem = parse(kept.problem).problem
    assert problem is not None
    return cast(Plan, read_result(kept.result, problem).plan)


def _line(code: str, title: str, years: Sequence[int | None], known: Sequence[bool], differs: bool) -> Row:
    cells = tuple(words.year(year, there) for year, there in zip(years, known, strict=True))
    return Row(title, cells, differs, code)


def _groups(found: Comparison, segments: Mapping[str, str]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    def row(code: str, of: Callable[[Facts], str]) -> Row:
        return _row(words.fact(code), [of(facts) for facts in found.facts])

    main = (
        row("value", lambda facts: notation.number(facts.value, 1)),
        row("initiatives", lambda facts: notation.number(facts.initiatives)),
        row("investment", lambda facts: notation.number(facts.used.get("investment", 0.0))),
        row("operating", lambda facts: notation.number(facts.used.get("operating", 0.0))),
        row("staff", lambda facts: notation.compact(facts.used.get("staff", 0.0))),
        row("after", lambda facts: notation.number(facts.after.get("operating", 0.0))),
    )
    factors = list(dict.fromkeys(one for facts in found.facts for one in facts.factors))
    groups = list(dict.fromkeys(one for facts in found.facts for one in facts.segments))
    by_factor = (_row(names.factor(one), [words.share(f.factors.get(one)) for f in found.facts]) for one in factors)
    by_group = (_row(segments.get(one, one), [words.share(f.segments.get(one)) for f in found.facts]) for one in groups)
    return (
        (words.heading("whole"), main),
        (words.heading("factors"), tuple(by_factor)),
        (words.heading("segments"), tuple(by_group)),
    )


def _row(name: str, cells: list[str]) -> Row:
    return Row(name, tuple(cells), len(set(cells)) > 1)
