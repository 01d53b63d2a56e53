"""Raw tables for tests: thirty statements in plain codes, made small by hand."""

from collections.abc import Sequence
from pathlib import Path

from planner.domain.columns import guess_columns
from planner.domain.mapping import Mapping, suggest_mapping
from planner.domain.raw_table import RawTable
from planner.domain.statements import Statement, read_statements
from planner.domain.survey import Reading, read_answers

SEED = Path(__file__).parent.parent.parent / "seed_data"
THIRTY = read_statements((SEED / "statements.csv").read_text(encoding="utf-8"))
TWO = (THIRTY[0], THIRTY[5])


def table(columns: Sequence[str], *rows: Sequence[str]) -> RawTable:
    return RawTable.of_rows(columns, rows)


def as_rows(raw: RawTable) -> tuple[tuple[str, ...], ...]:
    """The cells row by row."""
    return tuple(zip(*(column.cells() for column in raw.columns), strict=True))


def two(*rows: Sequence[str], extra: Sequence[str] = ()) -> RawTable:
    """s01 and s06, importance and likelihood of each in turn, then the extra columns."""
    return table(("s01 viktig", "s01 sannsynlig", "s06 viktig", "s06 sannsynlig", *extra), *rows)


def suggested(raw: RawTable, statements: Sequence[Statement] = THIRTY) -> Mapping:
    return suggest_mapping(raw, guess_columns(raw, statements))


def read(raw: RawTable, mapping: Mapping | None = None) -> Reading:
    return read_answers(raw, mapping or suggested(raw), THIRTY)


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]
