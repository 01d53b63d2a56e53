"""What does one cell of a survey export say? The cell grammar and the labels of the 7-point scales.

Never decides what a column is, and never turns a cell it does not understand into a missing answer.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import Literal

Scale = Literal["importance", "likelihood", "agreement"]

# Codes of a cell. 1–7 are steps of the scale.
BLANK, DONT_KNOW, UNKNOWN, FORMULA = 0, 8, 9, 10
NO_SUCH_LABEL = -1

IMPORTANCE_LABELS: dict[str, tuple[str, ...]] = {
    "nb": ("Helt uviktig", "Uviktig", "Litt uviktig", "Verken/eller", "Litt viktig", "Viktig", "Helt avgjørende"),
    "nn": ("Heilt uviktig", "Uviktig", "Litt uviktig", "Verken/eller", "Litt viktig", "Viktig", "Heilt avgjerande"),
    "en": (
        "Completely unimportant",
        "Unimportant",
        "Slightly unimportant",
        "Neither/nor",
        "Slightly important",
        "Important",
        "Absolutely decisive",
    ),
}
LIKELIHOOD_LABELS: dict[str, tuple[str, ...]] = {
    "nb": (
        "Helt usannsynlig",
        "Meget usannsynlig",
        "Litt usannsynlig",
        "Verken/eller",
        "Litt sannsynlig",
        "Meget sannsynlig",
        "Helt garantert",
    ),
    "nn": (
        "Heilt usannsynleg",
        "Svært usannsynleg",
        "Litt usannsynleg",
        "Verken/eller",
        "Litt sannsynleg",
        "Svært sannsynleg",
        "Heilt garantert",
    ),
    "en": (
        "Completely unlikely",
        "Very unlikely",
        "Slightly unlikely",
        "Neither/nor",
        "Slightly likely",
        "Very likely",
        "Completely guaranteed",
    ),
}
# What is asked beside staying («Jeg har den boligen jeg ønsker meg»).
AGREEMENT_LABELS: dict[str, tuple[str, ...]] = {
    "nb": ("Helt uenig", "Uenig", "Litt uenig", "Verken/eller", "Litt enig", "Enig", "Helt enig"),
    "nn": ("Heilt ueinig", "Ueinig", "Litt ueinig", "Verken/eller", "Litt einig", "Einig", "Heilt einig"),
    "en": (
        "Strongly disagree",
        "Disagree",
        "Slightly disagree",
        "Neither/nor",
        "Slightly agree",
        "Agree",
        "Strongly agree",
    ),
}
LABELS: dict[Scale, dict[str, tuple[str, ...]]] = {
    "importance": IMPORTANCE_LABELS,
    "likelihood": LIKELIHOOD_LABELS,
    "agreement": AGREEMENT_LABELS,
}
# Other spellings seen for the same step.
_FURTHER: dict[Scale, dict[str, int]] = {
    "importance": {
        "hverken eller": 4,
        "verken viktig eller uviktig": 4,
        "neither": 4,
        "neither important nor unimportant": 4,
        "absolutely crucial": 7,
        "meget uviktig": 2,
    },
    "likelihood": {
        "hverken eller": 4,
        "verken sannsynlig eller usannsynlig": 4,
        "neither": 4,
        "svært usannsynlig": 2,
        "svært sannsynlig": 6,
        "meget usannsynleg": 2,
        "neither likely nor unlikely": 4,
        "guaranteed": 7,
    },
    "agreement": {"hverken eller": 4, "verken enig eller uenig": 4, "neither agree nor disagree": 4, "neither": 4},
}
DONT_KNOW_LABELS = (
    "Vet ikke", "Veit ikkje", "Vet ikke/ikke relevant", "Veit ikkje/ikkje relevant", "Ikke relevant", "Ikkje relevant",
    "Ikke aktuelt", "Ikkje aktuelt", "Ønsker ikke å svare", "Ønskjer ikkje å svare", "Don't know", "Do not know",
    "Not relevant", "Not applicable", "Prefer not to answer", "Usikker", "Ingen formening",
)  # fmt: skip
BLANK_TEXTS = frozenset({"", "-", "–", "ubesvart", "na", "n/a", "nan", "null", "none", "#null!", "ikke besvart", "."})
DONT_KNOW_CODES = frozenset({97, 98, 99})

# Step 6 of the likelihood scale. Some forms were printed with this text on step 2 as well.
MISPRINTED_LABEL = "meget sannsynlig"

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_NOT_WORD = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"([-−+]?\d+)(?:[.,](\d+))?")
_CODE_FIRST = re.compile(r"(-?\d+)(?:[.,]0+)?(?:\s*[-–—.:)=]+\s*|\s+)([^\W\d].*)")
_CODE_LAST = re.compile(r"(\D+?)\s*(?:[(\[]\s*(-?\d+)\s*[)\]]|[-–—:=]\s*(\d+))")
_ANSWER_CODE = re.compile(r"a0?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says.

    code: BLANK, 1–7, DONT_KNOW, UNKNOWN or FORMULA. coded: the cell carried a number, which is trusted before a label.
    label: the step its label stands for, 0 without a label, NO_SUCH_LABEL beside a code; it may differ from the code.
    misprint_label: the label is «Meget sannsynlig», which a misprinted form has on two steps.
    """

    code: int
    coded: bool = False
    label: int = 0
    misprint_label: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """Which numbers in the file the steps 1–7 are: its lowest, its highest, and whether the lowest means most.

    Anything but 1–7 is used only when a person has said so. A shorter or longer scale is stretched to 1–7, halves away
    from the middle: 1–5 becomes 1, 2, 4, 6, 7, so that «viktig» on a scale of five stays «viktig».
    """

    low: int = 1
    high: int = 7
    reversed: bool = False

    def __post_init__(self) -> None:
        if not 3 <= self.high - self.low <= 10:
            raise ValueError("a scale has from four to eleven steps")

    def step(self, number: int) -> int:
        """1–7; 0 for a number outside the scale."""
        if not self.low <= number <= self.high:
            return 0
        place = 1 + 6 * (number - self.low) / (self.high - self.low)
        nearest = ceil(place - 0.5) if place < 4 else floor(place + 0.5)
        return 8 - nearest if self.reversed else nearest


