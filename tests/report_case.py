"""A kept plan small enough to reckon by hand: two initiatives chosen of four, four years, two segments.

A  Boligveileder: 400 a year, of which Husbanken (tilsagn) pays 25 % for two years; 2 months to start, 1 a year.
   Meets 30 % of s01 (40 points) from 2027 on: 12 points.
B  Møteplass: 3000 over two years from 2028, borrowed at 5 % over 30 years; Spillemidler (søkt, so not counted) 30 %;
   120 a year; 2 months to start. Meets 20 % of s02 (40 points) with a chance of 50 %, from 2029 on: 4 points in two
   years of four, 2 in the mean.
C does not fit, D shall not be in, and s03 is reached by neither A nor B.
"""

import json
from dataclasses import replace
from typing import Any

from planner.domain.basis import Basis, LeftOut, NeedLine, SegmentFacts, SurveyFacts, Unreached, WeightFacts
from planner.domain.candidates import Candidate, Effect, Partner, Staff
from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.freed import Freed
from planner.domain.needs import Need
from planner.domain.portfolio import Plan, Result
from planner.domain.problem import Problem
from planner.domain.problem_file import problem_sha256
from planner.domain.question import pose
from planner.domain.report import Report, report
from planner.domain.settings import PortfolioSettings, Wish
from planner.domain.statements import Statement

STATEMENTS = (
    Statement("s01", "Å finne en egnet bolig", "bolig"),
    Statement("s02", "Steder å møtes", "sosialt_miljo"),
    Statement("s03", "Jobbmuligheter", "arbeid"),
)
NEEDS = tuple(
    Need(statement, segment, factor, percent, points)
    for statement, segment, factor, percent, points in (
        ("s01", "unge", "bolig", 40, 20.0),
        ("s01", "voksne", "bolig", 40, 20.0),
        ("s02", "unge", "sosialt_miljo", 60, 30.0),
        ("s02", "voksne", "sosialt_miljo", 20, 10.0),
        ("s03", "unge", "arbeid", 20, 10.0),
        ("s03", "voksne", "arbeid", 20, 10.0),
    )
)
BOTH = ("unge", "voksne")

A = Candidate(
    code="A",
    title="Boligveileder",
    theme="Bolig",
    factor="bolig",
    responsible="Plan og teknisk",
    targets=BOTH,
    effects=(Effect("s01", 30, "verksted"),),
    chance=100,
    costs=Costs(
        yearly=Cost(400, "eksempelbank"),
        grants=(Grant(name="Husbanken", status="tilsagn", yearly_share=25, years=2),),
    ),
    staff_start=Staff(2),
    staff_yearly=Staff(1),
)
B = Candidate(
    code="B",
    title="Møteplass på torget",
    theme="Møteplass",
    factor="sosialt_miljo",
    partners=(Partner("Velforeningen"),),
    targets=BOTH,
    effects=(Effect("s02", 20),),
    chance=50,
    delay=1,
    costs=Costs(
        one_time=Cost(3000),
        budget="investment",
        one_time_years=2,
        yearly=Cost(120),
        grants=(Grant(name="Spillemidler", status="søkt", one_time_share=30),),
        loan=Loan(share=100, interest=5, years=30),
    ),
    staff_start=Staff(2),
)
C = Candidate(code="C", title="Ungdomsklubb", theme="Møteplass", targets=BOTH, effects=(Effect("s02", 15),))
D = Candidate(code="D", title="Jobbmesse", theme="Arbeid", factor="arbeid", targets=BOTH, effects=(Effect("s03", 5),))
FREED = Freed(
    code="F1",
    title="Trykt informasjonsblad",
    affected="De som ikke er på nett, må hente bladet på biblioteket",
    operating=Cost(100),
    first_year=2027,
)
SETTINGS = PortfolioSettings(
    years=(2027, 2028, 2029, 2030),
    limits={
        "investment": (2000, 2000, 2000, 0),
        "operating": (500, 600, 700, 800),
        "staff": (4, 4, None, 4),
    },
    reserve=0.1,
    wishes={"D": Wish("must_not")},
    follows=False,
)
STARTS = {"A": 2027, "B": 2028}


def line(statement: str, factor: str, percent: int, points: float, certainty: str = "clearly") -> NeedLine:
    return NeedLine(
        statement=statement,
        factor=factor,
        n=200,
        percent=percent,
        low=percent - 6,
        high=percent + 6,
        classic=1.5,
        importance=5.5,
        likelihood=4.0,
        certainty=certainty,
        points=points,
        by_segment=(("unge", percent + 10, "own"), ("voksne", percent - 10, "own")),
    )


BASIS = Basis(
    municipality="Prøvevik kommune",
    plan_name="Bolyst i Prøvevik",
    is_sample=False,
    statements=STATEMENTS,
    segments=(
        SegmentFacts(id="unge", name="Unge", respondents=80, share=0.4, few=False),
        SegmentFacts(id="voksne", name="Voksne", respondents=120, share=0.6, few=False),
    ),
    survey=SurveyFacts(rows_in=212, rows_used=200, set_aside=(("row_blank", 12),), weighting="none"),
    needs=(
        line("s01", "bolig", 40, 40.0),
        line("s02", "sosialt_miljo", 40, 40.0),
        line("s03", "arbeid", 20, 20.0, "possibly"),
    ),
    candidates=(A, B, C, D),
    freed=(FREED,),
    settings=SETTINGS,
    left_out=(
        LeftOut(code="C", reason="no_room", start=2027, resource="operating", year=2028, takes=300, left=210),
        LeftOut(code="D", reason="must_not"),
    ),
    weights=WeightFacts(segments="own", factors="own", own=(("bolig", 2.0), ("arbeid", 0.5))),
    unreached=(Unreached(statement="s03", segments=BOTH, reason="not_chosen", points=20.0),),
)


def problem(basis: Basis = BASIS) -> Problem:
    return pose("Bolyst i Prøvevik 2027–2030", NEEDS, basis.candidates, basis.freed, basis.settings)


def result(asked: Problem, **changes: Any) -> dict[str, Any]:
    """The answer as a file holds it, proven; by hand, without any solver."""
    plan = Plan(asked, STARTS)
    answer = Result("optimal", plan, plan.value, (), problem_sha256(asked), "planner 0.1.0", ("HiGHS", "1.15.1"), 0.4)
    stored: dict[str, Any] = json.loads(json.dumps(answer.as_json()))
    return {**stored, **changes}


def make_report(basis: Basis = BASIS, **changes: Any) -> Report:
    asked = problem(basis)
    return report(asked, result(asked, **changes), basis)


def with_text(text: str) -> Basis:
    """The same plan with one text in every field that a person writes."""
    a = replace(
        A, title=text, theme=text, responsible=text, deadline=text, idea=text, partners=(Partner(text),),
        costs=replace(A.costs, grants=(replace(A.costs.grants[0], name=text),)),
    )  # fmt: skip
    others = tuple(replace(one, title=text, theme=text) for one in (B, C, D))
    return replace(
        BASIS,
        municipality=text,
        plan_name=text,
        statements=tuple(replace(one, text=text) for one in STATEMENTS),
        segments=tuple(replace(one, name=text) for one in BASIS.segments),
        candidates=(a, *others),
        freed=(replace(FREED, title=text, affected=text),),
    )
