"""How is a decision written down for good, and read again?

A decision is one JSON document (malrett-decision/2) in the form of RFC 8785 with its SHA-256, and is never changed:

    problem, result      the kept plan: the question and its proven answer, as they were
    council              what was decided: changes with reasons and points, the plan that came of them (chosen, value,
                         used, value_by_year, after), what it breaks, and why that was decided all the same
    decided, recorded_at by whom and when; who wrote it down stands beside the log, not here
    examples             the chosen initiatives that rest on figures from the example bank, and why they may be used
    basis                all that the paper told: needs as shown, survey, candidates, settings (`domain/basis.py`)
    workshops            what each workshop came to, as far as it may be shown, and what was taken from it
    around               what the paper told besides: texts people wrote, workshops held, answers to closer questions in
                         each language; malrett-decision/1 lacks it, and knows no initiative that was moved
    kept, supersedes, program, log
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from planner.domain.decision import Change, Outcome, outcome
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.result_file import starts_of

FORMAT = "malrett-decision/2"
FORMATS = ("malrett-decision/1", FORMAT)


@dataclass(frozen=True, slots=True)
class Heading:
    """by: the body that decided, «Kommunestyret». case: its number there, or nothing. on, recorded_at: the day
    it was decided and the moment it was written down, in ISO 8601 and UTC.
    """

    number: int
    by: str
    case: str
    on: str
    recorded_at: str


@dataclass(frozen=True)
class Decided:
    """A stored decision, read again. anyway: why a plan that breaks something was decided all the same."""

    number: int
    by: str
    case: str
    on: str
    outcome: Outcome
    anyway: str
    examples: tuple[str, ...]
    examples_reason: str
    supersedes: int | None
    document: Mapping[str, Any]


def document(
    heading: Heading,
    kept: Mapping[str, Any],
    problem: Mapping[str, Any],
    result: Mapping[str, Any],
    came: Outcome,
    *,
    basis: Mapping[str, Any],
    workshops: Sequence[Mapping[str, Any]] = (),
    around: Mapping[str, Any] | None = None,
    anyway: str = "",
    examples: tuple[Sequence[str], str] = ((), ""),
    supersedes: Mapping[str, Any] | None = None,
    plan: Mapping[str, Any] | None = None,
    program: str = "",
    log: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """malrett-decision/2; see the top of the file. examples: the initiatives, and why their figures may be used."""
    return {
        **{"format": FORMAT, "number": heading.number, "plan": plan},
        "decided": {"by": heading.by, "case": heading.case, "on": heading.on},
        "recorded_at": heading.recorded_at,
        **{"kept": kept, "problem": problem, "result": result},
        "council": came.as_json() | {"anyway": anyway},
        "examples": {"initiatives": list(examples[0]), "reason": examples[1]},
        **{"basis": basis, "workshops": list(workshops), "around": around},
        **{"supersedes": supersedes, "program": program, "log": log},
    }


def canonical(document: Mapping[str, Any]) -> str:
    """The one way a document is written."""
    return rfc8785.dumps(json.loads(json.dumps(document))).decode("utf-8")


def fingerprint(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def read(document: Mapping[str, Any]) -> Decided:
    """A decision this program wrote; every figure computed anew. Raises KeyError or ValueError for anything else."""
    if document["format"] not in FORMATS:
        raise ValueError("the document is no decision")
    problem = parse(document["problem"]).problem
    if problem is None:
        raise ValueError("the problem of the decision is invalid")
    council, decided, examples = document["council"], document["decided"], document["examples"]
    changes = [Change(one["initiative"], one["action"], one["year"], one["reason"]) for one in council["changes"]]
    proposal = Plan(problem, starts_of(document["result"]))
    return Decided(
        number=document["number"],
        by=decided["by"],
        case=decided["case"],
        on=decided["on"],
        outcome=outcome(proposal, changes),
        anyway=council["anyway"],
        examples=tuple(examples["initiatives"]),
        examples_reason=examples["reason"],
        supersedes=document["supersedes"]["number"] if document["supersedes"] else None,
        document=document,
    )
