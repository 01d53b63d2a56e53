"""What does a municipality that has not asked yet ask its residents? One form, full or short, in three languages.

Holds what is asked, side by side in each language, as plain values; never lays out a page, and knows no survey tool.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, get_args

from planner.domain.scales import LABELS, Scale
from planner.domain.statements import Statement, StayStatement

Language = Literal["nb", "nn", "en"]
Length = Literal["full", "short"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LENGTHS: tuple[Length, ...] = get_args(Length)
Text = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with one answer. code: what a survey tool calls its column."""

    code: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One row to answer on a scale. code: a statement keeps its number among the thirty also in the short form."""

    code: str
    text: str
    factor: str = ""


@dataclass(frozen=True, slots=True)
class ScaleText:
    """What is asked of each row, and the seven steps from the lowest; «vet ikke» comes after."""

    question: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The whole form in one language. information: one paragraph each; the first has a blank for who asks."""

    language: Language
    length: Length
    title: str
    information: tuple[str, ...]
    introduction: str
    importance: ScaleText
    likelihood: ScaleText
    agreement: ScaleText
    dont_know: str
    statements: tuple[Item, ...]
    stay_heading: str
    stay: Choice
    drivers: tuple[Item, ...]
    background_heading: str
    background_note: str
    background: tuple[Choice, ...]
    thanks: str

    @property
    def ticks(self) -> int:
        """How many answers are asked for."""
        return 2 * len(self.statements) + 1 + len(self.drivers) + len(self.background)


SECONDS = 8  # for reading a line and answering once; a judgement
BLANK = "______________________________"
TITLE: Text = {
    "nb": "Hva er viktig for deg der du bor?",
    "nn": "Kva er viktig for deg der du bur?",
    "en": "What matters to you where you live?",
}
INFORMATION: Mapping[Language, tuple[str, ...]] = {
    "nb": (
        f"Vi som spør: {BLANK} kommune.",
        "Vi spør for å finne ut hva folk her savner mest, og hva kommunen bør prioritere.",
        "Det er frivillig å svare, og du kan hoppe over spørsmål. Vi spør ikke om navnet ditt. Ikke skriv noe som "
        "viser hvem du er.",
        "Skjemaet er for deg som er 16 år eller eldre.",
    ),
    "nn": (
        f"Vi som spør: {BLANK} kommune.",
        "Vi spør for å finne ut kva folk her saknar mest, og kva kommunen bør prioritere.",
        "Det er frivillig å svare, og du kan hoppe over spørsmål. Vi spør ikkje om namnet ditt. Ikkje skriv noko som "
        "viser kven du er.",
        "Skjemaet er for deg som er 16 år eller eldre.",
    ),
    "en": (
        f"Who is asking: the municipality of {BLANK}.",
        "We ask in order to find out what people here lack most, and what the municipality should put first.",
        "Answering is voluntary, and you may skip questions. We do not ask for your name. Please write nothing that "
        "shows who you are.",
        "This form is for people aged 16 or over.",
    ),
}
# Names neither scale: a survey tool repeats it in the heading of every column.
INTRODUCTION: Text = {
    "nb": "Tenk på livet ditt og stedet der du bor. Svar to ganger på hver linje.",
    "nn": "Tenk på livet ditt og staden der du bur. Svar to gonger på kvar linje.",
    "en": "Think of your life and the place where you live. Answer twice on each line.",
}
QUESTIONS: Mapping[Scale, Text] = {
    "importance": {
        "nb": "Hvor viktig er dette for deg?",
        "nn": "Kor viktig er dette for deg?",
        "en": "How important is this to you?",
    },
    "likelihood": {
        "nb": "Hvor sannsynlig/oppfylt er dette her?",
        "nn": "Kor sannsynleg/oppfylt er dette her?",
        "en": "How likely/fulfilled is this here?",
    },
    "agreement": {
        "nb": "Hvor enig eller uenig er du i dette?",
        "nn": "Kor einig eller ueinig er du i dette?",
        "en": "How much do you agree or disagree with this?",
    },
}
DONT_KNOW: Text = {"nb": "Vet ikke", "nn": "Veit ikkje", "en": "Don't know"}
YES: Text = {"nb": "Ja", "nn": "Ja", "en": "Yes"}
NO: Text = {"nb": "Nei", "nn": "Nei", "en": "No"}
NOT_SAID: Text = {"nb": "Ønsker ikke å svare", "nn": "Ønskjer ikkje å svare", "en": "Prefer not to answer"}
STAY_HEADING: Text = {"nb": "Å bo her", "nn": "Å bu her", "en": "Living here"}
STAY: Text = {
    "nb": "Ønsker du å bo i kommunen i framtida?",
    "nn": "Ønskjer du å bu i kommunen i framtida?",
    "en": "Do you want to live in the municipality in the future?",
}
ABOUT_HEADING: Text = {"nb": "Litt om deg", "nn": "Litt om deg", "en": "A little about you"}
ABOUT_NOTE: Text = {
    "nb": "Vi bruker svarene bare til å vise resultater for grupper. Grupper med få svar blir ikke vist.",
    "nn": "Vi bruker svara berre til å vise resultat for grupper. Grupper med få svar blir ikkje viste.",
    "en": "We use these answers only to show results for groups. Groups with few answers are not shown.",
}
# Few and wide levels: enough for the groups of the plan, too little to tell who somebody is.
ABOUT: tuple[tuple[str, Text, tuple[Text, ...]], ...] = (
    (
        "alder",
        {
            "nb": "Hvilken aldersgruppe er du i?",
            "nn": "Kva aldersgruppe er du i?",
            "en": "Which age group are you in?",
        },
        (
            dict.fromkeys(LANGUAGES, "16–29"),
            dict.fromkeys(LANGUAGES, "30–49"),
            dict.fromkeys(LANGUAGES, "50–66"),
            {"nb": "67 og over", "nn": "67 og over", "en": "67 and over"},
        ),
    ),
    (
        "kjonn",
        {"nb": "Kjønn", "nn": "Kjønn", "en": "Sex"},
        ({"nb": "Kvinne", "nn": "Kvinne", "en": "Woman"}, {"nb": "Mann", "nn": "Mann", "en": "Man"}),
    ),
    (
        "flyttet",
        {
            "nb": "Har du flyttet til kommunen de siste fem årene?",
            "nn": "Har du flytta til kommunen dei siste fem åra?",
            "en": "Have you moved to the municipality in the last five years?",
        },
        (YES, NO),
    ),
    (
        "landbakgrunn",
        {"nb": "Er du født utenfor Norge?", "nn": "Er du fødd utanfor Noreg?", "en": "Were you born outside Norway?"},
        (YES, NO),
    ),
)
THANKS: Text = {"nb": "Takk for at du svarte.", "nn": "Takk for at du svara.", "en": "Thank you for answering."}


