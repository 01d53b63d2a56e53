"""What is a paper made of? Headings, paragraphs, numbered points, tables and pictures, with every sentence finished.

The page, the Word file, the PDF and the workbook are all made of the same blocks, so they cannot say different things.
A table keeps its figures as figures and writes them as text on demand. Nothing here knows what the paper is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from planner import notation
from planner.domain.initiatives import Amount

Cell = str | Amount | float | None
Kind = Literal["text", "whole", "compact", "percent", "year", "points", "fine"]
"""How a column's figures are written: in whole numbers, with as many digits as they have, as per cent of a share, as
need points with one decimal, as figures small enough to need three."""

Role = Literal["plain", "group", "sum"]
"""group: a heading inside the table, only its first cell is filled. sum: adds up the rows above it."""


@dataclass(frozen=True, slots=True)
class Column:
    """width: its share of the table's width, against the others. adds: the columns it is the sum of, by place."""

    name: str
    kind: Kind = "text"
    width: float = 1.0
    adds: tuple[int, ...] = ()

    @property
    def is_figures(self) -> bool:
        return self.kind != "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One cell a column. The first cell is the row's heading. kind: writes this row's figures in another way.

    adds: the rows it is the sum of, by place in the table, where a workbook can add them itself.
    repeats: another sheet's row that its figures are taken from, where a workbook can look there itself.
    """

    cells: tuple[Cell, ...]
    role: Role = "plain"
    kind: Kind | None = None
    adds: tuple[int, ...] = ()
    repeats: "Elsewhere | None" = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Figures that stand in another sheet. sheet: its name. row, column: where the first of them is in its table."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """caption: what it shows, with the unit. note: what must be known to read it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    block: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.caption}: a row has one cell for each column")

    @property
    def is_wordy(self) -> bool:
        """Texts beside the first column: on a telephone its rows are better as cards than scrolled."""
        return any(not column.is_figures for column in self.columns[1:])

    @property
    def tenths(self) -> tuple[int, ...]:
        """The width of each column in tenths of the table, 1 to 6, for a page that may hold no style of its own."""
        whole = sum(column.width for column in self.columns)
        return tuple(min(6, max(1, round(10 * column.width / whole))) for column in self.columns)

    def written(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as the reader sees it, in the reader's language; row by row."""
        return tuple(tuple(self._cell(row, place) for place in range(len(self.columns))) for row in self.rows)

    def _cell(self, row: Row, place: int) -> str:
        column, cell = self.columns[place], row.cells[place]
        if isinstance(cell, str):
            return cell
        return written(cell, row.kind or column.kind) if row.role != "group" else ""


def written(cell: Amount | float | None, kind: Kind) -> str:
    """A figure as text."""
    if kind == "percent":
        return notation.percent(cell)
    if kind == "year":
        return notation.NOTHING if cell is None else str(cell)
    if kind in ("points", "fine"):
        return notation.number(cell, 1 if kind == "points" else 3)
    return notation.compact(cell) if kind == "compact" else notation.number(cell)


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. quiet: small print."""

    text: str
    quiet: bool = False
    block: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """A list. numbered: points that are voted over, one by one. below: lines under a point."""

    points: tuple["Point", ...]
    numbered: bool = False
    block: ClassVar[str] = "points"


@dataclass(frozen=True, slots=True)
class Point:
    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str
    block: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Picture:
    """svg: with its own title and desc. alt: what it shows, in words, for those who cannot see it.

    narrow: the same for a telephone; "" where one picture serves both.
    """

    svg: str
    alt: str
    caption: str
    narrow: str = ""
    block: ClassVar[str] = "picture"


# `block` says to a template which kind it has.
Block = Text | Points | Heading | Table | Picture


@dataclass(frozen=True, slots=True)
class Note:
    """What is missing beside a section, and where it can be put right: a step, or a field of the paper's own texts.

    Both are "" where it is filled in by hand.
    """

    text: str
    step: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """id: a word for links. notes: the margin."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook. lines: sentences above the table. printed: how many of its columns go on paper, 0 for
    all of them."""

    name: str
    title: str
    table: Table
    lines: tuple[str, ...] = ()
    printed: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole. language: nb, nn or en, as written. synthetic: what must be said on every page of a sample, or "".

    footer: stands beside the page number. author, subject: properties of the file.
    """

    language: str
    title: str
    subtitle: str
    author: str
    subject: str
    synthetic: str
    footer: str
    page_word: str
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]

    @property
    def pictures(self) -> Sequence[Picture]:
        return [block for section in self.sections for block in section.blocks if isinstance(block, Picture)]

    @property
    def missing(self) -> Sequence[tuple[Section, Note]]:
        """Everything in the margin, in order."""
        return [(section, note) for section in self.sections for note in section.notes]


def without_control(text: str) -> str:
    """Without the control characters no XML file can hold (a NUL raises in Word files); tabs and breaks as spaces."""
    return "".join(letter if letter >= " " and letter not in _FORBIDDEN else _instead(letter) for letter in text)


_FORBIDDEN = frozenset(map(chr, (*range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)))


def _instead(letter: str) -> str:
    return " " if letter in "\t\n\r\x85" else ""
