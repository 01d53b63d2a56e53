"""Gross, grants and own share by year, with the arithmetic in the expectation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.financing import evenly, money_by_year
from planner.domain.typed import Refused


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in refused.value.findings]


def test_only_tilsagn_reduces_the_own_share() -> None:
    applied, granted = (Grant(name="Bufdir", status=status, yearly_share=20) for status in ("søkt", "tilsagn"))
    before = money_by_year(Costs(yearly=Cost(1000), grants=(applied,)), 2030, 3)
    after = money_by_year(Costs(yearly=Cost(1000), grants=(granted,)), 2030, 3)
    assert before.net_operating == (1000, 1000, 1000)
    assert before.grants[0].operating == (200, 200, 200)
    assert not before.grants[0].counted
    assert after.net_operating == (800, 800, 800)
    assert after.gross_operating == (1000, 1000, 1000)
    counting_all = money_by_year(Costs(yearly=Cost(1000), grants=(applied,)), 2030, 3, frozenset({"søkt", "tilsagn"}))
    assert counting_all.net_operating == (800, 800, 800)


def test_a_grant_is_rounded_down_so_that_the_own_share_is_never_understated() -> None:
    # 33,33 % of 100 = 33,33, and of 7 = 2,33.
    grant = Grant(name="Fylket", status="tilsagn", one_time_share=33.33, yearly_share=33.33)
    account = money_by_year(Costs(one_time=Cost(100), yearly=Cost(7), grants=(grant,)), 2030, 2)
    assert account.net_operating == (100 - 33 + 7 - 2, 7 - 2)


def test_building_over_years_splits_cost_and_grant_alike() -> None:
    # 5000 over 3 years: 1667, 1667, 1666. 30 % = 1500: 500 a year.
    grant = Grant(name="Spillemidler", status="tilsagn", one_time_share=30)
    costs = Costs(one_time=Cost(5000), budget="investment", one_time_years=3, yearly=Cost(60), grants=(grant,))
    account = money_by_year(costs, 2030, 4)
    assert account.gross_investment == (1667, 1667, 1666, 0)
    assert account.net_investment == (1167, 1167, 1166, 0)
    assert account.net_operating == (60, 60, 60, 60)


def test_a_grant_for_three_years_makes_a_profile() -> None:
    grant = Grant(name="Fylket", status="tilsagn", yearly_share=25, years=3)
    account = money_by_year(Costs(yearly=Cost(850), grants=(grant,)), 2030, 5)
    # 25 % of 850 is 212,5: 212.
    assert account.net_operating == (638, 638, 638, 850, 850)
    assert account.yearly_own == 638


def test_a_last_year_counts_only_what_the_latest_start_would_get() -> None:
    grant = Grant(name="Staten", status="tilsagn", yearly_amount=100, last_year=2029)
    costs = Costs(yearly=Cost(300), grants=(grant,))
    assert money_by_year(costs, 2027, 5).net_operating == (200, 200, 200, 300, 300)
    assert money_by_year(costs, 2029, 5).net_operating == (200, 300, 300, 300, 300)
    assert money_by_year(costs, 2030, 5).net_operating == (300,) * 5


def test_further_amounts_by_year_and_the_budget_they_belong_to() -> None:
    costs = Costs(one_time=Cost(10), yearly=Cost(5), extra_investment=(5700, 5700), extra_operating=(0, 300, 600))
    account = money_by_year(costs, 2030, 4)
    assert account.net_investment == (5700, 5700, 0, 0)
    assert account.net_operating == (10 + 5, 5 + 300, 5 + 600, 5)


def test_a_loan_puts_instalments_and_interest_on_operating() -> None:
    # 1000 borrowed over 10 years at 4 %: 100 + 40, then 100 + 36, then 100 + 32.
    costs = Costs(one_time=Cost(1000), budget="investment", loan=Loan(share=100, interest=4, years=10))
    account = money_by_year(costs, 2030, 4)
    assert account.loan_cost == (0, 140, 136, 132)
    assert account.net_investment == (1000, 0, 0, 0)
    assert account.net_operating == (0, 140, 136, 132)
    # Half of it over 3 years at 5 %: 166,67 + 25 = 191,67; 166,67 + 16,67 = 183,33; 166,67 + 8,33 = 175; then nothing.
    half = Costs(one_time=Cost(1000), budget="investment", loan=Loan(share=50, interest=5, years=3))
    assert money_by_year(half, 2030, 5).loan_cost == (0, 192, 184, 175, 0)


def test_only_the_own_share_is_borrowed() -> None:
    grant = Grant(name="Spillemidler", status="tilsagn", one_time_share=50)
    costs = Costs(one_time=Cost(2000), budget="investment", grants=(grant,), loan=Loan(share=100, interest=4, years=10))
    assert money_by_year(costs, 2030, 2).loan_cost == (0, 140)


def test_wrong_costs_are_refused_with_all_their_findings() -> None:
    with pytest.raises(Refused) as grant:
        Grant(name="", status="kanskje", one_time_share=120, yearly_share=10, yearly_amount=10, years=0)  # type: ignore[arg-type]
    assert codes(grant) == [
        ("grant_without_name", "name"),
        ("candidate_unknown_choice", "status"),
        ("candidate_out_of_range", "one_time_share"),
        ("grant_share_and_amount", "yearly_share"),
        ("candidate_out_of_range", "years"),
    ]
    with pytest.raises(Refused) as costs:
        Costs(
            yearly=Cost(100),
            one_time_years=0,
            loan=Loan(),
            grants=(Grant(name="A", yearly_share=60), Grant(name="B", yearly_share=60)),
        )
    assert codes(costs) == [
        ("candidate_out_of_range", "one_time_years"),
        ("loan_without_investment", "loan"),
        ("grants_exceed_cost", "grants"),
    ]
    with pytest.raises(Refused) as negative:
        Cost(-5)
    assert codes(negative) == [("candidate_negative", "value")]


def test_nothing_is_lost_in_an_even_split() -> None:
    assert evenly(10, 3, 3) == (4, 3, 3)
    assert evenly(10, 3, 2) == (4, 3)
    assert evenly(10, 1, 3) == (10, 0, 0)


@given(
    one_time=st.integers(0, 20_000),
    yearly=st.integers(0, 3_000),
    years=st.integers(1, 6),
    shares=st.lists(
        st.tuples(st.integers(0, 33), st.integers(0, 33), st.one_of(st.none(), st.integers(1, 6))), max_size=3
    ),
    budget=st.sampled_from(["investment", "operating"]),
)
def test_net_is_gross_less_what_counts_in_every_year(one_time, yearly, years, shares, budget) -> None:  # type: ignore[no-untyped-def]
    grants = tuple(
        Grant(name="g", status="tilsagn", one_time_share=once, yearly_share=each, years=lasts)
        for once, each, lasts in shares
    )
    costs = Costs(one_time=Cost(one_time), budget=budget, one_time_years=years, yearly=Cost(yearly), grants=grants)
    account = money_by_year(costs, 2030, 7)
    assert sum(account.gross_investment + account.gross_operating) == one_time + 7 * yearly
    for year in range(7):
        given_investment = sum(line.investment[year] for line in account.grants)
        given_operating = sum(line.operating[year] for line in account.grants)
        assert account.net_investment[year] == account.gross_investment[year] - given_investment >= 0
        assert account.net_operating[year] == account.gross_operating[year] - given_operating >= account.yearly_own >= 0
