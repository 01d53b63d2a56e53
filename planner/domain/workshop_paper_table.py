"""Which ballots did somebody type into a table, a row for each thing to type, and what is wrong in which row?

A ballot whose answers are all empty has not been typed; of one that has, every row counts. Never decides what comes of
it: a table is one reading of the ballots in it, as a form on the page is of one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.ballot_id import read_id, shown
from planner.domain.findings import Finding
from planner.domain.workshop_paper import Ballot, Field, Typed, read_values

ANSWER = "Svar"
KIND_WORDS = {"name": "navn", "table": "bord", "group": "gruppe", "comment": "kommentar"}
"""What stands in the column of the statement where a row is about something else."""
LONGEST_FORM = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, all text. number: as whoever typed it sees it."""

    number: int
    ballot: str
    form: str
    initiative: str
    statement: str
    answer: str


def key_of(field: Field) -> tuple[str, str]:
    """How a row says which field it is."""
    return field.initiative, field.statement or KIND_WORDS[field.kind]


def read_rows(
    rows: Sequence[Row], ballots: Mapping[str, Ballot], refused: Mapping[str, Finding]
) -> tuple[tuple[tuple[Ballot, Typed], ...], tuple[Finding, ...]]:
    """What was typed of each ballot, and all that is wrong, each at its row.

    ballots: those that may be typed, by id. refused: why others may not; one that counts already is passed over.
    """
    findings: list[Finding] = []
    by_ballot: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        id_ = read_id(row.ballot)
        if id_ is None:
            findings.append(Finding("paper_id", where=_row(row), details={"text": row.ballot[:20]}))
        else:
            by_ballot[id_].append(row)
    typed = []
    for id_, own in by_ballot.items():
        if not any(row.answer for row in own):
            continue
        if id_ in ballots:
            read = _read_ballot(ballots[id_], own, findings)
            if read:
                typed.append((ballots[id_], read))
        elif id_ not in refused:
            findings.append(Finding("paper_not_there", where=_row(own[0]), details={"text": shown(id_)}))
        elif refused[id_].code != "paper_counted":
            findings.append(replace(refused[id_], where=_row(own[0])))
    return tuple(typed), tuple(sorted(findings, key=lambda one: int(one.where.split()[1].strip(","))))


def _read_ballot(ballot: Ballot, rows: Sequence[Row], findings: list[Finding]) -> Typed | None:
    before = len(findings)
    fields = {key_of(one): one for one in ballot.printed.fields()}
    given: dict[str, Row] = {}
    for row in rows:
        field = fields.get((row.initiative, row.statement))
        if field is None:
            findings.append(Finding("paper_cell", where=_row(row), details={"text": shown(ballot.id)}))
        elif field.name in given:
            findings.append(Finding("paper_twice", where=_row(row), details={"row": given[field.name].number}))
        else:
            given[field.name] = row
    missing = len(fields) - len(given)
    if missing and len(findings) == before:
        details: dict[str, str | int | float] = {"text": shown(ballot.id), "count": missing}
        findings.append(Finding("paper_rows_missing", where=_row(rows[0]), details=details))
    forms = {row.form for row in rows}
    if len(forms) != 1 or not 0 < len(rows[0].form) <= LONGEST_FORM:
        findings.append(Finding("paper_form", where=_row(rows[0]), details={"text": shown(ballot.id)}))
    there = [one for one in ballot.printed.fields() if one.name in given]
    values, wrong = read_values(ballot.printed, {name: row.answer for name, row in given.items()}, there)
    findings += [replace(one, where=f"{_row(given[one.where])}, kolonne {ANSWER}") for one in wrong]
    return Typed(rows[0].form, values) if len(findings) == before else None


def _row(row: Row) -> str:
    return f"rad {row.number}"
