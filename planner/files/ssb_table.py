"""How do the bytes of a population table from Statistics Norway become a table? Three forms of the same thing.

csv saved from the web page (a title, years across, footnotes under), csv from the API (one row a figure, or years
across) and json-stat2. Never decides what the figures mean, and never fetches anything.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from planner.domain.findings import Finding
from planner.domain.population import Population
from planner.domain.population_table import Cell, Dimension, SsbTable, read_population
from planner.files.delimited import choose_separator, decode, stated_separator
from planner.files.kind import kind_of

MOST_BYTES = 30 * 1024 * 1024
# As many as the API gives at once.
MOST_CELLS = 800_000
MOST_PLACES = 40
"""A form carries them until one is chosen; a file of the whole country is better fetched again for one place."""
_SIGNS = frozenset({":", "..", ".", "-", "–", "", "..."})
_FIGURE = re.compile(r"-?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?")
_ENDS_IN_YEAR = re.compile(r"(.*?)\s*((?:19|20)\d\d(?:[KMQ]\d{1,2})?)", re.IGNORECASE)


def read_population_file(data: bytes) -> tuple[Population, tuple[Finding, ...]] | tuple[Finding, ...]:
    """The people in a file, and what should be known about them; or the findings that say why there are none."""
    table = read_ssb_table(data)
    if not isinstance(table, SsbTable):
        return table
    read = read_population(table)
    if isinstance(read[0], Population) and len(read[0].places) > MOST_PLACES:
        return (Finding("population_many_places", details={"count": len(read[0].places), "limit": MOST_PLACES}),)
    return read


def read_ssb_table(data: bytes) -> SsbTable | tuple[Finding, ...]:
    """The table in a file of any of the three forms; or what keeps it from being read."""
    if len(data) > MOST_BYTES:
        return (Finding("population_file_too_large", details={"limit": MOST_BYTES // 1024 // 1024}),)
    if kind_of(data) != "text":
        return (Finding("population_file_unknown"),)
    text, notes = decode(data)
    if any(note.code == "file_letters_broken" for note in notes):
        return (Finding("population_file_broken"),)
    if text.lstrip().startswith("{"):
        try:
            return _from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return (Finding("population_file_unknown"),)
    return _from_csv(text)


# --- json-stat2 ------------------------------------------------------------------------------------------------------


def _from_json(document: Any) -> SsbTable | tuple[Finding, ...]:
    """Values in the order of `id`, the last dimension fastest; a list, or an object with the places that have one."""
    document = document.get("dataset", document)
    sizes = [int(size) for size in document["size"]]
    if prod(sizes) > MOST_CELLS or min(sizes, default=0) < 1:
        return (Finding("population_file_unknown"),)
    dimensions = tuple(_json_dimension(name, document["dimension"][name]) for name in document["id"])
    if [len(one.codes) for one in dimensions] != sizes:
        return (Finding("population_file_unknown"),)
    values, signs = document["value"], document.get("status") or {}
    cells: dict[tuple[int, ...], Cell] = {}
    for number, place in enumerate(product(*(range(size) for size in sizes))):
        value = values.get(str(number)) if isinstance(values, dict) else values[number]
        if isinstance(signs, str):
            sign = signs
        else:
            sign = signs.get(str(number), "") if isinstance(signs, dict) else signs[number]
        if isinstance(value, int | float) and not isinstance(value, bool):
            cells[place] = float(value)
        else:
            cells[place] = str(sign or "")
    return SsbTable(str(document.get("label", "")), dimensions, cells)


def _json_dimension(code: str, document: Any) -> Dimension:
    category = document["category"]
    labels = category.get("label") or {}
    order = category.get("index", list(labels))
    codes = sorted(order, key=order.__getitem__) if isinstance(order, dict) else list(order)
    named = tuple(str(labels.get(one, one)) for one in codes)
    return Dimension(str(code), str(document.get("label", code)), tuple(map(str, codes)), named)


# --- csv -------------------------------------------------------------------------------------------------------------


def _from_csv(text: str) -> SsbTable | tuple[Finding, ...]:
    separator, text = stated_separator(text)
    separator = separator or choose_separator(_body(text))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) if separator else []
    except csv.Error:
        rows = []
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in filled), default=0)
    # The title before and the footnotes after are narrower than the table.
    body = [row for row in filled if len(row) == width]
    if width < 2 or len(body) < 2:
        return (Finding("population_file_unknown"),)
    title = next((row[0] for row in filled if len(row) == 1), "") if filled[0] != body[0] else ""
    header, lines = body[0], body[1:]
    figures = [at for at in range(width) if all(_figure(row[at]) is not None for row in lines)]
    measured = _measured(header, figures)
    if not measured or len(lines) * len(measured) > MOST_CELLS:
        return (Finding("population_file_unknown"),)
    return _table(title, header, lines, measured)


def _body(text: str) -> str:
    """Without a title line: it has commas of its own, which say nothing of what parts the cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines[1:] if len(lines) > 2 else lines)


