"""What the paper says and does not say: certainty only where it is proven, no figure of a group too small."""

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel

from planner.domain.report import Report
from planner.wording.paper import Column, Paper, Points, Row, Table, Text, without_control
from planner.wording.report import Kept, paper
from tests.files.paper_case import KEPT_AT
from tests.report_case import BASIS, make_report


def told(tables: Report) -> str:
    """Every sentence and cell of the paper, in one string with plain spaces."""
    app = Flask("paper")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        return everything(paper(tables, Kept(1, "Førsteutkast", KEPT_AT), {}))


def everything(made: Paper) -> str:
    parts: list[str] = []
    for section in made.sections:
        parts.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Text):
                parts.append(block.text)
            elif isinstance(block, Points):
                parts += [line for point in block.points for line in (point.text, *point.below)]
            elif isinstance(block, Table):
                parts += [cell for row in block.written() for cell in row]
        parts += [note.text for note in section.notes]
    return "\n".join(parts).replace("\u202f", " ").replace("\xa0", " ")


def test_only_a_proven_plan_is_said_to_be_beaten_by_none() -> None:
    proven = told(make_report())
    assert "Ingen annen sammensetning" in proven and "bevist: ingen plan er bedre" in proven

    near = told(make_report(gap=0.0009, bound=14.0126))
    assert "kan lukke mer enn 14,01 behovspoeng" in near and "Det er ikke bevist" in near
    assert "Ingen annen sammensetning" not in near and "ingen plan er bedre" not in near

    found = told(make_report(status="best_found", gap=0.2, bound=17.5))
    assert "Det kan finnes en bedre." in found and "Det er ikke bevist" in found
    for claim in ("Ingen annen sammensetning", "ingen plan er bedre", "best mulig", "optimal", "velges den som koster"):
        assert claim not in found


def test_a_group_too_small_is_neither_counted_nor_shown() -> None:
    small = replace(BASIS.segments[0], respondents=6, few=True)
    text = told(make_report(replace(BASIS, segments=(small, replace(BASIS.segments[1], respondents=122)))))
    assert "Unge\nunder 10\n" in text and "Unge\n6\n" not in text
    # 122 of 128 would give the six away.
    assert "Voksne\nom lag 120\n" in text and "122" not in text
    assert "For få har svart i gruppen unge" in text


def test_the_innstilling_says_what_ends_what_is_held_back_and_what_rests_on_examples() -> None:
    text = told(make_report())
    assert "Trykt informasjonsblad. Hvem det gjelder: De som ikke er på nett" in text
    assert "10 % av rammene holdes tilbake" in text
    assert "Det gjelder A Boligveileder." in text
    assert "900 000 kr er søkt om eller lovet muntlig og er ikke regnet med." in text


def test_nothing_is_said_of_what_is_not_there() -> None:
    settings = replace(BASIS.settings, reserve=0)
    text = told(make_report(replace(BASIS, freed=(), settings=settings)))
    assert "slutter med" not in text and "mulighetspott" not in text.lower()


def test_a_plan_without_a_survey_says_so() -> None:
    text = told(make_report(replace(BASIS, survey=None)))
    assert "Saken bygger ikke på en undersøkelse." in text and "rader i filen" not in text


def test_a_table_writes_its_figures_by_column_and_row() -> None:
    columns = (Column("Post"), Column("2027", "whole"), Column("Andel", "percent"))
    rows = (Row(("Drift", None, None), "group"), Row(("A", 1234, 0.125)), Row(("B", None, None)), Row(("C", -5, "x")))
    table = Table("T", columns, rows)
    assert table.written() == (
        ("Drift", "", ""),
        ("A", "1\u202f234", "13\xa0%"),
        ("B", "–", "–"),
        ("C", "−5", "x"),
    )
    assert table.tenths == (3, 3, 3)
    with pytest.raises(ValueError):
        Table("T", columns, (Row(("A", 1)),))


def test_what_no_file_may_hold_is_left_out() -> None:
    assert without_control("a\x00b\tc\nd\x7f\ud800e\ufffe ø") == "ab c de ø"


def test_what_is_still_to_be_built_when_the_plan_ends_is_told_to_the_last_krone() -> None:
    tables = make_report()
    assert "gjenstår" not in told(tables)
    (total,) = (one for one in tables.totals if one.budget == "investment")
    soon = replace(total, net=replace(total.net, after=2000))
    building = replace(tables, totals=tuple(soon if one is total else one for one in tables.totals))
    assert told(building).count("2 000 000 kr til investering gjenstår i 2031, det første året etter planen.") == 2
    long = replace(building, initiatives=(replace(tables.initiatives[0], later=8000), *tables.initiatives[1:]))
    sentence = "10 000 000 kr til investering gjenstår etter 2030: 2 000 000 kr i 2031 og 8 000 000 kr senere."
    assert told(long).count(sentence) == 2
