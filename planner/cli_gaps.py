"""`planner gaps`: the needs of a survey file, from the command line, by the same reading as the pages do.

Never stores anything. The reader has the file, so the figures for everyone are given from five answers up, with a
warning below ten; figures of segments are held back as on the pages.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.domain.findings import Finding
    from planner.domain.gap_rows import GapRow
    from planner.domain.gaps import GapTable
    from planner.domain.mapping import Mapping
    from planner.domain.raw_table import RawTable
    from planner.domain.statements import Statement

EVERYONE = "alle"
# A survey of 20,000 people is 25 MB and takes under 5 s.
MEMORY_MB, SECONDS = 1500, 120.0

DESCRIPTION = """\
What people miss: for each statement the share who find it important and do not expect it here (U, 0-1) with its
standard error and 95 % interval, and the classic gap D (mean importance less mean likelihood, on the scale 1-7); for
everyone («alle») and for each segment. Without --mapping the columns are taken for what they look like;
--write-mapping writes that down, to be looked through, changed and given back with --mapping. Of a table from a report
(a row for each statement, with means or with the share of each answer) what it allows: U as if the two answers were
unrelated, between the limits it must lie within, or D alone.
"""


def add_gaps(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "gaps",
        help="what people miss, from a survey file",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("survey", metavar="SURVEY", type=Path, help="CSV or XLSX, as the survey tool wrote it")
    parser.add_argument("--mapping", type=Path, help="what each column is: JSON of the form malrett-mapping/1")
    parser.add_argument("--write-mapping", type=Path, metavar="FILE", help="write the mapping used, and go on")
    parser.add_argument(
        "--statements", type=Path, metavar="CSV", help="other statements than the 30: id,text_nb,text_en,factor"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0, or 2 when the file or the mapping must be mended first."""
    table, findings = _figures(args)
    if args.json:
        rows = [] if table is None else _rows(table)
        print(json.dumps({"statements": rows, "findings": [_told(one) for one in findings]}, ensure_ascii=False))
    else:
        for one in findings:
            _print_finding(one)
        if table is not None:
            _print_table(table)
    return 0 if table is not None else 2


