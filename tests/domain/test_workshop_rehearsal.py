"""Made-up people: the same ones give the same answers, around what the plan believes, and closer the second time."""

from collections import Counter
from dataclasses import replace
from statistics import pstdev

from planner.domain.candidates import Candidate, Effect
from planner.domain.statements import Statement
from planner.domain.workshop import FOUR_STEPS, OF_TEN, Item, WorkshopSettings
from planner.domain.workshop_keys import is_token
from planner.domain.workshop_rehearsal import answers, crowd, few_items, rehearsal, remarks
from planner.domain.workshop_share import shares
from planner.domain.workshop_typed import Ground

ITEMS = tuple(Item(f"T{n}", ("s1", "s2"), ("unge",)) for n in range(20))
SETTINGS = WorkshopSettings(title="Prøve", items=ITEMS, groups=("unge", "voksne"), tables=("A", "B", "C"), size=40)
HANDS = {number: [item.initiative for item in ITEMS] for number in range(30)}
BELIEVED = {(item.initiative, statement): 15.0 for item in ITEMS for statement in item.statements}


def test_a_crowd_sits_at_every_table_and_speaks_for_every_group() -> None:
    people = crowd(SETTINGS)
    # Three tables and three answers to whom one speaks for, and yet no table is of one group.
    together = Counter((one.table, one.group) for one in people)
    assert len(people) == 30 and len(together) == 9 and min(together.values()) == 3
    assert len({one.token for one in people}) == 30 and all(is_token(one.token) for one in people)
    assert len(crowd(replace(SETTINGS, size=12, wanted=5))) == 12


def test_answers_lie_around_what_is_believed_and_come_closer() -> None:
    for scale in (FOUR_STEPS, OF_TEN):
        of_round = []
        for round_ in (1, 2):
            said = list(answers(replace(SETTINGS, scale=scale), HANDS, round_, BELIEVED))
            assert len(said) == 20 * 2 * 30 and said == list(
                answers(replace(SETTINGS, scale=scale), HANDS, round_, BELIEVED)
            )
            steps = [one.score for one in said if one.score is not None]
            assert all(0 <= score < scale.steps for score in steps) and len(steps) < len(said)
            of_round.append((sum(scale.percents[score] for score in steps) / len(steps), pstdev(steps)))
        (first, wide), (second, narrow) = of_round
        assert 8 < first < 32 and 8 < second < 32 and narrow < wide


def test_they_answer_and_write_on_the_cards_they_have() -> None:
    hands = {0: ["T3"], 4: ["T5", "T7"]}
    assert {(one.one.number, one.item.initiative) for one in answers(SETTINGS, hands, 1, {})} == {
        (0, "T3"), (4, "T5"), (4, "T7"),
    }  # fmt: skip
    assert {(one.number, code) for one, code, _ in remarks(SETTINGS, hands)} == {(0, "T3"), (4, "T5")}


def test_few_are_chosen_from_many_themes() -> None:
    themes = ["bolig"] * 10 + ["jobb"] * 5 + ["fritid"] * 5
    candidates = [
        Candidate(code=item.initiative, title="x", theme=one) for item, one in zip(ITEMS, themes, strict=True)
    ]
    chosen = [one.initiative for one in few_items(ITEMS, candidates)]
    assert chosen == ["T0", "T1", "T2", "T10", "T11", "T12", "T15", "T16"]


def test_a_rehearsal_is_short_and_has_room_for_the_facilitators_own_phone() -> None:
    statements = (Statement("s1", "Det er lett å få bolig", "bolig"),)
    candidates = tuple(
        Candidate(code=f"T{n}", title="x", theme="bolig", effects=(Effect("s1", 5, "egen"),)) for n in range(20)
    )
    ground = Ground(candidates, statements, ("unge",), "Bord")
    settings = rehearsal(ground, "Prøve", room_for_own_phones=True)
    assert settings and settings.is_rehearsal and len(settings.items) == 8 and len(settings.tables) == 5
    assert settings.size > len(crowd(settings)) == 30
    # With the thirty that come, each has every card.
    needed = shares(settings.items, settings.wanted, settings.size)
    assert (needed.per_phone, needed.people) == (8, 30)
    assert rehearsal(replace(ground, candidates=()), "Prøve", room_for_own_phones=False) is None
