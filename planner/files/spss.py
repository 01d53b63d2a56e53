"""What table is in an SPSS file (SAV, ZSAV or POR)? Codes as text, with the labels and missing values it declares.

Never puts a label in the place of a code: where only the end points have labels, one column would hold both. To be run
in a child process with limits: the parser is C, and a damaged file may take the process with it.
"""

import io
import warnings
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyreadstat

from planner.domain.findings import Finding
from planner.domain.raw_table import Column, RawTable, smallest

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
MOST_CELLS = 10_000_000
_SPSS_BEGINS = datetime(1582, 10, 14)  # noqa: DTZ001 -- times in the file have no zone
_TIMES = ("TIME", "DTIME")
_DATES = ("DATETIME", "YMDHMS", "DATE", "ADATE", "EDATE", "JDATE", "SDATE")
_OLD = "WINDOWS-1252"


def read_spss(data: bytes) -> RawTable | tuple[Finding, ...]:
    """The table, its rows numbered as in SPSS (from 1); or the finding that says why there is none."""
    try:
        return _read(data, None)
    except MemoryError:
        raise
    except Exception:
        # Whatever a damaged file makes the reader raise. One of them is mendable: letters in another encoding than the
        # file says, as from an SPSS that was not told to use Unicode.
        pass
    try:
        read = _read(data, _OLD)
    except MemoryError:
        raise
    except Exception:
        return (Finding("file_spss_broken"),)
    note = Finding("file_encoding", "info", details={"encoding": "cp1252"})
    return read.with_notes(note) if isinstance(read, RawTable) else read


def _read(data: bytes, encoding: str | None) -> RawTable | tuple[Finding, ...]:
    told = _parsed(data, encoding, metadataonly=True)[1]
    count = len(told.column_names)
    if count > MOST_COLUMNS:
        return (Finding("file_too_many_columns", details={"count": count, "limit": MOST_COLUMNS}),)
    # What the file says of its rows may be wrong or missing, so one more than allowed is asked for.
    most = min(MOST_ROWS, MOST_CELLS // max(1, count))
    cells, about = _parsed(data, encoding, row_limit=most + 1, disable_datetime_conversion=True)
    rows = max((len(values) for values in cells.values()), default=0)
    if not rows or not count:
        return (Finding("file_empty", details={"filename": ""}),)
    if rows > most:
        return (Finding("file_too_many_cells", details={"limit": MOST_CELLS}),)
    columns = tuple(_column(name, cells[name], about) for name in about.column_names)
    return RawTable(columns, np.arange(1, rows + 1, dtype=np.int64))


def _parsed(data: bytes, encoding: str | None, **wanted: Any) -> tuple[dict[str, list[Any]], Any]:
    wanted |= {"output_format": "dict"}
    read: tuple[dict[str, list[Any]], Any]
    with warnings.catch_warnings():
        # «column 'd' is duplicated, renamed»: the heading shows it.
        warnings.simplefilter("ignore")
        if data.startswith(b"$FL"):
            read = pyreadstat.read_sav(io.BytesIO(data), encoding=encoding, user_missing=True, **wanted)
        else:
            # The old format, text from end to end; its reader knows of one encoding and of no declared missing.
            read = pyreadstat.read_por(io.BytesIO(data), **wanted)
    return read


def _column(name: str, values: Sequence[Any], about: Any) -> Column:
    """The column of one variable."""
    shape = str(about.original_variable_types.get(name, "")).upper()
    heading = _heading(name, about.column_names_to_labels.get(name) or "")
    if about.readstat_variable_types.get(name) == "string":
        column = Column.of_cells(heading, (str(value or "").strip() for value in values))
        numbers = column.kinds
    else:
        found, places = np.unique(np.array(values, dtype=np.float64), return_inverse=True)
        numbers = tuple(found.tolist())
        kinds = tuple(_text(number, shape) for number in numbers)
        column = Column(heading, kinds, places.astype(smallest(len(kinds))))
    labels = about.variable_value_labels.get(name, {})
    ranges = about.missing_ranges.get(name, ())
    missing = (kind for number, kind in zip(numbers, column.kinds, strict=True) if _declared(number, ranges))
    return Column(
        heading,
        column.kinds,
        column.places,
        tuple((_text(code, shape), " ".join(str(label).split())) for code, label in labels.items()),
        frozenset(missing) - {""},
    )


def _heading(name: str, label: str) -> str:
    """«Lett tilgang til naturen (v1_1)»: two questions may have the same statement as their label."""
    said = " ".join(label.split())
    return f"{said} ({name})" if said and said.casefold() != name.casefold() else name


def _declared(value: Any, ranges: Sequence[dict[str, Any]]) -> bool:
    for stretch in ranges:
        low, high = stretch["lo"], stretch["hi"]
        if isinstance(low, str) or isinstance(value, str):
            if str(value) == str(low).strip():
                return True
        elif low <= value <= high:
            return True
    return False


def _text(value: Any, shape: str) -> str:
    """A code as it would stand in a delimited file: 6.0 is «6», a time 2025-09-06 15:37:20."""
    if isinstance(value, str):
        return value.strip()
    if value is None or np.isnan(value):
        return ""
    if shape.startswith(_DATES) or shape.startswith(_TIMES):
        return _moment(value, shape)
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _moment(seconds: float, shape: str) -> str:
    try:
        since = timedelta(seconds=round(seconds))
        if shape.startswith(_TIMES):
            return str(since)
        moment = _SPSS_BEGINS + since
    except (OverflowError, ValueError):
        return repr(seconds)
    return moment.isoformat(" ", "seconds") if shape.startswith(_DATES[:2]) else str(moment.date())
