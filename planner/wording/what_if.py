"""What is said of a plan when one thing is otherwise?"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from planner import notation
from planner.domain.what_if import Change
from planner.wording import N_
from planner.wording import portfolio as words
from planner.wording.why import HARDLY, moves, points

FINDINGS = {
    "what_if_nothing": (N_("Ingenting er annerledes ennå."), N_("Endre en ramme, et tiltak eller en gruppe.")),
    "what_if_gone": (N_("Valget finnes ikke i planen."), N_("Velg en fra listen.")),
    "what_if_more": (
        N_("Endringen må være et tall."),
        N_("Skriv for eksempel 500 for mer, eller −500 for mindre."),
    ),
    "what_if_times": (N_("Må være en prosent fra 0 til 1000."), N_("100 er som nå, 120 er en femdel mer.")),
    "what_if_nobody": (N_("Da teller ingen."), N_("Skriv mer enn 0.")),
}


def question(name: str) -> str:
    return _("Hva om noe blir annerledes i «%(name)s»?", name=name)


def about() -> str:
    return _(
        "Hva om et tiltak blir dyrere, rammen mindre, eller en gruppe teller mer? Spør, og se om planen står seg. "
        "Ingenting blir endret av å spørre."
    )


def change(one: Change, segments: Mapping[str, str]) -> list[str]:
    """A sentence for each thing that is otherwise."""
    said = []
    if one.resource and one.more:
        amount = words.amount(one.resource, abs(float(one.more)))
        when = _("hvert år") if one.year is None else _("i %(year)s", year=one.year)
        more = _("%(amount)s mer %(when)s", amount=amount, when=when)
        less = _("%(amount)s mindre %(when)s", amount=amount, when=when)
        said.append(f"{words.resource(one.resource)}: {more if one.more > 0 else less}.")
    if one.initiative and one.times != 1:
        said.append(
            _("%(code)s koster %(percent)s av nå.", code=one.initiative, percent=notation.percent(float(one.times)))
        )
    if one.lock:
        locked = {"must": _("%(code)s må med."), "must_not": _("%(code)s skal ikke med.")}[one.lock]
        said.append(locked % {"code": one.initiative})
    if one.segment and one.counts != 1:
        name = segments.get(one.segment, one.segment)
        said.append(_("%(group)s teller %(percent)s av nå.", group=name, percent=notation.percent(float(one.counts))))
    return said


def answer(facts: Mapping[str, Any]) -> str:
    """In one sentence: does the plan stand?"""
    best = facts["best"]
    if best is None:
        if facts["proven"]:
            return _("Da finnes ingen plan som holder rammen og kravene.")
        return _("Da er ingen plan som holder rammen og kravene, funnet ennå.")
    if not facts["keeps"]:
        closes = points(best["value"])
        return _("Da holder ikke planen rammen og kravene. Den beste som gjør det, lukker %(points)s.", points=closes)
    gain = best["value"] - facts["ours"]
    if not facts["enters"] and not facts["leaves"] and gain < HARDLY:
        return _("Planen er fortsatt den beste.") if facts["proven"] else _("Ingen bedre plan er funnet ennå.")
    if gain < HARDLY:
        return _("Planen er så å si like god som den beste.")
    better = notation.difference(best["value"], facts["ours"], 1)  # both stand in the row
    return _("Da er en annen plan %(points)s bedre.", points=points(better))


def then(facts: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if facts["best"] is None:
        return ""
    unsure = [] if facts["proven"] else [_("Ikke bevist: det kan finnes en bedre.")]
    if facts["keeps"] and not facts["enters"] and not facts["leaves"]:
        return " ".join([_("De samme tiltakene."), *unsure])
    return " ".join([*moves(facts["enters"], facts["leaves"], titles), *unsure])


def progress(facts: Mapping[str, Any] | None) -> str:
    """facts: of the best plan so far, None before there is one."""
    if facts is None or facts["best"] is None or facts["bound"] is None:
        return _("Finner den beste planen.")
    return _(
        "Beste plan så langt lukker %(points)s. Ingen plan lukker mer enn %(bound)s.",
        points=points(facts["best"]["value"]),
        bound=notation.number(facts["bound"], 1),
    )


def changed() -> str:
    return _(
        "Rammen, tiltakene eller behovene er endret siden planen ble tatt vare på. «Bruk dette» endrer rammen slik den "
        "er nå."
    )
