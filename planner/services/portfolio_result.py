"""What does the page tell of one plan? A solved problem, as sentences, rows and pictures ready to be set.

Every figure comes from the domain, every sentence from `wording`; here they only meet.
"""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from planner import notation
from planner.charts import portfolio as charts
from planner.domain.basis import LeftOut
from planner.domain.costs import CERTAIN
from planner.domain.left_out import left_out, stopper, unreached
from planner.domain.portfolio import Plan, Result
from planner.domain.report_money import built_later
from planner.domain.roadmap import Leg, Spot, legs, spots
from planner.domain.settings import UNITS
from planner.domain.statements import BLI_FACTORS
from planner.services.portfolio_accounts import accounts_view
from planner.services.portfolio_ground import Ground
from planner.services.portfolio_rows import Gap, NotNow, ResultView, Road, Start, Use
from planner.wording import portfolio as words
from planner.wording import statements as names
from planner.wording.rules import rule as rule_sentence

MOST_GAPS = 8  # the rest are small, and folded


def result_view(there: Ground, result: Result, gap: float) -> ResultView:
    """there: names and wishes as they are now. result: of the problem that was tried, with a plan."""
    assert result.plan is not None
    plan = result.plan
    chosen, reasons = legs(plan), left_out(plan)
    segments = names.segments(there.segments)
    gaps = _gaps(there, plan)
    resting = [c.code for c in there.candidates if "eksempelbank" in c.sources()]
    # True of every row it is said once, under the plan; on each row it would say nothing.
    said = set() if all(leg.id in resting for leg in chosen) else set(resting)
    return ResultView(
        answer=words.answer(chosen, plan.value, plan.problem.horizon, stopper(reasons)),
        proven=result.status == "optimal",
        status=words.status(result),
        examples=words.examples(len(resting), len(there.candidates)),
        how_sure=words.how_sure(result),
        ties=words.ties(gap == 0),
        rules=_rules(there, plan),
        warnings=tuple(
            words.factor_warning(names.factor(f)) for f in BLI_FACTORS if not any(leg.theme == f for leg in chosen)
        ),
        factor_pictures=_factor_pictures(plan, chosen),
        years=plan.problem.years,
        starts=_starts(there, plan, chosen, said),
        uses=_uses(plan, spots(plan)),
        accounts=accounts_view(plan, segments),
        value_by_year=tuple(notation.number(value, 1) for value in plan.value_by_year),
        after_year=plan.problem.years[-1] + 1,
        after=words.after(
            plan.problem.years[-1] + 1, {r: float(plan.after[r]) for r in UNITS}, _built_later(there, plan, chosen)
        ),
        not_now=_not_now(there, plan, reasons),
        gaps=gaps[:MOST_GAPS],
        smaller_gaps=gaps[MOST_GAPS:],
    )


def _built_later(there: Ground, plan: Plan, chosen: Sequence[Leg]) -> float:
    """Investment beyond the first year after the plan, of what is still on the list."""
    candidates = {one.code: one for one in there.candidates}
    by_id, years = plan.problem.ground.by_id, plan.problem.years
    known = [(candidates[leg.id], leg) for leg in chosen if leg.id in candidates]
    return float(sum(built_later(one, by_id[leg.id], leg.start, years, CERTAIN) for one, leg in known))


def _rules(there: Ground, plan: Plan) -> tuple[str, ...]:
    """Everything the plan had to keep beside the frame, as sentences; equal ones once."""
    titles = {one.id: f"{one.id} {one.title}" for one in plan.problem.initiatives}
    segments = names.segments(there.segments)
    said = (rule_sentence(one, titles.__getitem__, lambda id_: segments.get(id_, id_)) for one in plan.problem.rules)
    return tuple(dict.fromkeys(said))


