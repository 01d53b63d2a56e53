"""Which answers does the sample municipality have? Writes innbyggerundersokelse.csv. Every answer is made up.

The directions follow what is public about what people in rural Norway say: a good environment for children, a secure
job and municipal services matter most; people doubt job opportunities and the dream job most; public transport is what
they are least content with; nature is taken for granted. No level, and no person, is real. Run it again and the file is
the same, byte for byte.

    python seed_data/make_survey.py
"""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "innbyggerundersokelse.csv"
SEED = 20_261_123

IMPORTANCE = ("Helt uviktig", "Uviktig", "Litt uviktig", "Verken/eller", "Litt viktig", "Viktig", "Helt avgjørende")
LIKELIHOOD = ("Helt usannsynlig", "Meget usannsynlig", "Litt usannsynlig", "Verken/eller", "Litt sannsynlig",
              "Meget sannsynlig", "Helt garantert")  # fmt: skip
DONT_KNOW = "Vet ikke"
AGREEMENT = ("Helt uenig", "Uenig", "Litt uenig", "Verken/eller", "Litt enig", "Enig", "Helt enig")
# Asked beside the wish to stay: mean agreement of those who say no, and what is added for «vet ikke» and for yes.
BESIDE: dict[str, tuple[float, float, float]] = {
    "drommejobb": (2.6, 0.5, 1.3), "bolig": (4.1, 0.5, 1.1), "organisert": (4.0, 0.2, 0.4),
    "uorganisert": (4.5, 0.3, 0.6), "felles": (4.2, 0.4, 0.9),
}  # fmt: skip

# Statement: mean importance and mean likelihood before the 1–7 limits, for adults who have lived here long.
LEVELS: dict[str, tuple[float, float]] = {
    "s01": (5.9, 6.4), "s02": (5.3, 4.9), "s03": (4.3, 3.2), "s04": (5.3, 5.2), "s05": (4.9, 4.7), "s06": (5.8, 3.8),
    "s07": (5.4, 3.8), "s08": (6.4, 5.7), "s09": (5.0, 5.3), "s10": (5.9, 5.2), "s11": (4.7, 4.3), "s12": (5.6, 4.9),
    "s13": (5.1, 5.2), "s14": (6.0, 5.5), "s15": (5.9, 3.1), "s16": (5.1, 3.0), "s17": (6.3, 5.0), "s18": (5.2, 4.4),
    "s19": (5.7, 4.7), "s20": (4.7, 4.6), "s21": (3.8, 3.3), "s22": (6.4, 5.0), "s23": (6.0, 4.2), "s24": (5.3, 5.3),
    "s25": (4.8, 4.4), "s26": (4.8, 4.1), "s27": (5.8, 2.9), "s28": (5.9, 4.5), "s29": (5.3, 4.5), "s30": (5.2, 4.0),
}  # fmt: skip
# What a group adds to those means.
SHIFTS: dict[str, dict[str, tuple[float, float]]] = {
    "unge": {
        "s02": (-0.1, -1.0), "s03": (0.3, 0.0), "s06": (0.1, -0.2), "s11": (0.9, -0.5), "s12": (0.4, -0.3),
        "s15": (0.3, -0.3), "s16": (0.6, -0.3), "s21": (0.8, -0.1), "s24": (-0.5, 0.0), "s26": (0.1, -0.3),
        "s27": (0.4, -0.3), "s29": (0.3, -0.4), "s30": (0.9, -0.5),
    },
    "tilflyttere": {
        "s02": (0.1, -1.3), "s06": (0.2, -0.5), "s09": (0.3, -1.2), "s10": (0.1, -1.2), "s11": (0.4, -0.6),
        "s12": (0.2, -1.0), "s14": (0.1, -0.5), "s15": (0.2, 0.0), "s20": (0.6, 0.0),
    },
    "innvandrere": {"s10": (0.1, -1.4), "s12": (0.2, -1.2), "s15": (0.3, -0.4), "s16": (0.3, -0.7), "s17": (0.1, -0.9)},
    "voksne": {},
}  # fmt: skip
# Chance of «vet ikke» on likelihood.
UNSURE = {"unge": 0.05, "tilflyttere": 0.08, "innvandrere": 0.06, "voksne": 0.02}
HARD_TO_SAY = {"s03": 0.06, "s16": 0.05, "s20": 0.04, "s21": 0.06, "s28": 0.05, "s30": 0.05}
COUNTS = {"innvandrere": 6, "tilflyttere": 52, "unge": 104, "voksne": 250}


@dataclass
class Person:
    number: int
    group: str
    age: str
    sex: str
    moved: str
    abroad: str
    importance: list[str]
    likelihood: list[str]
    stay: str
    weight: str


def cell(mean: float, labels: tuple[str, ...], rng: random.Random) -> str:
    step = min(7, max(1, round(rng.gauss(mean, 1.15))))
    return f"{step} {labels[step - 1]}"


