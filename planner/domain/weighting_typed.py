"""What did somebody type about how many live here, and what choice of weights does it make?

Everything typed is kept as it was, so that a form that is refused comes back whole. Never weights anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.domain.background import Column
from planner.domain.findings import Finding
from planner.domain.margins import Filled
from planner.domain.typed import Unreadable, number
from planner.domain.weighting import UNKNOWN_LEVEL
from planner.domain.weighting_choice import Choice, ChosenMargin, How

OWN, UNKNOWN = "", "unknown"
OLDEST_ASKED = 130


@dataclass(frozen=True, slots=True)
class Typed:
    """used: headings of the columns to weight by. people: (heading, level) → as typed. into: (heading, level) → the
    level it counts with, UNKNOWN, or OWN for itself. youngest, oldest, source: as typed."""

    how: How = "none"
    used: frozenset[str] = frozenset()
    people: Mapping[tuple[str, str], str] = field(default_factory=dict)
    into: Mapping[tuple[str, str], str] = field(default_factory=dict)
    youngest: str = ""
    oldest: str = ""
    source: str = ""

    def filled(self, found: Filled, columns: Sequence[Column], written: Mapping[tuple[str, str], str]) -> "Typed":
        """With what a table gave. written: its figures as text. Columns of age or of sex that it fills are used."""
        kinds = {column.heading for column in columns if column.kind in ("age", "sex")}
        used = self.used | {heading for heading, _ in found.people if heading in kinds}
        return replace(self, how="raked", used=used, people={**self.people, **written})


def typed_from(choice: Choice, written: Mapping[tuple[str, str], str]) -> Typed:
    """The form of a choice that was made before. written: its figures as text."""
    into = {
        (one.heading, level): UNKNOWN if other == UNKNOWN_LEVEL else other
        for one in choice.margins
        for level, other in one.read_as
    }
    return Typed(choice.how, frozenset(one.heading for one in choice.margins), written, into, source=choice.source)


def read_choice(typed: Typed, columns: Sequence[Column]) -> Choice | tuple[Finding, ...]:
    """The choice that was typed; or everything that is wrong with it, where = «heading · level»."""
    if typed.how != "raked":
        return Choice(typed.how)
    findings: list[Finding] = []
    margins = [_margin(typed, column, findings) for column in columns if column.heading in typed.used]
    if not margins:
        findings.append(Finding("weighting_nothing_used"))
    return tuple(findings) if findings else Choice("raked", tuple(margins), typed.source.strip()[:200])


def _margin(typed: Typed, column: Column, findings: list[Finding]) -> ChosenMargin:
    people, read_as = [], []
    names = {level.name for level in column.levels}
    for level in column.levels:
        key = (column.heading, level.name)
        into = typed.into.get(key, UNKNOWN if level.unknown else OWN)
        if into in names and into != level.name:
            read_as.append((level.name, into))
        elif into == UNKNOWN:
            read_as.append((level.name, UNKNOWN_LEVEL))
            continue
        count = _count(typed.people.get(key, ""))
        if count is None:
            findings.append(Finding("margin_number_unreadable", where=column.heading, details={"level": level.name}))
        else:
            people.append((level.name, count))
    return ChosenMargin(column.heading, tuple(people), tuple(read_as))


def _count(raw: str) -> float | None:
    """A number of people, 0 or more; None for anything else, and for nothing at all."""
    try:
        read = number(raw)
    except Unreadable:
        return None
    return float(read) if read is not None and 0 <= read <= 10**9 else None


def age(raw: str) -> int | None:
    """An age in whole years; None where nothing is typed. Raises Unreadable for anything else."""
    read = number(raw)
    if read is None:
        return None
    if read.denominator != 1 or not 0 <= read <= OLDEST_ASKED:
        raise Unreadable(raw)
    return int(read)


def shares(column: Column, typed: Typed) -> dict[str, tuple[float, float | None]]:
    """level → (its share of the answers of the column, its share of the people typed; None until all are), in 0–1."""
    counts = {level.name: _count(typed.people.get((column.heading, level.name), "")) for level in column.levels}
    known = {name: count for name, count in counts.items() if count is not None}
    needed = [level.name for level in column.levels if not level.unknown]
    total = sum(known.values())
    whole = total > 0 and all(name in known for name in needed)
    return {
        level.name: (level.answers / column.answers, known.get(level.name, 0.0) / total if whole else None)
        for level in column.levels
    }
