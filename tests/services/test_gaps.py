"""The needs page as values: the answer, the cards, the panel, the weights. tests/gap_survey.py has the figures."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from flask import Flask

from planner.domain.candidates import Candidate, Effect
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.segments import Segment
from planner.domain.summary import summarise
from planner.services import gap_weights, gaps, plans
from planner.services.gaps import Needs
from planner.store import gaps as store
from planner.store import initiatives
from planner.store.database import Database
from tests import gap_survey

USUAL = {"segments": "population", "factors": "equal", "version": "0"}


@pytest.fixture(autouse=True)
def in_bokmal(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "nb"}):
        yield


@pytest.fixture
def plan(database: Database) -> str:
    made = plans.start(database, "me", "Bolyst", "Prøvevik", "nb")
    assert isinstance(made, str)
    return made


def needs(database: Database, plan: str, **asked: str) -> Needs:
    view = gaps.page(database, plan, **asked)  # type: ignore[arg-type]
    assert view.needs is not None
    return view.needs


def initiative(database: Database, plan: str, code: str, *statements: str) -> None:
    effects = tuple(Effect(statement, 15) for statement in statements)
    with database.write() as session:
        initiatives.put(session, plan, Candidate(code=code, title=code, theme="Noe", effects=effects))
        session.commit()


def test_before_a_survey_there_is_nothing_but_the_frame(database: Database, plan: str) -> None:
    view = gaps.page(database, plan)
    assert view.needs is None and view.frame.current == "gaps"


def test_the_answer_names_the_three_largest_with_their_figures(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    answer = needs(database, plan).answer
    assert answer.startswith("Flest mangler jobbmuligheter (47\xa0%), en buss som går (42\xa0%) og")
    assert "et sted å møtes (32\xa0%)" in answer


def test_what_is_good_today_is_none_of_the_needs_named_as_the_largest(database: Database, plan: str) -> None:
    """All four are important and likely in the mean."""
    gap_survey.keep(database, plan)
    good = needs(database, plan).good_at
    assert good.endswith("Færrest mangler et sted å bo (12\xa0%).")


def test_a_card_says_the_largest_need_of_its_factor_and_who_feels_it(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    found = needs(database, plan)
    assert [card.name for card in found.cards] == ["Arbeid", "Bolig", "Sosialt miljø"]
    assert [card.name for card in found.others] == ["Tjenester"]
    work = found.cards[0]
    assert (work.share, work.text) == ("47\xa0%", "Mange jobbmuligheter")
    # The two groups shown as one are named as one, with their figure together: 26 of 46.
    assert work.who.startswith("Innvandrere og unge 57\xa0%, voksne 40\xa0%.")


def test_a_card_counts_the_initiatives_aimed_at_its_statements(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    assert needs(database, plan).cards[0].initiatives == "Ingen tiltak er lagt inn ennå."
    initiative(database, plan, "T1", "jobb", "bolig")
    initiative(database, plan, "T2", "jobb")
    initiative(database, plan, "T3")
    found = needs(database, plan)
    assert [card.initiatives.split()[0] for card in found.cards] == ["2", "1", "Ingen"]
    assert [card.none_aimed for card in found.cards] == [False, False, True]
    assert found.others[0].aimed == "ingen"


def test_rows_are_everyones_largest_first_with_words_for_how_sure(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    panel = needs(database, plan).panel
    assert [(row.rank, row.text, row.share) for row in panel.rows] == [
        (1, "Mange jobbmuligheter", "47\xa0%"),
        (2, "En buss som går", "42\xa0%"),
        (3, "Et sted å møtes", "32\xa0%"),
        (4, "Et sted å bo", "12\xa0%"),
    ]
    # Four statements: each is among the five largest whatever chance does.
    assert {row.certainty for row in panel.rows} == {"klart"}
    # Everyone answers 7 or 1, so the classic gap is six times the share: 6 · 50/106 = 2.83.
    assert panel.rows[0].classic == "2,8" and panel.rows[0].answers == "106"
    assert panel.title == "Flest mangler jobbmuligheter: 47\xa0%"
    assert sum(row.points for row in panel.rows) == pytest.approx(100)


def test_a_group_has_its_own_order(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    panel = needs(database, plan, group="voksne").panel
    assert [(row.text, row.share, row.answers) for row in panel.rows[:2]] == [
        ("En buss som går", "55\xa0%", "60"),
        ("Mange jobbmuligheter", "40\xa0%", "60"),
    ]
    assert panel.title == "Voksne: flest mangler en buss som går: 55\xa0%"


def test_a_group_shown_with_another_says_so(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    panel = needs(database, plan, group="unge").panel
    assert panel.note.startswith("Innvandrere og unge vises samlet.")
    assert [(row.text, row.share, row.answers) for row in panel.rows[:2]] == [
        ("Mange jobbmuligheter", "57\xa0%", "46"),
        ("Et sted å møtes", "41\xa0%", "46"),
    ]


def test_a_group_with_too_few_answers_has_no_figures_but_a_proposal(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    found = needs(database, plan, group="innvandrere")
    assert found.panel.wide is None and found.panel.narrow == () and found.panel.rows == ()
    assert "innvandrere" in found.panel.note and "verksted" in found.panel.proposal
    assert [group.proposal for group in found.few] == [found.panel.proposal]
    assert [(choice.name, choice.note) for choice in found.panel.groups] == [
        ("Alle", ""),
        ("Voksne", ""),
        ("Unge", "sammen med innvandrere"),
        ("Innvandrere", "for få svar"),
    ]


def test_the_groups_side_by_side_lend_and_say_so_once(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    panel = needs(database, plan, view="groups").panel
    assert [(head.name, head.note) for head in panel.heat_heads] == [
        ("Alle", ""),
        ("Voksne", ""),
        ("Unge", "sammen med innvandrere"),
        ("Innvandrere", "lånt"),
    ]
    jobs = panel.heat[0]
    assert [(cell.share, cell.shade) for cell in jobs.cells] == [
        ("47\xa0%", 4), ("40\xa0%", 4), ("57\xa0%", 5), ("47\xa0%", None),
    ]  # fmt: skip


def test_an_unknown_view_or_group_is_the_first(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    panel = needs(database, plan, view="nope", group="../x").panel
    assert (panel.view, panel.group) == ("rows", "")


def test_few_answers_to_one_statement_hide_it_everywhere(database: Database, plan: str) -> None:
    answers = gap_survey.answers()
    likelihood = answers.likelihood.copy()
    likelihood[4:, 0] = 0  # four of 106 have answered on jobs
    gap_survey.keep(database, plan, summarise(replace(answers, likelihood=likelihood)))
    found = needs(database, plan)
    last = found.panel.rows[-1]
    assert (last.text, last.share, last.interval, last.classic) == ("Mange jobbmuligheter", "for få svar", "", "–")
    assert "jobb" not in found.answer
    assert found.cards[0].share == "for få svar"
    assert [sentence.severity for sentence in found.findings] == ["warning"]


def test_what_a_few_unsure_find_important_is_not_told(database: Database, plan: str) -> None:
    """The width of the span is the share of them who find it important: of nine people that is not shown."""
    answers = gap_survey.answers()
    for number, told in ((9, ""), (10, "mellom 12\u201322\xa0% med dem")):
        likelihood, unsure = answers.likelihood.copy(), np.zeros_like(answers.likelihood_dk)
        likelihood[96 : 96 + number, 1], unsure[96 : 96 + number, 1] = 0, True
        gap_survey.keep(database, plan, summarise(replace(answers, likelihood=likelihood, likelihood_dk=unsure)))
        row = next(row for row in needs(database, plan).panel.rows if row.text == "Et sted å bo")
        assert row.unsure_span == told and row.unsure != "0\xa0%"


def test_weights_are_kept_and_change_what_a_group_counts(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    before = needs(database, plan).weights
    assert [round(group.share, 4) for group in before.groups] == [round(n / 106, 4) for n in (6, 40, 60)]
    assert before.groups[0].lent == "alle tall er lånt fra hele kommunen"
    assert gap_weights.save(database, plan, {**USUAL, "segments": "equal"}) is None
    after = needs(database, plan)
    assert [group.share for group in after.weights.groups] == pytest.approx([1 / 3] * 3)
    # (47.17 % lent + 56.52 % together + 40 %) / 3 = 47.9 %
    assert after.panel.rows[0].share == "48\xa0%"
    assert "grupper: likt, temaer: likt" in after.answer
    assert after.weights.form.version == 1 and after.account.other_weights


def test_own_numbers_come_back_in_the_form(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    typed = {"segments": "own", "segment-unge": "1,5", "segment-voksne": "1", "factors": "own", "factor-bolig": "3"}
    assert gap_weights.save(database, plan, {**USUAL, **typed}) is None
    form = needs(database, plan).weights.form
    assert [(field.name, field.value) for field in form.own_segments] == [
        ("segment-innvandrere", "0"), ("segment-unge", "1,5"), ("segment-voksne", "1"),
    ]  # fmt: skip
    assert {field.name: field.value for field in form.own_factors}["factor-bolig"] == "3"
    shares = [group.share for group in needs(database, plan).weights.groups]
    assert shares == pytest.approx([0, 0.6, 0.4])


def test_people_per_group_stand_in_for_the_answers(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    typed = {"people-innvandrere": "300", "people-unge": "700", "people-voksne": "3 000"}
    assert gap_weights.save(database, plan, {**USUAL, **typed}) is None
    found = needs(database, plan).weights
    assert [group.share for group in found.groups] == pytest.approx([0.075, 0.175, 0.75])
    assert found.form.has_people


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_kept(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    typed = {**USUAL, "segments": "own", "segment-unge": "mye", "segment-voksne": "2"}
    refusal = gap_weights.save(database, plan, typed)
    assert refusal is not None and refusal.status == 422
    view = gaps.page(database, plan, refusal=refusal)
    assert view.needs is not None and "«mye»" in view.trouble[0].what
    unge = view.needs.weights.form.own_segments[1]
    assert (unge.value, "«mye» er ikke et tall" in unge.error) == ("mye", True)
    assert view.needs.weights.form.segments == "own"
    with database.read() as session:
        assert store.weights(session, plan) == store.StoredWeights()


def test_a_stale_form_is_not_kept_and_loses_nothing(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    assert gap_weights.save(database, plan, {**USUAL, "segments": "equal"}) is None
    refusal = gap_weights.save(database, plan, {**USUAL, "factors": "per_statement"})
    assert refusal is not None and refusal.status == 409
    view = gaps.page(database, plan, refusal=refusal)
    assert view.needs is not None and "grupper: likt, temaer: likt" in view.trouble[0].what
    form = view.needs.weights.form
    assert (form.segments, form.factors, form.version) == ("population", "per_statement", 1)
    with database.read() as session:
        assert store.weights(session, plan).segments == SegmentWeights("equal")


def test_without_a_survey_there_is_nothing_to_weigh(database: Database, plan: str) -> None:
    assert gap_weights.save(database, plan, {**USUAL, "segments": "equal"}) is None
    with database.read() as session:
        assert store.weights(session, plan).version == 0


def test_numbers_for_groups_that_are_gone_are_set_aside_and_said(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    with database.write() as session:
        kept = store.StoredWeights(SegmentWeights("own", (("hyttefolk", 1.0),)), FactorWeights("per_statement"))
        store.keep_weights(session, plan, kept)
        session.commit()
    found = needs(database, plan)
    assert found.findings[0].what.startswith("Tallene som var satt for gruppene, gjaldt andre grupper")
    assert found.weights.groups[0].share == pytest.approx(6 / 106)


def test_whether_the_five_change_with_the_weights_is_said(database: Database, plan: str) -> None:
    gap_survey.keep(database, plan)
    found = needs(database, plan).weights
    # Four statements: the five largest are always the same.
    assert "samme fem" in found.unmet and found.others == ()


def test_a_municipalitys_own_group_keeps_its_name_inside_a_sentence(database: Database, plan: str) -> None:
    segments = (Segment("hitra", "Hitra"), *gap_survey.SEGMENTS[1:])
    gap_survey.keep(database, plan, gap_survey.summary(segments=segments))
    assert "gruppen Hitra" in needs(database, plan).few[0].why
