"""Microsoft Forms (xlsx) and Google Forms (csv): labels only, and headings that do not say which scale they are.

Their mess: two grids with the same thirty rows, where Forms puts a 2 after the second; a sheet somebody added; a blank
row; somebody who gave up; in Google's file a question so long that it speaks of both scales.
"""

import csv
import io

import xlsxwriter

from tests.survey_files.clean import (
    AGREEMENT,
    BESIDE,
    IMPORTANCE,
    LIKELIHOOD,
    PEOPLE,
    STAY,
    Person,
    labelled,
    texts,
)
from tests.survey_files.expected import SurveyFile

SYSTEM = ("ID", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn", "Tidspunkt for siste endring")
ABOUT = ("Aldersgruppe", "Kjønn", "Har du flyttet til kommunen de siste fem årene?")
ASKED = "Ønsker du å bo i kommunen i framtida?"
GAVE_UP, BLANK_AFTER = 30, 90
LONG = (
    "Under ser du 30 utsagn om det å bo et sted. Vi spør først hvor viktig hvert av dem er for deg, uansett hvor du "
    "bor i dag. Etterpå spør vi hvor sannsynlig du tror det er at du får det her i kommunen. Svar så godt du kan!"
)
LIKELY = "Hvor sannsynlig tror du det er at du vil få oppfylt dette i kommunen vår de neste årene?"


def _about(person: Person) -> list[str]:
    return [person.age, person.sex, "Ja" if person.moved else "Nei"]


def _grids(person: Person) -> list[str]:
    cut = 9 if person.number == GAVE_UP else 30
    v = [labelled(step, IMPORTANCE["nb"]) if j < cut else "" for j, step in enumerate(person.importance)]
    s = [labelled(step, LIKELIHOOD["nb"]) if j < cut else "" for j, step in enumerate(person.likelihood)]
    return [*v, *s]


def _beside(person: Person) -> list[str]:
    return [STAY[person.stay], *(labelled(step, AGREEMENT) for step in person.beside)]


def microsoft() -> SurveyFile:
    """The row of person 91 and later is one further down than their number says twice: a heading and a blank row."""
    statements = texts()
    headings = [
        *SYSTEM,
        *ABOUT,
        *statements,
        *(f"{text}2" for text in statements),
        ASKED,
        *(one.text for one in BESIDE),
    ]
    out, stored, reported = io.BytesIO(), {}, {BLANK_AFTER + 2: "row_blank"}
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, notes = book.add_worksheet("Sheet1"), book.add_worksheet("Notater")
        notes.write_row(0, 0, ["Purret 12. september", "Ringt Berit"])
        day = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        sheet.write_row(0, 0, headings)
        for person in PEOPLE:
            row = person.number + (person.number > BLANK_AFTER)
            sheet.write_number(row, 0, person.number)
            for place in (1, 2):
                sheet.write_number(row, place, 45_900 + person.number / 7 + place / 100, day)
            sheet.write_row(row, 3, ["anonymous", "", ""])
            for place, cell in enumerate([*_about(person), *_grids(person), *_beside(person)], start=6):
                sheet.write_string(row, place, cell + "\u00a0" * (person.number % 9 == 0)) if cell else None
            if person.number == GAVE_UP:
                reported[row + 1] = "row_few_answers"
            else:
                stored[row + 1] = person.number
    codes = ("file_sheet_chosen", "personal_dropped", "row_blank", "row_few_answers")
    return SurveyFile("Innbyggerundersøkelse(1-180).xlsx", out.getvalue(), stored, codes, reported, rows_in=181)


def google() -> SurveyFile:
    statements = texts()
    grids = [*(f"{LONG} [{text}]" for text in statements), *(f"{LIKELY} [{text}]" for text in statements)]
    headings = ["Tidsmerke", *ABOUT, *grids, ASKED, *(f"Hvor enig er du? [{one.text}]" for one in BESIDE)]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(headings)
    for person in PEOPLE:
        time = f"{person.number % 28 + 1:02d}.09.2025 kl. 15.37.{person.number % 60:02d}"
        writer.writerow([time, *_about(person), *_grids(person), *_beside(person)])
    stored = {one.number + 1: one.number for one in PEOPLE if one.number != GAVE_UP}
    codes = ("personal_dropped", "row_few_answers")
    return SurveyFile("Svar.csv", out.getvalue().encode(), stored, codes, {GAVE_UP + 1: "row_few_answers"})
