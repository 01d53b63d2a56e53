"""What is said of the draws is no stronger than the figures, and says what to do where the plan seldom fits."""

import pytest
from flask import Flask

from planner.wording import robust as words


@pytest.fixture(autouse=True)
def in_bokmal(app: Flask):  # type: ignore[no-untyped-def]
    with app.test_request_context("/"):
        yield


def test_what_more_draws_could_take_away_is_only_likely() -> None:
    assert words.answer(9, 0, 15) == "9 av 15 tiltak står seg når anslagene varieres."
    assert "For ett av dem er det bare trolig" in words.answer(9, 1, 15)
    assert "For 2 av dem er det bare trolig" in words.answer(9, 2, 15)
    assert (words.word("holds", False), words.word("holds", True)) == ("står seg", "står trolig seg")
    assert (words.word("falls", False), words.word("falls", True)) == ("faller ut", "faller trolig ut")


def test_regret_in_words_first() -> None:
    assert words.regret(0.009, 0.024).startswith("Planen er god selv om anslagene bommer")
    assert "i snitt 0,9\N{NO-BREAK SPACE}% mindre" in words.regret(0.009, 0.024)
    assert words.regret(0.03, 0.05).startswith("Planen er nokså god")
    assert words.regret(0.08, 0.3).startswith("Planen tåler dårlig")


def test_a_plan_that_seldom_fits_is_told_what_would_have_helped() -> None:
    assert words.fits(1.0, 0.0, 0) == ""
    assert words.fits(0.7, 0.0, 0) == "I 70\N{NO-BREAK SPACE}% av trekningene holder den rammen."
    seldom = words.fits(0.2, 0.0412, 0)
    assert "bare i 20\N{NO-BREAK SPACE}% av trekningene" in seldom
    assert "En mulighetspott på omtrent 5\N{NO-BREAK SPACE}%" in seldom
    # Nothing is promised when no pot would do, and what is held back already is counted.
    assert "mulighetspott" not in words.fits(0.2, None, 0)
    assert "dekker resten" in words.fits(0.2, 0.0412, 0.05) and "omtrent" not in words.fits(0.2, 0.0412, 0.05)


def test_what_the_effects_rest_on_is_counted() -> None:
    assert words.effects(0, 40) == "halv, hel eller halvannen gang anslaget"
    assert "7 av 40 anslag" in words.effects(7, 40)
    assert "halvannen" not in words.effects(40, 40)
    assert words.effects(7, 40) in words.basis(385, True, 7, 40)
