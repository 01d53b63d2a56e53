"""What is said when a room shares 100 points: on phones, to the one who leads, and on the wall?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.workshop_points import PointsKind
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "points_step": (N_("Poengene passer ikke."), N_("Gi 0 til %(all)s, i steg på %(step)s.")),
    "points_sum": (N_("Poengene er ikke %(all)s til sammen: %(left)s er igjen."), N_("Del ut alle.")),
    "workshop_points_open": (
        N_("Rommet deler poeng nå."),
        N_("Avslør delingen før runden begynner."),
    ),
}


def title(kind: PointsKind) -> str:
    return _("Hvem skal telle mest?") if kind == "segment" else _("Hva skal telle mest?")


def begin(kind: PointsKind) -> str:
    return _("La rommet dele 100 poeng på gruppene") if kind == "segment" else _("La rommet dele 100 poeng på temaene")


def question(kind: PointsKind) -> str:
    """On a phone."""
    if kind == "segment":
        return _("Del 100 poeng på gruppene. Gi flest til dem kommunen bør tenke mest på.")
    return _("Del 100 poeng på temaene. Gi flest til det som betyr mest for å bo her.")


def wall() -> str:
    return _("Del 100 poeng på telefonen")


def wall_result() -> str:
    return _("Slik delte vi 100 poeng")


def shared(count: int) -> str:
    return ngettext("%(n)s har delt ut poengene.", "%(n)s har delt ut poengene.", count, n=notation.number(count))


def result(answers: int, is_shown: bool) -> str:
    if not is_shown:
        return _("Færre enn fem har delt ut poengene, så ingenting vises.")
    return ngettext("%(n)s svar.", "%(n)s svar.", answers, n=notation.number(answers))


def between(low: int, high: int) -> str:
    """The middle half."""
    return notation.number(low) if low == high else f"{notation.number(low)}–{notation.number(high)}"


def from_workshop(title: str) -> str:
    """Above the form of the weights, filled in by a workshop."""
    return _("Tallene er fylt ut fra verkstedet «%(title)s». De teller ikke før dere lagrer.", title=title)
