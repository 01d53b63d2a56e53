"""Which rows stand under which headings in the sheets of an initiative workbook? Texts by column, with their place.

Never reads what a cell means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.files.initiative_columns import COLUMNS, GUIDE, LISTS, REQUIRED, Column, heading_key
from planner.files.spreadsheet import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its texts by column path, and its name for a reader."""

    cells: Mapping[str, str]
    place: str
    columns: Mapping[str, Column]

    def at(self, path: str) -> str:
        column = self.columns.get(path)
        return f"{self.place}, kolonne «{column.heading}»" if column else self.place


def read_lines(sheets: Sequence[Sheet], findings: list[Finding]) -> dict[str, tuple[Line, ...]]:
    """The filled rows of the sheets we know, by sheet name; what is wrong with their headings is added to findings."""
    by_name = {heading_key(name): name for name in COLUMNS}
    lines: dict[str, tuple[Line, ...]] = {}
    for sheet in sheets:
        name = by_name.get(heading_key(sheet.name), "")
        if name:
            lines[name] = _sheet_lines(sheet, name, findings)
        elif heading_key(sheet.name) not in (heading_key(GUIDE), heading_key(LISTS)):
            findings.append(Finding("initiatives_sheet_ignored", "info", details={"sheet": sheet.name}))
    return lines


def _sheet_lines(sheet: Sheet, name: str, findings: list[Finding]) -> tuple[Line, ...]:
    """The rows under the heading, which is the first row that holds a heading we know."""
    known = {heading_key(column.heading): column for column in COLUMNS[name]}
    top = next((at for at, row in enumerate(sheet.rows) if sum(heading_key(cell) in known for cell in row) >= 2), None)
    where = f"arket «{name}»"
    if top is None:
        if any(any(row) for row in sheet.rows):
            findings.append(Finding("initiatives_no_heading", where=where))
        return ()
    columns: dict[int, Column] = {}
    for place, cell in enumerate(sheet.rows[top]):
        column = known.get(heading_key(cell))
        if column and column in columns.values():
            findings.append(Finding("initiatives_column_twice", where=where, details={"column": column.heading}))
        elif column:
            columns[place] = column
        elif cell:
            findings.append(Finding("initiatives_column_ignored", "info", where, {"column": cell[:60]}))
    for path in REQUIRED[name]:
        if path not in {column.path for column in columns.values()}:
            missing = next(column.heading for column in COLUMNS[name] if column.path == path)
            findings.append(Finding("initiatives_column_missing", where=where, details={"column": missing}))
    by_path = {column.path: column for column in columns.values()}
    lines = []
    for at, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        cells = {columns[place].path: cell for place, cell in enumerate(row) if place in columns and cell.strip()}
        if cells:
            lines.append(Line(cells, f"{where}, rad {at}", by_path))
        if at in sheet.formulas:
            findings.append(Finding("initiatives_formula", where=f"{where}, rad {at}"))
    return tuple(lines)
