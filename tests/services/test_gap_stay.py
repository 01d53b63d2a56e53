"""What the section about wanting to stay says: words that the figures bear, and never a cause."""

from flask import Flask

from planner.domain.drivers import Belief, Difference, Driver, StayAnalysis
from planner.services.gap_stay import StayView, stay_view
from tests.domain.raw import THIRTY

CLEAR = Difference(0.72, 0.48, 120, 200, 0.24, 0.12, 0.36)
VAGUE = Difference(0.60, 0.58, 120, 200, 0.02, -0.08, 0.12)
FEWER = Difference(0.40, 0.60, 120, 200, -0.20, -0.30, -0.10)


def seen(app: Flask, *drivers: Driver, **more: object) -> StayView:
    stay = StayAnalysis(328, 0.73, 0.68, 0.78, 0.21, 84, drivers, (), **more)  # type: ignore[arg-type]
    with app.test_request_context():
        return stay_view(stay, THIRTY)


def test_the_largest_clear_difference_is_told_with_its_figures(app: Flask) -> None:
    view = seen(app, Driver("bolig", VAGUE), Driver("drommejobb", CLEAR))
    assert view.stays == (
        "Av 328 som svarte ja eller nei, ønsker 73 % å bo her i framtida (68–78 %). 21 % av alle svarte «vet ikke»."
    ).replace(" %", "\N{NO-BREAK SPACE}%")
    told = view.goes_with.replace("\N{NO-BREAK SPACE}", " ")
    assert "«Drømmejobben min finnes i kommunen», ønsker oftere å bli: 72 % mot 48 % av de andre" in told
    assert told.endswith("24 prosentpoeng (12 til 36).")
    assert [row.word for row in view.drivers] == ["kan være tilfeldig", "oftere"]
    assert "for liten til å skille" in view.told_apart


def test_a_difference_the_other_way_is_told_that_way(app: Flask) -> None:
    told = seen(app, Driver("felles", FEWER)).goes_with
    assert "sjeldnere" in told and "20 prosentpoeng (10 til 30)" in told


def test_differences_that_may_be_chance_are_not_told_as_found(app: Flask) -> None:
    assert "tilfeldige" in seen(app, Driver("bolig", VAGUE)).goes_with


def test_a_large_survey_tells_them_apart_only_when_sure(app: Flask) -> None:
    full = Driver("drommejobb", CLEAR, 0.05, 0.03, 0.07, 0.6, 0.5, 0.7)
    assert "ikke sikkert nok" in seen(app, full).told_apart
    sure = seen(app, full, strongest="drommejobb", explained=0.2)
    assert "Sterkest sammenheng med å bli har «Drømmejobben min finnes i kommunen»" in sure.told_apart
    assert sure.drivers[0].step == "+5 (+3 til +7)" and sure.adjusted


def test_a_handful_who_do_not_know_are_not_counted_out(app: Flask) -> None:
    stay = StayAnalysis(328, 0.73, 0.68, 0.78, 0.02, 9, (), ())
    with app.test_request_context():
        assert "vet ikke" not in stay_view(stay, THIRTY).stays


def test_beliefs_say_which_statements_differ_beyond_chance(app: Flask) -> None:
    gap = Difference(4.7, 3.7, 241, 72, 1.0, 0.7, 1.4)
    stay = StayAnalysis(328, 0.73, 0.68, 0.78, 0.2, 84, (), (Belief("s01", VAGUE, False), Belief("s02", gap, True)))
    with app.test_request_context():
        view = stay_view(stay, THIRTY)
    assert "enebolig" in view.beliefs and "natur" not in view.beliefs
    assert [(row.word, row.gap) for row in view.belief_rows] == [
        ("klart ulikt", "+1,0"),
        ("kan være tilfeldig", "0,0"),
    ]


def test_no_word_says_that_one_leads_to_the_other(app: Flask) -> None:
    view = seen(app, Driver("drommejobb", CLEAR))
    for text in (view.stays, view.goes_with, view.told_apart, view.beliefs):
        assert not any(word in text for word in ("fører til", "årsak", "på grunn av", "gjør at"))