USUAL = Steps()


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Casefolded text with single spaces: what two cells are compared by."""
    return _SPACES.sub(" ", text).strip().casefold()


def words(text: str) -> str:
    """`plain` without punctuation: what two labels or headings are compared by."""
    return _NOT_WORD.sub(" ", plain(text)).strip()


def _dictionary(scale: Scale) -> dict[str, int]:
    languages = LABELS[scale].values()
    known = {words(label): step for language in languages for step, label in enumerate(language, start=1)}
    return known | _FURTHER[scale]


_KNOWN: dict[Scale, dict[str, int]] = {scale: _dictionary(scale) for scale in LABELS}
_DONT_KNOW = frozenset(words(label) for label in DONT_KNOW_LABELS)


def means_dont_know(text: str) -> bool:
    """Whether a text says «vet ikke», in any of the ways it is written."""
    return words(text) in _DONT_KNOW


def label_step(label: str, scale: Scale) -> int:
    """The step 1–7 a label stands for, 0 when the scale has no such label."""
    return _KNOWN[scale].get(words(label), 0)


@lru_cache(maxsize=50_000)
def read_cell(text: str, scale: Scale, declared: frozenset[str] = frozenset(), steps: Steps = USUAL) -> Cell:
    """Read one cell by the grammar `6`, `6,0`, `6 Viktig`, `6 - Viktig`, `Viktig (6)`, `Viktig`, `A6`, «vet ikke».

    declared: cells (as `plain` gives them) that the user has said mean «vet ikke». steps: which numbers the steps are.
    Numbers outside them that are neither declared nor 97–99 are UNKNOWN: they are reported, never clipped.
    """
    value = plain(text)
    if value in declared:
        return Cell(DONT_KNOW)
    if value in BLANK_TEXTS:
        return Cell(BLANK)
    if value.startswith(("=", "'=", "@", "+")) or value.startswith("#"):
        return Cell(FORMULA)
    number = _NUMBER.fullmatch(value)
    if number is not None:
        whole = not (number[2] or "").strip("0")
        return _coded(int(number[1].replace("−", "-")), "", scale, declared, steps) if whole else Cell(UNKNOWN)
    answer = _ANSWER_CODE.fullmatch(value)
    if answer is not None:
        return _coded(int(answer[1]), "", scale, declared, steps)
    return _labelled(value, scale, declared, steps)


def _labelled(value: str, scale: Scale, declared: frozenset[str], steps: Steps) -> Cell:
    if words(value) in _DONT_KNOW:
        return Cell(DONT_KNOW)
    first = _CODE_FIRST.fullmatch(value)
    if first is not None:
        return _coded(int(first[1]), first[2], scale, declared, steps)
    last = _CODE_LAST.fullmatch(value)
    if last is not None:
        return _coded(int(last[2] or last[3]), last[1], scale, declared, steps)
    step = label_step(value, scale)
    misprint = scale == "likelihood" and words(value) == MISPRINTED_LABEL
    return Cell(step or UNKNOWN, label=step, misprint_label=misprint)


def _coded(number: int, label: str, scale: Scale, declared: frozenset[str], steps: Steps) -> Cell:
    if str(number) in declared:
        return Cell(DONT_KNOW, coded=True)
    code = steps.step(number)
    if words(label) in _DONT_KNOW:
        # «8 Vet ikke» declares itself; «3 Vet ikke» means that the numbers are not the steps of the scale.
        return Cell(UNKNOWN if code else DONT_KNOW, coded=True)
    if number in DONT_KNOW_CODES:
        return Cell(DONT_KNOW, coded=True)
    if not code:
        return Cell(UNKNOWN, coded=True)
    step = (label_step(label, scale) or NO_SUCH_LABEL) if words(label) else 0
    misprint = scale == "likelihood" and words(label) == MISPRINTED_LABEL
    return Cell(code, coded=True, label=step, misprint_label=misprint)
