"""What is said of how it goes with the plan, and of what has changed from one survey to the next?"""

from collections import Counter
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.followup import STATUSES, Quarter, Status, Used
from planner.domain.waves import BY_CHANCE, Change
from planner.wording import N_, gaps

FINDINGS = {
    "followup_amount": (N_("Må være et tall."), N_("Skriv 1000 kr eller månedsverk, for eksempel 320 eller 2,5.")),
    "followup_note": (N_("Merknaden er for lang."), N_("Bruk høyst %(limit)s tegn.")),
    "followup_status": (N_("Ukjent status."), N_("Velg en fra listen.")),
    "followup_stale": (
        N_("Noen andre har meldt om dette kvartalet imens."),
        N_("Det dere skrev, står i feltene. Lagre igjen hvis det er deres som skal gjelde."),
    ),
}


def status(code: Status) -> str:
    return {
        "not_started": _("ikke startet"),
        "going": _("i gang"),
        "late": _("forsinket"),
        "done": _("ferdig"),
        "stopped": _("stoppet"),
    }[code]


def statuses() -> tuple[tuple[str, str], ...]:
    return tuple((code, status(code)) for code in STATUSES)


def quarter(one: Quarter) -> str:
    return _("%(number)s. kvartal %(year)s", number=one.number, year=one.year)


def answer(told: Iterable[Status], of: int) -> str:
    """told: the newest status of each that is told of."""
    counts = Counter(told)
    if not counts:
        return _("Ingen har meldt om tiltakene ennå.")
    some = [f"{notation.number(counts[code])} {status(code)}" for code in STATUSES if counts[code]]
    said = _("Av %(of)s tiltak: %(some)s.", of=notation.number(of), some=", ".join(some))
    left = of - sum(counts.values())
    return (
        said
        if not left
        else said
        + " "
        + ngettext("%(n)s er det ikke meldt om.", "%(n)s er det ikke meldt om.", left, n=notation.number(left))
    )


def money(found: Used, year: int) -> str:
    if not found.told:
        return ""
    return _(
        "Brukt hittil i %(year)s: %(spent)s av %(planned)s, meldt for %(told)s av %(of)s tiltak.",
        year=year,
        spent=notation.kroner(found.spent),
        planned=notation.kroner(found.planned),
        told=notation.number(found.told),
        of=notation.number(found.of),
    )


def months(found: Used, year: int) -> str:
    if not found.told:
        return ""
    return _(
        "Månedsverk hittil i %(year)s: %(spent)s av %(planned)s.",
        year=year,
        spent=notation.compact(found.spent),
        planned=notation.compact(found.planned),
    )


def fact(reports: int, *, is_decided: bool) -> str:
    if reports:
        return _("meldt om")
    return _("kan meldes nå") if is_decided else _("når planen er vedtatt")


# --- The next survey ------------------------------------------------------------------------------------------------


def verdict(one: Change) -> str:
    return {
        "better": _("trolig bedre"),
        "worse": _("trolig verre"),
        "same": _("uendret"),
        "unsure": _("kan ikke si"),
    }[one.verdict]


def change(one: Change) -> str:
    """«−8 (−14 til −2)», percentage points: the head of the column says of what."""
    by, low, high = gaps.apart(one.now, one.before), round(100 * one.low), round(100 * one.high)
    return _("%(by)s (%(low)s til %(high)s)", by=_signed(by), low=_signed(low), high=_signed(high))


def _signed(points: int) -> str:
    return ("+" if points > 0 else "") + notation.number(points)


def waves_answer(found: Sequence[Change]) -> str:
    if not found:
        return _("De to undersøkelsene har ingen spørsmål felles som kan sammenlignes.")
    return _("Av %(of)s utsagn: %(some)s.", of=notation.number(len(found)), some=_counted(found))


def group_answer(name: str, found: Sequence[Change]) -> str:
    """«Unge: 2 trolig bedre, 28 kan ikke si.»"""
    return _("%(group)s: %(some)s.", group=name, some=_counted(found))


def seen_together(names: Sequence[str]) -> str:
    """The name of a column of several groups, or of one."""
    if len(names) == 1:
        return gaps.capital(names[0])
    return gaps.capital(_("%(groups)s sett under ett", groups=gaps.listed(names)))


def no_groups(alike: bool) -> str:
    if alike:
        return _("Ingen gruppe har svar nok i begge undersøkelsene til å vises for seg.")
    return _(
        "De to undersøkelsene deler ikke folk inn i de samme gruppene. Endringen kan derfor bare vises for alle samlet."
    )


def by_chance(comparisons: int) -> str:
    """How many of the words are to be expected when nothing has changed."""
    return _(
        "Her er %(all)s sammenligninger. Har ingenting endret seg, vil om lag %(some)s av dem likevel se ut som en "
        "endring. Se derfor etter det som går igjen.",
        all=notation.number(comparisons),
        some=notation.number(round(comparisons / BY_CHANCE)),
    )


def _counted(found: Sequence[Change]) -> str:
    counts = Counter(one.verdict for one in found)
    parts = [
        (counts["better"], _("trolig bedre")),
        (counts["worse"], _("trolig verre")),
        (counts["same"], _("uendret")),
        (counts["unsure"], _("kan ikke si")),
    ]
    return ", ".join(f"{notation.number(count)} {word}" for count, word in parts if count)


def next_name(name: str, years: tuple[int, ...]) -> str:
    return _("%(name)s, rullert %(first)s–%(last)s", name=name, first=years[0], last=years[-1])
