"""Do the candidates of one list fit each other, the survey and the plan's years? And which rules do they bring?

Looks across the list; what is wrong inside one candidate was refused when it was made. Never changes anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.candidates import Candidate
from planner.domain.findings import Finding

KRONER_FROM = 100_000
"""100 million: somebody who means 450 000 kr and writes 450000 has asked for 450 million."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words a plan knows. statements: id -> short name; segments: id -> name; years: of the plan, in order."""

    statements: Mapping[str, str]
    segments: Mapping[str, str]
    years: tuple[int, ...]


def term_findings(candidate: Candidate, terms: Terms) -> tuple[Finding, ...]:
    """Words the plan does not know (errors), and what will have no say in it (warnings)."""
    named = dict.fromkeys((*candidate.targets, *(reach.segment for reach in candidate.reach)))
    findings = unknown_statements([effect.statement for effect in candidate.effects], terms)
    findings += unknown_segments(named, terms)
    alone = dict.fromkeys(effect.segment for effect in candidate.effects if effect.segment)
    findings += [replace(finding, where="effects") for finding in unknown_segments(alone, terms)]
    return (*findings, *notes(candidate, terms))


def unknown_statements(ids: Iterable[str], terms: Terms) -> list[Finding]:
    """One error for each id that the survey does not ask about."""
    return [
        Finding("candidate_unknown_statement", where="effects", details={"text": id_})
        for id_ in ids
        if id_ not in terms.statements
    ]


def unknown_segments(ids: Iterable[str], terms: Terms) -> list[Finding]:
    """One error for each id that is no segment of the plan."""
    return [
        Finding("candidate_unknown_segment", where="targets", details={"text": id_})
        for id_ in ids
        if id_ not in terms.segments
    ]


def notes(candidate: Candidate, terms: Terms) -> tuple[Finding, ...]:
    """What will have no say in the plan, though it is possible."""
    findings = [
        Finding("candidate_effect_zero", "warning", "effects", {"text": effect.statement})
        for effect in candidate.effects
        if not effect.percent and not effect.segment  # a group may be the one that gets nothing
    ]
    findings += [
        Finding("candidate_effect_not_reached", "warning", "effects", {"text": terms.segments[effect.segment]})
        for effect in candidate.effects
        if effect.segment in terms.segments and not candidate.reaches(effect.segment)
    ]
    amounts = {
        "costs.one_time.value": candidate.costs.one_time.value,
        "costs.yearly.value": candidate.costs.yearly.value,
    }
    findings += [
        Finding("candidate_looks_like_kroner", "warning", where, {"amount": amount, "million": amount // 1000})
        for where, amount in amounts.items()
        if amount >= KRONER_FROM
    ]
    return (*findings, *_window_findings(candidate, terms.years))


def _window_findings(candidate: Candidate, years: Sequence[int]) -> list[Finding]:
    if candidate.started is not None:
        if candidate.started < years[0]:
            return []
        return [Finding("candidate_started_late", where="started", details={"first": years[0]})]
    earliest = years[0] if candidate.earliest is None else candidate.earliest
    latest = years[-1] if candidate.latest is None else candidate.latest
    if earliest > latest or earliest > years[-1] or latest < years[0]:
        return [Finding("candidate_cannot_start", "warning", "earliest", {"first": years[0], "last": years[-1]})]
    return []


def list_findings(candidates: Sequence[Candidate]) -> tuple[Finding, ...]:
    """What is wrong between candidates. where: the code of the candidate it stands on.

    Errors: a code used twice, a link to a code that is not in the list, required by one side and excluded by the
    other. Warning: a cycle of prerequisites (its members can only start in the same year).
    """
    counts = Counter(candidate.code for candidate in candidates)
    findings = [
        Finding("candidate_duplicate_code", where=code, details={"code": code, "count": count})
        for code, count in counts.items()
        if count > 1
    ]
    barred = excluded_pairs(candidates)
    for candidate in candidates:
        links = dict.fromkeys((*candidate.requires_all, *candidate.requires_any, *candidate.excludes))
        findings += [
            Finding("candidate_unknown_code", where=candidate.code, details={"other": code})
            for code in links
            if code not in counts
        ]
        findings += [
            Finding("candidate_required_and_excluded", where=candidate.code, details={"other": code})
            for code in candidate.requires_all
            if tuple(sorted((candidate.code, code))) in barred and code not in candidate.excludes
        ]
    return (*findings, *_cycle_findings(candidates))


def excluded_pairs(candidates: Iterable[Candidate]) -> tuple[tuple[str, str], ...]:
    """Each pair that cannot both be chosen, once, sorted; one side saying so is enough."""
    pairs = {
        (min(candidate.code, other), max(candidate.code, other))
        for candidate in candidates
        for other in candidate.excludes
    }
    return tuple(sorted(pairs))


def rules_of(candidates: Sequence[Candidate]) -> tuple[dict[str, object], ...]:
    """The rules of the list as a problem file writes them; links out of the list are left out.

    Order: by initiative, prerequisites first. A candidate that runs already needs nothing.
    """
    codes = {candidate.code for candidate in candidates}
    rules: list[dict[str, object]] = []
    for candidate in candidates:
        for kind in ("requires_all", "requires_any"):
            of = [code for code in getattr(candidate, kind) if code in codes]
            if of and candidate.started is None:
                rules.append({"kind": kind, "initiative": candidate.code, "of": of})
    for pair in excluded_pairs(candidates):
        if codes.issuperset(pair):
            rules.append({"kind": "excludes", "of": list(pair)})
    return tuple(rules)


def _cycle_findings(candidates: Sequence[Candidate]) -> list[Finding]:
    """Each cycle once, named from its lowest code. A choice of prerequisites binds only when there is one to choose."""
    needs = {
        candidate.code: (*candidate.requires_all, *(candidate.requires_any if len(candidate.requires_any) == 1 else ()))
        for candidate in candidates
    }
    cycles: set[frozenset[str]] = set()
    findings = []
    for start in sorted(needs):
        path = _way_back(start, needs)
        if path and frozenset(path) not in cycles and start == min(path):
            cycles.add(frozenset(path))
            details = {"codes": " → ".join([*path, start])}
            findings.append(Finding("candidate_cycle", "warning", start, details))
    return findings


def _way_back(start: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a code through what it requires back to itself; empty when there is none."""
    came_from: dict[str, str] = {}
    front = [start]
    while front:
        following = []
        for code in front:
            for required in needs.get(code, ()):
                if required == start:
                    path = [code]
                    while path[0] != start:
                        path.insert(0, came_from[path[0]])
                    return path
                if required not in came_from:
                    came_from[required] = code
                    following.append(required)
        front = following
    return []
