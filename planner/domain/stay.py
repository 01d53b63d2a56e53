"""Does somebody want to go on living here? The question about staying, as survey tools write its answers.

Never guesses: an answer that is neither yes, no nor «vet ikke» is left out, and said.
"""

import numpy as np

from planner.domain.answers import LEAVES, STAY_BLANK, STAY_UNSURE, STAYS, Bytes
from planner.domain.findings import Detail, Finding
from planner.domain.mapping import Mapping
from planner.domain.pitfalls import rows_with
from planner.domain.raw_table import Column, RawTable
from planner.domain.scales import BLANK_TEXTS, means_dont_know, plain, words

_STAYS = frozenset({"ja", "yes", "j", "y", "ja helt sikkert", "ja absolutt", "ja definitivt", "ja trolig"})
_LEAVES = frozenset({"nei", "no", "n", "nei absolutt ikke", "nei trolig ikke", "nei definitivt ikke"})


_UNSURE = frozenset({"kanskje", "maybe", "usikker", "usikker på det"})


def stay_code(text: str) -> int:
    """STAYS, LEAVES, STAY_UNSURE or STAY_BLANK; -1 for a cell that is none of them."""
    said = words(text)
    if plain(text) in BLANK_TEXTS or not said:
        return STAY_BLANK
    without_code = said.lstrip("0123456789 ") or said
    if means_dont_know(text) or means_dont_know(without_code) or without_code in _UNSURE:
        return STAY_UNSURE
    return STAYS if without_code in _STAYS else LEAVES if without_code in _LEAVES else -1


def stay_findings(table: RawTable, mapping: Mapping) -> list[Finding]:
    """Cells of the question about staying that are neither yes, no nor «vet ikke»: left out, and said."""
    found = []
    for use in mapping.with_role("stay"):
        column = table.columns[use.index]
        odd = [kind for kind in column.kinds if stay_code(column.spoken(kind)) < 0]
        rows = rows_with(table, use.index, odd) if odd else []
        if rows:
            examples = ", ".join(f"«{kind.strip()}»" for kind in sorted(odd)[:5])
            details: dict[str, Detail] = {"heading": use.heading, "count": len(rows), "examples": examples}
            found.append(Finding("stay_not_understood", "warning", f"kolonne {use.heading}", details))
    return found


def read_stay(column: Column) -> Bytes:
    """[n] STAYS, LEAVES, STAY_UNSURE or STAY_BLANK."""
    read: Bytes = column.read(lambda kind: max(0, stay_code(column.spoken(kind))), np.uint8)
    return read
