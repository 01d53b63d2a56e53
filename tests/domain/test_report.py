"""The tables of the paper, against sums made by hand (the case is spelt out at the top of report_case)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.candidate_initiatives import to_initiative
from planner.domain.candidates import Candidate
from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.report import InitiativeRow, Report
from planner.domain.report_money import ByYear, budget_rows, budget_total, built_later, on_calendar
from tests.report_case import BASIS, A, make_report

YEARS = (2027, 2028, 2029, 2030)


@pytest.fixture(scope="module")
def paper() -> Report:
    return make_report()


def row(paper: Report, code: str) -> InitiativeRow:
    return next(row for row in paper.initiatives if row.candidate.code == code)


def test_gross_grant_and_own_share_of_a_running_cost(paper: Report) -> None:
    # 25 % of 400 for two years is 100 and 100.
    operating = row(paper, "A").budget("operating")
    assert operating is not None and row(paper, "A").budget("investment") is None
    assert operating.gross == ByYear((400, 400, 400, 400), 400)
    assert [grant.amounts for grant in operating.grants] == [ByYear((100, 100, 0, 0), 0)]
    assert operating.income == ByYear((100, 100, 0, 0), 0)
    assert operating.net == ByYear((300, 300, 400, 400), 400)


def test_a_building_is_moved_to_its_years_and_its_loan_to_operating(paper: Report) -> None:
    investment, operating = (row(paper, "B").budget(name) for name in ("investment", "operating"))
    assert investment is not None and operating is not None
    assert investment.gross == investment.net == ByYear((0, 1500, 1500, 0), 0)
    # Applied for, 30 % of 3000, so it is told and not counted.
    assert [(grant.counted, grant.amounts) for grant in investment.grants] == [(False, ByYear((0, 450, 450, 0), 0))]
    # 1500 over 30 years at 5 %: 50 + 75, then 50 + 72,5, then 50 + 70; the second 1500 a year later; rounded up.
    assert operating.loan == ByYear((0, 0, 125, 248), 243)
    assert operating.net == ByYear((0, 120, 245, 368), 363)


def test_totals_are_the_sums_of_the_rows(paper: Report) -> None:
    operating, investment = paper.total("operating"), paper.total("investment")
    assert operating.gross == ByYear((400, 520, 645, 768), 763)
    assert operating.income == ByYear((100, 100, 0, 0), 0)
    assert operating.net == ByYear((300, 420, 645, 768), 763)
    assert operating.net.total == 300 + 420 + 645 + 768
    assert investment.gross.total == 3000
    assert dict(investment.grants) == {"søkt": ByYear((0, 450, 450, 0), 0)}
    assert operating.loan.total == 125 + 248
    assert paper.staff == ByYear((3, 3, 1, 1), 1)


def test_used_against_the_frame_with_what_is_freed_and_what_is_held_back(paper: Report) -> None:
    operating, staff = paper.frame("operating"), paper.frame("staff")
    # 500 … 800 and 100 freed each year; a tenth is held back.
    assert operating.limit == (600, 700, 800, 900)
    assert operating.freed == (100, 100, 100, 100)
    assert operating.held_back == (60, 70, 80, 90)
    assert operating.used == ByYear((300, 420, 645, 768), 763)
    assert operating.left == (600 - 60 - 300, 700 - 70 - 420, 800 - 80 - 645, 900 - 90 - 768)
    assert staff.limit == (4, 4, None, 4)
    assert staff.left == (Fraction(3, 5), Fraction(3, 5), None, Fraction(13, 5))
    assert paper.frame("investment").left == (1800, 300, 300, 0)


def test_points_by_need_group_and_year(paper: Report) -> None:
    # 30 % of 40 points, and 10 % of 40 points in two years of four.
    assert {need.line.statement: need.closed for need in paper.needs} == pytest.approx({"s01": 12, "s02": 2, "s03": 0})
    assert {group.group: (group.closed, group.points) for group in paper.factors} == {
        "bolig": pytest.approx((12, 40)),
        "sosialt_miljo": pytest.approx((2, 40)),
        "arbeid": pytest.approx((0, 20)),
    }
    assert [group.group for group in paper.segments] == ["unge", "voksne"]
    assert paper.segments[0].share == pytest.approx((6 + 1.5) / 60)
    assert paper.answer.value == pytest.approx(14)
    assert paper.answer.value_by_year == pytest.approx((12, 12, 16, 16))
    assert paper.answer.proven and paper.answer.solver == "HiGHS 1.15.1"


@pytest.mark.parametrize(
    ("status", "gap", "proven"),
    [("optimal", 0.0, True), ("optimal", 0.0009, False), ("optimal", None, False), ("best_found", 0.0, False)],
)
def test_only_a_plan_that_nothing_can_beat_is_proven(status: str, gap: float | None, proven: bool) -> None:
    assert make_report(status=status, gap=gap).answer.proven is proven


def test_each_initiative_says_when_it_works_what_it_closes_and_what_it_rests_on(paper: Report) -> None:
    assert [(one.candidate.code, one.start, one.works_from) for one in paper.initiatives] == [
        ("A", 2027, 2027),
        ("B", 2028, 2029),
    ]
    assert row(paper, "A").closest == ("s01",)
    assert [one.adds for one in paper.initiatives] == pytest.approx([12, 2])
    assert paper.examples == ("A",)
    assert paper.starting(2028) == (row(paper, "B"),) and paper.running == ()
    assert paper.after == 2031


def test_sums_that_agree_with_the_answer_leave_no_finding(paper: Report) -> None:
    assert paper.findings == ()


def test_a_stored_sum_that_differs_is_found() -> None:
    used = {"investment": [0, 1500, 1500, 0], "operating": [300, 420, 645, 769], "staff": [3, 3, 1, 1]}
    found = make_report(used=used).findings
    assert [(finding.code, finding.where) for finding in found] == [("report_sum_differs", "operating")]
    assert [finding.code for finding in make_report(value=15.0).findings] == ["report_value_differs"]


def test_a_candidate_that_was_changed_after_the_plan_is_found() -> None:
    from planner.domain.report import report
    from tests.report_case import problem, result

    asked = problem()
    dearer = replace(A, costs=replace(A.costs, yearly=Cost(401)))
    found = report(asked, result(asked), replace(BASIS, candidates=(dearer, *BASIS.candidates[1:]))).findings
    assert [(one.code, one.where, one.details["resource"]) for one in found] == [
        ("report_initiative_differs", "A", "operating")
    ]


def test_what_ran_before_the_plan_is_told_from_its_own_start() -> None:
    running = replace(A, started=2025)
    initiative = to_initiative(running, YEARS, ())
    (operating,) = budget_rows(running, initiative, 2025, YEARS, frozenset({"tilsagn"}))
    assert operating.net == ByYear((400, 400, 400, 400), 400)  # Husbanken paid in 2025 and 2026
    assert on_calendar((5, 6, 7), 2025, YEARS) == ByYear((7, 0, 0, 0), 0)


@pytest.mark.parametrize(
    ("start", "after", "later"), [(2030, 2000, 8000), (2028, 2000, 4000), (2026, 2000, 0), (2025, 0, 0)]
)
def test_what_is_built_long_after_the_plan_is_not_lost(start: int, after: int, later: int) -> None:
    # Twelve million over six years; the plan ends in 2030 and sees one year more.
    building = Costs(one_time=Cost(12000), one_time_years=6, budget="investment")
    homes = replace(A, costs=building, started=start if start < YEARS[0] else None)
    initiative = to_initiative(homes, YEARS, ())
    (investment,) = budget_rows(homes, initiative, start, YEARS, frozenset({"tilsagn"}))
    assert investment.net.after == after
    assert built_later(homes, initiative, start, YEARS, frozenset({"tilsagn"})) == later


def test_no_rows_make_a_total_of_zeros() -> None:
    nothing = budget_total("operating", (), YEARS)
    assert nothing.net == ByYear((0, 0, 0, 0), 0) and not nothing.net and nothing.grants == {}


@given(
    once=st.integers(0, 9000),
    yearly=st.integers(0, 900),
    spread=st.integers(1, 4),
    share=st.integers(0, 100),
    start=st.sampled_from(YEARS),
    borrowed=st.booleans(),
)
def test_net_is_always_what_was_computed_with(
    once: int, yearly: int, spread: int, share: int, start: int, borrowed: bool
) -> None:
    """Gross less counted grants, moved to the calendar, is the use the problem counts, in every year and after."""
    candidate = Candidate(
        code="X",
        title="X",
        theme="x",
        costs=Costs(
            one_time=Cost(once),
            budget="investment",
            one_time_years=spread,
            yearly=Cost(yearly),
            grants=(Grant(name="G", status="tilsagn", one_time_share=share, yearly_share=share, last_year=2029),),
            loan=Loan() if borrowed else None,
        ),
    )
    initiative = to_initiative(candidate, YEARS, ())
    rows = {row.budget: row for row in budget_rows(candidate, initiative, start, YEARS, frozenset({"tilsagn"}))}
    for budget in ("investment", "operating"):
        told = (*rows[budget].net.years, rows[budget].net.after) if budget in rows else (0,) * 5
        assert told == tuple(initiative.use(budget, start, year) for year in (*YEARS, 2031))
