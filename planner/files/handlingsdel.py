"""How does the plan become a workbook? Every sheet as a table with figures as figures, and sums Excel keeps alive.

Text from people is written as text, whatever it looks like: never a formula, never a link. The only formulas are the
sums of the tables' own cells and figures that stand in another sheet, and each carries its value, so that a reader
without a calculator sees it too.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from planner.wording.paper import Cell, Elsewhere, Kind, Paper, Row, Sheet, Table
from planner.wording.paper import without_control as plain

FORMATS: dict[Kind, str] = {
    "text": "@",
    "whole": "#,##0;-#,##0;0",
    "compact": "General",  # #,##0.## would leave a lone decimal mark after whole numbers
    "percent": "0 %",
    "year": "0",
    "points": "0.0",
    "fine": "#,##0.000",
}
CHARACTERS = 11  # of width for a column of width 1
LONGEST_CELL = 32_000  # Excel holds 32 767
MOST_IN_A_SUM = 200
LINE_HEIGHT = 13.5
LETTER = 0.76  # of a digit, which a column's width is counted in, is what a letter takes on average
MOST_LINES = 30  # Excel holds 409 points
WIDE = 18  # column widths beyond which a sheet is printed on A3
A4, A3 = 9, 8


def write(paper: Paper, created: datetime) -> bytes:
    """The file. created: when the plan was kept."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties(
        {
            "title": plain(paper.title)[:255],
            "subject": plain(paper.subject)[:255],
            "author": plain(paper.author)[:255],
            "comments": paper.synthetic,
            "created": created.astimezone(UTC).replace(tzinfo=None),
        }
    )
    looks = _Looks(book)
    for sheet in paper.sheets:
        _Writer(book.add_worksheet(_sheet_name(sheet)), looks, paper, sheet).write()
    book.close()
    return file.getvalue()


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **look})
        return self.made[key]

    def cell(self, kind: Kind, row: Row, after_figures: bool, among_figures: bool) -> Any:
        look: dict[str, Any] = {"num_format": FORMATS[kind]}
        if kind == "text":
            look |= {"text_wrap": True, **({"align": "left", "indent": 1} if after_figures else {})}
            if among_figures:
                look["align"] = "right"
        if row.role != "plain":
            look["bold"] = True
        if row.role == "sum":
            look["top"] = 1
        return self.get(**look)


