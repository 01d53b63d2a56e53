"""Has somebody already said what these columns are? A mapping used before, on the next file of the same form.

Never carries what was said of one printing of the form: whether a label was misprinted is asked anew.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.domain.columns import spoken
from planner.domain.mapping import ColumnUse, Mapping
from planner.domain.raw_table import RawTable
from planner.domain.scales import plain, words

# So many of the columns that were used must be in the new file for it to be of the same form.
SAME_FORM = 0.9
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_Key = tuple[str, int]


def recall(table: RawTable, guessed: Mapping, templates: Sequence[tuple[str, Mapping]]) -> Mapping:
    """The guessed mapping with the columns of the first template that fits as they were then; else as guessed."""
    for name, template in templates:
        found = _fitted(table, guessed, template)
        if found is not None:
            return replace(found, template=name)
    return guessed


def _fitted(table: RawTable, guessed: Mapping, template: Mapping) -> Mapping | None:
    before = _keyed(template.columns)
    used = {key for key, use in before.items() if use.role not in ("ignored", "personal", "submitted")}
    here = _keyed(guessed.columns)
    if not used or len(used & here.keys()) < SAME_FORM * len(used):
        return None
    columns, recalled = [], []
    for key, use in here.items():
        then = before.get(key)
        if then is None or use.role == "personal" or then.role == "personal":
            columns.append(use)
            continue
        columns.append(replace(use, role=then.role, statement=then.statement, values=_values(table, use, then)))
        recalled.append(use.index)
    known = {segment.id for segment in template.segments}
    kept = tuple(replace(use, values=tuple(pair for pair in use.values if pair[1] in known)) for use in columns)
    return Mapping(
        kept,
        template.segments,
        template.default_segment,
        template.declared_missing,
        "ask",
        template.numbers,
        template.turned,
        recalled=tuple(recalled),
    )


def _keyed(uses: Sequence[ColumnUse]) -> dict[_Key, ColumnUse]:
    """By heading without its year, and which of those alike it is: two grids may have the same thirty headings."""
    seen: Counter[str] = Counter()
    keyed = {}
    for use in uses:
        name = _YEAR.sub("", words(use.heading)).strip() or f"#{use.index}"
        keyed[(name, seen[name])] = use
        seen[name] += 1
    return keyed


def _values(table: RawTable, use: ColumnUse, then: ColumnUse) -> tuple[tuple[str, str], ...]:
    """What each cell of a group column stands for: as it was said then, new cells as they are guessed now."""
    if then.role != "segment":
        return ()
    said = dict(then.values)
    new = {cell: segment for cell, segment in use.values if cell not in said}
    cells = {plain(kind) for kind in spoken(table.columns[use.index])}
    return tuple(sorted((cell, segment) for cell, segment in (said | new).items() if cell in cells))