def _figures(args: argparse.Namespace) -> "tuple[GapTable | None, tuple[Finding, ...]]":
    from planner.domain.columns import guess_columns
    from planner.domain.findings import Finding
    from planner.domain.gaps import gap_table
    from planner.domain.mapping import suggest_mapping
    from planner.domain.stated_reading import read_stated
    from planner.domain.stated_table import stated_table
    from planner.domain.summary import summarise
    from planner.domain.survey import read_answers

    try:
        statements = _statements(args.statements)
    except (OSError, ValueError) as error:
        return None, (Finding("statements_unreadable", where=str(args.statements), details={"why": str(error)}),)
    raw, findings = _raw_table(args.survey)
    if raw is None:
        return None, findings
    stated = read_stated(raw, statements) if args.mapping is None else None
    if stated is not None:
        return (stated_table(stated.stated) if stated.stated is not None else None), stated.findings
    mapping: Mapping | None = suggest_mapping(raw, guess_columns(raw, statements))
    if args.mapping is not None:
        mapping, findings = _mapping(args.mapping)
    if mapping is None:
        return None, findings
    if args.write_mapping is not None:
        args.write_mapping.write_text(
            json.dumps(mapping.to_document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    reading = read_answers(raw, mapping, statements)
    if reading.answers is None:
        return None, reading.findings
    table = gap_table(summarise(reading.answers, reading.set_aside))
    return table, (*reading.findings, *table.findings)


def _statements(path: Path | None) -> "tuple[Statement, ...]":
    from planner.domain.statements import read_statements
    from planner.files.seed_data import statements

    return statements() if path is None else read_statements(path.read_text(encoding="utf-8"))


def _raw_table(path: Path) -> "tuple[RawTable | None, tuple[Finding, ...]]":
    """The table, read in a child: whoever made the file may have made it to exhaust us."""
    from planner.child import Finished, run_limited
    from planner.domain.findings import Finding
    from planner.domain.raw_table import RawTable
    from planner.files.survey import read_table

    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (Finding("file_unreadable", where=str(path), details={"why": error.strerror or str(error)}),)
    outcome = run_limited(
        read_table, data, path.name, memory_mb=MEMORY_MB, seconds=SECONDS, preload=("planner.files.survey",)
    )
    if not isinstance(outcome, Finished):
        return None, (Finding("file_too_heavy", where=str(path)),)
    return (outcome.value, ()) if isinstance(outcome.value, RawTable) else (None, outcome.value)


def _mapping(path: Path) -> "tuple[Mapping | None, tuple[Finding, ...]]":
    from planner.domain.findings import Finding
    from planner.domain.mapping import Mapping

    try:
        return Mapping.from_document(json.loads(path.read_text(encoding="utf-8"))), ()
    except (OSError, ValueError, RecursionError) as error:  # the last: thousands of nested lists
        return None, (Finding("mapping_unreadable", where=str(path), details={"why": str(error)}),)


def _rows(table: "GapTable") -> list[dict[str, Any]]:
    """Everyone first, then each segment, statement by statement in the order of the survey."""
    place = {need.statement: number for number, need in enumerate(table.needs)}
    rows: list[dict[str, Any]] = []
    for row in sorted(table.rows, key=lambda row: place[row.statement]):
        if row.stated is not None:
            # A report's table: no chance is known of it, and of means no share.
            known = {"n": row.stated.n, "U": row.stated.unmet, "low": row.stated.low, "high": row.stated.high}
            rows.append({**_row(row.statement, EVERYONE, 0, None), **known, "D": _distance(row), "suppressed": False})
            continue
        rows.append(_row(row.statement, EVERYONE, sum(cell.answers for cell in row.cells), row.figure))
        rows.extend(
            _row(row.statement, cell.segment, cell.answers, cell.figure if cell.source == "own" else None)
            for cell in row.cells
        )
    return rows


def _row(statement: str, segment: str, answers: int, figure: Any) -> dict[str, Any]:
    shown: dict[str, Any] = dict.fromkeys(("n_eff", "U", "se", "low", "high", "D"))
    if figure is not None:
        shown = {
            "n_eff": figure.n_eff,
            "U": figure.unmet,
            "se": figure.se,
            "low": figure.low,
            "high": figure.high,
            "D": figure.classic,
        }
    return {"id": statement, "segment": segment, "n": answers, **shown, "suppressed": figure is None}


def _distance(row: "GapRow") -> float:
    assert row.stated is not None
    return row.stated.importance - row.stated.likelihood


def _told(finding: "Finding") -> dict[str, Any]:
    from planner import wording

    said = wording.finding(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "what": said.what,
        "try": said.try_,
        "details": dict(finding.details),
    }


def _print_finding(finding: "Finding") -> None:
    told = _told(finding)
    where = f" ({told['where']})" if told["where"] else ""
    print(f"{finding.severity}: {told['what']}{where} {told['try']}".rstrip(), file=sys.stderr)


def _print_table(table: "GapTable") -> None:
    print(f"{'':5} {'U %':>4} {'low':>4} {'high':>4} {'D':>5} {'n':>6}  statement")
    for row in table.rows:
        figure, stated = row.figure, row.stated
        if stated is not None:
            share, low, high = (
                f"{100 * x:4.0f}" if x is not None else "   –" for x in (stated.unmet, stated.low, stated.high)
            )
            n = stated.n if stated.n is not None else "–"
            print(f"{row.statement:5} {share} {low} {high} {_distance(row):5.1f} {n:>6}  {row.text}")
            continue
        if figure is None:
            print(f"{row.statement:5} {'too few':>27}  {row.text}")
            continue
        low, high = (f"{100 * x:4.0f}" if x is not None else "   –" for x in (figure.low, figure.high))
        print(
            f"{row.statement:5} {100 * figure.unmet:4.0f} {low} {high} {figure.classic:5.1f} {figure.n:6}  {row.text}"
        )
