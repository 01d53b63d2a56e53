"""What can a person do with initiatives? See the list, and add, edit or remove one.

The bank and the workbook are in `initiative_intake`, what ends in `freed`. Nothing is stored with an error in it; a
form that lost a race comes back with its text and with what is stored now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from sqlmodel import Session

from planner.domain.candidate_documents import from_document, to_document
from planner.domain.candidate_fields import Fields, document_of, fields_of
from planner.domain.candidate_links import term_findings
from planner.domain.candidate_overview import code_key, in_code_order, overview
from planner.domain.candidates import Lack
from planner.domain.findings import Finding, blocking
from planner.services import initiative_form as forms
from planner.services import initiative_log, initiative_proposals, plans
from planner.services.initiative_form import FormMaker, FormView
from planner.services.initiative_rows import (
    FreedRow,
    Row,
    candidate_row,
    factors,
    findings_beside,
    freed_row,
    ground,
    whole_list_findings,
)
from planner.services.plans import Frame, now
from planner.store import initiatives as store
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import initiatives as wording
from planner.wording import workshop_proposals as proposal_wording

NEW = {"chance.percent": "90"}


@dataclass(frozen=True, slots=True)
class InitiativesView:
    """theme, lack: what the table is filtered by, «» is everything. done: what was just done, to be said once.

    proposals: that some from a workshop wait, «» when none do.
    """

    frame: Frame
    answer: str
    lacking: str
    findings: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    count: int
    themes: tuple[str, ...]
    theme: str
    lacks: tuple[tuple[str, str], ...]
    lack: str
    freed: tuple[FreedRow, ...]
    effect_steps: tuple[tuple[str, str], ...]
    limit_mb: int
    done: str
    proposals: str


@dataclass(frozen=True, slots=True)
class RowView:
    row: Row


def page(
    database: Database,
    plan_id: str,
    limit_mb: int,
    *,
    theme: str = "",
    lack: str = "",
    findings: Sequence[Finding] = (),
    done: str = "",
) -> InitiativesView:
    """The list, filtered. findings: what was wrong with something just tried; else what is odd in the list is said."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "initiatives")
        base = ground(session, plan_id)
        candidates = in_code_order(store.candidates(session, plan_id))
        freed = store.freed(session, plan_id)
        waiting = initiative_proposals.waiting(session, plan_id)
    whole = overview(candidates, base.years)
    there = {code for code, _count in whole.lacking}
    shown = [c for c in candidates if theme in ("", c.theme) and lack in ("", *c.lacks())]
    return InitiativesView(
        frame=frame,
        answer=wording.answer(whole),
        lacking=wording.lacking(whole),
        findings=sentences(tuple(findings) or whole_list_findings(candidates, base.terms)),
        rows=tuple(candidate_row(plan_id, candidate, base) for candidate in shown),
        count=whole.count,
        themes=tuple(dict.fromkeys(candidate.theme for candidate in candidates)),
        theme=theme,
        lacks=tuple((code, wording.lack_filter(code)) for code in get_args(Lack) if code in there),
        lack=lack,
        freed=tuple(freed_row(one) for one in sorted(freed, key=lambda one: code_key(one.code))),
        effect_steps=wording.effect_steps(),
        limit_mb=limit_mb,
        done=done,
        proposals=proposal_wording.wait(waiting) if waiting else "",
    )


def row(database: Database, plan_id: str, code: str, *, saved: bool = False) -> RowView | None:
    """One line of the table; None when there is no such code."""
    with database.read() as session:
        stored = store.find_candidate(session, plan_id, code)
        base = ground(session, plan_id)
    if stored is None:
        return None
    line = candidate_row(plan_id, stored.candidate, base)
    return RowView(replace(line, announce=wording.saved(code) if saved else ""))


