"""What an initiative costs and when it works, by hand."""

from fractions import Fraction

import pytest

from planner.domain.initiatives import Initiative, exact, plain


def sports_hall() -> Initiative:
    return Initiative(
        id="T1",
        title="Hall",
        theme="moteplass",
        effects={"s06/unge": 0.3},
        start_cost={"staff": 3},
        yearly_cost={"operating": 150},
        profile={"investment": (5700, 5700), "operating": (0, 300)},
        delay=2,
        chance=0.9,
        earliest=2028,
        latest=2029,
    )


def test_use_is_once_then_yearly_and_profile_by_year_since_start() -> None:
    hall = sports_hall()
    years = range(2027, 2032)
    assert [hall.use("investment", 2028, year) for year in years] == [0, 5700, 5700, 0, 0]
    assert [hall.use("operating", 2028, year) for year in years] == [0, 150, 450, 150, 150]
    assert [hall.use("staff", 2028, year) for year in years] == [0, 3, 0, 0, 0]
    assert hall.use("unknown", 2028, 2028) == 0


def test_what_runs_already_has_spent_its_start_cost() -> None:
    assert sports_hall().use("staff", 2026, 2027) == 0
    assert sports_hall().use("operating", 2026, 2027) == 450


def test_window_delay_and_strength() -> None:
    hall = sports_hall()
    assert [hall.may_start(year) for year in (2027, 2028, 2029, 2030)] == [False, True, True, False]
    assert hall.works_from(2028) == 2030
    assert hall.strength("s06/unge") == pytest.approx(0.27)
    assert hall.strength("another") == 0
    assert not Initiative(id="T2", title="", theme="", started=2020).may_start(2027)


@pytest.mark.parametrize(
    ("number", "meant"),
    [(3.0, 3), (0.1, Fraction(1, 10)), (2**53 + 1, 2**53), (1e23, 10**23), (Fraction(4, 2), 2), (0.5, Fraction(1, 2))],
)
def test_a_number_means_its_shortest_decimal(number: float, meant: int | Fraction) -> None:
    assert exact(number) == meant
    assert isinstance(exact(number), type(meant))


def test_a_plain_number_is_whole_when_it_can_be() -> None:
    assert plain(exact(3.0)) == 3 and isinstance(plain(exact(3.0)), int)
    assert plain(exact(0.1)) == 0.1


@pytest.mark.parametrize(
    "fields",
    [
        {"id": ""},
        {"delay": -1},
        {"chance": 1.1},
        {"effects": {"a": -0.1}},
        {"start_cost": {"a": -1}},
        {"profile": {"a": (-1,)}},
    ],
)
def test_an_impossible_initiative_cannot_be_made(fields: dict) -> None:
    with pytest.raises(ValueError):
        Initiative(**{"id": "T1", "title": "", "theme": "", **fields})


def test_later_changes_to_the_given_dicts_do_not_reach_inside() -> None:
    effects = {"a": 0.1}
    initiative = Initiative(id="T1", title="", theme="", effects=effects)
    effects["a"] = 0.9
    assert initiative.effects["a"] == 0.1
    with pytest.raises(TypeError):
        initiative.effects["a"] = 0.9  # type: ignore[index]
