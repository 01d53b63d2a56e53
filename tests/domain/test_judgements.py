"""All plans that can be best, against every plan there is; what is asked first; where it stops."""

import numpy as np
import pytest

from planner.domain import frontier
from planner.domain.frontier import Sought
from planner.domain.judgements import Judgements, judgements
from planner.domain.problem_file import parse
from tests.domain import judged
from tests.domain.brute_force import BruteForce
from tests.domain.random_problems import random_problem


def answer(facts: dict, **options: object) -> Judgements:
    problem = parse(facts).problem
    assert problem is not None
    return judgements(problem, **options)  # type: ignore[arg-type]


def as_set(found: Judgements) -> judged.Judged:
    plans = {tuple(plan.starts.items()) for plan in found.plans}
    assert len(plans) == len(found.plans)
    return plans


def counted(facts: dict) -> tuple[int, int]:
    """(plans, initiatives that some of them hold and some do not), by counting."""
    sets = [{one for one, _ in plan} for plan in judged.non_dominated(facts)]
    return len(sets), len(set().union(*sets)) - len(set.intersection(*sets))


@pytest.mark.parametrize("start", range(0, 400, 20))
def test_the_whole_set_on_small_problems_of_every_kind(start: int) -> None:
    for seed in range(start, start + 20):
        facts = judged.weighted(seed, 2 + seed % 4, 1 + seed % 3)
        found = answer(facts)
        if not len(judged.corners(facts["weights"])):
            assert [finding.code for finding in found.findings] == ["weights_contradict"] and not found.complete
            continue
        truth = judged.non_dominated(facts)
        assert found.complete and as_set(found) == truth, seed
        running = {one["id"] for one in facts["initiatives"] if "started" in one}
        if truth:
            assert found.core_index == {
                one["id"]: pytest.approx(np.mean([one["id"] in dict(plan) for plan in truth]))
                for one in facts["initiatives"]
            }
            assert all(found.core_index[one] == 1 for one in running)
        else:
            assert found.core_index is None and found.question is None


@pytest.mark.parametrize("seed", range(24))
def test_the_whole_set_of_twelve_initiatives(seed: int) -> None:
    facts = judged.twelve(seed)
    truth = judged.non_dominated(facts)
    found = answer(facts)
    assert found.complete and as_set(found) == truth
    assert len(truth) > 1


@pytest.mark.parametrize("start", range(400, 440, 10))
def test_the_whole_set_by_zones(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # By zones at once; or counted when few, and given up when that takes too many after all.
    for seed in range(start, start + 10):
        monkeypatch.setattr(frontier, "MOST_COUNTED", (1, 60)[seed % 2])
        monkeypatch.setattr(frontier, "MOST_AT_ONCE", (1, 20)[seed % 2])
        facts = judged.weighted(seed, 2 + seed % 4, 1 + seed % 3)
        if len(judged.corners(facts["weights"])):
            found = answer(facts)
            assert found.complete and as_set(found) == judged.non_dominated(facts), seed
    monkeypatch.setattr(frontier, "MOST_COUNTED", 2000)
    monkeypatch.setattr(frontier, "MOST_AT_ONCE", 200)
    facts = judged.twelve(start // 10)
    found = answer(facts)
    assert found.complete and as_set(found) == judged.non_dominated(facts)


@pytest.mark.parametrize("seed", range(40))
def test_the_question_leaves_what_it_says_and_no_other_leaves_less(seed: int) -> None:
    facts = judged.weighted(seed, 5, 2)
    found = answer(facts)
    if not found.plans:
        return
    weights, groups = facts["weights"], sorted(facts["weights"]["nominal"])
    corners = judged.corners(weights)
    left = {}
    for a, one in enumerate(groups):
        for b, other in enumerate(groups):
            apart = corners[:, a] - corners[:, b]
            if a < b and apart.min() < -1e-9 and apart.max() > 1e-9:
                left[one, other] = [
                    counted({**facts, "weights": {**weights, "at_least": [*weights["at_least"], pair]}})
                    for pair in ([one, other], [other, one])
                ]
    now = counted(facts)
    telling = {pair: answers for pair, answers in left.items() if answers != [now, now]}
    if not telling:
        assert found.question is None
        return
    assert found.question is not None
    asked = [(half.plans, half.unsettled) for half in (found.question.if_yes, found.question.if_no)]
    assert asked == telling[found.question.one, found.question.other]
    worst = {pair: (max(u for _, u in answers), max(p for p, _ in answers)) for pair, answers in telling.items()}
    assert worst[found.question.one, found.question.other] == min(worst.values())


def three(**changes: object) -> dict:
    """A closes 10 for the young, B 10 for the old, C 4 for both; there is money for one."""
    needs = [{"id": "n", "points": 20, "segment": "young"}, {"id": "m", "points": 20, "segment": "old"}]
    effects = {"A": {"n": 0.5}, "B": {"m": 0.5}, "C": {"n": 0.2, "m": 0.2}}
    facts: dict = {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "needs": needs},
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [1]}],
        "initiatives": [
            {"id": one, "title": "", "theme": "", "start_cost": {"operating": 1}, "effects": effects[one]}
            for one in effects
        ],
        "weights": {"by": "segment", "nominal": {"young": 0.5, "old": 0.5}},
    }
    return {**facts, **changes}