def _measured(header: Sequence[str], figures: Sequence[int]) -> list[int]:
    """Which columns hold figures: those that end in a year, else the last one.

    Codes of sex and age («1», «034») and a column of years look like figures too, but the last column never is one.
    """
    across = [at for at in figures if (found := _ENDS_IN_YEAR.fullmatch(header[at])) and found[2] != ""]
    return across or [at for at in figures if at == len(header) - 1]


def _table(
    title: str, header: Sequence[str], lines: Sequence[Sequence[str]], measured: Sequence[int]
) -> SsbTable | tuple[Finding, ...]:
    stub = [at for at in range(len(header)) if at not in measured]
    across = [_ENDS_IN_YEAR.fullmatch(header[at]) for at in measured]
    with_year = all(across)
    heads = [(found[1], found[2]) if found and with_year else (header[at], "") for at, found in
             zip(measured, across, strict=True)]  # fmt: skip
    contents = list(dict.fromkeys(head for head, _ in heads))
    years = list(dict.fromkeys(year for _, year in heads))
    kinds: list[dict[str, int]] = [{} for _ in stub]
    cells: dict[tuple[int, ...], Cell] = {}
    for row in lines:
        place = tuple(known.setdefault(row[at], len(known)) for known, at in zip(kinds, stub, strict=True))
        for at, (head, year) in zip(measured, heads, strict=True):
            where = (*place, contents.index(head), *((years.index(year),) if with_year else ()))
            if where in cells:
                return (Finding("population_row_twice", details={"row": "; ".join(row)[:120]}),)
            figure = _figure(row[at])
            cells[where] = figure if figure is not None else ""
    dimensions = [Dimension(header[at], header[at], tuple(known), tuple(known)) for at, known in
                  zip(stub, kinds, strict=True)]  # fmt: skip
    dimensions.append(Dimension("ContentsCode", "contents", tuple(contents), tuple(contents)))
    if with_year:
        dimensions.append(Dimension("Tid", "tid", tuple(years), tuple(years)))
    return SsbTable(title, tuple(_unnamed_merged(dimensions, cells)), cells)


def _unnamed_merged(dimensions: list[Dimension], cells: dict[tuple[int, ...], Cell]) -> list[Dimension]:
    """Without the measure that a bare year in the heading leaves nameless: the column «statistikkvariabel» says it."""
    at = next(place for place, one in enumerate(dimensions) if one.code == "ContentsCode" and one.label == "contents")
    named = any(one.code.casefold() in ("statistikkvariabel", "contentscode", "contents") for one in dimensions[:at])
    if dimensions[at].labels != ("",) and not named:
        return dimensions
    kept = {(*place[:at], *place[at + 1 :]): cell for place, cell in cells.items()}
    cells.clear()
    cells.update(kept)
    return [*dimensions[:at], *dimensions[at + 1 :]]


def _figure(text: str) -> Cell | None:
    """A figure or one of the signs; None for words."""
    if text in _SIGNS:
        return "-" if text == "–" else text
    if not _FIGURE.fullmatch(text):
        return None
    return float(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
