"""How does a table that waits to be confirmed lie in the database? Packed and unpacked, without the file it came from.

What told who somebody was is gone before this (`domain/personal.py`).
"""

import io
import json
from typing import Any

import numpy as np

from planner.domain.examination import findings_document, findings_from
from planner.domain.raw_table import Column, RawTable

FORMAT = "malrett-table/1"


def pack(table: RawTable) -> bytes:
    """`unpack` gives an equal table back."""
    about = {
        "format": FORMAT,
        "columns": [
            {
                "heading": column.heading,
                "kinds": list(column.kinds),
                "labels": [list(pair) for pair in column.labels],
                "missing": sorted(column.missing),
                "personal": column.personal,
            }
            for column in table.columns
        ],
        "notes": findings_document(table.notes),
        "broken": list(table.broken),
    }
    arrays: dict[str, Any] = {f"column_{place}": column.places for place, column in enumerate(table.columns)}
    arrays["numbers"] = table.numbers
    arrays["about"] = np.frombuffer(json.dumps(about, ensure_ascii=False).encode("utf-8", "replace"), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


def unpack(content: bytes) -> RawTable:
    """Raises ValueError for anything but what `pack` made."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(stored["about"].tobytes())
        if about["format"] != FORMAT:
            raise ValueError(f"not {FORMAT}")
        columns = tuple(
            Column(
                one["heading"],
                tuple(one["kinds"]),
                stored[f"column_{place}"],
                tuple((code, label) for code, label in one["labels"]),
                frozenset(one["missing"]),
                one["personal"],
            )
            for place, one in enumerate(about["columns"])
        )
        return RawTable(columns, stored["numbers"], findings_from(about["notes"]), tuple(about["broken"]))
