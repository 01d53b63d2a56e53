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

PIECE = 8 << 20
_STEP = 1 << 16
Tell = Callable[[float], None]


class Gathering:
    """The columns of a table, as its pieces come."""

    def __init__(self, width: int) -> None:
        self.broken: list[int] = []
        self.short: list[int] = []
        self.rows = 0
        self._kinds: list[dict[str, int]] = [{} for _ in range(width)]
        # One growing buffer a column: thousands of small arrays leave the memory full of holes.
        self._places: list[bytearray] = [bytearray() for _ in range(width)]
        self._types: list[Any] = [smallest(0)] * width

    @property
    def width(self) -> int:
        return len(self._kinds)

    def add_arrow(self, piece: pa.Table) -> None:
        """The rows of a parsed piece: a column of text each."""
        for place, chunked in enumerate(piece.columns):
            known = self._kinds[place]
            kinds, codes = numbered(chunked.combine_chunks())
            local = [known.setdefault(kind, len(known)) for kind in kinds]
            self._add(place, np.array(local, dtype=smallest(len(known)))[codes])
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
            self._add(place, np.array([known.setdefault(row[place], len(known)) for row in even]))
        self.rows += len(even)

    def _add(self, place: int, numbers: NDArray[Any]) -> None:
        wanted = smallest(len(self._kinds[place]))
        if wanted != self._types[place]:
            so_far = np.frombuffer(self._places[place], dtype=self._types[place])
            self._places[place], self._types[place] = bytearray(so_far.astype(wanted).tobytes()), wanted
        self._places[place] += numbers.astype(wanted, copy=False).tobytes()

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """The columns, which take over the memory of the gathering: it is of no use afterwards."""
        made = []
        for place, heading in enumerate(headings):
            kinds, self._kinds[place] = tuple(self._kinds[place]), {}
            made.append(Column(heading, kinds, np.frombuffer(self._places[place], dtype=self._types[place])))
        return tuple(made)


def numbered(cells: pa.Array) -> tuple[list[str], NDArray[Any]]:
    """(each kind of cell once, in the order they come; [n] which of them each cell is).

    Cells of at most two bytes, such as «7» and «A7», are numbered by those bytes: five times as fast as by looking up
    their text. cells: strings without nulls and without the letter NUL.
    """
    ends = np.frombuffer(cells.buffers()[1], dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    lengths = np.diff(ends)
    if not len(cells) or lengths.max() > 2:
        encoded = cells.dictionary_encode()
        return encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False)
    text = np.frombuffer(cells.buffers()[2] or b"", dtype=np.uint8)
    if lengths.min() == lengths.max() == 1:
        keys = text[ends[0] : ends[-1]]
    else:
        padded = np.concatenate([text, np.zeros(2, dtype=np.uint8)]).astype(np.uint16)
        keys = np.where(lengths > 0, padded[ends[:-1]], 0) + np.where(lengths > 1, padded[ends[:-1] + 1], 0) * 256
    there = np.flatnonzero(np.bincount(keys))
    first = sorted(there.tolist(), key=lambda key: int((keys == key).argmax()))
    number = np.zeros(int(there.max()) + 1, dtype=np.uint16)
    number[first] = np.arange(len(first))
    return [bytes((key % 256, key // 256)).rstrip(b"\0").decode() for key in first], number[keys]


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
    # What Arrow keeps for its next reading is a fifth of a gigabyte that the rest of the import would like to have.
    parsed = None
    pa.default_memory_pool().release_unused()
    return gathering


def _parsed(piece: memoryview, separator: str, width: int, quoted: bool) -> pa.Table | None:
    names = [str(place) for place in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(pa.py_buffer(piece)),
            read_options=csv.ReadOptions(column_names=names, block_size=2 << 20),
            parse_options=csv.ParseOptions(
                delimiter=separator, quote_char='"' if quoted else False, newlines_in_values=quoted,
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
            ),
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
    # In steps: compared all at once, the answers take as much memory as the file.
    return sum(bytes(data[at : at + _STEP]).count(byte) for at in range(0, len(data), _STEP))


def _find(data: memoryview, byte: bytes, start: int) -> int:
    """The first place of a byte from start on, -1 for none; looked for in steps, since most are near."""
    for at in range(start, len(data), _STEP):
        found = bytes(data[at : at + _STEP]).find(byte)
        if found >= 0:
            return at + found
    return -1
