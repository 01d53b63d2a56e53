"""Files somebody has worked on: side by side, two blocks under merged headings, text from Excel, a list.

Their mess: cp1252 and decimal commas; titles and empty rows above; UTF-16 with tabs and people who answered twice;
names and e-mails, free texts with separators and line breaks, a copy, a formula, a row of totals.
"""

import csv
import io

import xlsxwriter

from tests.survey_files.clean import (
    AGREEMENT,
    BESIDE,
    DONT_KNOW,
    IMPORTANCE,
    LIKELIHOOD,
    PEOPLE,
    STAY,
    UNSURE,
    Person,
    labelled,
    texts,
)
from tests.survey_files.expected import SurveyFile

MOVED = "Flyttet hit siste fem år"


def _comma(weight: str) -> str:
    return weight.replace(".", ",")


def _in_a_fashion(step: int, labels: tuple[str, ...], turn: int) -> str:
    """The same answer as four people typed it: «6 – Viktig», «6,0», «Viktig », «6»."""
    if step in (0, DONT_KNOW):
        return (
            ["", "-", " ", "Ubesvart"][turn % 4] if step == 0 else [UNSURE["nn"], "99", "veit ikkje ", "97"][turn % 4]
        )
    return [f"{step} – {labels[step - 1]}", f"{step},0", f"{labels[step - 1]} ", f"{step}"][turn % 4]


def side_by_side() -> SurveyFile:
    headings = ["Løpenummer", "Aldersgruppe", "Kjønn", "Tilflyttar"]
    headings += [f"{text} ({scale})" for text in texts() for scale in ("viktig", "sannsynleg")]
    lines = [[*headings, "Ønskjer du å bu i kommunen i framtida?", *(one.text_nn for one in BESIDE), "Vekt"]]
    for person in PEOPLE:
        row = [str(person.number), person.age, person.sex, "ja" if person.moved else "nei"]
        for j, (v, s) in enumerate(zip(person.importance, person.likelihood, strict=True)):
            row += [
                _in_a_fashion(v, IMPORTANCE["nn"], person.number + j),
                _in_a_fashion(s, LIKELIHOOD["nn"], person.number + 3 * j),
            ]
        stay = {1: "Ja", 2: "Nei", 3: "Veit ikkje", 0: ""}[person.stay]
        lines.append([*row, stay, *(str(step or "") for step in person.beside), _comma(person.weight)])
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    stored = {one.number + 1: one.number for one in PEOPLE}
    return SurveyFile("svar nynorsk.csv", out.getvalue().encode("cp1252"), stored, ("file_encoding",), weighted=True)


def two_header_rows() -> SurveyFile:
    """Title, «Eksportert …», an empty row, the questions merged over their statements, the statements, the answers."""
    out, first = io.BytesIO(), 6
    statements = texts()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Svar")
        sheet.merge_range(0, 0, 0, 8, "Innbyggerundersøkelse 2025 – Eksempelvik kommune")
        sheet.write_row(1, 0, ["Eksportert", "05.01.2026"])
        for place, name in enumerate(("Nr", "Aldersgruppe", "Kjønn", MOVED)):
            sheet.merge_range(3, place, 4, place, name)
        sheet.merge_range(3, 4, 3, 33, "Hvor viktig er dette for deg?")
        sheet.merge_range(3, 34, 3, 63, "Hvor sannsynlig er det at du får dette her?")
        sheet.write_row(4, 4, [*statements, *statements])
        sheet.merge_range(3, 64, 4, 64, "Ønsker du å bo i kommunen i framtida?")
        sheet.merge_range(3, 65, 3, 69, "Hvor enig er du i dette?")
        sheet.write_row(4, 65, [one.text for one in BESIDE])
        sheet.merge_range(3, 70, 4, 70, "Vekt")
        for at, person in enumerate(PEOPLE):
            row = first - 1 + at
            sheet.write_row(row, 0, [person.number, person.age, person.sex, "Ja" if person.moved else "Nei"])
            for place, step in enumerate((*person.importance, *person.likelihood), start=4):
                if step == DONT_KNOW:
                    sheet.write_string(row, place, "Vet ikke")
                elif step:
                    sheet.write_number(row, place, step)
            sheet.write_string(row, 64, STAY[person.stay])
            for place, step in enumerate(person.beside, start=65):
                sheet.write_string(row, place, labelled(step, AGREEMENT))
            sheet.write_number(row, 70, float(person.weight))
    stored = {at + first: person.number for at, person in enumerate(PEOPLE)}
    return SurveyFile("Resultat.xlsx", out.getvalue(), stored, ("file_title_rows", "file_two_headings"), weighted=True)


