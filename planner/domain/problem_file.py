"""What does a problem file say, what is wrong with it, and what is its fingerprint?

One JSON form (malrett-problem/1) for everything that is solved. Everything wrong is reported at once, each with a
JSON pointer; nothing is guessed and no unknown key is passed over. The fingerprint is over the canonical form:
what equals its default is left out, lists whose order means nothing are sorted, then RFC 8785.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from planner.domain.findings import Finding, blocking
from planner.domain.initiatives import EXACT_IN_A_FLOAT, Initiative, exact
from planner.domain.json_values import JsonObject
from planner.domain.problem import Problem
from planner.domain.problem_reader import FORMAT, Reader
from planner.domain.problem_warnings import warnings


@dataclass(frozen=True)
class Reading:
    """What came out of a file: a problem with its warnings, or no problem and the findings that must be mended."""

    problem: Problem | None
    findings: tuple[Finding, ...]


def read_problem(content: bytes | str) -> Reading:
    """A problem out of the bytes of a file. Never raises for what a person can mend."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        data = json.loads(text, object_pairs_hook=JsonObject)
    except json.JSONDecodeError as error:
        details: dict[str, str | int | float] = {"line": error.lineno, "column": error.colno}
        return Reading(None, (Finding("problem_not_json", where="", details=details),))
    except UnicodeDecodeError:
        return Reading(None, (Finding("problem_not_utf8"),))
    except (RecursionError, ValueError):
        # Thousands of nested lists, or a number of thousands of digits.
        return Reading(None, (Finding("problem_too_deep"),))
    return parse(data)


def parse(data: Any) -> Reading:
    """A problem out of decoded JSON. Use `read_problem` where duplicate keys must be seen (plain dicts lose them)."""
    reader = Reader()
    problem = reader.problem(data)
    findings = tuple(reader.findings)
    if problem is None or blocking(findings):
        return Reading(None, findings)
    return Reading(problem, (*findings, *warnings(data, problem)))


def canonical(problem: Problem) -> dict[str, Any]:
    """The canonical form as plain JSON data; also what the program writes when it makes a problem file."""
    first, last = problem.years[0], problem.years[-1]
    rules = sorted((_numbers(rule.as_json()) for rule in problem.rules), key=rfc8785.dumps)
    facts: dict[str, Any] = {
        **{"format": FORMAT, "title": problem.title, "years": list(problem.years)},
        "needs": [
            {"id": need.id, "points": need.points}
            | {by: need.group(by) for by in ("statement", "segment", "factor") if need.group(by) is not None}
            for need in problem.needs
        ],
        "resources": [
            {"id": r.id, "unit": r.unit, "limit": list(r.limit)}
            | ({} if r.total_limit is None else {"total_limit": r.total_limit})
            for r in problem.resources
        ],
        "initiatives": [_initiative(initiative, first, last) for initiative in problem.initiatives],
    }
    defaults = {"effect_years": len(problem.years), "closure": "product", "gap": 0, "reserve": 0}
    given: dict[str, Any] = {"effect_years": problem.horizon, "closure": problem.closure, "gap": problem.gap}
    given["reserve"] = problem.reserve
    facts |= {key: value for key, value in given.items() if value != defaults[key]}
    facts |= {"rules": rules} if rules else {}
    if problem.weights is not None:
        weights = problem.weights
        optional = {"at_least": [list(pair) for pair in weights.at_least], "range": dict(weights.range)}
        used = {key: value for key, value in optional.items() if value}
        facts["weights"] = {"by": weights.by, "nominal": dict(weights.nominal), **used}
    plain: dict[str, Any] = _numbers(facts)
    return plain


def _initiative(initiative: Initiative, first: int, last: int) -> dict[str, Any]:
    facts = {"id": initiative.id, "title": initiative.title, "theme": initiative.theme}
    optional: dict[str, tuple[Any, Any]] = {
        "start_cost": (dict(initiative.start_cost), {}),
        "yearly_cost": (dict(initiative.yearly_cost), {}),
        "profile": (dict(initiative.profile), {}),
        "started": (initiative.started, None),
        "delay": (initiative.delay, 0),
        "chance": (initiative.chance, 1),
        "earliest": (first if initiative.earliest is None else initiative.earliest, first),
        "latest": (last if initiative.latest is None else initiative.latest, last),
    }
    said = {key: value for key, (value, default) in optional.items() if value != default}
    return {**facts, **said, "effects": dict(initiative.effects)}


def _numbers(value: Any) -> Any:
    """Fractions and whole floats as the JSON numbers they came from."""
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(inner) for inner in value]
    if value is None or isinstance(value, str | bool):
        return value
    number = exact(value)
    return number if isinstance(number, int) and abs(number) <= EXACT_IN_A_FLOAT else float(number)


def problem_sha256(problem: Problem) -> str:
    """The fingerprint of the canonical form, in hexadecimal."""
    return sha256(rfc8785.dumps(canonical(problem))).hexdigest()
