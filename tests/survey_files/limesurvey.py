"""LimeSurvey's csv: a mark, semicolons, everything in quotes, a blank last line; both scales in one question.

Its mess: forms that were never sent in, half of them nearly empty; a guard before text that begins with «=»; «-oth-».
"""

import csv
import io
from collections.abc import Callable

from tests.survey_files.clean import AGES, AGREEMENT, BESIDE, IMPORTANCE, LIKELIHOOD, PEOPLE, Person, labelled, texts
from tests.survey_files.expected import SurveyFile

SYSTEM = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl")
SYSTEM_TEXT = ("Svar-ID", "Dato innsendt", "Siste side", "Start-språk", "Seed", "Dato startet", "Dato siste handling",
               "IP-adresse", "Referanse-URL")  # fmt: skip
QUESTION = "Hva er viktig for deg når du velger hvor du vil bo?"
V, S = "Hvor viktig er dette for deg?", "Hvor sannsynlig er det at du får dette her?"
ABOUT = (("alder", "Hvilken aldersgruppe er du i?"), ("kjonn", "Kjønn"), ("kjonn[other]", "Kjønn [Annet]"),
         ("flyttet", "Har du flyttet til kommunen de siste fem årene?"))  # fmt: skip
STAY = ("framtid", "Ønsker du å bo i kommunen i framtida?")
AGREE = "Hvor enig eller uenig er du i dette?"
FREE = ("fritekst", "Noe mer du vil si?")
UNSENT, GIVEN_UP, UNTOUCHED = 17, 44, 71  # sent none of them; 17 answered it all, 44 a third, 71 nothing


def codes() -> list[str]:
    grid = [f"Q1[SQ{j:03d}][{scale}]" for j in range(1, 31) for scale in (1, 2)]
    return [*SYSTEM, *(code for code, _ in ABOUT), *grid, STAY[0], *(f"Q3[SQ{j:03d}]" for j in range(1, 6)), FREE[0]]


def full_texts() -> list[str]:
    grid = [f"{QUESTION} [{text}][{scale}]" for text in texts() for scale in (V, S)]
    about = [text for _, text in ABOUT]
    return [*SYSTEM_TEXT, *about, *grid, STAY[1], *(f"{AGREE} [{one.text}]" for one in BESIDE), FREE[1]]


def both() -> list[str]:
    """«Q1[SQ001][1]. Hva er viktig …»; what LimeSurvey asks of itself has no code there."""
    pairs = list(zip(codes(), full_texts(), strict=True))
    return [text if code in SYSTEM else f"{code}. {text}" for code, text in pairs]


def _coded(step: int) -> str:
    return "" if step == 0 else "A8" if step == 8 else f"A{step}"


def _row(person: Person, answer: Callable[[int, str], str], short: bool) -> list[str]:
    cut = {GIVEN_UP: 10, UNTOUCHED: 0}.get(person.number, 30)
    sent = person.number not in (UNSENT, GIVEN_UP, UNTOUCHED)
    time = f"2025-09-{person.number % 28 + 1:02d} 15:37:20"
    row = [str(person.number), time if sent else "", "4" if sent else "2", "nb", str(person.number * 7919), time, time]
    row += [f"10.0.{person.number // 250}.{person.number % 250}", ""]
    other = person.number % 60 == 0
    sex = "-oth-" if other else {"Kvinne": "F", "Mann": "M"}[person.sex] if short else person.sex
    moved = ("Y" if person.moved else "N") if short else ("Ja" if person.moved else "Nei")
    row += [f"A{AGES.index(person.age) + 1}" if short else person.age, sex, "vil ikke si" if other else "", moved]
    for place, (v, s) in enumerate(zip(person.importance, person.likelihood, strict=True)):
        row += [answer(v, "v"), answer(s, "s")] if place < cut else ["", ""]
    stay = {1: "A1", 2: "A2", 3: "A3", 0: ""} if short else {1: "Ja", 2: "Nei", 3: "Vet ikke", 0: ""}
    row += [stay[person.stay], *(answer(step, "e") for step in person.beside)]
    return [*row, '\'=takk for at dere spør; bussen, "skolebussen"\nog veien' if person.number % 40 == 0 else ""]


def _text(step: int, scale: str) -> str:
    return labelled(step, {"v": IMPORTANCE["nb"], "s": LIKELIHOOD["nb"], "e": AGREEMENT}[scale])


def _written(headings: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([headings, *rows])
    return ("\ufeff" + out.getvalue() + "\r\n").encode("utf-8")


REPORTED = {GIVEN_UP + 1: "row_few_answers", UNTOUCHED + 1: "row_no_pair"}
STORED = {one.number + 1: one.number for one in PEOPLE if one.number + 1 not in REPORTED}
SEEN = ("personal_dropped", "row_few_answers", "row_no_pair", "rows_not_submitted")


def by_code() -> SurveyFile:
    """Codes say nothing of what was asked beside the grid, so a person must; «A8» is «vet ikke» only by their word."""
    roles = {"alder": "segment", "flyttet": "segment", "framtid": "stay", "fritekst": "ignored"}
    roles |= {f"Q3[SQ{j:03d}]": f"driver:{one.id}" for j, one in enumerate(BESIDE, start=1)}
    cells = {
        ("alder", "A1"): "unge",
        ("alder", "A2"): "",
        ("alder", "A3"): "",
        ("alder", "A4"): "",
        ("flyttet", "Y"): "tilflyttere",
    }
    rows = [_row(one, lambda step, _: _coded(step), True) for one in PEOPLE]
    return SurveyFile(
        "results-survey123456.csv", _written(codes(), rows), STORED, SEEN, REPORTED,
        asked=("value_or_label_number",), roles=roles, cells=cells, numbers="dk_last",
    )  # fmt: skip


def by_text() -> SurveyFile:
    rows = [_row(one, _text, False) for one in PEOPLE]
    return SurveyFile("results-fulltekst.csv", _written(full_texts(), rows), STORED, SEEN, REPORTED)


def by_code_and_text() -> SurveyFile:
    rows = [_row(one, _text, False) for one in PEOPLE]
    return SurveyFile("results-kode-og-tekst.csv", _written(both(), rows), STORED, SEEN, REPORTED)
