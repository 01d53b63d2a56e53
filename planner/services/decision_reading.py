"""What does the form of a decision say, and what is wrong with it?

What a person is shown before they confirm has a fingerprint, which comes back with the form: a decision is only written
down when it is the one that was shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlmodel import Session

from planner import notation
from planner.domain.decision import (
    Change,
    Outcome,
    change_findings,
    outcome,
    rests_on,
    text_findings,
)
from planner.domain.decision_document import canonical, fingerprint
from planner.domain.findings import Finding
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.result_file import read_result
from planner.domain.typed import read_words
from planner.services import plans
from planner.store import portfolio as kept_store
from planner.store.portfolio import KeptPlan

MOST_CHANGES = 40
MOVES = "move:"
"""Before a code in the form: the initiative stays, and starts in another year."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A decision that may be written down. shown: the fingerprint of what it does. after: the decision before, or 0."""

    kept: KeptPlan
    by: str
    case: str
    on: date
    recorded_by: str
    outcome: Outcome
    anyway: str
    examples: tuple[str, ...]
    examples_reason: str
    shown: str
    after: int


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it came, beside what could be read of it."""

    kept: KeptPlan
    proposal: Plan
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    outcome: Outcome | None
    examples: tuple[str, ...]
    on: date | None


def read_form(session: Session, plan_id: str, form: Mapping[str, str]) -> Ready | None:
    """What may be written down; None when something is wrong or missing."""
    there = read_typed(session, plan_id, form)
    if there.findings or there.outcome is None or there.on is None:
        return None
    if not there.outcome.is_feasible and not text(form, "anyway"):
        return None
    after = form.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return None
    return Ready(
        there.kept,
        text(form, "by"),
        text(form, "case"),
        there.on,
        text(form, "recorded_by"),
        there.outcome,
        "" if there.outcome.is_feasible else text(form, "anyway"),
        there.examples,
        text(form, "examples_reason") if there.examples else "",
        seal(there, form),
        int(after),
    )


def read_typed(session: Session, plan_id: str, form: Mapping[str, str]) -> Typed:
    headings = kept_store.headings(session, plan_id)
    wanted = next((one.number for one in headings if str(one.number) == form.get("kept")), None)
    kept = kept_store.find_kept(session, plan_id, wanted or headings[0].number) if headings else None
    if kept is None:
        raise LookupError(plan_id)
    problem = parse(kept.problem).problem
    if problem is None:
        raise ValueError(f"kept plan {kept.number} holds no problem")
    proposal = cast(Plan, read_result(kept.result, problem).plan)
    changes = _changes(form, proposal)
    found = list(change_findings(proposal, changes))
    came = None if found else outcome(proposal, changes)
    on, wrong = _day(form.get("on", ""))
    found += text_findings(text(form, "by"), "by", "by")
    found += text_findings(text(form, "case"), "case", "case", required=False)
    found += text_findings(text(form, "recorded_by"), "recorded_by", "recorded_by")
    found += [wrong] if wrong else []
    examples = rests_on(kept.basis, (came or outcome(proposal, ())).plan)
    found += text_findings(text(form, "examples_reason"), "examples_reason", "reason", required=bool(examples))
    found += text_findings(text(form, "anyway"), "anyway", "reason", required=False)
    return Typed(kept, proposal, changes, tuple(found), came, examples, on)


def _changes(form: Mapping[str, str], proposal: Plan) -> tuple[Change, ...]:
    """The lines in which an initiative was chosen; what is in the plan is taken out or moved, what is not is put in."""
    found = []
    for number in numbers(form):
        code = form.get(f"change/{number}/initiative", "")
        if not code:
            continue
        year, reason = form.get(f"change/{number}/year", ""), text(form, f"change/{number}/reason")
        start = next((one for one in proposal.problem.years if str(one) == year), None)
        if code in proposal.starts:
            found.append(Change(code, "out", None, reason))
        elif code.startswith(MOVES) and code not in proposal.problem.ground.by_id:
            found.append(Change(code.removeprefix(MOVES), "move", start, reason))
        else:
            found.append(Change(code, "in", start, reason))
    return tuple(found)


def numbers(form: Mapping[str, str]) -> range:
    """The lines there are in the form, counted from 0 without holes; a few that are empty where there is no form."""
    return range(next(n for n in range(MOST_CHANGES + 1) if f"change/{n}/initiative" not in form or n == MOST_CHANGES))


def _day(text: str) -> tuple[date | None, Finding | None]:
    """The day of the decision, not one that is to come by Norwegian clocks."""
    try:
        on = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        on = None
    if on is None or on.year < 2000:
        return None, Finding("decision_day", where="on")
    if on > notation.here(plans.now()).date():
        return None, Finding("decision_day_to_come", where="on")
    return on, None


def seal(there: Typed, form: Mapping[str, str]) -> str:
    """Of all that a person has seen before they confirm."""
    if there.outcome is None:
        return ""
    texts = {key: text(form, key) for key in ("by", "case", "on", "recorded_by", "examples_reason", "anyway")}
    seen = {"kept": there.kept.number, "sha256": there.kept.problem_sha256, "council": there.outcome.as_json()}
    return fingerprint(canonical(texts | seen))


def text(form: Mapping[str, str], key: str) -> str:
    return read_words(form.get(key, ""))
