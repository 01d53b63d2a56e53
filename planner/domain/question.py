"""Which problem do the needs, the initiatives and the frame make together?

Puts them into one `Problem` and says what in the frame cannot stand beside the initiatives. A problem has only the
rules it lists, so everything that is «on by default» is written out here. Nothing is solved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planner.domain.candidate_initiatives import to_initiative
from planner.domain.candidate_links import excluded_pairs, rules_of
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.freed import Freed, freed_by_year
from planner.domain.initiatives import Amount
from planner.domain.limits import Resource
from planner.domain.needs import Need
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need as ProblemNeed
from planner.domain.rules import Follows, Must, MustNot, Rule
from planner.domain.rules_groups import AtLeast, NeedFloor, rule_of
from planner.domain.settings import UNITS, PortfolioSettings, count_field, limit_field, limits_field, wish_field

FOLLOWED_BY = "arbeid"
FOLLOWS: tuple[str, ...] = ("bolig", "sosialt_miljo")
"""Recruiting people gives little where they find neither a home nor company."""


def pose(
    title: str,
    needs: Iterable[Need],
    candidates: Sequence[Candidate],
    freed: Sequence[Freed],
    settings: PortfolioSettings,
) -> Problem:
    """The one question. Its gap is 0: how far a proof may stop short is said when it is solved."""
    shown, limits = tuple(needs), frame(settings, freed)
    windowed = tuple(_inside(candidate, settings) for candidate in candidates)
    return Problem(
        title=title,
        years=settings.years,
        needs=tuple(ProblemNeed(n.id, n.points, n.statement, n.segment, n.factor) for n in shown),
        resources=tuple(Resource(r, unit, limits[r]) for r, unit in UNITS.items()),
        initiatives=tuple(to_initiative(candidate, settings.years, shown) for candidate in windowed),
        rules=tuple(_rules(candidates, settings)),
        effect_years=settings.effect_years,
        closure=settings.closure,
        reserve=settings.reserve,
    )


def frame(settings: PortfolioSettings, freed: Sequence[Freed]) -> Mapping[str, tuple[Amount | None, ...]]:
    """resource -> limit by year, with what is freed. Where there is no limit there is nothing to add to."""
    added = freed_by_year(freed, settings.years)
    return {
        resource: tuple(
            None if limit is None else limit + more for limit, more in zip(limits, added[resource], strict=True)
        )
        for resource, limits in settings.limits.items()
    }


def _inside(candidate: Candidate, settings: PortfolioSettings) -> Candidate:
    """With the wished start window laid inside its own; an empty window stays empty: it cannot start."""
    wish = settings.wish(candidate.code)
    starts = [year for year in (candidate.earliest, wish.earliest) if year is not None]
    ends = [year for year in (candidate.latest, wish.latest) if year is not None]
    return replace(candidate, earliest=max(starts, default=None), latest=min(ends, default=None))


def _rules(candidates: Sequence[Candidate], settings: PortfolioSettings) -> Iterator[Rule]:
    yield from (rule_of(document) for document in rules_of(candidates))
    for candidate in candidates:
        choice = settings.wish(candidate.code).choice
        if choice != "free" and candidate.started is None:
            yield Must(candidate.code) if choice == "must" else MustNot(candidate.code)
        if settings.follows and candidate.started is None and (candidate.factor or candidate.theme) == FOLLOWED_BY:
            yield Follows(candidate.code, FOLLOWS)
    yield from (AtLeast(count, theme=factor) for factor, count in settings.counts.items())
    yield from (NeedFloor(float(share), factor=factor) for factor, share in settings.factor_floors.items())
    yield from (NeedFloor(float(share), segment=segment) for segment, share in settings.segment_floors.items())


# --- What cannot be asked, and what is probably not meant ------------------------------------------------------------


def question_findings(
    candidates: Sequence[Candidate], freed: Sequence[Freed], settings: PortfolioSettings
) -> tuple[Finding, ...]:
    """Errors: wishes that contradict each other or the list. Warnings: a frame of 0. `where` is a form field."""
    by_code = {candidate.code: candidate for candidate in candidates if candidate.started is None}
    wished = {code: settings.wish(code).choice for code in by_code}
    return (
        *_window_findings(by_code, settings),
        *_pair_findings(candidates, wished),
        *_need_findings(by_code, wished),
        *_count_findings(candidates, wished, settings),
        *_zero_findings(settings, freed),
    )


def _window_findings(by_code: Mapping[str, Candidate], settings: PortfolioSettings) -> Iterator[Finding]:
    first, last = settings.years[0], settings.years[-1]
    for code, candidate in by_code.items():
        inside = _inside(candidate, settings)
        earliest = max(first, inside.earliest or first)
        latest = min(last, inside.latest or last)
        if settings.wish(code).choice == "must" and earliest > latest:
            details: dict[str, str | int | float] = {"code": code, "first": first, "last": last}
            yield Finding("settings_must_cannot_start", where=wish_field(code, "choice"), details=details)


def _pair_findings(candidates: Sequence[Candidate], wished: Mapping[str, str]) -> Iterator[Finding]:
    for one, other in excluded_pairs(candidates):
        if wished.get(one) == wished.get(other) == "must":
            details: dict[str, str | int | float] = {"code": one, "other": other}
            yield Finding("settings_must_both", where=wish_field(other, "choice"), details=details)


def _need_findings(by_code: Mapping[str, Candidate], wished: Mapping[str, str]) -> Iterator[Finding]:
    """Must be in, and something it needs must not."""
    for code, candidate in by_code.items():
        barred = [other for other in candidate.requires_all if wished.get(other) == "must_not"]
        any_of = candidate.requires_any
        if any_of and all(wished.get(other) == "must_not" for other in any_of):
            barred += any_of
        if wished[code] == "must" and barred:
            details: dict[str, str | int | float] = {"code": code, "other": ", ".join(barred)}
            yield Finding("settings_must_needs_barred", where=wish_field(code, "choice"), details=details)


def _count_findings(
    candidates: Sequence[Candidate], wished: Mapping[str, str], settings: PortfolioSettings
) -> Iterator[Finding]:
    for factor, count in settings.counts.items():
        there = [c for c in candidates if (c.factor or c.theme) == factor and wished.get(c.code) != "must_not"]
        if count > len(there):
            details: dict[str, str | int | float] = {"count": count, "there": len(there)}
            yield Finding("settings_count_too_high", where=count_field(factor), details=details)


def _zero_findings(settings: PortfolioSettings, freed: Sequence[Freed]) -> Iterator[Finding]:
    for resource, limits in frame(settings, freed).items():
        if len(limits) > 1 and all(limit == 0 for limit in limits):
            yield Finding("settings_limits_zero", "warning", limits_field(resource))
            continue
        for year, limit in zip(settings.years, limits, strict=True):
            if limit == 0:
                yield Finding("settings_limit_zero", "warning", limit_field(resource, year), {"year": year})
