"""What can a facilitator do with a workshop? Set it up, let people in, open and close rounds, reveal, end it.

Each is one command with the version it was made from: who comes second is told, and what they typed stands. What phones
do is in `workshop_phone`, what is shown in `workshop_board`, what is taken into the plan in `workshop_adopt`.
"""

import secrets
from dataclasses import replace

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.join_code import new_code
from planner.domain.workshop import Action, Stage, Wall, WorkshopSettings, change_findings
from planner.domain.workshop_rehearsal import rehearsal, rehearsal_of
from planner.domain.workshop_share import deal_all, shares
from planner.domain.workshop_typed import Form, read_settings
from planner.services import workshop_rehearsal
from planner.services.plans import now
from planner.services.workshop_form import FormView, form_ground, form_view
from planner.services.workshop_live import Live
from planner.services.workshop_reveal import reveal
from planner.store import initiatives as initiative_store
from planner.store import (
    log,
    versions,
    workshop_ballots,
    workshop_log,
    workshop_points,
    workshop_seats,
    workshop_traces,
)
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import workshop as wording

SCRUBBED_AFTER: frozenset[Action] = frozenset({"close", "reveal", "end"})


def form(database: Database, plan_id: str, number: int = 0) -> FormView | None:
    """The form of a new workshop (number 0), filled in as suggested, or of one there is; None where there is none."""
    with database.read() as session:
        workshop = store.find(session, plan_id, number) if number else None
        if number and workshop is None:
            return None
        return form_view(session, plan_id, workshop)


def create(database: Database, plan_id: str, typed: Form) -> int | FormView:
    """A new workshop, as a draft; its number, or the form with all that is wrong."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        settings, findings = read_settings(typed, form_ground(session, plan_id))
        if settings is None:
            return form_view(session, plan_id, None, typed, findings)
        workshop = add(session, plan_id, settings)
        session.commit()
    return workshop.number


def add(session: Session, plan_id: str, settings: WorkshopSettings) -> StoredWorkshop:
    """A draft with these settings. The caller commits."""
    workshop = StoredWorkshop(
        id=secrets.token_hex(8),
        plan_id=plan_id,
        number=store.next_number(session, plan_id),
        link=secrets.token_urlsafe(16),
        code="",
        stage=Stage(),
        settings=settings,
        salt=secrets.token_hex(16),
        version=versions.first(),
        is_locked=False,
    )
    store.add(session, workshop)
    workshop_log.add(session, workshop.id, now(), "create", {"named": settings.is_named})
    plan_store.touch(session, plan_id, now())
    return workshop


def rehearse(database: Database, plan_id: str, of: int = 0) -> int | None:
    """A draft for trying an evening with made-up people; its number, None where there is nothing to score.

    of: the workshop to try; 0 for a short one of a few initiatives.
    """
    title = wording.rehearsal_title()
    with database.write() as session:
        plan_store.hold(session, plan_id)
        to_try = store.find(session, plan_id, of) if of else None
        if to_try is not None:
            settings: WorkshopSettings | None = rehearsal_of(to_try.settings, title)
        else:
            settings = rehearsal(form_ground(session, plan_id), title, room_for_own_phones=True)
        if settings is None:
            return None
        workshop = add(session, plan_id, settings)
        session.commit()
    return workshop.number


def edit(
    database: Database, live: Live, plan_id: str, number: int, typed: Form, version: int
) -> FormView | tuple[Finding, ...]:
    """Change what may be changed at this stage; () when it is done, else the form. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        settings, findings = read_settings(typed, form_ground(session, plan_id))
        if settings is not None:
            settings = replace(settings, is_rehearsal=workshop.settings.is_rehearsal)
            findings = change_findings(workshop.settings, settings, workshop.stage)
            seats = workshop_seats.count(session, workshop.id)
            if settings.size < seats:
                findings = (*findings, Finding("workshop_size_taken", where="size", details={"seats": seats}))
        if settings is None or findings:
            return form_view(session, plan_id, workshop, typed, findings)
        if workshop.version != version:
            return form_view(session, plan_id, workshop, typed, (Finding("workshop_stale"),), status=409)
        _keep(session, replace(workshop, settings=settings), version, "settings")
        session.commit()
    live.changed(workshop.link)
    return ()