def _factor_pictures(plan: Plan, chosen: Sequence[Leg]) -> tuple[Markup, Markup]:
    """Four bars, one a bli-faktor, in their own order; drawn for a wide and for a narrow page."""
    closed = plan.closed_by("factor")
    rows = []
    for factor in BLI_FACTORS:
        done, there = closed.get(factor, (0.0, 0.0))
        count = sum(leg.theme == factor for leg in chosen)
        share = done / there if there else 0.0
        rows.append(charts.Bar(names.factor(factor), share, words.factor_bar(share, count), warning=not count))
    desc = "; ".join(f"{row.label}: {row.value}" for row in rows)
    title = words.factor_picture()
    return charts.bars("factors-wide", title, desc, rows), charts.narrow_bars("factors-narrow", title, desc, rows)


def _starts(there: Ground, plan: Plan, chosen: Sequence[Leg], resting: set[str]) -> tuple[Start, ...]:
    first = plan.problem.years[0]
    groups = groupby(chosen, key=lambda leg: max(leg.start, first - 1))
    found = []
    for year, group in groups:
        roads = tuple(_road(there, plan, leg, leg.id in resting) for leg in group)
        found.append(Start(year, words.starting(year, year < first, len(roads)), roads))
    return tuple(found)


def _road(there: Ground, plan: Plan, leg: Leg, example: bool) -> Road:
    years = plan.problem.years
    steps = tuple(
        "before" if year < leg.start else "preparing" if year < leg.works_from else "working" for year in years
    )
    return Road(
        code=leg.id,
        title=leg.title,
        theme=names.factor(leg.theme),
        steps=steps,
        bar=words.bar(leg, years[-1]),
        money=notation.number(leg.money),
        staff=notation.compact(leg.staff),
        adds=notation.NOTHING if leg.adds is None else notation.number(leg.adds, 2),
        choice=there.settings.wish(leg.id).choice,
        running=leg.running,
        example=example,
    )


def _uses(plan: Plan, use: Sequence[Spot]) -> tuple[Use, ...]:
    rows = []
    for resource in UNITS:
        mine = [spot for spot in use if spot.resource == resource]
        shown = [_used(spot) for spot in mine]
        columns = [
            charts.Column(
                str(spot.year),
                spot.share,
                notation.number(spot.used) if spot.share is None else notation.percent(spot.share),
                full=spot.share is not None and spot.share >= words.NEARLY_FULL,
            )
            for spot in mine
        ]
        desc = "; ".join(f"{spot.year}: {text}" for spot, text in zip(mine, shown, strict=True))
        title = words.use_title(resource, mine)
        picture = charts.columns(f"use-{resource}", title, desc, columns)
        after = notation.compact(plan.after[resource])
        rows.append(Use(words.resource(resource), words.unit(resource), picture, tuple(shown), after))
    return tuple(rows)


def _used(spot: Spot) -> str:
    if spot.allowed is None:
        return words.used_without_limit(notation.compact(spot.used))
    return words.used_of(notation.compact(spot.used), notation.compact(spot.allowed))


def _not_now(there: Ground, plan: Plan, reasons: Sequence[LeftOut]) -> tuple[NotNow, ...]:
    """That other initiatives give more is said once, over them all, and only of a proven plan."""
    titles = {one.id: one.title for one in plan.problem.initiatives}
    return tuple(
        NotNow(
            one.code,
            titles[one.code],
            words.reason_kind(one),
            words.reason(one, titles, proven=False),
            there.settings.wish(one.code).choice,
        )
        for one in reasons
    )


def _gaps(there: Ground, plan: Plan) -> tuple[Gap, ...]:
    statements = {one.id: one for one in there.statements}
    segments = names.segments(there.segments)
    levels = {candidate.code: candidate.level for candidate in there.candidates}
    return tuple(
        Gap(
            names.statement(statements[one.statement]) if one.statement in statements else one.statement,
            words.in_segments([segments.get(s, s) for s in one.segments], len(segments)),
            words.not_reached(one),
            notation.number(one.points, 1),
        )
        for one in unreached(plan, levels)
    )