def unicode_text() -> SurveyFile:
    """English, as Excel saves «Unicode-tekst»; ten people answered twice, and the later answer counts."""
    headings = ["Respondent ID", "Age", "Gender", "Moved here in the last five years"]
    headings += [f"Importance: {text}" for text in texts("en")] + [f"Likelihood: {text}" for text in texts("en")]
    lines = [[*headings, "Would you like to live in the municipality in the future?", "Weight"]]
    stored, reported = {}, {}
    changed = [PEOPLE[number] for number in range(100, 110)]
    for place, (person, answered) in enumerate(
        [*((one, PEOPLE[one.number % 50]) for one in changed), *((one, one) for one in PEOPLE)]
    ):
        row = place + 2
        if place < len(changed):
            reported[row] = "row_repeated_respondent"
        else:
            stored[row] = person.number
        cells = [
            f"R-{person.number}",
            person.age.replace(" og over", "+"),
            {"Kvinne": "Woman", "Mann": "Man"}[person.sex],
        ]
        cells += ["Yes" if person.moved else "No"]
        cells += [labelled(step, IMPORTANCE["en"], UNSURE["en"]) for step in answered.importance]
        cells += [labelled(step, LIKELIHOOD["en"], UNSURE["en"]) for step in answered.likelihood]
        cells += [{1: "Yes", 2: "No", 3: "Don't know", 0: ""}[person.stay], person.weight]
        lines.append(cells)
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(lines)
    return SurveyFile(
        "answers.txt", b"\xff\xfe" + out.getvalue().encode("utf-16-le"), stored, ("row_repeated_respondent",), reported,
        weighted=True, driven=False,
    )  # fmt: skip


def _code_and_label(step: int, labels: tuple[str, ...]) -> str:
    return "" if step == 0 else "Vet ikke" if step == DONT_KNOW else f"{step} {labels[step - 1]}"


COPIED, TOTALS = 31, len(PEOPLE) + 3


def worked_on() -> SurveyFile:
    """Person 31 is there twice without a number to tell; the last row holds means."""
    headings = ["Navn", "E-post", "Alder", "Kjønn", MOVED, *(f"Viktig: {text}" for text in texts())]
    headings += [*(f"Sannsynlig: {text}" for text in texts()), "Ønsker du å bo i kommunen i framtida?"]
    lines = [[*headings, *(one.text for one in BESIDE), "Hva savner du mest?", "Antall svar", "Vekt"]]
    stored: dict[int, int] = {}
    for row, person in enumerate([*PEOPLE, PEOPLE[COPIED - 1]], start=2):
        lines.append(_worked_on(person, row))
        stored[row] = person.number
    lines.append(
        ["Gjennomsnitt", "", "", "", "", *["5,3"] * 60, "", *["4,4"] * 5, "", f"=SUM(BP2:BP{TOTALS - 1})", "1,0"]
    )
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    codes = ("file_totals_row", "identical_answers", "personal_dropped")
    return SurveyFile(
        "Svar bearbeidet.csv",
        out.getvalue().encode("utf-8-sig"),
        stored,
        codes,
        {TOTALS: "file_totals_row"},
        weighted=True,
    )


def _worked_on(person: Person, row: int) -> list[str]:
    name = f"Oppdiktet {person.number}"
    cells = [name, f"person{person.number}@eksempel.no", person.age, person.sex, "Ja" if person.moved else "Nei"]
    cells += [_code_and_label(step, IMPORTANCE["nb"]) for step in person.importance]
    cells += [_code_and_label(step, LIKELIHOOD["nb"]) for step in person.likelihood]
    cells += [STAY[person.stay], *(_code_and_label(step, AGREEMENT) for step in person.beside)]
    free = f'Buss; bolig, og «{person.number}» naboer.\nDet var det, sa "alle".' if person.number % 3 == 0 else ""
    return [*cells, free, f"=ANTALL(F{row}:BM{row})", _comma(person.weight)]
