"""Each rule says the same in rows as it does when it looks at a finished plan; and the rows stand in a golden LP."""

from itertools import product
from pathlib import Path

import pytest

from planner.domain.initiatives import Initiative
from planner.domain.limits import Resource, TotalLimit, Window, YearLimits
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.rules import Follows, Must, MustNot, RequiresAll, RequiresAny, Row, Rule, Starts
from planner.domain.rules_groups import AtLeast, AtMost, Excludes, NeedFloor, Together

GOLDEN = Path(__file__).parent.parent / "golden"
YEARS = (2027, 2028)
MONEY = Resource("operating", "1000 kr", (900, 700), 1500)

CASES: dict[str, Rule] = {
    "limits": YearLimits(MONEY),
    "total_limit": TotalLimit(MONEY),
    "windows": Window("A"),
    "must": Must("A"),
    "must_in_year": Must("A", 2028),
    "must_outside": Must("A", 2031),
    "must_running": Must("R", 2027),
    "must_not": MustNot("A"),
    "must_not_running": MustNot("R"),
    "requires_all": RequiresAll("A", ("B", "C")),
    "requires_all_running": RequiresAll("A", ("B", "R")),
    "requires_any": RequiresAny("A", ("B", "C")),
    "requires_any_running": RequiresAny("A", ("B", "R")),
    "requires_itself": RequiresAny("A", ("A",)),
    "follows": Follows("C", ("bolig", "arbeid")),
    "follows_itself": Follows("A", ("bolig",)),
    "follows_nobody": Follows("A", ("natur",)),
    "excludes": Excludes(("A", "B")),
    "excludes_running": Excludes(("A", "R")),
    "together": Together(("A", "B", "C")),
    "together_running": Together(("A", "R")),
    "at_least": AtLeast(2, of=("A", "B", "R")),
    "at_least_theme": AtLeast(1, theme="bolig"),
    "at_most": AtMost(1, of=("A", "B", "C")),
    "at_most_theme": AtMost(1, theme="bolig"),
}


def problem(*rules: Rule, reserve: float = 0, limits: bool = True) -> Problem:
    """Three initiatives that can be started and one that runs."""
    initiatives = (
        Initiative(id="A", title="", theme="bolig", effects={"n": 0.5}, start_cost={"operating": 400}, latest=2027),
        Initiative(
            id="B", title="", theme="arbeid", effects={"n": 0.2, "m": 0.4}, yearly_cost={"operating": 300}, delay=1
        ),
        Initiative(id="C", title="", theme="oppvekst", effects={"m": 0.3}, profile={"operating": (500, 0.5)}),
        Initiative(id="R", title="", theme="bolig", effects={"m": 0.1}, yearly_cost={"operating": 50}, started=2025),
    )
    needs = (Need("m", 30, segment="unge"), Need("n", 70, segment="voksne", factor="bolig"))
    money = MONEY if limits else Resource("operating", "1000 kr", (None, None))
    return Problem("t", YEARS, needs, (money,), initiatives, rules, reserve=reserve)


def plans() -> list[Starts]:
    choices = product((None, *YEARS), repeat=3)
    return [{one: y for one, y in zip("ABC", years, strict=True) if y} | {"R": 2025} for years in choices]


def kept(row: Row, starts: Starts) -> bool:
    total = sum(amount for (one, year), amount in row.terms.items() if starts.get(one, 9999) <= year)
    return {"<=": total <= row.limit, ">=": total >= row.limit, "==": total == row.limit}[row.sense]


@pytest.mark.parametrize("name", CASES)
def test_rows_and_eyes_agree_on_every_plan(name: str) -> None:
    rule = CASES[name]
    ground = problem().ground
    rows = list(rule.rows(ground))
    answers = [rule.holds(starts, {}, ground) for starts in plans()]
    assert [all(kept(row, starts) for row in rows) for starts in plans()] == answers
    only = {
        "must_running",
        "requires_any_running",
        "must_not_running",
        "requires_itself",
        "follows_itself",
        "at_least_theme",
    }
    none = {"must_outside"}
    # Every rule of this list that can be broken is broken by some plan, and kept by some.
    assert any(answers) is (name not in none)
    assert all(answers) is (name in only)


