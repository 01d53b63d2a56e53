"""SPSS: codes with labels beside them, made by pyreadstat.

Its mess: in the SAV file some questions have labels on their end points only, «vet ikke» is a declared 98 and not
answered a declared 99, one person has an undeclared 9, the row order is not the order of the numbers, and statements
are cut where SPSS cuts. The ZSAV file has names cut at 64 and nothing undeclared.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from tests.survey_files.clean import AGES, BESIDE, IMPORTANCE, LIKELIHOOD, PEOPLE, Person, texts
from tests.survey_files.expected import SurveyFile

UNDECLARED, GAVE_UP = 5, 60
V, S = "Hvor viktig er dette for deg?", "Hvor sannsynlig er dette her?"


def _coded(step: int) -> float | None:
    return {0: 99.0, 8: 98.0}.get(step, float(step))


def _ends(labels: tuple[str, ...]) -> dict[float, str]:
    return {1.0: labels[0], 7.0: labels[-1], 98.0: "Vet ikke"}


def _all(labels: tuple[str, ...]) -> dict[float, str]:
    return {float(step): label for step, label in enumerate(labels, start=1)} | {98.0: "Vet ikke", 99.0: "Ubesvart"}


def _grids(person: Person, names: list[str]) -> dict[str, float | None]:
    steps = [*person.importance, *person.likelihood]
    cut = 12 if person.number == GAVE_UP else 30
    pairs = enumerate(zip(names, steps, strict=True))
    return {name: _coded(step) if place % 30 < cut else None for place, (name, step) in pairs}


def _written(rows: list[dict[str, Any]], ending: str, **about: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"svar.{ending}"
        pyreadstat.write_sav(pd.DataFrame(rows), str(path), compress=ending == "zsav", **about)
        return path.read_bytes()


def _people() -> list[Person]:
    return [*PEOPLE[90:], *PEOPLE[:90]]


def _outcome() -> tuple[dict[int, int], dict[int, str]]:
    rows = {row: person.number for row, person in enumerate(_people(), start=1)}
    stored = {row: number for row, number in rows.items() if number != GAVE_UP}
    return stored, {row: "row_few_answers" for row, number in rows.items() if number == GAVE_UP}


def sav() -> SurveyFile:
    names = [f"V{block}_{j}" for block in (1, 2) for j in range(1, 31)]
    rows = []
    for person in _people():
        row: dict[str, Any] = {"respnr": float(person.number), "dato": datetime(2025, 9, person.number % 28 + 1, 10)}  # noqa: DTZ001
        row |= {"q1": float(AGES.index(person.age) + 1), "q2": 1.0 if person.sex == "Kvinne" else 2.0}
        row |= {"q3": 1.0 if person.moved else 2.0} | _grids(person, names)
        row |= {"q6": float(person.stay) if person.stay else None}
        row |= {f"q7_{j}": float(step) if step else None for j, step in enumerate(person.beside, start=1)}
        rows.append(row | {"vekt": float(person.weight), "kommentar": "  takk  " if person.number % 50 == 0 else ""})
        if person.number == UNDECLARED:
            place = next(name for name, step in zip(names[30:], person.likelihood, strict=True) if step == 8)
            rows[-1][place] = 9.0
    labels = {"respnr": "Respondentnummer", "dato": "Dato for intervju", "q1": "Aldersgruppe", "q2": "Kjønn"}
    labels |= {"q3": "Flyttet til kommunen siste fem år", "q6": "Ønsker du å bo i kommunen i framtida?"}
    labels |= {name: f"{V if at < 30 else S} {texts()[at % 30]}"[:110] for at, name in enumerate(names)}
    labels |= {f"q7_{j}": one.text for j, one in enumerate(BESIDE, start=1)} | {
        "vekt": "Vekt",
        "kommentar": "Kommentar",
    }
    values = {"q1": {float(n): f"{age} år" for n, age in enumerate(AGES, start=1)}, "q2": {1.0: "Kvinne", 2.0: "Mann"}}
    values |= {"q3": {1.0: "Ja", 2.0: "Nei"}, "q6": {1.0: "Ja", 2.0: "Nei", 3.0: "Vet ikke"}}
    for at, name in enumerate(names):
        values[name] = (_all if at % 3 else _ends)(IMPORTANCE["nb"] if at < 30 else LIKELIHOOD["nb"])
    missing = {name: [{"lo": 97, "hi": 99}] for name in names}
    data = _written(rows, "sav", column_labels=labels, variable_value_labels=values, missing_ranges=missing)
    stored, reported = _outcome()
    return SurveyFile(
        "innbyggerundersøkelse.sav", data, stored, ("personal_dropped", "row_few_answers"), reported,
        asked=("cell_not_understood",), missing=("9",), weighted=True,
    )  # fmt: skip


def zsav() -> SurveyFile:
    """Names made of the statements, as when a file of text was imported: cut at 64, and no other label."""
    named = [f"{scale} {text}" for scale in ("Viktig", "Sannsynlig") for text in texts()]
    names = ["".join(letter if letter.isalnum() else "_" for letter in name) for name in named]
    cut = [name.encode()[:60].decode(errors="ignore").rstrip("_") for name in names]
    labels = {name: (_all(IMPORTANCE["nb"]) if at < 30 else _all(LIKELIHOOD["nb"])) for at, name in enumerate(cut)}
    rows = []
    for person in _people():
        row: dict[str, Any] = {"id": float(person.number), "Alder": person.age, "Kjønn": person.sex}
        row |= {"Flyttet_hit": "Ja" if person.moved else "Nei"} | _grids(person, cut)
        rows.append(row | {"Vekt": float(person.weight)})
    missing = {name: [98, 99] for name in cut}
    data = _written(rows, "zsav", variable_value_labels=labels, missing_ranges=missing)
    stored, reported = _outcome()
    return SurveyFile(
        "svar.zsav", data, stored, ("row_few_answers",), reported, weighted=True, driven=False, stays=False
    )
