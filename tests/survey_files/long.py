"""Files with a row for each answer, as analysts and databases keep them.

Their mess: rows in no order at all, and the same row twice; English headings, letters in the ids, answers left empty.
"""

import csv
import io
import random

from tests.survey_files.clean import IMPORTANCE, LIKELIHOOD, PEOPLE, STAY, UNSURE, Person, labelled, texts
from tests.survey_files.expected import SurveyFile

COPIES = 12


def _file(name: str, headings: list[str], rows: list[tuple[int, list[str]]], findings: tuple[str, ...]) -> SurveyFile:
    """rows: (number of the person, cells)."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([headings, *(cells for _, cells in rows)])
    stored: dict[int, int] = {}
    for row, (person, _) in enumerate(rows, start=2):
        if person not in stored.values():
            stored[row] = person
    return SurveyFile(name, out.getvalue().encode("utf-8"), stored, findings, weighted=True, driven=False)


def _background(person: Person) -> list[str]:
    return [person.age, person.sex, "Ja" if person.moved else "Nei", STAY[person.stay], person.weight]


def an_answer_a_row() -> SurveyFile:
    headings = ["Respondent", "Aldersgruppe", "Kjønn", "Flyttet hit siste fem år"]
    headings += ["Ønsker du å bo i kommunen i framtida?", "Vekt", "Utsagn", "Skala", "Verdi"]
    rows = []
    for person in PEOPLE:
        for text, v, s in zip(texts(), person.importance, person.likelihood, strict=True):
            about = [str(person.number), *_background(person), text]
            rows.append((person.number, [*about, "Viktig", labelled(v, IMPORTANCE["nb"])]))
            rows.append((person.number, [*about, "Sannsynlig", labelled(s, LIKELIHOOD["nb"])]))
    rng = random.Random(20_261_124)
    rng.shuffle(rows)
    filled = [row for row in rows if row[1][-1]]
    return _file("lang.csv", headings, [*rows, *filled[:COPIES]], ("long_form", "long_rows_repeated"))


def a_statement_a_row() -> SurveyFile:
    headings = ["Statement", "Likelihood", "Importance", "Response ID", "Age", "Gender"]
    headings += [
        "Moved here in the last five years",
        "Would you like to live in the municipality in the future?",
        "Weight",
    ]
    rows = []
    for person in PEOPLE:
        about = _background(person)
        about[1:4] = [
            {"Kvinne": "Woman", "Mann": "Man"}[person.sex],
            "Yes" if person.moved else "No",
            {1: "Yes", 2: "No", 3: "Don't know", 0: ""}[person.stay],
        ]
        for text, v, s in zip(texts("en"), person.importance, person.likelihood, strict=True):
            likely, important = labelled(s, LIKELIHOOD["en"], UNSURE["en"]), labelled(v, IMPORTANCE["en"], UNSURE["en"])
            rows.append((person.number, [text, likely, important, f"R-{person.number}", *about]))
    rng = random.Random(20_261_125)
    rng.shuffle(rows)
    return _file("long_en.csv", headings, rows, ("long_form",))
