"""How is a large delimited file read without holding it as text? Piece by piece, each kind of cell once a column.

A million answers to sixty questions are 120 MB of text, 4 GB as Python strings and 60 MB here. Each piece is parsed by
Arrow; one that is not regular is read row by row with care (`delimited`), so that nothing is dropped that a small file
would have kept. What this cannot read at all (UTF-16, a quote that is never closed) is left to the careful reader.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from planner.domain.raw_table import Column, smallest
from planner.files.delimited import careful_rows

PIECE = 16 << 20
# The usual pool keeps what it was given: a fifth of a gigabyte that the rest of the import would like to have.
pa.set_memory_pool(pa.system_memory_pool())
Tell = Callable[[float], None]


class Gathering:
    """The columns of a table, as its pieces come."""

    def __init__(self, width: int) -> None:
        self.broken: list[int] = []
        self.short: list[int] = []
        self.rows = 0
        self._kinds: list[dict[str, int]] = [{} for _ in range(width)]
        self._places: list[list[NDArray[Any]]] = [[] for _ in range(width)]

    @property
    def width(self) -> int:
        return len(self._kinds)

    def add_arrow(self, piece: pa.Table) -> None:
        """The rows of a parsed piece: a dictionary-encoded column each."""
        for place, chunked in enumerate(piece.columns):
            known = self._kinds[place]
            for chunk in chunked.chunks:
                local = [known.setdefault(kind, len(known)) for kind in chunk.dictionary.to_pylist()]
                codes = np.array(local, dtype=smallest(len(known)))
                self._places[place].append(codes[chunk.indices.to_numpy(zero_copy_only=False)])
        self.rows += piece.num_rows

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows as they were, of any length: short ones are filled up, long ones are broken, and both remembered."""
        even = []
        for offset, row in enumerate(rows):
            filled = len(row)
            while filled and not row[filled - 1].strip():
                filled -= 1
            if filled > self.width:
                self.broken.append(self.rows + offset)
                row = ()
            elif 0 < len(row) < self.width:
                self.short.append(self.rows + offset)
            even.append((*row[: self.width], *[""] * (self.width - len(row))))
        for place, known in enumerate(self._kinds):
            codes = [known.setdefault(row[place], len(known)) for row in even]
            self._places[place].append(np.array(codes, dtype=smallest(len(known))))
        self.rows += len(even)

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """The columns; the gathering is empty afterwards, since both at once would take twice the memory."""
        made = []
        for place, heading in enumerate(headings):
            kinds, self._kinds[place] = tuple(self._kinds[place]), {}
            whole = np.concatenate([np.zeros(0, dtype=np.uint8), *self._places[place]], dtype=smallest(len(kinds)))
            self._places[place] = []
            made.append(Column(heading, kinds, whole))
        return tuple(made)


def gather(data: memoryview, separator: str, width: int, most_cells: int, tell: Tell | None = None) -> Gathering | None:
    """The body of a file of UTF-8, from the row after its heading on; None where only the careful reader can.

    most_cells: more than this gives None too. tell: called with the share that is read, 0–1.
    """
    quoted = _count(data, b'"') > 0
    gathering = Gathering(width)
    start = 0
    while start < len(data):
        end = end_of_piece(data, start, quoted)
        if end is None or gathering.rows * width > most_cells:
            return None
        piece = data[start:end]
        parsed = _parsed(piece, separator, width, quoted)
        if parsed is not None:
            gathering.add_arrow(parsed)
        else:
            rows = careful_rows(bytes(piece), separator)
            if rows is None:
                return None
            gathering.add_rows(rows)
        start = end
        if tell is not None:
            tell(start / len(data))
    return gathering


def _parsed(piece: memoryview, separator: str, width: int, quoted: bool) -> pa.Table | None:
    names = [str(place) for place in range(width)]
    kinds = {name: pa.dictionary(pa.int32(), pa.string()) for name in names}
    try:
        return csv.read_csv(
            pa.BufferReader(pa.py_buffer(piece)),
            read_options=csv.ReadOptions(column_names=names, block_size=1 << 20),
            parse_options=csv.ParseOptions(
                delimiter=separator, quote_char='"' if quoted else False, newlines_in_values=quoted,
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, null_values=[]),
        )  # fmt: skip
    except pa.ArrowInvalid:
        # A row of another width, or bytes that are not UTF-8.
        return None


def end_of_piece(data: memoryview, start: int, quoted: bool, size: int = PIECE) -> int | None:
    """Just after a line break outside quotes, about `size` further on; None where no such break is near."""
    if start + size >= len(data):
        return len(data)
    end = start
    quotes = 0
    for _ in range(64):
        found = _find(data, b"\n", max(end, start + size))
        if found < 0:
            return len(data)
        if quoted:
            quotes += _count(data[end : found + 1], b'"')
        end = found + 1
        if quotes % 2 == 0:
            return end
    return None


def _count(data: memoryview, byte: bytes) -> int:
    return int((np.frombuffer(data, dtype=np.uint8) == byte[0]).sum())


def _find(data: memoryview, byte: bytes, start: int) -> int:
    """The first place of a byte from start on, -1 for none; looked for in steps, since most are near."""
    for at in range(start, len(data), 1 << 16):
        hits = np.flatnonzero(np.frombuffer(data[at : at + (1 << 16)], dtype=np.uint8) == byte[0])
        if len(hits):
            return at + int(hits[0])
    return -1
