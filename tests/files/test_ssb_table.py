"""Population tables in, people out: the three forms say the same, and a damaged file is a finding."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.answers import make_answers
from planner.domain.background import background_columns
from planner.domain.findings import Finding
from planner.domain.margins import fill
from planner.domain.population import Population, named_place
from planner.domain.segments import Segment
from planner.domain.weighting import Margin, rake
from planner.files.ssb_table import read_population_file
from planner.wording import texts
from tests.files.ssb_files import api_csv, json_stat, people, web_csv

FORMS = {
    "web": web_csv(),
    "api": api_csv(),
    "semicolon": api_csv(";"),
    "utf-8": api_csv(",", "utf-8"),
    "codes and texts": api_csv(";", "utf-8", coded=True),
    "json": json_stat(),
    "sparse": json_stat(sparse=True),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_people_of_the_newest_year(form: str) -> None:
    population, notes = read_population_file(FORMS[form])
    assert isinstance(population, Population), population
    assert (population.year, population.by_age, population.by_sex) == ("2026", True, True)
    assert [note.code for note in notes] == ["population_newest_year"]
    place = named_place(population, "Prøvevik kommune")
    assert place is not None and not place.trouble
    found = {(group.sex, group.low, group.high): group.people for group in place.groups}
    assert found["k", 34, 34] == people(1, 34, 1) == 25
    assert found["m", 0, 0] == people(0, 0, 1) == 33
    assert found["m", 105, None] == 0 and len(found) == 212
    assert Population.from_document(population.to_document()) == population


def test_a_hidden_figure_of_the_newest_year_is_trouble() -> None:
    population, _ = read_population_file(json_stat(hidden=True))
    assert isinstance(population, Population)
    assert population.places[0].trouble == "population_hidden"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "population_file_unknown"),
        (b"{}", "population_file_unknown"),
        (b'"region";"2026"\r\n"Provevik";12\r\n"Annenvik";13', "population_no_age_or_sex"),
        (FORMS["web"].replace(b"Befolkning", b"Sysselsatte").replace(b"Personer", b"Andel"), "population_not_people"),
        (FORMS["web"].replace(b'"17 \xe5r"', b'"16 \xe5r"'), "population_row_twice"),
        (FORMS["web"].replace(b'"17 \xe5r"', b'"10-17 \xe5r"'), "population_overlap"),
        (FORMS["web"].replace(b'"17 \xe5r"', b'"mange"'), "population_label_unknown"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, code: str) -> None:
    read = read_population_file(data)
    assert code in [one.code for one in read if isinstance(one, Finding)], read


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_a_damaged_file_never_crashes(form: str, data: st.DataObject) -> None:
    damaged = bytearray(FORMS[form][:4000] if data.draw(st.booleans()) else FORMS[form])
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read = read_population_file(bytes(damaged))
    if not isinstance(read[0], Population):
        assert read and all(one.code in texts() for one in read)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.lists(st.sampled_from(("16–29", "30–66", "67 og over")), min_size=60))
def test_weights_meet_the_margins_of_the_file(form: str, drawn: list[str]) -> None:
    ages = (*("16–29", "30–66", "67 og over") * 20, *drawn)
    answers = make_answers((), (Segment("alle", "Alle"),), *[np.zeros((len(ages), 0))] * 2, np.zeros(len(ages)))
    answers = replace(
        answers,
        margins=(("Alder", ages), ("Kjønn", ("kvinne", "mann") * (len(ages) // 2) + ("mann",) * (len(ages) % 2))),
    )
    columns = background_columns(answers)[:2]
    population, _ = read_population_file(FORMS[form])
    assert isinstance(population, Population)
    filled = fill(columns, population.places[0], None, None)
    margins = {
        one.heading: [(level.name, filled.people[one.heading, level.name]) for level in one.levels] for one in columns
    }
    assert dict(margins["Alder"])["16–29"] == sum(people(s, a, 1) for s in range(2) for a in range(16, 30))
    raked, _ = rake([Margin(one.heading, one.categories, tuple(margins[one.heading])) for one in columns])
    assert raked is not None
    for column in columns:
        for level, count in margins[column.heading]:
            inside = np.array([cell == level for cell in column.categories])
            assert raked.weight[inside].sum() == pytest.approx(count, rel=1e-8)
