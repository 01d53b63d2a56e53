"""The survey all the files are made of: 180 made-up people, thirty statements twice, and nothing wrong with any of it.

No level and no person is real. The needs are reckoned from these steps directly, never by way of a file.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from planner.domain.answers import Answers
from planner.domain.segments import DEFAULT_SEGMENTS
from planner.domain.statements import Statement, StayStatement, read_statements, read_stay_statements

SEED = Path(__file__).parent.parent.parent / "seed_data"
STATEMENTS: tuple[Statement, ...] = read_statements((SEED / "statements.csv").read_text(encoding="utf-8"))
BESIDE: tuple[StayStatement, ...] = read_stay_statements((SEED / "stay_statements.csv").read_text(encoding="utf-8"))
BLANK, DONT_KNOW = 0, 8
AGES = ("16–29", "30–49", "50–66", "67 og over")
STAY = {1: "Ja", 2: "Nei", 3: "Vet ikke", 0: ""}

IMPORTANCE = {
    "nb": ("Helt uviktig", "Uviktig", "Litt uviktig", "Verken/eller", "Litt viktig", "Viktig", "Helt avgjørende"),
    "nn": ("Heilt uviktig", "Uviktig", "Litt uviktig", "Verken/eller", "Litt viktig", "Viktig", "Heilt avgjerande"),
    "en": ("Completely unimportant", "Unimportant", "Slightly unimportant", "Neither/nor", "Slightly important",
           "Important", "Absolutely decisive"),
}  # fmt: skip
LIKELIHOOD = {
    "nb": ("Helt usannsynlig", "Meget usannsynlig", "Litt usannsynlig", "Verken/eller", "Litt sannsynlig",
           "Meget sannsynlig", "Helt garantert"),
    "nn": ("Heilt usannsynleg", "Svært usannsynleg", "Litt usannsynleg", "Verken/eller", "Litt sannsynleg",
           "Svært sannsynleg", "Heilt garantert"),
    "en": ("Completely unlikely", "Very unlikely", "Slightly unlikely", "Neither/nor", "Slightly likely", "Very likely",
           "Completely guaranteed"),
}  # fmt: skip
AGREEMENT = ("Helt uenig", "Uenig", "Litt uenig", "Verken/eller", "Litt enig", "Enig", "Helt enig")
UNSURE = {"nb": "Vet ikke", "nn": "Veit ikkje", "en": "Don't know"}


@dataclass(frozen=True)
class Person:
    """importance, likelihood: 1–7, BLANK or DONT_KNOW. beside: asked beside staying, 0–7."""

    number: int
    age: str
    sex: str
    moved: bool
    stay: int
    beside: tuple[int, ...]
    weight: str
    importance: tuple[int, ...]
    likelihood: tuple[int, ...]

    @property
    def segment(self) -> str:
        return "tilflyttere" if self.moved else "unge" if self.age == AGES[0] else "voksne"


def _step(mean: float, rng: random.Random) -> int:
    return min(7, max(1, round(rng.gauss(mean, 1.2))))


def _one(number: int, rng: random.Random, levels: Sequence[tuple[float, float]]) -> Person:
    age, moved = rng.choices(AGES, (28, 32, 24, 16))[0], rng.random() < 0.2
    style, trust = rng.gauss(0, 0.3), rng.gauss(0, 0.4) - 0.6 * moved - 0.3 * (age == AGES[0])
    importance = [_step(v + style, rng) for v, _ in levels]
    likelihood = [_step(s + 0.6 * style + trust, rng) for _, s in levels]
    for block, blank, unsure in ((importance, 0.01, 0.01), (likelihood, 0.02, 0.05)):
        for place in range(len(levels)):
            chance = rng.random()
            if chance < blank + unsure:
                block[place] = BLANK if chance < blank else DONT_KNOW
    beside = tuple(BLANK if rng.random() < 0.02 else _step(4.5 + trust, rng) for _ in BESIDE)
    weight = (1.35 if age == AGES[0] else 0.91) * rng.choice((0.94, 1.06))
    stay = rng.choices((1, 2, 3, 0), (62, 16, 20, 2))[0]
    sex = rng.choices(("Kvinne", "Mann"), (55, 45))[0]
    return Person(number, age, sex, moved, stay, beside, f"{weight:.2f}", tuple(importance), tuple(likelihood))


def people(count: int = 180, seed: int = 20_261_124) -> tuple[Person, ...]:
    """The same people every time, numbered from 1."""
    rng = random.Random(seed)
    levels = [(5.9 - 1.4 * (j % 7) / 7, 3.1 + 2.4 * (j % 11) / 11) for j in range(len(STATEMENTS))]
    return tuple(_one(number, rng, levels) for number in range(1, count + 1))


PEOPLE = people()
BY_NUMBER = {person.number: person for person in PEOPLE}


def answers(stored: dict[int, int], weighted: bool, segmented: bool, driven: bool, stay: bool) -> Answers:
    """What a file must come to. stored: row in the file → number of the person. The rest: what the file can tell."""
    chosen = [BY_NUMBER[number] for _, number in sorted(stored.items())]
    grids = {
        name: np.array([getattr(one, name) for one in chosen], dtype=np.uint8) for name in ("importance", "likelihood")
    }
    ids = ("tilflyttere", "unge", "voksne")
    segments = tuple(one for one in DEFAULT_SEGMENTS if one.id in ids or not segmented)
    place = {one.id: at for at, one in enumerate(segments)}
    return Answers(
        statements=STATEMENTS,
        segments=segments,
        importance=np.where(grids["importance"] > 7, 0, grids["importance"]).astype(np.uint8),
        likelihood=np.where(grids["likelihood"] > 7, 0, grids["likelihood"]).astype(np.uint8),
        importance_dk=grids["importance"] == DONT_KNOW,
        likelihood_dk=grids["likelihood"] == DONT_KNOW,
        weight=np.array([float(one.weight) if weighted else 1.0 for one in chosen]),
        segment=np.array([place[one.segment if segmented else "voksne"] for one in chosen]),
        rows=np.array(sorted(stored)),
        weighted=weighted,
        stay=np.array([one.stay if stay else 0 for one in chosen], dtype=np.uint8),
        drivers=np.array([one.beside if driven else () for one in chosen], dtype=np.uint8),
        driver_ids=tuple(one.id for one in BESIDE) if driven else (),
    )  # fmt: skip


def labelled(step: int, labels: Sequence[str], unsure: str = UNSURE["nb"]) -> str:
    """A step as the tool shows it: the text of the alternative."""
    return "" if step == BLANK else unsure if step == DONT_KNOW else labels[step - 1]


def texts(language: str = "nb") -> list[str]:
    """The thirty statements as printed."""
    with (SEED / "statements.csv").open(encoding="utf-8") as source:
        return [row[f"text_{language}"] for row in csv.DictReader(source)]
