"""What did the user change about the columns? From the choices of a form to the mapping they amount to.

Only what was posted changes; a column that was not on the page keeps its use. Never looks at an answer.
"""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import get_args

from planner.domain.columns import Role
from planner.domain.findings import Finding
from planner.domain.mapping import ColumnUse, Form, Mapping, Segment
from planner.domain.scales import plain

MOST_SEGMENTS = 8
_NOT_IN_ID = re.compile(r"[^a-z0-9æøå]+")


@dataclass(frozen=True, slots=True)
class Choices:
    """columns: place → «importance:s06», «weight», «ignored» … cells: (place, cell) → segment id, "" for none.

    segments: names in order of precedence. default_segment: an id. missing: cells that mean «vet ikke». form: as in
    Mapping. None: not asked.
    """

    columns: Dict[int, str] = field(default_factory=dict)
    cells: Dict[tuple[int, str], str] = field(default_factory=dict)
    segments: tuple[str, ...] | None = None
    default_segment: str | None = None
    missing: tuple[str, ...] | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The mapping after the choices. fresh: columns that became group columns, whose cells nobody has placed yet."""

    mapping: Mapping
    fresh: tuple[int, ...]


def apply_choices(mapping: Mapping, choices: Choices, statements: frozenset[str]) -> Changed | tuple[Finding, ...]:
    """The mapping that the choices make of this one, or what is wrong with them.

    A choice the page never offered is a finding too: it came from an old page or from somebody trying.
    """
    segments = mapping.segments if choices.segments is None else _segments(mapping, choices.segments)
    if isinstance(segments, Finding):
        return (segments,)
    ids = {segment.id for segment in segments}
    uses, fresh = [], []
    for use in mapping.columns:
        changed = _use(use, choices.columns.get(use.index), statements)
        if changed is None:
            where = f"kolonne {use.heading}"
            return (Finding("choice_unknown", where=where, details={"choice": choices.columns[use.index][:40]}),)
        if changed.role == "segment" and use.role != "segment":
            fresh.append(use.index)
        uses.append(replace(changed, values=_values(changed, choices, ids)))
    form: Form | None = next((known for known in get_args(Form) if known == (choices.form or mapping.form)), None)
    default = _default(mapping, segments, choices.default_segment)
    if form is None or default is None:
        return (Finding("choice_unknown", details={"choice": str(choices.form or choices.default_segment)[:40]}),)
    missing = mapping.declared_missing if choices.missing is None else choices.missing
    return Changed(Mapping(tuple(uses), segments, default, missing, form), tuple(fresh))


def _use(use: ColumnUse, choice: str | None, statements: frozenset[str]) -> ColumnUse | None:
    if choice is None:
        return use
    role, _, statement = choice.partition(":")
    answers = role in ("importance", "likelihood")
    if role not in get_args(Role) or answers != bool(statement) or (answers and statement not in statements):
        return None
    kept: Role = next(known for known in get_args(Role) if known == role)
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
