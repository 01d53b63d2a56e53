"""What stands in a survey export? Its columns as text, each kind of cell once and a number for every row.

A question on a scale of seven has at most some twenty kinds of cells, however many answered: what is asked of a cell is
asked once a kind. Never decides what a column means, and holds nothing that tells who somebody is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from planner.domain.findings import Finding

# Why a column's cells were thrown away as soon as they were read.
Personal = Literal["name", "email", "ip", "time", "phone", "number", "place", ""]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of n cells.

    kinds: each cell that occurs, once. places: [n] which of the kinds each row has, in the smallest unsigned type.
    labels: (code, label) pairs that the file itself declares (SPSS). missing: cells that the file itself declares to be
    no answer. personal: what kind of personal information it held; then every cell is «x» or empty.
    """

    heading: str
    kinds: tuple[str, ...]
    places: NDArray[Any]
    labels: tuple[tuple[str, str], ...] = ()
    missing: frozenset[str] = frozenset()
    personal: Personal = ""
    _counts: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Counted once: every page about a file asks for it, column by column.
        counts = np.bincount(self.places, minlength=len(self.kinds))
        if len(counts) > len(self.kinds):
            raise ValueError("every cell is one of the kinds")
        object.__setattr__(self, "_counts", counts)
        self.places.flags.writeable = False

    @classmethod
    def of_cells(cls, heading: str, cells: Iterable[str]) -> "Column":
        """From the cells in order."""
        known: dict[str, int] = {}
        places = [known.setdefault(cell, len(known)) for cell in cells]
        return cls(heading, tuple(known), np.array(places, dtype=smallest(len(known))))

    def __len__(self) -> int:
        return len(self.places)

    def counted(self) -> Counter[str]:
        """How many rows have each cell; kinds that no row has are left out."""
        return Counter({kind: count for kind, count in zip(self.kinds, self._counts.tolist(), strict=True) if count})

    def read(self, reader: Callable[[str], Any], dtype: Any) -> NDArray[Any]:
        """[n] what `reader` makes of each cell; asked once a kind."""
        made = np.array([reader(kind) for kind in self.kinds], dtype=dtype)
        return made[self.places] if len(made) else np.zeros(0, dtype=dtype)

    def cells(self) -> list[str]:
        """[n] the cells as text."""
        found: list[str] = np.array(self.kinds, dtype=object)[self.places].tolist() if len(self.kinds) else []
        return found

    def spoken(self, kind: str) -> str:
        """A cell with the label that the file declares for it: «6 Viktig»; the code stands first, and is trusted.

        A code that the file declares to be no answer is its label alone («Ubesvart», «Vet ikke»)."""
        label = dict(self.labels).get(kind, "")
        if kind in self.missing:
            return label
        return f"{kind} {label}" if label else kind


def smallest(kinds: int) -> Any:
    """The smallest unsigned type that can number so many kinds."""
    return np.uint8 if kinds <= 256 else np.uint16 if kinds <= 65_536 else np.uint32


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A survey export as text: what `files` hands over.

    columns: all as long as numbers. numbers: [n] the number, as the user sees it in the file, of each row of answers;
    wholly blank rows in the middle are kept. notes: what reading the file had to assume or repair. broken: places of
    rows whose cells could not be told apart; they are blank here, and set aside by that name.
    """

    columns: tuple[Column, ...]
    numbers: NDArray[np.int64]
    notes: tuple[Finding, ...] = ()
    broken: tuple[int, ...] = ()
    headings: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        if any(len(column) != len(self.numbers) for column in self.columns):
            raise ValueError("every column must be as long as the table")
        self.numbers.flags.writeable = False
        object.__setattr__(self, "headings", tuple(column.heading for column in self.columns))

    @classmethod
    def of_rows(
        cls,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        first_row: int = 2,
        notes: tuple[Finding, ...] = (),
        broken: tuple[int, ...] = (),
    ) -> "RawTable":
        """From rows as long as the headings, numbered from first_row."""
        if any(len(row) != len(headings) for row in rows):
            raise ValueError("every row must be as long as the heading")
        columns = tuple(
            Column.of_cells(heading, (row[place] for row in rows)) for place, heading in enumerate(headings)
        )
        return cls(columns, np.arange(first_row, first_row + len(rows), dtype=np.int64), notes, broken)

    def __len__(self) -> int:
        return len(self.numbers)

    def with_notes(self, *notes: Finding) -> "RawTable":
        return replace(self, notes=(*self.notes, *notes))

    def blank(self) -> NDArray[np.bool_]:
        """[n] True where no cell of the row holds anything."""
        empty = np.ones(len(self), dtype=np.bool_)
        for column in self.columns:
            if not empty.any():
                break
            empty &= column.read(lambda kind: not kind.strip(), np.bool_)
        return empty