class _Writer:
    """One sheet: title, notice, lines, then the table."""

    def __init__(self, page: Worksheet, looks: _Looks, paper: Paper, sheet: Sheet) -> None:
        self.page, self.looks, self.paper, self.sheet = page, looks, paper, sheet
        self.first = 0  # the row the table's first row stands in

    def write(self) -> None:
        table = self.sheet.table
        at = self._head()
        for place, column in enumerate(table.columns):
            side = "right" if column.is_figures else "left"
            after = int(_after_figures(table, place))
            look = self.looks.get(bold=True, bg_color="#E0EBEC", bottom=1, text_wrap=True, align=side, indent=after)
            self._text(at, place, column.name.replace("\u00ad", ""), look)
            self.page.set_column(place, place, CHARACTERS * column.width)
        self._make_room(table, at, [column.name for column in table.columns])
        self.first = at + 1
        for number, row in enumerate(table.rows):
            self._row(table, row, self.first + number)
        last = self.first + max(len(table.rows), 1) - 1
        self.page.autofilter(at, 0, last, len(table.columns) - 1)
        self.page.freeze_panes(self.first, 1)
        self._paper(at)

    def _head(self) -> int:
        """Title, the sample's notice and lines; gives the row of the table's headings."""
        self._text(0, 0, self.sheet.title, self.looks.get(bold=True, font_size=14, font_color="#063036"))
        self._text(1, 0, f"{self.paper.author} · {self.paper.subject}", self.looks.get(font_color="#5A5E5F"))
        at = 2
        if self.paper.synthetic:
            self._text(at, 0, self.paper.synthetic, self.looks.get(bold=True, font_color="#8A3A14"))
            at += 1
        for line in self.sheet.lines:
            self._text(at, 0, line, self.looks.get())
            at += 1
        return _head_rows(self.paper, self.sheet) - 1

    def _make_room(self, table: Table, at: int, texts: Sequence[Cell]) -> None:
        """Height for the lines a row wraps to: not every program reckons it when it opens the file."""
        widths = (CHARACTERS * column.width / LETTER for column in table.columns)
        lines = [
            -(-len(text) // max(1, int(w))) for text, w in zip(texts, widths, strict=True) if isinstance(text, str)
        ]
        if max(lines, default=1) > 1:
            self.page.set_row(at, LINE_HEIGHT * min(max(lines), MOST_LINES))

    def _row(self, table: Table, row: Row, at: int) -> None:
        self._make_room(table, at, row.cells)
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            kind: Kind = "text" if isinstance(cell, str) else (row.kind or column.kind)
            if kind == "compact" and float(_float(cell or 0)).is_integer() and not (column.adds or row.adds):
                kind = "whole"
            look = self.looks.cell(kind, row, _after_figures(table, place), column.is_figures)
            if isinstance(cell, str):
                self._text(at, place, cell, look)
            elif cell is None:
                self.page.write_blank(at, place, None, look)
            elif column.adds:
                self._formula(at, place, [(at, other) for other in column.adds], cell, look)
            elif row.adds and (len(row.adds) <= MOST_IN_A_SUM or _is_block(row.adds)):
                self._formula(at, place, [(self.first + other, place) for other in row.adds], cell, look)
            elif row.repeats is not None:
                first = next(place for place, one in enumerate(table.columns) if one.is_figures)
                self.page.write_formula(at, place, self._elsewhere(row.repeats, place - first), look, _float(cell))
            else:
                self.page.write_number(at, place, _float(cell), look)

    def _text(self, at: int, place: int, text: str, look: Any) -> None:
        # write_string, never write: the latter makes formulas and links of what looks like them.
        self.page.write_string(at, place, plain(text)[:LONGEST_CELL], look)

    def _formula(self, at: int, place: int, cells: Sequence[tuple[int, int]], value: Cell, look: Any) -> None:
        self.page.write_formula(at, place, _sum(cells), look, _float(value))

    def _elsewhere(self, there: Elsewhere, after: int) -> str:
        """Another sheet's cell, so many columns after the first."""
        sheet = next(one for one in self.paper.sheets if one.name == there.sheet)
        name = _sheet_name(sheet).replace("'", "''")
        return f"='{name}'!{xl_rowcol_to_cell(_head_rows(self.paper, sheet) + there.row, there.column + after)}"

    def _paper(self, heading: int) -> None:
        """As it is printed: lying, one page wide, headings on every page, page numbers and the notice."""
        self.page.set_landscape()
        columns = self.sheet.table.columns[: self.sheet.printed or None]
        wide = sum(column.width for column in columns) > WIDE
        if self.sheet.printed:
            # On paper no row at the end whose figures all stand beyond the printed columns.
            told = [
                any(not isinstance(cell, str | None) for cell in row.cells[: len(columns)])
                for row in self.sheet.table.rows
            ]
            last = max((number for number, has_figures in enumerate(told) if has_figures), default=0)
            self.page.print_area(0, 0, self.first + last, len(columns) - 1)
        self.page.set_paper(A3 if wide else A4)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(heading)
        self.page.hide_gridlines(2)
        notice = _in_a_header(self.paper.synthetic)
        self.page.set_header(f"&L&8{notice}" if notice else "")
        self.page.set_footer(f"&L&8{_in_a_header(self.paper.footer)}&R&8&P / &N")


def _sheet_name(sheet: Sheet) -> str:
    """Excel holds 31 letters."""
    return plain(sheet.name)[:31]


def _head_rows(paper: Paper, sheet: Sheet) -> int:
    """The rows above a sheet's first row of figures: title, whose, notice, lines, a blank one and the headings."""
    return 2 + bool(paper.synthetic) + len(sheet.lines) + 2


def _after_figures(table: Table, place: int) -> bool:
    """A text beside a figure set to the right would touch it."""
    return place > 0 and table.columns[place - 1].is_figures and not table.columns[place].is_figures


def _is_block(rows: Sequence[int]) -> bool:
    """Rows that stand together are one range, however many they are."""
    return len(rows) > 2 and max(rows) - min(rows) + 1 == len(rows)


def _sum(cells: Sequence[tuple[int, int]]) -> str:
    """SUM of a block where the cells stand together, else each with a plus between."""
    names = [xl_rowcol_to_cell(row, column) for row, column in cells]
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    together = len(cells) > 2 and (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(cells)
    return f"=SUM({names[0]}:{names[-1]})" if together else "=" + "+".join(names)


def _float(cell: Cell) -> float | int:
    if isinstance(cell, Fraction):
        return float(cell)
    if isinstance(cell, int | float):
        return cell
    raise TypeError(f"not a figure: {cell!r}")


def _in_a_header(text: str) -> str:
    """«&» begins a code in headers and footers, and they hold 255 characters."""
    return plain(text)[:110].replace("&", "&&")
