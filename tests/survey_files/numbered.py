"""SurveyXact and Enalyzer: short names, the questions in a row of their own below, and numbers without a word.

Their mess: the numbers are those of the alternatives, not of the steps. With «vet ikke» first, 1–7 are written 2–8;
with it last, «vet ikke» is 8. Both hold 1–8, so somebody must say which.
"""

from tests.survey_files.clean import BESIDE, DONT_KNOW, PEOPLE, STAY, Person, texts
from tests.survey_files.expected import SurveyFile

QUESTIONS = ("Aldersgruppe", "Kjønn", "Har du flyttet til kommunen de siste fem årene?")


def _rows() -> list[list[str]]:
    """Two rows of headings: «s_1» and what it asked."""
    statements = texts()
    questions = [f"Hvor viktig er dette for deg? - {text}" for text in statements]
    questions += [f"Hvor sannsynlig er det at du får dette? - {text}" for text in statements]
    asked = [*QUESTIONS, *questions, "Ønsker du å bo i kommunen i framtida?", *(one.text for one in BESIDE)]
    names = ["respondentid", *(f"s_{number}" for number in range(1, len(asked) + 1)), "statoverall_1"]
    return [names, ["Respondent-id", *asked, "Samlet status"]]


def _file(name: str, first: bool, encoding: str) -> SurveyFile:
    def number(step: int) -> str:
        if first:
            return "" if step == 0 else "1" if step == DONT_KNOW else str(step + 1)
        return "" if step == 0 else str(step)

    def row(person: Person) -> list[str]:
        about = [str(4000 + person.number), person.age, person.sex, "Ja" if person.moved else "Nei"]
        grids = [number(step) for step in (*person.importance, *person.likelihood)]
        beside = ["" if step == 0 else str(step) for step in person.beside]
        return [*about, *grids, STAY[person.stay], *beside, "Gjennomført"]

    text = "\r\n".join(";".join(cells) for cells in (*_rows(), *map(row, PEOPLE), ()))
    stored = {one.number + 2: one.number for one in PEOPLE}
    return SurveyFile(
        name, text.encode(encoding), stored, ("file_two_headings",),
        asked=("value_or_label_number",), numbers="dk_first" if first else "dk_last",
    )  # fmt: skip


def dont_know_first() -> SurveyFile:
    return _file("dataset.csv", True, "utf-8")


def dont_know_last() -> SurveyFile:
    return _file("enalyzer.csv", False, "utf-8-sig")
