"""From people by age and sex to the survey's own levels, and to weights that meet them."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.answers import Answers
from planner.domain.background import Column, background_columns
from planner.domain.margins import fill
from planner.domain.population import Group, Place
from planner.domain.population_labels import Ages, said_ages, said_sex
from planner.domain.summary import summarise
from planner.domain.weighting_choice import Choice, ChosenMargin, Weighed, Weighting, outcome, reweighted, weigh
from tests.domain.eight import SEX, WEIGHT, many

PEOPLE = Place(
    "Prøvevik", (*tuple(Group(sex, age, age, 10) for sex in ("k", "m") for age in range(80)), Group("k", 80, None, 5))
)


def survey(ages: tuple[str, ...], sexes: tuple[str, ...], copies: int = 1) -> Answers:
    return replace(many(copies), margins=(("Alder", ages * copies), ("Kjønn", sexes * copies)))


def codes(columns: tuple[Column, ...], place: Place = PEOPLE, youngest: int | None = None) -> list[str]:
    return [one.code for one in fill(columns, place, youngest, None).findings]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("16–29", Ages(16, 29)), ("30-49 år", Ages(30, 49)), ("67 og over", Ages(67, None)), ("F00-04", Ages(0, 4)),
        ("105 år eller eldre", Ages(105, None)), ("034 34 år", Ages(34, 34)), ("65+", Ages(65, None)),
        ("67 og eldre", Ages(67, None)), ("18 to 29 years", Ages(18, 29)), ("Under 30", Ages(None, 29)),
        ("over 66", Ages(66, None, over=True)), ("105+ 105 år eller eldre", Ages(105, None)),
        ("Vet ikke", None), ("3", None), ("49–30", None),
    ],
)  # fmt: skip
def test_ages_are_read_as_they_are_written(text: str, ages: Ages | None) -> None:
    assert said_ages(text) == ages


def test_a_code_is_a_sex_only_in_the_population_table() -> None:
    assert said_sex("1") is None and said_sex("1", coded=True) == "m" and said_sex("2 Kvinner", coded=True) == "k"
    assert (said_sex("Kvinne"), said_sex("males"), said_sex("annet")) == ("k", "m", None)


def test_each_age_falls_in_its_level_and_children_are_left_out() -> None:
    columns = background_columns(survey(("16–29",) * 3 + ("30 og over",) * 5, ("kvinne", "mann") * 4))
    filled = fill(columns, PEOPLE, None, None)
    assert filled.people == {
        ("Alder", "16–29"): 14 * 20, ("Alder", "30 og over"): 50 * 20 + 5,
        ("Kjønn", "kvinne"): 64 * 10 + 5, ("Kjønn", "mann"): 64 * 10,
    }  # fmt: skip
    assert [(one.code, one.details["count"]) for one in filled.findings] == [("population_younger_left_out", 320)]


def test_ages_nobody_answered_for_are_a_row_of_their_own() -> None:
    columns = background_columns(survey(("16–29",) * 4 + ("30–66",) * 4, ("kvinne", "mann") * 4))
    assert fill(columns, PEOPLE, None, None).extra == (("Alder", "67+", 13 * 20 + 5),)
    assert fill(columns, PEOPLE, None, 66).extra == ()


def test_what_cannot_be_placed_is_asked_about() -> None:
    ages, sexes = ("under 30",) * 4 + ("30–79",) * 4, ("kvinne", "mann", "annet", "mann") * 2
    columns = background_columns(survey(ages, sexes))
    assert "population_youngest_needed" in codes(columns)
    assert codes(columns, youngest=18) == ["population_younger_left_out", "population_level_asked"]
    coarse = Place("P", (Group("", 15, 19, 10), Group("", 20, None, 90)))
    fine = background_columns(survey(("16–29",) * 4 + ("30 og over",) * 4, ("kvinne", "mann") * 4))
    assert "population_straddles" in codes(fine, coarse)
    overlap = background_columns(survey(("16–30",) * 4 + ("30–66",) * 4, ("kvinne", "mann") * 4))
    assert "age_levels_overlap" in codes(overlap)


def test_age_and_sex_together_only_with_ten_answers_in_every_cell() -> None:
    def kinds(copies: int) -> list[str]:
        answers = survey(("16–29",) * 4 + ("30+",) * 4, ("kvinne", "mann") * 4, copies)
        return [column.kind for column in background_columns(answers)]

    assert kinds(4) == ["age", "sex"] and kinds(5) == ["age", "sex", "joint"]


def test_the_eight_as_checked_against_r_through_a_kept_choice() -> None:
    """Three of each, since a level is of ten answers or more; so each has a third of the weight of one."""
    ages = ("u",) * 4 + ("v",) * 4
    answers = replace(many(3).with_weight(np.tile(WEIGHT, 3)), margins=(("alder", ages * 3), ("kjønn", SEX * 3)))
    choice = Choice(
        "raked",
        (ChosenMargin("alder", (("u", 30), ("v", 70))), ChosenMargin("kjønn", (("k", 50), ("m", 50)))),
        "skrevet inn",
    )
    kept = Weighting.from_document(Weighting(choice, None, 1, "2026-11-24").to_document()).choice
    assert kept == choice
    weighed = weigh(answers, kept, background_columns(answers))
    assert isinstance(weighed, Weighed) and weighed.raking is not None
    expected = [3.804761, 6.195239, 7.609523, 12.390477, 9.646429, 15.707142, 28.939287, 15.707142]
    assert weighed.raking.weight == pytest.approx(np.tile(expected, 3) / 3, abs=1e-6)
    assert answers.weight == pytest.approx(np.tile(WEIGHT, 3))


def test_rows_set_aside_and_the_files_weight_survive() -> None:
    answers = survey(("16–29",) * 4 + ("30+",) * 4, ("kvinne", "mann") * 4, 5)
    before = replace(summarise(answers), rows_in=44, set_aside=(("row_empty", 4),))
    choice = Choice("raked", (ChosenMargin("Alder", (("16–29", 30), ("30+", 70))),))
    weighed = weigh(answers, choice, background_columns(answers))
    assert isinstance(weighed, Weighed)
    after = reweighted(before, weighed)
    assert (after.rows_in, after.set_aside, after.weighting) == (44, (("row_empty", 4),), "raked")
    came = outcome(answers, weighed, after)
    # Half the answers count 0.6 and half 1.4: 40² · 1² / (20 · 0.6² + 20 · 1.4²) = 34.48.
    assert came.n_eff == pytest.approx(34.4828, abs=1e-4) and came.deff == pytest.approx(1.16)
    kept = Weighting(choice, came, 3, "2026-11-24")
    assert Weighting.from_document(kept.to_document()) == kept
    back = weigh(answers, Choice("file"), ())
    assert isinstance(back, Weighed) and np.array_equal(back.answers.weight, answers.weight)


def test_levels_are_merged_or_taken_as_unknown_as_chosen() -> None:
    ages = ("16–29", "30–49", "30–49", "30–49", "50+", "50+", "50+", "annet")
    answers = survey(ages, ("kvinne", "mann") * 4, 5)
    people = (("16–29", 20), ("30–49", 30), ("50+", 50))
    choice = Choice("raked", (ChosenMargin("Alder", people, (("16–29", "30–49"), ("annet", ""))),))
    weighed = weigh(answers, choice, background_columns(answers))
    assert isinstance(weighed, Weighed) and weighed.raking is not None
    by_level = weighed.raking.weight.reshape(5, 8).sum(axis=0)
    assert by_level[:4].sum() == pytest.approx(50 * 7 / 8)
    assert by_level[7] == pytest.approx(100 / 8)


def test_a_level_of_few_gets_no_weight_of_its_own() -> None:
    """Five answered «16–29»: before and after weighting would be two equations of what they said and what the others
    did. Merged with its neighbour, or taken as unknown, nothing stands in the way."""
    answers = survey(("16–29",) + ("30–49",) * 3 + ("50+",) * 4, ("kvinne", "mann") * 4, 5)
    people = (("16–29", 20.0), ("30–49", 30.0), ("50+", 50.0))

    def said(*read_as: tuple[str, str]) -> object:
        return weigh(answers, Choice("raked", (ChosenMargin("Alder", people, read_as),)), background_columns(answers))

    refused = said()
    assert isinstance(refused, tuple)
    assert [(one.code, one.severity, one.where) for one in refused] == [("margin_level_small", "error", "Alder")]
    assert dict(refused[0].details) == {"level": "16–29", "count": 5}
    assert isinstance(said(("16–29", "30–49")), Weighed) and isinstance(said(("16–29", "")), Weighed)
