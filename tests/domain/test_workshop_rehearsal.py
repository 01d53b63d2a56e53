"""Made-up people: the same ones give the same answers, around what the plan believes, and closer the second time."""

from statistics import pstdev

from planner.domain.candidates import Candidate
from planner.domain.workshop import FOUR_STEPS, OF_TEN, Item, WorkshopSettings
from planner.domain.workshop_keys import is_token
from planner.domain.workshop_rehearsal import answer, crowd, few_items

ITEMS = tuple(Item(f"T{n}", ("s1", "s2"), ("unge",)) for n in range(20))
SETTINGS = WorkshopSettings(title="Prøve", items=ITEMS, groups=("unge", "voksne"), tables=("A", "B"), size=40)


def test_a_crowd_sits_at_every_table_and_speaks_for_every_group() -> None:
    people = crowd(SETTINGS)
    assert len(people) == 30 and {one.table for one in people} == {"A", "B"}
    assert {one.group for one in people} == {"unge", "voksne", ""}
    assert len({one.token for one in people}) == 30 and all(is_token(one.token) for one in people)


def test_answers_lie_around_what_is_believed_and_come_closer() -> None:
    for scale in (FOUR_STEPS, OF_TEN):
        of_round = []
        for round_ in (1, 2):
            given = [
                answer(scale, item, statement, one, round_, 15.0)
                for item in ITEMS
                for statement in item.statements
                for one in crowd(SETTINGS)
            ]
            steps = [score for score in given if score is not None]
            assert all(0 <= score < scale.steps for score in steps) and None in given
            of_round.append((sum(scale.percents[score] for score in steps) / len(steps), pstdev(steps)))
        (first, wide), (second, narrow) = of_round
        assert 8 < first < 32 and 8 < second < 32 and narrow < wide


def test_few_are_chosen_from_many_themes() -> None:
    themes = ["bolig"] * 10 + ["jobb"] * 5 + ["fritid"] * 5
    candidates = [
        Candidate(code=item.initiative, title="x", theme=one) for item, one in zip(ITEMS, themes, strict=True)
    ]
    chosen = [one.initiative for one in few_items(ITEMS, candidates)]
    assert chosen == ["T0", "T1", "T2", "T10", "T11", "T12", "T15", "T16"]
