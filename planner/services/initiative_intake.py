"""How do many initiatives come in at once? From the example bank, or from a workbook that was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.config import Config
from planner.domain.bank import read_bank
from planner.domain.candidate_documents import freed_to_document, to_document
from planner.domain.candidate_fields import fields_of
from planner.domain.candidate_links import Terms, list_findings
from planner.domain.candidate_overview import in_code_order
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding, blocking
from planner.domain.freed import Freed
from planner.domain.mapping import DEFAULT_SEGMENTS, Segment
from planner.domain.taken_out import mark, sort_out
from planner.files.file import XLSX, File
from planner.files.initiative_workbook import write_workbook
from planner.files.initiatives import InitiativeFile, read_initiatives
from planner.files.seed_data import read_seed
from planner.services import initiative_log, plans
from planner.services.initiative_form import differences
from planner.services.initiative_rows import factors, ground
from planner.services.plans import Frame, now
from planner.services.survey_reading import limited
from planner.store import initiatives as store
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.wording import initiatives as wording

WORKBOOK_NAME = "tiltak.xlsx"


@dataclass(frozen=True, slots=True)
class BankRow:
    """taken: its code is in the plan already."""

    code: str
    title: str
    theme: str
    idea: str
    taken: bool


@dataclass(frozen=True, slots=True)
class BankView:
    """all_: whether everything that is left is ticked beforehand."""

    frame: Frame
    rows: tuple[BankRow, ...]
    left: int
    all_: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of it: a sentence when something was stored, findings either way."""

    done: str
    findings: tuple[Finding, ...] = ()


def bank_candidates(segments: Sequence[Segment]) -> tuple[Candidate, ...]:
    """The bank for a plan with these segments, every grant «søkt»."""
    return read_bank(read_seed("initiatives.csv").decode("utf-8"), [segment.id for segment in segments])


def bank(database: Database, plan_id: str) -> BankView:
    with database.read() as session:
        frame = plans.frame(session, plan_id, "initiatives")
        taken = store.codes(session, plan_id)
    candidates = bank_candidates(DEFAULT_SEGMENTS)
    rows = tuple(BankRow(one.code, one.title, one.theme, one.idea, one.code in taken) for one in candidates)
    return BankView(frame, rows, sum(not row.taken for row in rows), not taken)


def add_from_bank(database: Database, plan_id: str, codes: Sequence[str]) -> Intake:
    """Add these, each with what it requires. Codes that are in use stay as they are."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        taken = store.codes(session, plan_id)
        by_code = {one.code: one for one in bank_candidates(ground(session, plan_id).segments)}
        wanted = _with_required([code for code in codes if code in by_code], by_code, taken)
        there = taken | wanted
        new = [one for code, one in by_code.items() if code in wanted and code not in taken]
        for one in new:
            # An exclusion of something that is not in the list says nothing; both sides of the bank say theirs.
            store.put(session, plan_id, replace(one, excludes=tuple(code for code in one.excludes if code in there)))
        plan_store.touch(session, plan_id, now())
        initiative_log.many(session, plan_id, "initiatives_from_bank", {}, new)
        session.commit()
    return Intake(wording.added(len(new)))


def _with_required(codes: Sequence[str], by_code: dict[str, Candidate], taken: frozenset[str]) -> frozenset[str]:
    """The codes and everything they cannot do without; of a choice all, unless one is there."""
    wanted: set[str] = set()
    front = list(codes)
    while front:
        code = front.pop()
        if code in wanted:
            continue
        wanted.add(code)
        one = by_code[code]
        chosen = (wanted | taken | set(codes)).intersection(one.requires_any)
        front += [needed for needed in (*one.requires_all, *(() if chosen else one.requires_any)) if needed in by_code]
    return frozenset(wanted)


def workbook(database: Database, plan_id: str) -> File:
    """The plan's initiatives as a workbook to fill in; an empty one when there are none."""
    with database.read() as session:
        terms = ground(session, plan_id).terms
        candidates = in_code_order(store.candidates(session, plan_id))
        freed = store.freed(session, plan_id)
    rows: tuple[Candidate | Freed, ...] = (*candidates, *freed)
    marks = {one.code: mark(plan_id, one) for one in rows}
    return File(WORKBOOK_NAME, XLSX, write_workbook(candidates, freed, terms, factors(), marks))


def upload(database: Database, config: Config, plan_id: str, data: bytes, chosen: bool = True) -> Intake:
    """Read a filled-in workbook and keep all of it, or nothing. A code that is in use is replaced, unless somebody has
    changed it since the workbook was taken out.

    chosen: whether a file was chosen at all.
    """
    if not chosen:
        return Intake("", (Finding("initiatives_no_file"),))
    with database.read() as session:
        terms = ground(session, plan_id).terms
    read = _read(config, data, terms)
    if blocking(read.findings):
        return Intake("", read.findings)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        before = {one.code: one for one in store.candidates(session, plan_id)}
        freed_before = {one.code: one for one in store.freed(session, plan_id)}
        incoming = sort_out(plan_id, (*read.candidates, *read.freed), read.marks, {**before, **freed_before})
        if incoming.clashing:
            return Intake("", tuple(_clash(row, before, freed_before) for row in incoming.clashing))
        candidates = tuple(one for one in incoming.keep if isinstance(one, Candidate))
        freed = tuple(one for one in incoming.keep if isinstance(one, Freed))
        after = before | {one.code: one for one in candidates}
        wrong = [one for one in list_findings(tuple(after.values())) if one.severity == "error"]
        crossed = freed_before.keys() & {one.code for one in candidates} | after.keys() & {one.code for one in freed}
        wrong += [Finding("candidate_code_taken", where=code, details={"code": code}) for code in sorted(crossed)]
        if wrong:
            return Intake("", (*read.findings, *wrong))
        for row in incoming.keep:
            store.put(session, plan_id, row)
        plan_store.touch(session, plan_id, now())
        ends = [one.code for one in freed if one != freed_before.get(one.code)]
        initiative_log.many(session, plan_id, "initiatives_read", before, candidates, ends)
        session.commit()
    new = sum(one.code not in before for one in candidates)
    changed = sum(one.code in before and one != before[one.code] for one in candidates)
    return Intake(wording.uploaded(new, changed, len(freed)), read.findings)


def _clash(row: Candidate | Freed, before: Mapping[str, Candidate], freed_before: Mapping[str, Freed]) -> Finding:
    """With what stands in the plan now, so that both can be seen: the workbook holds the other."""
    if isinstance(row, Candidate):
        stored, typed = fields_of(to_document(before[row.code])), fields_of(to_document(row))
        theirs = differences(stored, typed)
    else:
        stored, typed = fields_of(freed_to_document(freed_before[row.code])), fields_of(freed_to_document(row))
        theirs = differences(stored, typed, "freed")
    return Finding(
        "initiatives_row_changed", where=row.code, details={"code": row.code, "theirs": wording.beside(theirs)}
    )


def _read(config: Config, data: bytes, terms: Terms) -> InitiativeFile:
    if not data:
        return InitiativeFile(findings=(Finding("file_empty"),))
    found = limited(config, read_initiatives, data, terms, factors())
    return InitiativeFile(findings=found) if isinstance(found, tuple) else found
