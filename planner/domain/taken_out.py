"""A workbook was taken out, filled in and comes back: which rows may be kept, when others may have been at work?

Each row carries a mark of what it was when it was taken out. Never decides whose change is right: where both have
changed the same row it clashes, and whoever comes last is asked.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.candidate_documents import freed_to_document, to_document
from planner.domain.candidates import Candidate
from planner.domain.freed import Freed

Row = Candidate | Freed


@dataclass(frozen=True, slots=True)
class Sorted:
    """keep: to be stored. clashing: changed both in the workbook and in the plan since it was taken out."""

    keep: tuple[Row, ...]
    clashing: tuple[Row, ...]


def mark(plan_id: str, row: Row) -> str:
    """Sixteen hexadecimal digits and a hyphen: of which plan, and of what the row says (the start of SHA-256)."""
    document = to_document(row) if isinstance(row, Candidate) else freed_to_document(row)
    return f"{_of(plan_id)[:6]}-{_of(document)[:10]}"


def sort_out(plan_id: str, rows: Sequence[Row], marks: Mapping[str, str], there: Mapping[str, Row]) -> Sorted:
    """rows: as they stand in the workbook. marks and there: by code; a row without a mark, or with the mark of another
    plan, replaces what has its code."""
    keep, clashing = [], []
    for row in rows:
        now, taken = there.get(row.code), marks.get(row.code, "")
        ours = taken.startswith(_of(plan_id)[:6] + "-")
        if now is None or now == row or not ours or mark(plan_id, now) == taken:
            keep.append(row)
        elif mark(plan_id, row) != taken:
            clashing.append(row)
        # Else nobody has touched it in the workbook, and what the others made of it stands.
    return Sorted(tuple(keep), tuple(clashing))


def _of(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