def questionnaire(
    language: Language, length: Length, statements: Sequence[Statement], drivers: Sequence[StayStatement]
) -> Questionnaire:
    """The form. statements: all thirty, in order; the short form takes those marked for it."""
    asked = [
        Item(f"SQ{number:03d}", _in(language, one), one.factor)
        for number, one in enumerate(statements, start=1)
        if length == "full" or one.is_short
    ]
    return Questionnaire(
        language,
        length,
        TITLE[language],
        INFORMATION[language],
        INTRODUCTION[language],
        _scale("importance", language),
        _scale("likelihood", language),
        _scale("agreement", language),
        DONT_KNOW[language],
        tuple(asked),
        STAY_HEADING[language],
        Choice("framtid", STAY[language], (YES[language], NO[language], DONT_KNOW[language])),
        tuple(Item(one.id, _in(language, one)) for one in drivers),
        ABOUT_HEADING[language],
        ABOUT_NOTE[language],
        tuple(_about(language, *one) for one in ABOUT),
        THANKS[language],
    )


def minutes(form: Questionnaire) -> int:
    """About how long it takes: SECONDS an answer, up to a whole minute. An estimate; nobody has been timed."""
    return ceil(form.ticks * SECONDS / 60)


def _about(language: Language, code: str, text: Text, options: tuple[Text, ...]) -> Choice:
    return Choice(code, text[language], tuple(option[language] for option in (*options, NOT_SAID)))


def _scale(scale: Scale, language: Language) -> ScaleText:
    return ScaleText(QUESTIONS[scale][language], LABELS[scale][language])


def _in(language: Language, one: Statement | StayStatement) -> str:
    return {"nb": one.text, "nn": one.text_nn, "en": one.text_en}[language] or one.text
