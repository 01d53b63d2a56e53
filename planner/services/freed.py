"""What can a person do about what the municipality stops doing? Add, edit and remove a row of «noe vi slutter med»."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from planner.domain.candidate_documents import freed_from_document, freed_to_document
from planner.domain.candidate_fields import Fields, document_of, fields_of
from planner.domain.findings import Finding
from planner.services import initiative_form as forms
from planner.services import initiative_log, plans
from planner.services.initiative_form import FormMaker, FormView
from planner.services.plans import now
from planner.store import initiatives as store
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.wording import initiatives as wording

NEW = {"counted": "ja"}


def form(database: Database, plan_id: str, code: str = "") -> FormView | None:
    """The form of one row, or of a new one; None when there is no such code."""
    with database.read() as session:
        stored = store.find_freed(session, plan_id, code) if code else None
        if code and stored is None:
            return None
        fields = fields_of(freed_to_document(stored.freed)) if stored else NEW
        return _form(session, plan_id, code, fields, stored.version if stored else 0)


def save(database: Database, plan_id: str, code: str, fields: Fields, version: int) -> str | FormView:
    """Keep what was typed, as a new row when code is empty; its code, or the form with all that is wrong."""
    typed = {**fields, "code": code} if code else dict(fields)
    freed, findings = freed_from_document(document_of(typed))
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if freed is None:
            return _form(session, plan_id, code, typed, version, findings)
        before = store.find_freed(session, plan_id, freed.code)
        if not store.put(session, plan_id, freed, expected=version):
            return _lost(session, plan_id, code, freed.code, typed)
        plan_store.touch(session, plan_id, now())
        if before is None or before.freed != freed:
            initiative_log.freed(session, plan_id, "changed" if before else "added", freed.code)
        session.commit()
    return freed.code


def remove(database: Database, plan_id: str, code: str, seen: int | None = None) -> tuple[Finding, ...]:
    """Remove a row; what stands in the way. seen: the version that was seen, None for whatever is there."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find_freed(session, plan_id, code)
        if there is not None and seen not in (None, there.version):
            return (Finding("removal_changed", "warning", there.freed.title),)
        store.remove(session, plan_id, code, store.FREED)
        plan_store.touch(session, plan_id, now())
        if there is not None:
            initiative_log.freed(session, plan_id, "removed", code)
        session.commit()
    return ()


def _form(
    session: Session, plan_id: str, code: str, fields: Fields, version: int, findings: Sequence[Finding] = ()
) -> FormView:
    make = FormMaker(code, fields, findings, "freed")
    return FormView(
        frame=plans.frame(session, plan_id, "initiatives"),
        code=code,
        title=wording.freed_title(code, fields.get("title", "")),
        version=version,
        groups=forms.freed_groups(make),
        targets=(),
        findings=make.sentences(),
        status=422 if findings else 200,
    )


def _lost(session: Session, plan_id: str, code: str, wanted: str, typed: Fields) -> FormView:
    """Somebody was there first: the typed text, and what differs in what is stored now."""
    if not code:
        taken = Finding("candidate_code_taken", where="code", details={"code": wanted})
        return _form(session, plan_id, code, typed, 0, (taken,))
    stored = store.find_freed(session, plan_id, wanted)
    if stored is None:
        return replace(_form(session, plan_id, code, typed, 0, (Finding("candidate_gone"),)), status=409)
    view = _form(session, plan_id, code, typed, stored.version, (Finding("candidate_stale"),))
    return replace(
        view, status=409, theirs=forms.differences(fields_of(freed_to_document(stored.freed)), typed, "freed")
    )
