"""What did the user change about the columns? From the choices of a form to the mapping they amount to.

Only what was posted changes; a column that was not on the page keeps its use. Never looks at an answer.
"""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import get_args

from planner.domain.columns import ANSWERS, Role
from planner.domain.findings import Finding
from planner.domain.mapping import TURNABLE, ColumnUse, Form, Mapping, Numbers, Segment
from planner.domain.scales import Scale, plain

MOST_SEGMENTS = 8
_OTHER: dict[Role, Role] = {"importance": "likelihood", "likelihood": "importance"}
_NOT_IN_ID = re.compile(r"[^a-z0-9æøå]+")


@dataclass(frozen=True, slots=True)
class Choices:
    """columns: place → «importance:s06», «weight», «ignored» … cells: (place, cell) → segment id, "" for none.

    segments: names in order of precedence. default_segment: an id. missing: cells that mean «vet ikke». form, numbers,
    turned: as in Mapping. swapped: importance and likelihood are each other. None: not asked.
    """

    columns: Dict[int, str] = field(default_factory=dict)
    cells: Dict[tuple[int, str], str] = field(default_factory=dict)
    segments: tuple[str, ...] | None = None
    default_segment: str | None = None
    missing: tuple[str, ...] | None = None
    form: str | None = None
    numbers: str | None = None
    turned: tuple[str, ...] | None = None
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """The mapping after the choices. fresh: columns that became group columns, whose cells nobody has placed yet."""

    mapping: Mapping
    fresh: tuple[int, ...]


def apply_choices(
    mapping: Mapping, choices: Choices, statements: frozenset[str], drivers: frozenset[str] = frozenset()
) -> Changed | tuple[Finding, ...]:
    """The mapping that the choices make of this one, or what is wrong with them. statements, drivers: the known ids.

    A choice the page never offered is a finding too: it came from an old page or from somebody trying.
    """
    segments = mapping.segments if choices.segments is None else _segments(mapping, choices.segments)
    if isinstance(segments, Finding):
        return (segments,)
    ids = {segment.id for segment in segments}
    uses, fresh = [], []
    for use in mapping.columns:
        chosen = _use(use, choices.columns.get(use.index), statements, drivers)
        if chosen is None:
            where = f"kolonne {use.heading}"
            return (Finding("choice_unknown", where=where, details={"choice": choices.columns[use.index][:40]}),)
        if chosen.role == "segment" and use.role != "segment":
            fresh.append(use.index)
        uses.append(replace(chosen, values=_values(chosen, choices, ids)))
    form: Form | None = next((known for known in get_args(Form) if known == (choices.form or mapping.form)), None)
    wanted = choices.numbers or mapping.numbers
    numbers: Numbers | None = next((known for known in get_args(Numbers) if known == wanted), None)
    default = _default(mapping, segments, choices.default_segment)
    if form is None or default is None or numbers is None:
        odd = choices.numbers if numbers is None else choices.form if form is None else choices.default_segment
        return (Finding("choice_unknown", details={"choice": str(odd)[:40]}),)
    missing = mapping.declared_missing if choices.missing is None else choices.missing
    told = mapping.turned if choices.turned is None else choices.turned
    turned: tuple[Scale, ...] = tuple(scale for scale in TURNABLE if scale in told)
    if choices.swapped:
        uses = [replace(use, role=_OTHER.get(use.role, use.role)) for use in uses]
    before = {use.index: (use.role, use.statement) for use in mapping.columns}
    still = {use.index for use in uses if before[use.index] == (use.role, use.statement)}
    recalled = tuple(index for index in mapping.recalled if index in still)
    changed = Mapping(tuple(uses), segments, default, missing, form, numbers, turned, mapping.template, recalled)
    return Changed(changed, tuple(fresh))


def _use(use: ColumnUse, choice: str | None, statements: frozenset[str], drivers: frozenset[str]) -> ColumnUse | None:
    if choice is None or use.role == "personal":
        # Nothing is left of a column that tells who somebody is, so nothing can be made of it.
        return use
    role, _, statement = choice.partition(":")
    answers = role in ANSWERS
    known = drivers if role == "driver" else statements
    if role not in get_args(Role) or answers != bool(statement) or (answers and statement not in known):
        return None
    kept: Role = next(each for each in get_args(Role) if each == role)
    return ColumnUse(use.index, use.heading, kept, statement, use.values if role == "segment" else ())


def _values(use: ColumnUse, choices: Choices, ids: set[str]) -> tuple[tuple[str, str], ...]:
    """What each cell of a group column says: as chosen now, else as before, as long as the group is still there."""
    if use.role != "segment":
        return ()
    here = {plain(cell): segment for (index, cell), segment in choices.cells.items() if index == use.index}
    said = dict(use.values) | here
    return tuple(sorted((cell, segment) for cell, segment in said.items() if segment in ids))


def _segments(mapping: Mapping, names: tuple[str, ...]) -> tuple[Segment, ...] | Finding:
    """Groups by name; one that keeps its name keeps its id."""
    known = {plain(segment.name): segment.id for segment in mapping.segments}
    named = [" ".join(name.split()) for name in names if name.strip()]
    ids = [known.get(plain(name)) or _NOT_IN_ID.sub("-", plain(name)).strip("-") for name in named]
    if not named or len(set(ids)) != len(ids) or not all(ids) or len(ids) > MOST_SEGMENTS:
        return Finding("segments_unclear", where="", details={"most": MOST_SEGMENTS})
    return tuple(Segment(id_, name[:60]) for id_, name in zip(ids, named, strict=True))


def _default(mapping: Mapping, segments: tuple[Segment, ...], chosen: str | None) -> str | None:
    ids = {segment.id for segment in segments}
    if chosen is not None and chosen not in ids and chosen not in {segment.id for segment in mapping.segments}:
        return None
    wanted = chosen or mapping.default_segment
    return wanted if wanted in ids else segments[-1].id
