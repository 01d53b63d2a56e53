"""Is this table a report instead of answers: a row for each statement, with means or with shares of each answer?

Never guesses a figure: a row that does not add up is left out and named. Never takes a table of persons for a report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.domain.findings import Detail, Finding
from planner.domain.headings import HeadingIndex, scale_named
from planner.domain.mapping import Segment
from planner.domain.raw_table import RawTable
from planner.domain.scales import Scale, plain, read_cell, words
from planner.domain.segments import DEFAULT_SEGMENTS
from planner.domain.stated import Kind, StatedCell, StatedNeeds, of_means, of_shares
from planner.domain.statements import Statement
from planner.domain.typed import Unreadable, number

# Of the filled cells of a column, so many name a statement where the column lists them.
MOSTLY, LEAST_STATEMENTS = 0.6, 3
# Shares are rounded in reports: seven of them, half a point each, at the very most.
SUM_WITHIN = 0.035
_COUNT = frozenset({"n", "antall", "antall svar", "svar", "antal", "antal svar", "respondents", "number", "answers"})
_GROUP = frozenset({"gruppe", "segment", "group", "hvem", "kven", "målgruppe", "målgruppa", "respondentgruppe"})
_SPREAD = re.compile(r"\b(sd|std|standardavvik|st avvik|stdev)\b")
_EVERYONE = frozenset({"alle", "totalt", "total", "samlet", "i alt", "everyone", "all", "hele kommunen", "kommunen"})
_STEP = re.compile(r"(?<!\d)([1-7])(?!\d)")
EVERYONE = Segment("alle", "Alle")


@dataclass(slots=True)
class _Columns:
    """Places of the columns. shares: scale → the seven places, by step."""

    statement: int
    group: int | None = None
    count: int | None = None
    means: dict[Scale, int] = field(default_factory=dict)
    shares: dict[Scale, dict[int, int]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        if all(len(self.shares.get(scale, {})) == 7 for scale in ("importance", "likelihood")):
            return "shares"
        return "means" if len(self.means) == 2 else None


@dataclass(frozen=True, slots=True)
class StatedReading:
    """stated: None when a finding must be mended first. rows_in == rows used + rows named in the findings."""

    stated: StatedNeeds | None
    findings: tuple[Finding, ...]


def read_stated(table: RawTable, statements: Sequence[Statement]) -> StatedReading | None:
    """What the table tells; None where it is no report."""
    columns = _columns(table, statements)
    if columns is None or columns.kind is None or _of_persons(table, columns):
        return None
    return _read(table, columns, columns.kind, statements)


def _of_persons(table: RawTable, columns: _Columns) -> bool:
    """The same statements again and again, more often than there are groups: a row for each who answered them."""
    groups = len(table.columns[columns.group].kinds) if columns.group is not None else 1
    return len(table) > 1.5 * len(table.columns[columns.statement].kinds) * max(1, groups)


def _columns(table: RawTable, statements: Sequence[Statement]) -> _Columns | None:
    index = HeadingIndex(statements)
    for place, column in enumerate(table.columns):
        filled = [kind for kind in column.kinds if kind.strip()]
        named = {one.statement for one in index.read(filled) if one is not None} if len(filled) <= 1000 else set()
        if len(named) < LEAST_STATEMENTS or len(named) < MOSTLY * len(filled):
            continue
        found = _Columns(place)
        for other, heading in enumerate(table.headings):
            if other != place:
                _place(found, other, heading)
        return found
    return None


def _place(found: _Columns, place: int, heading: str) -> None:
    said = words(heading.replace("_", " "))
    scale = scale_named(heading.replace("_", " "))
    if said in _COUNT and found.count is None:
        found.count = place
    elif said in _GROUP and found.group is None:
        found.group = place
    elif scale is not None and not _SPREAD.search(said):
        step = _step(said, scale)
        if step:
            found.shares.setdefault(scale, {}).setdefault(step, place)
        else:
            found.means.setdefault(scale, place)


def _step(said: str, scale: Scale) -> int:
    """The step that a heading such as «Viktig 5» or «Sannsynlig: Helt usannsynlig» is about; 0 for none."""
    digit = _STEP.search(said)
    if digit is not None:
        return int(digit[1])
    rest = said.partition(" ")[2]
    code = read_cell(rest, scale).code if rest else 0
    return code if 1 <= code <= 7 else 0


def _read(table: RawTable, columns: _Columns, kind: Kind, statements: Sequence[Statement]) -> StatedReading:
    index = HeadingIndex(statements)
    findings: list[Finding] = list(table.notes)
    cells: dict[tuple[str, str], StatedCell] = {}
    groups: dict[str, str] = {}
    blank, used = table.blank(), 0
    texts = [column.cells() for column in table.columns]
    for row in range(len(table)):
        where = f"rad {table.numbers[row]}"
        if blank[row]:
            findings.append(Finding("stated_row_blank", "info", where))
            continue
        named = index.read([texts[columns.statement][row]])[0]
        if named is None:
            details: dict[str, Detail] = {"text": texts[columns.statement][row].strip()[:80]}
            findings.append(Finding("stated_statement_unknown", "warning", where, details))
            continue
        group = texts[columns.group][row].strip() if columns.group is not None else ""
        key = "" if not group or words(group) in _EVERYONE else words(group)
        if (named.statement, key) in cells:
            findings.append(Finding("stated_statement_twice", "warning", where))
            continue
        read = _cell(texts, columns, kind, row, where)
        if isinstance(read, Finding):
            findings.append(read)
            continue
        cells[named.statement, key] = read
        groups.setdefault(key, group)
        used += 1
    return _gathered(statements, kind, cells, groups, len(table), used, findings)


def _cell(texts: list[list[str]], columns: _Columns, kind: Kind, row: int, where: str) -> StatedCell | Finding:
    count = None
    if columns.count is not None and texts[columns.count][row].strip():
        count = _number(texts[columns.count][row])
        if count is None or count != round(count) or not 0 <= count <= 10**7:
            return _bad("stated_count_bad", texts[columns.count][row], where)
    n = round(count) if count is not None else None
    if kind == "means":
        means = []
        for scale in ("importance", "likelihood"):
            raw = texts[columns.means[scale]][row]
            value = _number(raw)
            if value is None or not 1 <= value <= 7:
                return _bad("stated_mean_bad", raw, where)
            means.append(value)
        return of_means(n, *means)
    shares = []
    for scale in ("importance", "likelihood"):
        raw_shares = [texts[columns.shares[scale][step]][row] for step in range(1, 8)]  # type: ignore[index]
        read = [_number(raw) if raw.strip() not in ("", "-", "–") else 0.0 for raw in raw_shares]
        if any(one is None or one < 0 for one in read):
            return _bad(
                "stated_share_bad",
                next(r for r, one in zip(raw_shares, read, strict=True) if one is None or one < 0),
                where,
            )
        values = np.array(read, dtype=np.float64)
        total = float(values.sum())
        whole = 1.0 if total < 2 else 100.0
        if abs(total - whole) > SUM_WITHIN * whole:
            return _bad("stated_shares_sum", f"{total:.10g}", where)
        shares.append(values / total)
    return of_shares(n, *shares)


def _bad(code: str, raw: str, where: str) -> Finding:
    return Finding(code, "warning", where, {"typed": raw.strip()[:40]})


def _number(raw: str) -> float | None:
    try:
        read = number(plain(raw))
    except Unreadable:
        return None
    return float(read) if read is not None else None


def _gathered(
    statements: Sequence[Statement],
    kind: Kind,
    cells: dict[tuple[str, str], StatedCell],
    groups: dict[str, str],
    rows_in: int,
    used: int,
    findings: list[Finding],
) -> StatedReading:
    """The whole from the rows that are there; where there are only groups, from them by how many they are."""
    named = [key for key in groups if key]
    asked = [one for one in statements if any((one.id, key) in cells for key in ("", *named))]
    everyone: list[StatedCell] = []
    kept = []
    for one in asked:
        whole = cells.get((one.id, "")) or _together([cells[one.id, key] for key in named if (one.id, key) in cells])
        if whole is None:
            findings.append(Finding("stated_whole_unknown", "warning", details={"statement": one.text[:80]}))
        else:
            kept.append(one)
            everyone.append(whole)
    if not kept:
        findings.append(Finding("stated_nothing", "error"))
        return StatedReading(None, tuple(findings))
    segments = _segments([groups[key] for key in named]) if named else (EVERYONE,)
    rows = tuple(
        tuple(cells.get((one.id, key)) for key in named) if named else (everyone[place],)
        for place, one in enumerate(kept)
    )
    stated = StatedNeeds(kind, tuple(kept), segments, tuple(everyone), rows, rows_in=rows_in, rows_used=used)
    return StatedReading(stated, tuple(findings))


def _together(cells: Sequence[StatedCell]) -> StatedCell | None:
    """Groups as one, each by its number of answers; None where a number is not told.

    The bounds of the whole are those of its parts put together: each group may lie at its own end.
    """
    numbers = [cell.n for cell in cells if cell.n]
    if not cells or len(numbers) < len(cells):
        return None
    total = sum(numbers)

    def mean(values: Sequence[float | None]) -> float | None:
        known = [one for one in values if one is not None]
        return sum(n * v for n, v in zip(numbers, known, strict=True)) / total if len(known) == len(numbers) else None

    importance, likelihood = mean([one.importance for one in cells]), mean([one.likelihood for one in cells])
    assert importance is not None and likelihood is not None
    parts = (mean([one.unmet for one in cells]), mean([one.low for one in cells]), mean([one.high for one in cells]))
    return StatedCell(total, importance, likelihood, *parts)


def _segments(names: Sequence[str]) -> tuple[Segment, ...]:
    """The usual groups where they are called so; others by their own name."""
    usual = {words(one.name): one for one in DEFAULT_SEGMENTS}
    return tuple(
        usual.get(words(name)) or Segment(f"g{number}", name.replace("/", " ")[:60])
        for number, name in enumerate(names, start=1)
    )