def act(database: Database, live: Live, plan_id: str, number: int, action: Action, version: int) -> tuple[Finding, ...]:
    """Go on to the next stage; what stands in the way, «workshop_stale» when somebody was first. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        stage = workshop.stage.after(action, workshop.settings.rounds)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        if stage is None:
            return (Finding("workshop_not_now"),)
        findings = _do(session, workshop, action, stage)
        if findings:
            return findings
        session.commit()
    live.changed(workshop.link)
    if action in SCRUBBED_AFTER:
        # What one phone or one ballot says is written by one transaction, and PostgreSQL's dead rows tell by which.
        database.scrub(*workshop_traces.TABLES)
    return ()


def lock(database: Database, live: Live, plan_id: str, number: int, version: int, *, on: bool) -> tuple[Finding, ...]:
    """Let nobody more in, or let people in again. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        _keep(session, replace(workshop, is_locked=on), version, "lock" if on else "unlock")
        session.commit()
    live.changed(workshop.link)
    return ()


def show(database: Database, live: Live, plan_id: str, number: int, version: int, wall: Wall) -> tuple[Finding, ...]:
    """Put something else on the wall than what the stage says, or take it away («»). Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        _keep(session, replace(workshop, wall=wall), version, f"wall_{wall or 'usual'}")
        session.commit()
    live.changed(workshop.link)
    return ()


def remove(database: Database, live: Live, plan_id: str, number: int, version: int) -> tuple[Finding, ...]:
    """The workshop with all that was said in it, for good; or that it has gone on since. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        if workshop.version != version:
            return (Finding("removal_changed", "warning"),)
        store.remove(session, plan_id, number)
        plan_store.touch(session, plan_id, now())
        log.append(session, plan_id, now(), "workshop_removed", {"workshop": number})
        session.commit()
    live.changed(workshop.link)
    database.scrub(*workshop_traces.TABLES)
    return ()


def _find(session: Session, plan_id: str, number: int) -> StoredWorkshop:
    workshop = store.find(session, plan_id, number, to_change=True)
    if workshop is None:
        raise LookupError(number)
    return workshop


def _do(session: Session, workshop: StoredWorkshop, action: Action, stage: Stage) -> tuple[Finding, ...]:
    seats = workshop_seats.count(session, workshop.id)
    details: dict[str, str | int | float | bool] = {"round": stage.round, "seats": seats}
    changed = replace(workshop, stage=stage, wall="")
    if action == "gather":
        changed = replace(changed, code=_free_code(session))
        if workshop.settings.is_rehearsal:
            workshop_rehearsal.come_in(session, changed)
    elif action == "open":
        if any(one.is_open for one in workshop.weighings):
            return (Finding("workshop_points_open"),)
        there = {one.code for one in initiative_store.candidates(session, workshop.plan_id)}
        gone = [one.initiative for one in workshop.settings.items if one.initiative not in there]
        if gone:
            return (Finding("workshop_initiative_gone", where="items", details={"codes": ", ".join(gone)}),)
        _deal(session, changed)
        if workshop.settings.is_rehearsal:
            workshop_rehearsal.answer_all(session, changed)
    elif action == "close":
        workshop_traces.straighten(session, workshop.id)
    elif action in ("reveal", "end") and workshop.stage.state in ("open", "closed"):
        details["shown"] = reveal(session, workshop)
        counted = workshop_ballots.counts(session, workshop.id, stage.round).get("counted", 0)
        if workshop_ballots.wipe(session, workshop.id, stage.round):
            details["ballots"] = counted
    if action == "end":
        open_ = {
            one: workshop_points.all_of(session, workshop.id, one.kind) for one in workshop.weighings if one.is_open
        }
        weighings = tuple(one.revealed(open_[one]) if one in open_ else one for one in workshop.weighings)
        changed = replace(changed, weighings=weighings)
        workshop_traces.forget(session, workshop.id, keep_names=workshop.settings.is_named)
        changed = replace(changed, code="", salt="")
    _keep(session, changed, workshop.version, action, details)
    return ()


def _keep(
    session: Session,
    workshop: StoredWorkshop,
    version: int,
    what: str,
    details: dict[str, str | int | float | bool] | None = None,
) -> None:
    if store.save(session, workshop, version) is None:
        raise RuntimeError("the workshop was held to be changed, and changed all the same")
    workshop_log.add(session, workshop.id, now(), what, details)
    plan_store.touch(session, workshop.plan_id, now())


def _free_code(session: Session) -> str:
    while True:
        code = new_code(secrets.randbelow)
        if store.code_is_free(session, code):
            return code


def _deal(session: Session, workshop: StoredWorkshop) -> None:
    """A round begins: its settings are written down, and everybody there gets cards."""
    settings = workshop.settings
    store.put_round(session, workshop.id, workshop.stage.round, settings)
    per_phone = shares(settings.items, settings.wanted, settings.size).per_phone
    seats = {seat.id: seat.hand for seat in workshop_seats.seats(session, workshop.id)}
    workshop_seats.put_hands(session, workshop.id, deal_all(settings.items, per_phone, seats))