def test_reserve_holds_back_a_share_of_every_limit_exactly() -> None:
    ground = problem().ground
    assert YearLimits(MONEY, problem(reserve=0.1).reserve).allowed() == (810, 630)
    starts = {"B": 2027, "C": 2027, "R": 2025}
    assert YearLimits(MONEY).holds(starts, {}, ground)
    assert not YearLimits(MONEY, problem(reserve=0.1).reserve).holds(starts, {}, ground)
    assert TotalLimit(MONEY, problem(reserve=0.1).reserve).allowed() == 1350


def test_half_a_thousand_kroner_over_is_over() -> None:
    tight = Resource("operating", "1000 kr", (850, 350), None)
    ground = problem().ground
    assert not YearLimits(tight).holds({"B": 2027, "C": 2027, "R": 2025}, {}, ground)


@pytest.mark.parametrize(
    ("floor", "lowest"),
    [
        (NeedFloor(0.4, segment="voksne"), 28.0),
        (NeedFloor(0.4, factor="bolig"), 28.0),
        (NeedFloor(0.2, of=("m", "n")), 20.0),
    ],
)
def test_a_floor_is_about_points_truly_closed(floor: NeedFloor, lowest: float) -> None:
    whole = problem(limits=False)
    (row,) = floor.rows(whole.ground)
    assert row.limit == pytest.approx(lowest) and row.limit < lowest and not row.terms
    for starts in plans():
        plan = Plan(whole, starts)
        reached = sum(row.needs.get(need, 0) * closed for need, closed in plan.closed.items())
        assert floor.holds(plan.starts, plan.closed, whole.ground) == (reached >= row.limit)


def test_the_order_of_ids_in_a_rule_means_nothing() -> None:
    assert Together(("B", "A")) == Together(("A", "B"))
    assert Follows("A", ("b", "a")).as_json() == {"kind": "follows", "initiative": "A", "themes": ["a", "b"]}
    assert Must("A").as_json() == {"kind": "must", "initiative": "A"}
    assert AtLeast(1, theme="bolig").as_json() == {"kind": "at_least", "count": 1, "theme": "bolig"}


def test_a_count_and_a_floor_select_by_one_thing() -> None:
    with pytest.raises(ValueError):
        AtLeast(1)
    with pytest.raises(ValueError):
        AtMost(1, theme="a", of=("A",))
    with pytest.raises(ValueError):
        NeedFloor(0.1, segment="a", factor="b")


GOLDEN_RULES: dict[str, tuple[Rule, ...]] = {
    kind: (rule,)
    for kind, rule in CASES.items()
    if kind
    in {"must", "must_not", "requires_all", "requires_any", "follows", "excludes", "together", "at_least", "at_most"}
} | {"need_floor": (NeedFloor(0.4, segment="voksne"),), "limits": (), "windows": ()}


@pytest.mark.parametrize("kind", [*GOLDEN_RULES, "total_limit"])
def test_golden_lp(kind: str, tmp_path: Path) -> None:
    """What the solver is given for each kind of rule. To renew: delete the file, run, and read what is new."""
    from planner.domain.solver import model

    whole = problem(*GOLDEN_RULES.get(kind, ()), limits=kind in ("limits", "total_limit"))
    written = tmp_path / f"{kind}.lp"
    model(whole).writeLP(str(written))
    golden = GOLDEN / f"{kind}.lp"
    if not golden.exists():
        golden.write_text(written.read_text(encoding="utf-8"), encoding="utf-8")
        pytest.fail(f"{golden.name} was not there; it has been written: read it, then run again")
    assert written.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")
