"""What is said about how the needs are weighed, and about whether it matters?"""

from collections.abc import Sequence

from flask_babel import gettext as _

from planner.domain.priorities import FactorChoice, SegmentChoice
from planner.wording import N_, gaps

FINDINGS: dict[str, tuple[str, str]] = {
    "weight_not_a_number": (
        N_("«%(text)s» er ikke et tall."),
        N_("Skriv et tall på 0 eller mer, for eksempel 2 eller 1,5."),
    ),
    "weight_negative": (N_("%(text)s er mindre enn 0."), N_("Skriv et tall på 0 eller mer.")),
    "weight_too_large": (N_("Tallet er større enn %(most)s."), N_("Skriv et mindre tall.")),
    "weights_all_zero": (
        N_("Alle tallene er 0 eller tomme."),
        N_("Gi minst én av dem et tall over 0, eller velg noe annet enn egne tall."),
    ),
    "population_half_filled": (
        N_("Innbyggertall mangler for noen av gruppene."),
        N_("Fyll inn alle, eller la alle stå tomme: da teller hver gruppe så mye som svarene sier."),
    ),
    "weights_of_other_groups": (
        N_("Tallene som var satt for gruppene, gjaldt andre grupper enn denne undersøkelsen har."),
        N_("Gruppene teller nå så mye som svarene sier. Velg vekter på nytt under «Hvem og hva skal telle mest?»."),
    ),
    "weight_choice_unknown": (N_("Valget finnes ikke."), N_("Velg ett av alternativene.")),
    "weights_changed": (
        N_("Vektene ble endret i et annet vindu mens denne siden sto åpen. Nå er de: %(now)s."),
        N_("Det du valgte, står fortsatt i skjemaet. Lagre på nytt hvis det er det som skal gjelde."),
    ),
}


def segment_choice(code: SegmentChoice) -> str:
    return {"population": _("befolkning"), "equal": _("likt"), "own": _("egne tall")}[code]


def factor_choice(code: FactorChoice) -> str:
    return {"equal": _("likt"), "own": _("egne tall"), "per_statement": _("per spørsmål")}[code]


def weights(segments: SegmentChoice, factors: FactorChoice) -> str:
    """«grupper: befolkning, temaer: likt»."""
    return _(
        "grupper: %(segments)s, temaer: %(factors)s", segments=segment_choice(segments), factors=factor_choice(factors)
    )


def steady_unmet(steady: bool) -> str:
    if steady:
        return _("De fem største udekkede behovene er de samme fem, enten gruppene veies etter befolkning eller likt.")
    return _("Hvilke fem udekkede behov som er størst, avhenger av hvordan gruppene veies.")


def most_points(labels: Sequence[str]) -> str:
    return _("Flest behovspoeng har nå %(named)s.", named=gaps.listed([gaps.small(label) for label in labels]))


def why_points(factors: FactorChoice) -> str:
    """Why the order by points is not the order by people."""
    if factors == "equal":
        return _("Temaene teller likt, så et utsagn i et tema det ble spurt lite om, gir flere poeng enn ett av mange.")
    if factors == "per_statement":
        return _("Hvert utsagn teller likt.")
    return _("Temaene teller slik dere har bestemt.")


def steady_points(steady: bool) -> str:
    if steady:
        return _("De fem er de samme med andre vekter.")
    return _("Hvilke fem det er, avhenger av vektene. Med andre vekter endrer de seg slik:")


def swap(entered: Sequence[str], left: Sequence[str]) -> str:
    """What changes among the five largest with other weights."""
    if not entered:
        return _("de samme fem")
    quoted = [gaps.listed([f"«{text}»" for text in texts]) for texts in (entered, left)]
    return _("inn kommer %(entered)s; ut går %(left)s", entered=quoted[0], left=quoted[1])


def few() -> str:
    return _("for få til å vises")


def lent(borrowed: int, pooled: int, asked: int) -> str:
    """What part of a group's figures is not its own."""
    if borrowed == asked:
        return _("alle tall er lånt fra hele kommunen")
    if borrowed:
        return _("%(n)s av %(asked)s tall er lånt fra hele kommunen", n=borrowed, asked=asked)
    if pooled:
        return _("vises sammen med en annen gruppe")
    return _("egne tall")
