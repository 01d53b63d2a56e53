"""How do the room's medians get into the plan? As effects of the source «verksted», or another figure with a reason.

All that is chosen is taken, or nothing. Nothing else of an initiative is touched. Of a rehearsal nothing is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast, get_args

from planner.domain.adoption import Cell, Choice, Override, adopt, adoptable, with_effects
from planner.domain.findings import Finding
from planner.domain.panel import Basis
from planner.domain.typed import Unreadable, number, read_words
from planner.services.plans import now
from planner.services.workshop_live import Live
from planner.store import initiatives as initiative_store
from planner.store import log, workshop_adoptions, workshop_log
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredRound


def take(
    database: Database, live: Live, plan_id: str, workshop_number: int, form: Mapping[str, str], version: int
) -> int | tuple[Finding, ...]:
    """How many effects were taken, or what is wrong. Fields, by «CODE/STATEMENT»: take/… (everyone, target,
    segment, own or nothing), own/… (per cent) and why/…. Raises LookupError where there is no such workshop."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = store.find(session, plan_id, workshop_number, to_change=True)
        if workshop is None:
            raise LookupError(workshop_number)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        if workshop.settings.is_rehearsal:
            return (Finding("workshop_rehearsal"),)
        rounds = [one for one in store.rounds(session, workshop.id) if one.results is not None]
        cells = adoptable([one.results or () for one in rounds])
        choices, unread = _choices(cells, form)
        adopted, findings = adopt(cells, choices, targets(rounds))
        if unread or findings or not adopted:
            return (*unread, *findings) or (Finding("workshop_nothing_chosen"),)
        for code, some in groupby(sorted(adopted, key=lambda one: one.initiative), lambda one: one.initiative):
            there = initiative_store.find_candidate(session, plan_id, code)
            if there is None:
                return (Finding("workshop_initiative_gone", details={"codes": code}),)
            changed = with_effects(there.candidate, list(some))
            if not initiative_store.put(session, plan_id, changed, expected=there.version):
                return (Finding("workshop_stale"),)
        workshop_adoptions.put(session, workshop.id, adopted)
        store.save(session, replace(workshop), version)
        overridden = sum(bool(one.reason) for one in adopted)
        workshop_log.add(session, workshop.id, now(), "adopt", {"effects": len(adopted), "overridden": overridden})
        plan_store.touch(session, plan_id, now())
        counts = {"workshop": workshop_number, "effects": len(adopted), "overridden": overridden}
        log.append(session, plan_id, now(), "workshop_adopted", counts)
        session.commit()
    live.changed(workshop.link)
    return len(adopted)


def targets(rounds: Sequence[StoredRound]) -> dict[str, tuple[str, ...]]:
    """initiative -> the segments it is for, as they were when it was scored last."""
    return {item.initiative: item.targets for one in rounds for item in one.settings.items}


def _choices(cells: Mapping[Cell, object], form: Mapping[str, str]) -> tuple[dict[Cell, Choice], list[Finding]]:
    choices, findings = {}, []
    for cell in cells:
        where = "/".join(cell)
        wanted = form.get(f"take/{where}", "")
        if wanted in get_args(Basis):
            choices[cell] = Choice(cast(Basis, wanted))
        elif wanted == "own":
            try:
                percent = number(form.get(f"own/{where}", ""))
            except Unreadable:
                percent = None
            if percent is None:
                findings.append(Finding("workshop_override_number", where=where))
            else:
                reason = read_words(form.get(f"why/{where}", ""))
                choices[cell] = Choice(override=Override(float(percent), reason))
    return choices, findings
