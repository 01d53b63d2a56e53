"""What the paper claims, where a plan is not the usual one: nothing is said that the plan does not show."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel

from planner import notation
from planner.domain.basis import Basis
from planner.domain.candidates import Candidate
from planner.domain.drivers import Difference
from planner.domain.findings import Finding
from planner.domain.paper_texts import PaperTexts
from planner.domain.relief import Excess
from planner.domain.report import Report
from planner.domain.report_ways import Way
from planner.domain.segments import Segment, usual_id
from planner.domain.why import ComesIn
from planner.wording import finding, gap_stay, of_one, report_alternatives, texts, why
from planner.wording.paper import Text
from planner.wording.report_people import children
from planner.wording.report_prices import financing, prices
from planner.wording.report_survey import survey
from tests.report_case import BASIS, A, B, C, D, make_report
from tests.wording.test_report import told

APP = Flask("paper")
Babel(APP, default_locale="nb")


def of_year(one: Candidate, year: int | None) -> Candidate:
    return replace(one, costs=replace(one.costs, price_year=year))


@pytest.mark.parametrize(
    ("years", "sentence"),
    [
        ((2026, 2026), "Alle er i priser fra 2026: det er ikke regnet med prisstigning."),
        ((None, None), "Prisåret er ikke oppgitt, og det er ikke regnet med prisstigning."),
        (
            (2026, 2024),
            "De er i prisene fra ulike år og lagt sammen uten omregning (2024: B Møteplass på torget; 2026: A "
            "Boligveileder). Det er ikke regnet med prisstigning.",
        ),
        (
            (2026, None),
            "De er i prisene fra ulike år og lagt sammen uten omregning (2026: A Boligveileder; uten prisår: B "
            "Møteplass på torget). Det er ikke regnet med prisstigning.",
        ),
    ],
)
def test_amounts_are_told_with_the_year_of_their_prices(years: tuple[int | None, int | None], sentence: str) -> None:
    tables = make_report(replace(BASIS, candidates=(of_year(A, years[0]), of_year(B, years[1]), C, D)))
    with APP.test_request_context():
        assert prices(tables) == sentence
    text = told(tables)
    assert sentence in text
    assert ("Oppgi prisår for alle tiltakene" in text) == (years != (2026, 2026))


def test_who_lends_the_money_is_told_as_far_as_it_is_known() -> None:
    def said(one: Candidate) -> str:
        with APP.test_request_context():
            return " ".join(financing(make_report(replace(BASIS, candidates=(A, one, C, D)))))

    assert B.costs.loan is not None
    assert said(B) == "Det er regnet med lån til B Møteplass på torget."
    half = replace(B, costs=replace(B.costs, loan=replace(B.costs.loan, share=50)))
    assert said(half).endswith("Hvordan resten av investeringene finansieres, avgjøres i økonomiplanen.")
    none = replace(B, costs=replace(B.costs, loan=None))
    assert said(none).startswith("Det er ikke regnet med lån til investeringene.")


def test_money_is_granted_in_the_budget_of_each_year() -> None:
    assert "Beløpene innarbeides i økonomiplanen for 2027–2030. Pengene bevilges i årsbudsjettet" in told(make_report())


def test_a_plan_with_all_of_the_list_leaves_nothing_to_weigh_again() -> None:
    text = told(make_report(replace(BASIS, left_out=())))
    assert "Tiltakene som ikke er med nå" not in text and "0 tiltak" not in text
    assert "Når planen rulleres, vurderes nye forslag." in text
    usual = told(make_report())
    assert "vurderes 2 tiltak som ikke er med nå, sammen med nye forslag." in usual


def test_only_a_proven_plan_was_found_among_all_and_closes_most() -> None:
    assert "lett gjennom alle sammensetninger" in told(make_report())
    for changes in ({"gap": 0.0009, "bound": 14.0126}, {"status": "best_found", "gap": 0.2, "bound": 17.5}):
        text = told(make_report(**changes))
        assert "lett blant sammensetninger" in text
        for claim in ("gjennom alle", "valgt den som lukker mest", "mest mulig av behovet", "bevises helt"):
            assert claim not in text


def others(value: float, enters: tuple[str, ...] = ("C",)) -> str:
    tables = make_report()
    way = Way("greedy", tables.answer.value + value, 2, {}, enters, ())
    with APP.test_request_context():
        return " ".join(report_alternatives._others(replace(tables, ways=(tables.ways[0], way))))


def test_another_way_is_held_against_the_plan_as_it_is() -> None:
    assert "lukker 0,4 behovspoeng mindre enn planen" in others(-0.4)
    # Only against a plan that was not proven.
    assert "lukker 0,4 behovspoeng mer enn planen" in others(0.4)
    assert "lukker om lag like mye som planen" in others(-0.04)
    # The same initiatives in other years may close less.
    assert others(-0.4, ()).endswith("0,4 behovspoeng mindre enn planen. Tiltakene er de samme som i planen.")


def groups_count(people: bool | None) -> Report:
    assert BASIS.weights is not None
    return make_report(replace(BASIS, weights=replace(BASIS.weights, segments="population", people=people)))


def test_groups_count_by_people_only_where_somebody_counted_them() -> None:
    for people, sentence in (
        (True, "Gruppene teller etter hvor mange som bor i kommunen i hver av dem."),
        (False, "innbyggertallet i hver gruppe er ikke lagt inn."),
        (None, "Gruppene teller etter hvor mange de er."),
    ):
        with APP.test_request_context():
            section = survey(groups_count(people))
        assert any(isinstance(block, Text) and sentence in block.text for block in section.blocks)


def test_two_groups_too_small_are_two() -> None:
    small = tuple(replace(one, respondents=6, few=True) for one in BASIS.segments)
    assert "For få har svart i gruppene unge og voksne til" in told(make_report(replace(BASIS, segments=small)))


def test_a_need_that_a_county_could_meet_is_not_said_to_be_beyond_help() -> None:
    tables = make_report(replace(BASIS, unreached=(replace(BASIS.unreached[0], reason="others_decide"),)))
    assert "er ikke med, og det er fylke eller stat som rår over dem:" in told(tables)
    assert "kan ikke løses lokalt" not in told(tables)


def test_more_money_makes_room_for_one_but_may_give_more_elsewhere() -> None:
    """95 000 kr more in 2027 lets the sample take T03 and close 10,845; without it the same money closes 10,868."""
    found = ComesIn("T03", (Excess("operating", 2027, 95),), None, None, (), None)
    with APP.test_request_context():
        said = " ".join(why.brings_in(found))
    assert "får plass uten at planen lukker mindre" in said and "kommer inn" not in said


def test_halves_are_rounded_as_in_a_spreadsheet() -> None:
    assert [notation.number(one, 1) for one in (0.25, -0.25, 0.35)] == ["0,3", "−0,3", "0,4"]
    assert notation.percent(0.125) == "13\xa0%"


def test_a_difference_is_that_of_the_figures_beside_it() -> None:
    """9,96 and 7,64 stand as 10,0 and 7,6: the difference that is told is 2,4, not 2,3."""
    tables = make_report()
    ours, other = replace(tables.answer, value=9.96), Way("greedy", 7.64, 2, {}, ("C",), ())
    with APP.test_request_context():
        said = report_alternatives._others(replace(tables, answer=ours, ways=(tables.ways[0], other)))
        assert "lukker 2,4 behovspoeng mindre" in " ".join(said)
    shares = Difference(0.764, 0.676, 90, 80, 0.088, -0.02, 0.2)
    assert gap_stay.signed_gap(shares) == "+8"
    assert gap_stay.steps_gap(Difference(3.24, 3.26, 90, 80, -0.02, -0.3, 0.3)) == "−0,1"


def test_the_young_are_found_under_the_municipalitys_own_name() -> None:
    def said(id_: str, name: str) -> str:
        """Of a plan whose young are called so."""
        tables = make_report()
        basis = replace(BASIS, segments=(replace(BASIS.segments[0], id=id_, name=name), BASIS.segments[1]))
        rows = tuple(replace(row, group=id_) if row.group == "unge" else row for row in tables.segments)
        with APP.test_request_context():
            blocks = children(replace(tables, basis=basis, segments=rows), PaperTexts()).blocks
        return " ".join(block.text for block in blocks if isinstance(block, Text))

    assert usual_id(Segment("g1", "Ungdom")) == "unge" and usual_id(Segment("bygda", "Bygda")) == "bygda"
    assert "Blant unge lukker planen" in said("unge", "Unge") and "2 tiltak når unge" in said("unge", "Unge")
    assert "Blant Ungdom lukker planen" in said("ungdom", "Ungdom")
    assert said("bygda", "Bygda").startswith("Ingen av gruppene er skilt ut som unge")


def test_whose_figures_a_group_has_is_told_statement_by_statement() -> None:
    def row(sources: tuple[str, str, str]) -> str:
        needs = tuple(
            replace(line, by_segment=(("unge", 50, source), ("voksne", 30, "own")))
            for line, source in zip(BASIS.needs, sources, strict=True)
        )
        text = told(make_report(replace(BASIS, needs=needs)))
        return text[text.index("Hvem som svarte") if "Hvem som svarte" in text else 0 :].split("Voksne\n")[0]

    assert "egne" in row(("own", "own", "own"))
    assert "kommunens på 1 av 3 utsagn" in row(("own", "own", "borrowed"))
    both = row(("pooled", "own", "borrowed"))
    assert "vist sammen med en annen gruppe på 1 av 3 utsagn og kommunens på 1 av 3 utsagn" in both


def test_it_is_told_what_the_answers_are_weighted_by_and_where_the_numbers_are_from() -> None:
    assert BASIS.survey is not None
    facts = replace(BASIS.survey, weighting="raked", weighted_by=("Kjønn", "Alder"), people_from="SSB, tabell 07459.")
    text = told(make_report(replace(BASIS, survey=facts)))
    assert "vektet etter «Kjønn» og «Alder»" in text and "Innbyggertallene er fra SSB, tabell 07459." in text
    assert "er ikke oppgitt" in told(make_report(replace(BASIS, survey=replace(facts, people_from=""))))
    kept = Basis.from_document(json.loads(json.dumps(replace(BASIS, survey=facts).to_document())))
    assert kept.survey == facts


def test_what_ends_is_told_with_the_years_it_frees_money_in() -> None:
    assert "biblioteket\nfra 2027\n" in told(make_report())
    until = replace(BASIS.freed[0], last_year=2028)
    assert "biblioteket\n2027–2028\n" in told(make_report(replace(BASIS, freed=(until,))))


def test_one_is_told_as_one() -> None:
    assert "før det settes i gang" in told(make_report())
    with APP.test_request_context():
        one, two = (finding(Finding("row_few_answers", details={"count": n})).what for n in (1, 2))
    assert one == "Én rad har svart på under halvparten av spørsmålene." and two.startswith("2 rader har")
    assert of_one().keys() <= texts().keys()
