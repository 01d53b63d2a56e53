"""Which initiatives stand in a filled-in workbook, and what in it must be mended?

To be run in a child process with limits (`planner.child`). Trusts neither the file's name, nor the size a sheet claims,
nor a formula: what it came to is not read. All findings come together, with sheet, row and column as people see them;
a row with an error gives no candidate. Never knows what the plan holds already.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planner.domain.candidate_documents import freed_from_document, from_document
from planner.domain.candidate_links import Terms, notes, unknown_segments, unknown_statements
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding, blocking
from planner.domain.freed import Freed
from planner.domain.typed import Unreadable, number, read_list, read_words
from planner.files.initiative_columns import BUDGET_WORDS
from planner.files.initiative_sheets import Line, read_lines
from planner.files.kind import kind_of
from planner.files.spreadsheet import read_workbook

MOST_CELLS = 200_000
MOST_COLUMNS = 200
MOST_ROWS = 3_000
_STATUS = re.compile(r"(.*?)\s*\((\w+)\)\s*")
_REACH = re.compile(r"(.*?)[\s:=]+([-−\d.,]+)\s*%?\s*")

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class InitiativeFile:
    """What a workbook gave. With an error among the findings it gives nothing else. marks: by code, of `taken_out`."""

    candidates: tuple[Candidate, ...] = ()
    freed: tuple[Freed, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_initiatives(data: bytes, terms: Terms, factors: Mapping[str, str]) -> InitiativeFile:
    """Everything in the workbook. terms: the words of the plan. factors: id -> name; either may stand in a cell."""
    kind = kind_of(data)
    if kind != "xlsx":
        return InitiativeFile(findings=(Finding("file_empty" if kind == "empty" else "initiatives_not_a_workbook"),))
    sheets, stopped = read_workbook(data, MOST_CELLS, MOST_COLUMNS, MOST_ROWS)
    if stopped:
        return InitiativeFile(findings=stopped)
    findings: list[Finding] = []
    lines = read_lines(sheets, findings)
    if "Tiltak" not in lines and "Slutter med" not in lines:
        return InitiativeFile(findings=(*findings, Finding("initiatives_no_sheet")))
    candidates = _candidates(lines, terms, factors, findings)
    freed = _freed(lines.get("Slutter med", ()), findings)
    if not candidates and not freed and not findings:
        findings.append(Finding("initiatives_no_rows"))
    wrong = blocking(findings)
    told = tuple(sorted(findings, key=_order))
    return InitiativeFile(findings=told) if wrong else InitiativeFile(candidates, freed, _marks(lines), told)


# --- Rows --------------------------------------------------------------------------------------------------------


def _candidates(
    lines: Mapping[str, Sequence[Line]], terms: Terms, factors: Mapping[str, str], findings: list[Finding]
) -> tuple[Candidate, ...]:
    documents: dict[str, _Row] = {}
    places: dict[str, list[tuple[str, Line]]] = {}
    for line in lines.get("Tiltak", ()):
        code = read_words(line.cells.get("code"))
        if code and code in documents:
            findings.append(
                Finding("candidate_duplicate_code", where=line.at("code"), details={"code": code, "count": 2})
            )
            continue
        key = code or f"\0{line.place}"  # a row without a code is a row with an error, not the same as another one
        documents[key] = _candidate_document(line, terms, factors, findings)
        places[key] = [("", line)]
    for sheet, path in (("Virkning", "effects"), ("Tilskudd", "costs.grants")):
        for line in lines.get(sheet, ()):
            _add_below(line, path, documents, places, terms, findings)
    made = []
    for code, document in documents.items():
        candidate, found = from_document(document)
        if candidate:
            found += notes(candidate, terms)
        findings += [_placed(finding, places[code]) for finding in found]
        if candidate:
            made.append(candidate)
    return tuple(made)


def _marks(lines: Mapping[str, Sequence[Line]]) -> dict[str, str]:
    """By code, of the rows that carry one."""
    marked = (*lines.get("Tiltak", ()), *lines.get("Slutter med", ()))
    return {read_words(line.cells.get("code")): line.cells["mark"].strip() for line in marked if "mark" in line.cells}


def _candidate_document(line: Line, terms: Terms, factors: Mapping[str, str], findings: list[Finding]) -> _Row:
    document: _Row = {"effects": []}
    for path, text in line.cells.items():
        _put(document, path, _percent_checked(line, path, findings) if line.columns[path].percent else text)
    costs = document.setdefault("costs", {})
    costs["grants"] = []
    if "budget" in costs:
        costs["budget"] = BUDGET_WORDS.get(costs["budget"].casefold(), costs["budget"])
    document["partners"] = [_partner(part) for part in line.cells.get("partners", "").split(";")]
    document["reach"] = [_reach(part, terms) for part in line.cells.get("reach", "").split(";") if part.strip()]
    document["targets"] = [_id_of(word, terms.segments) for word in read_list(line.cells.get("targets"))]
    if [word.casefold() for word in document["targets"]] == ["alle"]:
        document["targets"] = list(terms.segments)
    named = dict.fromkeys([*document["targets"], *(reach["segment"] for reach in document["reach"])])
    for finding in unknown_segments(named, terms):
        findings.append(replace(finding, where=line.at("targets" if "targets" in line.cells else "reach")))
    if "factor" in document:
        document["factor"] = _id_of(document["factor"], factors)
        if document["factor"] not in factors:
            text = line.cells["factor"]
            findings.append(Finding("candidate_unknown_factor", where=line.at("factor"), details={"text": text}))
    for path in _choice_paths(line):
        _put(document, path, line.cells[path].casefold())
    return document


def _duplicate(line: Line, code: str) -> Finding:
    return Finding("candidate_duplicate_code", where=line.at("code"), details={"code": code, "count": 2})


def _choice_paths(line: Line) -> list[str]:
    """Words chosen from a list may be typed with a capital."""
    return [path for path in line.cells if line.columns[path].choices and path != "costs.budget"]


def _add_below(
    line: Line,
    path: str,
    documents: Mapping[str, _Row],
    places: Mapping[str, list[tuple[str, Line]]],
    terms: Terms,
    findings: list[Finding],
) -> None:
    """An effect or a grant becomes part of the candidate with its code."""
    code = read_words(line.cells.get("code"))
    if code not in documents:
        findings.append(Finding("initiatives_row_without_candidate", where=line.at("code"), details={"code": code}))
        return
    row: _Row = {name: text for name, text in line.cells.items() if name != "code"}
    for name in line.cells:
        if line.columns[name].percent:
            row[name] = _percent_checked(line, name, findings)
        elif line.columns[name].choices:
            row[name] = line.cells[name].casefold()
    if "statement" in row:
        row["statement"] = _statement(row["statement"], terms)
        unknown = unknown_statements([row["statement"]], terms)
        findings += [replace(finding, where=line.at("statement")) for finding in unknown]
    if "segment" in row:
        row["segment"] = _segment(row["segment"], terms)
        unknown = unknown_segments([row["segment"]], terms)
        findings += [replace(finding, where=line.at("segment")) for finding in unknown]
    *above, last = path.split(".")
    rows = _below(documents[code], above)[last]
    places[code].append((f"{path}.{len(rows)}", line))
    rows.append(row)


def _freed(lines: Sequence[Line], findings: list[Finding]) -> tuple[Freed, ...]:
    made: dict[str, Freed] = {}
    for line in lines:
        document: _Row = {"counted": "ja"}
        for path, text in line.cells.items():
            _put(document, path, text.casefold() if line.columns[path].choices else text)
        freed, found = freed_from_document(document)
        findings += [_placed(finding, [("", line)]) for finding in found]
        if freed and freed.code in made:
            findings.append(_duplicate(line, freed.code))
        elif freed:
            made[freed.code] = freed
    return tuple(made.values())


# --- Cells -------------------------------------------------------------------------------------------------------


def _percent_checked(line: Line, path: str, findings: list[Finding]) -> str:
    """Excel stores a typed «30 %» as 0.3: between 0 and 1 nobody can know what was meant."""
    text = line.cells[path]
    try:
        value = number(text)
    except Unreadable:
        return text
    if value is not None and 0 < value < 1 and path != "costs.loan.interest":
        findings.append(Finding("initiatives_percent_as_share", where=line.at(path), details={"text": text}))
    return text


def _partner(text: str) -> dict[str, str]:
    match = _STATUS.fullmatch(text.strip())
    return {"name": match[1], "status": match[2].casefold()} if match else {"name": text}


def _reach(text: str, terms: Terms) -> dict[str, str]:
    match = _REACH.fullmatch(text.strip())
    return (
        {"segment": _id_of(match[1], terms.segments), "percent": match[2]}
        if match
        else {"segment": text, "percent": text}
    )


def _id_of(word: str, names: Mapping[str, str]) -> str:
    """The id of something named by its id or its name; the word itself when it is neither."""
    wanted = read_words(word).casefold()
    return next((id_ for id_, name in names.items() if wanted in (id_.casefold(), name.casefold())), read_words(word))


def _statement(text: str, terms: Terms) -> str:
    """«s06», «s06 Tilgang til …» or the whole text of the statement."""
    named = _id_of(text, terms.statements)
    return named if named in terms.statements else text.split()[0].rstrip(":.")


def _segment(text: str, terms: Terms) -> str:
    """«unge», «Unge», or «Unge, 16–25 år (unge)» as the list has it."""
    named = _id_of(text, terms.segments)
    in_brackets = re.fullmatch(r".*\(([^()]+)\)\s*", text)
    return named if named in terms.segments or not in_brackets else _id_of(in_brackets[1], terms.segments)


def _put(document: _Row, path: str, value: Any) -> None:
    *above, last = path.split(".")
    _below(document, above)[last] = value


def _below(document: _Row, names: Sequence[str]) -> _Row:
    for name in names:
        document = document.setdefault(name, {})
    return document


def _order(finding: Finding) -> tuple[str, ...]:
    """As the sheets are read: row by row."""
    return tuple(part.zfill(8) if part.isdigit() else part for part in re.split(r"(\d+)", finding.where))


def _placed(finding: Finding, places: Sequence[tuple[str, Line]]) -> Finding:
    """The finding with sheet, row and column for its path: of the row whose path is the longest start of it."""
    prefix, line = max(
        (place for place in places if not place[0] or f"{finding.where}.".startswith(f"{place[0]}.")),
        key=lambda place: len(place[0]),
    )
    rest = finding.where[len(prefix) :].lstrip(".")
    parts = rest.split(".")
    named = next((".".join(parts[:n]) for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in line.columns), rest)
    code = line.cells.get("code", "")
    where = line.at(named)
    return replace(finding, where=f"{where} ({code})" if code and named not in line.columns else where)
