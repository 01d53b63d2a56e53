"""Why is an initiative not in the plan? The first reason that holds, with the figures that show it.

Recomputable by hand from the problem and the plan: nothing is solved again. What it would take to bring an initiative
in is another question.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from planner.domain.basis import LeftOut, Reach, Unreached
from planner.domain.initiatives import Amount, Initiative
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import TOLERANCE
from planner.domain.rules import Follows, MustNot, RequiresAll, RequiresAny, Rule
from planner.domain.rules_groups import AtMost, Excludes, NeedFloor, Together
from planner.domain.why import Reason


def left_out(plan: Plan) -> tuple[LeftOut, ...]:
    """Every initiative that is not chosen, in the order of ids."""
    return tuple(_reason(plan, one) for one in plan.problem.initiatives if one.id not in plan.starts)


def amounts_to(left: LeftOut) -> Reason:
    """What a reason seen by hand amounts to, in the few kinds that solving again tells apart."""
    if left.reason in ("no_room", "never_fits"):
        return "staff" if left.resource == STAFF else "money"
    if left.reason == "must_not":
        return "rule"
    return "effect" if left.reason in ("no_effect", "fits") else "conflict"


def stopper(reasons: Iterable[LeftOut]) -> tuple[str, int, int] | None:
    """(resource, year, how many it stops): the spot of the frame that keeps most initiatives out; None: none does.

    Of equals the first year, then the resource that comes first by name.
    """
    spots = Counter((one.year or 0, one.resource) for one in reasons if one.resource)
    if not spots:
        return None
    (year, resource), count = min(spots.items(), key=lambda item: (-item[1], item[0]))
    return resource, year, count


# --- By decision or by rule ------------------------------------------------------------------------------------------


def _reason(plan: Plan, one: Initiative) -> LeftOut:
    decided = next(_by_rule(plan, one), None)
    return decided or _by_effect_or_frame(plan, one)


def _by_rule(plan: Plan, one: Initiative) -> Iterator[LeftOut]:
    rules, ground, chosen = plan.problem.rules, plan.problem.ground, plan.starts

    def about(kind: type[Rule]) -> list[Rule]:
        return [r for r in rules if isinstance(r, kind) and getattr(r, "initiative", one.id) == one.id]

    if about(MustNot):
        yield LeftOut(code=one.id, reason="must_not")
    if not any(one.may_start(year) for year in plan.problem.years):
        yield LeftOut(code=one.id, reason="window")
    groups: tuple[tuple[type[Rule], Callable[[str], bool], bool], ...] = (
        # kind of rule, which of its others stand in the way, and whether the group must hold the initiative itself
        (Excludes, lambda other: other in chosen, True),
        (RequiresAll, lambda other: other not in chosen, False),
        (RequiresAny, lambda other: other not in chosen, False),
        (Together, lambda other: other not in chosen, True),
    )
    for kind, in_the_way, is_member in groups:
        for rule in about(kind):
            of: tuple[str, ...] = rule.of  # type: ignore[attr-defined]  # every kind listed has it
            others = tuple(other for other in of if other != one.id and in_the_way(other))
            if (is_member and one.id not in of) or not others or (kind is RequiresAny and len(others) < len(of)):
                continue
            yield LeftOut(code=one.id, reason=kind.kind, other=others)  # type: ignore[arg-type]  # kinds are reasons
    themes = {ground.by_id[other].theme for other in chosen} | {one.theme}
    for rule in rules:
        if isinstance(rule, Follows) and rule.initiative == one.id and not themes.issuperset(rule.themes):
            yield LeftOut(code=one.id, reason="follows", other=tuple(t for t in rule.themes if t not in themes))
        if isinstance(rule, AtMost) and one.id in rule.members(ground) and rule.chosen(chosen, ground) >= rule.count:
            yield LeftOut(code=one.id, reason="at_most", other=(rule.theme,) if rule.theme else rule.of or ())


# --- By effect or by frame -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Try:
    """The plan with one more initiative from one year: what it adds, and where it overruns (worst first)."""

    start: int
    adds: float
    overruns: tuple["_Overrun", ...]


@dataclass(frozen=True, slots=True)
class _Overrun:
    resource: str
    year: int
    takes: Amount
    left: Amount
    whole: Amount

    @property
    def share(self) -> float:
        """Of the whole frame, how far it overruns."""
        return float(self.takes - self.left) / max(float(self.whole), 1.0)

    @property
    def even_alone(self) -> bool:
        return self.takes > self.whole


def _by_effect_or_frame(plan: Plan, one: Initiative) -> LeftOut:
    waits_for = [r for r in plan.problem.rules if not isinstance(r, NeedFloor)]
    ground = plan.problem.ground
    starts = [year for year in plan.problem.years if one.may_start(year)]
    in_order = [y for y in starts if all(r.holds({**plan.starts, one.id: y}, {}, ground) for r in waits_for)]
    if not in_order:
        late = (other for other, year in plan.starts.items() if year > starts[-1] and _needs(plan, one, other))
        return LeftOut(code=one.id, reason="too_late", other=tuple(late))
    tries = [_try(plan, one, year) for year in in_order]
    useful = [t for t in tries if t.adds > TOLERANCE * max(1.0, plan.value)]
    if not useful:
        return LeftOut(code=one.id, reason="no_effect")
    fitting = [t for t in useful if not t.overruns]
    if fitting:
        best = max(fitting, key=lambda t: t.adds)
        return LeftOut(code=one.id, reason="fits", start=best.start, adds=best.adds)
    never = all(any(overrun.even_alone for overrun in t.overruns) for t in useful)
    nearest = min(useful, key=lambda t: (t.overruns[0].share, t.start))
    spot = next(o for o in nearest.overruns if o.even_alone or not never)
    return LeftOut(
        code=one.id,
        reason="never_fits" if never else "no_room",
        start=nearest.start,
        resource=spot.resource,
        year=spot.year,
        takes=float(spot.takes),
        left=float(spot.whole if never else spot.left),
    )


def _needs(plan: Plan, one: Initiative, other: str) -> bool:
    """Whether it may have to wait for the other: as a prerequisite, or as one of a theme it follows."""
    theme = plan.problem.ground.by_id[other].theme
    return any(
        other in (getattr(rule, "of", None) or ()) or theme in getattr(rule, "themes", ())
        for rule in plan.problem.rules
        if getattr(rule, "initiative", None) == one.id
    )


def _try(plan: Plan, one: Initiative, start: int) -> _Try:
    with_it = Plan(plan.problem, {**plan.starts, one.id: start})
    # Only needs that it reaches can change: a tenth of them, as a rule.
    reached = (need for need in plan.problem.needs if need.id in one.effects)
    adds = fsum(plan.problem.worth(need) * (with_it.mean_closed(need.id) - plan.closed[need.id]) for need in reached)
    overruns = sorted(_overruns(plan, one, start), key=lambda o: (-o.share, o.year, o.resource))
    return _Try(start, adds, tuple(overruns))


def _overruns(plan: Plan, one: Initiative, start: int) -> Iterator[_Overrun]:
    """Where the initiative takes more than is left. whole: the frame less what runs already and cannot be chosen."""
    problem = plan.problem
    idle = Plan(problem, {})
    for resource in problem.resources:
        by_year = YearLimits(resource, problem.reserve).allowed()
        for year, allowed in zip(problem.years, by_year, strict=True):
            takes = one.use(resource.id, start, year)
            if allowed is not None and takes > allowed - plan.use(resource.id, year):
                spare = allowed - idle.use(resource.id, year)
                yield _Overrun(resource.id, year, takes, max(0, allowed - plan.use(resource.id, year)), spare)
        total = TotalLimit(resource, problem.reserve).allowed()
        if total is not None:
            takes = sum((one.use(resource.id, start, year) for year in problem.years), 0)
            left, spare = (total - sum(p.used[resource.id], 0) for p in (plan, idle))
            if takes > left:
                yield _Overrun(resource.id, problem.years[-1], takes, max(0, left), spare)


# --- Needs nobody meets ----------------------------------------------------------------------------------------------


def unreached(plan: Plan, levels: Mapping[str, str]) -> tuple[Unreached, ...]:
    """Statements of which the plan closes nothing, most points first. levels: initiative id -> who decides on it."""
    groups: dict[tuple[str, Reach], list[tuple[str, float]]] = {}
    for need in plan.problem.needs:
        if need.points <= 0 or plan.closed[need.id] > 0 or need.statement is None or need.segment is None:
            continue
        reaching = [one.id for one in plan.problem.initiatives if one.strength(need.id) > 0]
        ours = [one for one in reaching if levels.get(one, "kommune") == "kommune"]
        reason: Reach = "not_chosen" if ours else "others_decide" if reaching else "no_initiative"
        groups.setdefault((need.statement, reason), []).append((need.segment, need.points))
    rows = (
        Unreached(
            statement=statement,
            segments=tuple(segment for segment, _ in cells),
            reason=reason,
            points=sum(points for _, points in cells),
        )
        for (statement, reason), cells in groups.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.points, row.statement, row.reason)))
