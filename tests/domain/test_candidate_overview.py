"""What a list comes to before anything is chosen."""

from planner.domain.candidate_overview import in_code_order, overview, own_share, strongest
from planner.domain.candidates import Candidate, Effect, Staff
from planner.domain.costs import Cost, Costs, Grant, Loan

YEARS = (2027, 2028, 2029, 2030)
PARK = Candidate(
    code="T10",
    title="Park",
    theme="Møteplass",
    effects=(Effect("s01", 5), Effect("s02", 30), Effect("s03", 0), Effect("s04", 15), Effect("s05", 5)),
    targets=("unge",),
    responsible="Kultur",
    costs=Costs(
        one_time=Cost(3000),
        budget="investment",
        one_time_years=3,
        yearly=Cost(100),
        extra_investment=(50,),
        grants=(
            Grant(name="A", status="tilsagn", one_time_share=30, yearly_share=10),
            Grant(name="B", status="søkt", one_time_share=50),
        ),
        loan=Loan(share=100),
    ),
    staff_start=Staff(3),
)
EMPTY = Candidate(code="T2", title="Noe", theme="Annet")


def test_own_share_leaves_out_what_is_only_applied_for() -> None:
    share = own_share(PARK, YEARS)
    # 3000 + 50 less 900; 100 less 10.
    assert (share.once_gross, share.once, share.yearly_gross, share.yearly) == (3050, 2150, 100, 90)


def test_a_grant_that_ends_while_building_covers_only_its_years() -> None:
    grant = Grant(name="A", status="tilsagn", one_time_share=30, last_year=2029)
    costs = Costs(one_time=Cost(3000), budget="investment", one_time_years=3, grants=(grant,))
    # It may start as late as 2028, so 2028 and 2029 of three years are certain: 2 × 300.
    assert own_share(Candidate(code="T1", title="a", theme="b", latest=2028, costs=costs), YEARS).once == 2400


def test_the_whole_list() -> None:
    whole = overview((PARK, EMPTY), YEARS)
    assert (whole.count, whole.once, whole.yearly, whole.staff_start, whole.staff_yearly) == (2, 2150, 90, 3, 0)
    assert dict(whole.lacking) == {"cost": 1, "effect": 1, "targets": 1, "responsible": 1}


def test_the_strongest_effects_first_and_none_of_nothing() -> None:
    shown, more = strongest(PARK, 3)
    assert ([effect.statement for effect in shown], more) == (["s02", "s04", "s01"], 1)


def test_codes_in_the_order_people_count() -> None:
    assert [candidate.code for candidate in in_code_order((PARK, EMPTY))] == ["T2", "T10"]


def test_a_statement_with_an_effect_for_one_group_alone_is_told_once() -> None:
    one = Candidate(
        code="T1",
        title="Et",
        theme="bolig",
        effects=(Effect("s01", 5), Effect("s02", 10), Effect("s01", 30, segment="unge")),
    )
    effects, more = strongest(one, 3)
    assert [(e.statement, e.percent) for e in effects] == [("s01", 30), ("s02", 10)] and not more