def ids(found: Judgements) -> list[list[str]]:
    return found.as_json()["plans"]


def test_a_plan_that_is_best_for_no_weights_and_beaten_by_none() -> None:
    facts = three()
    found = answer(facts)
    assert ids(found) == [["A"], ["B"], ["C"]] and found.complete
    assert found.core_index == {one: pytest.approx(1 / 3) for one in "ABC"}
    # Ten thousand weights and the best plan of each, from the list of all plans: C is never among them.
    every, numbers, sums = judged.plans_that_fit({**facts, "rules": []})
    share = np.random.default_rng(0).uniform(size=10_000)
    best = (np.stack([share, 1 - share], axis=1) @ sums.T).argmax(axis=1)
    names = {tuple(one for n, one in enumerate(every.ids) if every.chosen[numbers[plan], n]) for plan in best}
    assert names == {("A",), ("B",)}


def test_a_statement_drops_what_it_settles() -> None:
    weights = {"by": "segment", "nominal": {"young": 0.5, "old": 0.5}}
    assert ids(answer(three(weights=weights | {"at_least": [["young", "old"]]}))) == [["A"]]
    assert ids(answer(three(weights=weights | {"range": {"young": [0.3, 0.5]}}))) == [["B"]]
    asked = answer(three()).question
    assert asked is not None and (asked.one, asked.other) == ("old", "young")
    assert [(half.plans, half.unsettled) for half in (asked.if_yes, asked.if_no)] == [(1, 0), (1, 0)]


def test_equals_are_kept_and_told_apart_by_year() -> None:
    facts = three(years=[2027, 2028], effect_years=1)
    facts["resources"][0]["limit"] = [1, 1]
    facts["initiatives"] += [{**facts["initiatives"][0], "id": "D"}]
    del facts["weights"]
    # Only 2027 counts: what starts in 2028 adds nothing, and may be anything or nothing.
    facts["needs"] = facts["needs"][:1]
    for one in facts["initiatives"]:
        one["effects"] = {need: share for need, share in one["effects"].items() if need == "n"}
    found = answer(facts)
    plans = [list(plan.starts.items()) for plan in found.plans]
    assert plans == [
        [("A", 2027)],
        [("A", 2027), ("B", 2028)], [("A", 2027), ("C", 2028)], [("A", 2027), ("D", 2028)], [("A", 2028), ("D", 2027)],
        [("B", 2028), ("D", 2027)], [("C", 2028), ("D", 2027)], [("D", 2027)],
    ]  # fmt: skip
    assert found.core_index is not None and found.core_index["A"] == 5 / 8


@pytest.mark.parametrize("seed", range(60))
def test_without_weights_all_plans_of_the_highest_value(seed: int) -> None:
    facts = random_problem(seed, 4, 2)
    facts.pop("weights", None)
    found, truth = answer(facts), BruteForce(facts).solve()
    assert found.complete and found.question is None
    if truth is None:
        assert found.plans == ()
    else:
        assert len(found.plans) == truth["ties"]
        assert [plan.value for plan in found.plans] == [pytest.approx(truth["best"], abs=1e-8)] * truth["ties"]


def test_above_the_cap_and_when_stopped_there_is_no_core_index() -> None:
    facts = judged.twelve(0)
    whole = answer(facts)
    assert len(whole.plans) > 3
    for options in ({"most_plans": 3}, {"most_masks": 20}, {"on_sought": lambda _: True}):
        found = answer(facts, **options)
        assert (found.complete, found.core_index, found.question) == (False, None, None), options
    # As many as there may be is not too many, though more may have been in sight on the way.
    assert answer(facts, most_plans=10 * len(whole.plans)).complete


def test_time_is_up_by_the_clock_handed_in() -> None:
    ticks = iter(range(10**6))
    found = answer(judged.twelve(0), clock=lambda: float(next(ticks)), time_limit=30)
    assert not found.complete and found.core_index is None


def test_progress_tells_what_is_found_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontier, "MOST_COUNTED", 1)
    ticks, told = iter(range(10**6)), list[Sought]()

    def tell(sought: Sought) -> None:
        told.append(sought)

    found = answer(judged.twelve(3), clock=lambda: float(next(ticks)), on_sought=tell)
    done = [sought.done for sought in told]
    assert found.complete and done == sorted(done) and done[0] < done[-1]
    assert all(sought.left > 0 for sought in told) and len(told[-1].plans) > 0
