"""What is said of the price of a floor: that at least so much of a group's, or a theme's, need is closed?"""

from flask_babel import gettext as _

from planner import notation
from planner.wording import N_
from planner.wording.why import HARDLY, points

FINDINGS = {
    "floor_side": (N_("Gruppen eller temaet finnes ikke i planen."), N_("Velg en fra listen.")),
    "floor_share": (N_("Gulvet må være et tall over 0, høyst 100."), N_("Skriv for eksempel 15 eller 12,5.")),
}


def question(name: str) -> str:
    return _("Hva koster det å gi en gruppe mer i «%(name)s»?", name=name)


def about() -> str:
    return _(
        "Et gulv er et løfte: minst så mye av behovet hos en gruppe, eller innen et tema, skal lukkes. Det kan gå ut "
        "over andre. Her ser dere hva det koster før dere lover det."
    )


def answer(name: str, floor: float, cost: float | None) -> str:
    """cost: None when no plan was found that keeps it."""
    if cost is None:
        return _("%(name)s: ingen plan i denne rammen lukker minst %(share)s.", name=name, share=share(floor))
    if cost < HARDLY:
        return _("%(name)s: minst %(share)s koster så å si ingenting.", name=name, share=share(floor))
    return _("%(name)s: minst %(share)s koster %(points)s i alt.", name=name, share=share(floor), points=points(cost))


def nothing_more(name: str, now: float) -> str:
    return _(
        "%(name)s: planen lukker %(now)s av behovet, og mer kan ikke lukkes der i denne rammen.",
        name=name,
        now=share(now),
    )


def heading(by: str) -> str:
    return {"factor": _("Tema"), "segment": _("Gruppe")}[by]


def share(part: float) -> str:
    """As fine as the floors on offer are."""
    tenths = round(1000 * part)
    return notation.percent(part, 0 if tenths % 10 == 0 else 1)


def highest(name: str, now: float, reached: float, bound: float | None) -> str:
    """now: what the plan closes there. bound: what no plan gets past; None where that is as good as reached."""
    most = (
        _("Høyst mulig i denne rammen er %(most)s.", most=share(reached))
        if bound is None
        else _("Høyst mulig i denne rammen er mellom %(least)s og %(most)s.", least=share(reached), most=share(bound))
    )
    return _("%(name)s: planen lukker %(now)s av behovet nå.", name=name, now=share(now)) + " " + most


def listed(name: str) -> str:
    return _("Prisliste: %(name)s", name=name)


def costs(cost: float, proven: bool) -> str:
    """Beside a floor in the list."""
    said = _("så å si ingenting") if cost < HARDLY else points(cost)
    return said if proven else _("høyst %(points)s", points=said)


def impossible() -> str:
    return _("ingen plan holder dette")


def not_found() -> str:
    return _("ikke avgjort")


def same_initiatives(same_years: bool) -> str:
    """Where nothing comes or goes."""
    return _("samme plan") if same_years else _("de samme tiltakene, men noe starter i andre år")


def changed() -> str:
    return _(
        "Rammen, tiltakene eller behovene er endret siden denne planen ble tatt vare på. Gulvet legges i rammen som "
        "den står nå, så prisen kan bli en annen."
    )


def progress(done: int, of: int) -> str:
    if not of:
        return _("Gjør klar regnestykkene.")
    if not done:
        return _("Finner først hvor mye som høyst er mulig der.")
    return _("Regner ut prislisten: %(done)s av %(of)s svar er klare.", done=done, of=of)