def person(number: int, group: str, rng: random.Random) -> Person:
    """One made-up person: a way of answering (style), and the group's means around it."""
    older = rng.choices(("30–49", "50–66", "67 og over"), (0.36, 0.37, 0.27))[0]
    young = group == "unge" or (group in ("tilflyttere", "innvandrere") and rng.random() < 0.4)
    age = "16–29" if young else older
    sex = rng.choices(("Kvinne", "Mann"), (0.56, 0.44))[0]
    style, trust = rng.gauss(0, 0.35), rng.gauss(0, 0.45)
    importance, likelihood = [], []
    hopes = 0.0
    for statement, (v, s) in LEVELS.items():
        more = SHIFTS[group].get(statement, (0.0, 0.0))
        importance.append("" if rng.random() < 0.006 else cell(v + more[0] + style, IMPORTANCE, rng))
        unsure = rng.random() < UNSURE[group] + HARD_TO_SAY.get(statement, 0.0)
        likelihood.append(DONT_KNOW if unsure else cell(s + more[1] + style / 2 + trust, LIKELIHOOD, rng))
        if statement in ("s02", "s06", "s10", "s16"):
            hopes += 0.0 if unsure else (int(likelihood[-1][0]) - 4) / 4
    wish = 0.35 + 0.4 * hopes + (-0.5 if group == "unge" else 0.1) + rng.gauss(0, 0.8)
    stay = "Ja" if wish > 0.15 else "Vet ikke" if wish > -0.35 else "Nei"
    weight = (1.42 if age == "16–29" else 0.88) * (0.9 if sex == "Kvinne" else 1.12)
    moved = "Ja" if group == "tilflyttere" or (group == "innvandrere" and number % 2) else "Nei"
    abroad = "Ja" if group == "innvandrere" else "Nei"
    return Person(
        number, group, age, sex, moved, abroad, importance, likelihood, stay, f"{weight:.2f}".replace(".", ",")
    )


def untidy(people: list[Person], rng: random.Random) -> list[Person]:
    """What real files hold: rows that cannot be used, people who answered twice, people who tick down a column."""
    for _ in range(2):
        first = person(len(people) + 1, "voksne", rng)
        first.number = people[rng.randrange(40, 60)].number
        people.insert(rng.randrange(10, 40), first)
    for answered in (0, 3, 11):
        quitter = person(len(people) + 1, "voksne", rng)
        quitter.importance[answered:] = [""] * (30 - answered)
        quitter.likelihood[answered:] = [""] * (30 - answered)
        people.insert(rng.randrange(60, 400), quitter)
    lost = person(len(people) + 1, "unge", rng)
    lost.likelihood = [DONT_KNOW] * 30
    people.insert(rng.randrange(60, 400), lost)
    for weight in ("", "ukjent"):
        unweighted = person(len(people) + 1, "voksne", rng)
        unweighted.weight = weight
        people.insert(rng.randrange(60, 400), unweighted)
    plain = [one for one in people if one.group == "voksne" and all(one.importance) and DONT_KNOW not in one.likelihood]
    for one in plain[5:7]:
        one.importance = [f"6 {IMPORTANCE[5]}"] * 30
        one.likelihood = [f"4 {LIKELIHOOD[3]}"] * 30
    return people


def beside(one: Person, rng: random.Random) -> list[str]:
    """Agreement with the five statements that are asked beside the wish to stay."""
    added = {"Nei": 0, DONT_KNOW: 1, "Ja": 2}[one.stay]
    means = [(mean, (0.0, *more)[added]) for mean, *more in BESIDE.values()]
    return ["" if rng.random() < 0.02 else cell(mean + more, AGREEMENT, rng) for mean, more in means]


def make() -> str:
    """The whole file as text."""
    rng = random.Random(SEED)
    # Its own numbers: what is asked beside may change without changing any other answer.
    agreement = random.Random(SEED + 1)
    with (HERE / "statements.csv").open(encoding="utf-8") as source:
        texts = {row["id"]: row["text_nb"] for row in csv.DictReader(source)}
    with (HERE / "stay_statements.csv").open(encoding="utf-8") as source:
        texts.update({row["id"]: row["text_nb"] for row in csv.DictReader(source)})
    groups = [group for group, count in COUNTS.items() for _ in range(count)]
    rng.shuffle(groups)
    people = untidy([person(number, group, rng) for number, group in enumerate(groups, start=1)], rng)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Svar-id", "Oppdiktet eksempel", "Aldersgruppe", "Kjønn", "Flyttet hit siste fem år", "Født utenfor Norge"]
        + [f"Viktig: {texts[statement]}" for statement in LEVELS]
        + [f"Sannsynlig: {texts[statement]}" for statement in LEVELS]
        + ["Ønsker du å bo i kommunen i framtida?", *(texts[one] for one in BESIDE), "Vekt"]
    )
    for one in people:
        about = [one.number, "ja", one.age, one.sex, one.moved, one.abroad]
        writer.writerow([*about, *one.importance, *one.likelihood, one.stay, *beside(one, agreement), one.weight])
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(b"\xef\xbb\xbf" + make().encode("utf-8"))
