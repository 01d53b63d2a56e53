"""What is asked: complete in three languages, printed right, and never more than a group can be told by."""

from collections import Counter

import pytest

from planner.domain.questionnaire import LANGUAGES, LENGTHS, Language, Length, Questionnaire, minutes, questionnaire
from planner.domain.scales import label_step, means_dont_know
from planner.domain.statements import BLI_FACTORS, FACTORS
from planner.files.seed_data import statements, stay_statements


def form(language: Language = "nb", length: Length = "full") -> Questionnaire:
    return questionnaire(language, length, statements(), stay_statements())


def test_the_full_form_asks_all_thirty_and_the_short_form_twelve_of_them() -> None:
    full, short = form(), form(length="short")
    assert [one.code for one in full.statements] == [f"SQ{n:03d}" for n in range(1, 31)]
    assert len(short.statements) == 12
    assert set(short.statements) < set(full.statements)  # with the numbers they have in the full form


def test_the_short_form_has_two_of_every_bli_factor_and_one_of_each_other() -> None:
    found = Counter(one.factor for one in form(length="short").statements)
    assert all(found[factor] >= 2 for factor in BLI_FACTORS)
    assert all(found[factor] >= 1 for factor in FACTORS)


def test_how_much_is_asked_and_about_how_long_it_takes() -> None:
    # 30 × 2 + staying + 5 + 4 = 70 answers of 8 seconds: 9.3 minutes. 12 × 2 + 10 = 34: 4.5.
    assert (form().ticks, minutes(form())) == (70, 10)
    assert (form(length="short").ticks, minutes(form(length="short"))) == (34, 5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", LENGTHS)
def test_every_step_is_a_label_that_is_read_as_that_step(language: Language, length: Length) -> None:
    asked = form(language, length)
    for scale, told in (
        ("importance", asked.importance),
        ("likelihood", asked.likelihood),
        ("agreement", asked.agreement),
    ):
        assert [label_step(label, scale) for label in told.steps] == [1, 2, 3, 4, 5, 6, 7]  # type: ignore[arg-type]
        assert len(set(told.steps)) == 7
    assert means_dont_know(asked.dont_know)


def test_step_two_of_likelihood_is_printed_right() -> None:
    assert form().likelihood.steps[1] == "Meget usannsynlig"


@pytest.mark.parametrize("language", LANGUAGES)
def test_background_is_asked_in_few_wide_levels_and_may_be_left_unsaid(language: Language) -> None:
    background = form(language).background
    assert [len(one.options) for one in background] == [5, 3, 3, 3]
    assert all(means_dont_know(one.options[-1]) for one in background)


def test_no_language_is_left_out() -> None:
    nb, nn, en = (form(language) for language in LANGUAGES)
    for one in (nn, en):
        assert len(one.information) == len(nb.information)
        assert sum(a.text == b.text for a, b in zip(one.statements, nb.statements, strict=True)) <= 2
    assert [one.text for one in nn.statements][:2] == [
        "Lett tilgang til naturen",
        "Å bu i ein einebustad med eigen hage og garasje",
    ]