def form(database: Database, plan_id: str, code: str = "") -> FormView | None:
    """The form of one initiative, or of a new one; None when there is no such code."""
    with database.read() as session:
        stored = store.find_candidate(session, plan_id, code) if code else None
        if code and stored is None:
            return None
        fields = fields_of(to_document(stored.candidate)) if stored else NEW
        return _form(session, plan_id, code, fields, stored.version if stored else 0)


def save(database: Database, plan_id: str, code: str, fields: Fields, version: int) -> str | FormView:
    """Keep what was typed, for a new initiative when code is empty; its code, or the form with all that is wrong."""
    typed = {**fields, "code": code} if code else dict(fields)
    candidate, findings = from_document(document_of(typed))
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if candidate:
            others = store.candidates(session, plan_id)
            terms = ground(session, plan_id).terms
            findings = (*findings, *term_findings(candidate, terms), *findings_beside(candidate, others))
        if candidate is None or blocking(findings):
            return _form(session, plan_id, code, typed, version, findings)
        before = store.find_candidate(session, plan_id, candidate.code)
        if not store.put(session, plan_id, candidate, expected=version):
            return _lost(session, plan_id, code, candidate.code, typed)
        plan_store.touch(session, plan_id, now())
        initiative_log.kept(session, plan_id, before.candidate if before else None, candidate)
        session.commit()
    return candidate.code


def remove(database: Database, plan_id: str, code: str, seen: int | None = None) -> tuple[Finding, ...]:
    """Remove an initiative and the exclusions that name it; refused while another requires it.

    seen: the version whoever removes it has seen; None for whatever is there.
    """
    with database.write() as session:
        plan_store.hold(session, plan_id)
        others = [one for one in store.candidates(session, plan_id) if one.code != code]
        needing = [one.code for one in others if code in (*one.requires_all, *one.requires_any)]
        if needing:
            details: dict[str, str | int | float] = {"code": code, "others": ", ".join(needing)}
            return (Finding("candidate_still_required", details=details),)
        there = store.find_candidate(session, plan_id, code)
        if there is not None and seen not in (None, there.version):
            return (Finding("removal_changed", "warning", there.candidate.title),)
        for other in others:
            if code in other.excludes:
                left = tuple(excluded for excluded in other.excludes if excluded != code)
                store.put(session, plan_id, replace(other, excludes=left))
        store.remove(session, plan_id, code, store.CANDIDATE)
        plan_store.touch(session, plan_id, now())
        if there is not None:
            initiative_log.removed(session, plan_id, code)
        session.commit()
    return ()


def _form(
    session: Session, plan_id: str, code: str, fields: Fields, version: int, findings: Sequence[Finding] = ()
) -> FormView:
    frame = plans.frame(session, plan_id, "initiatives")
    base = ground(session, plan_id)
    themes = dict.fromkeys(one.theme for one in store.candidates(session, plan_id))
    make = FormMaker(code, fields, findings)
    return FormView(
        frame=frame,
        code=code,
        title=wording.form_title(code, fields.get("title", "")),
        version=version,
        groups=forms.candidate_groups(make, base.terms, factors(), tuple(themes)),
        targets=forms.targets(make, base.terms),
        findings=make.sentences(),
        status=422 if findings else 200,
    )


def _lost(session: Session, plan_id: str, code: str, wanted: str, typed: Fields) -> FormView:
    """Somebody was there first: the typed text, and what differs in what is stored now. Saving again will win."""
    stored = store.find_candidate(session, plan_id, wanted)
    if not code:
        taken = Finding("candidate_code_taken", where="code", details={"code": wanted})
        return _form(session, plan_id, code, typed, 0, (taken,))
    if stored is None:
        return replace(_form(session, plan_id, code, typed, 0, (Finding("candidate_gone"),)), status=409)
    view = _form(session, plan_id, code, typed, stored.version, (Finding("candidate_stale"),))
    theirs = forms.differences(fields_of(to_document(stored.candidate)), typed)
    return replace(view, status=409, theirs=theirs)
