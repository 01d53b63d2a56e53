"""What is said of why an initiative is in the plan or not, and of what would change that? Sentences first."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.relief import Excess
from planner.domain.why import ComesIn, Reason, Why
from planner.wording import portfolio as words
from planner.wording.gaps import listed

HARDLY = 0.05
"""Points below this are shown as «under 0,1»: they are within what the try leaves unproven."""


def reason(code: Reason) -> str:
    """The tag of one that is left out."""
    return {
        "money": _("For dyrt"),
        "staff": _("For lite folk"),
        "conflict": _("Går ikke sammen med planen"),
        "effect": _("For liten effekt"),
        "rule": _("Bestemt av dere"),
    }[code]


def points(value: float) -> str:
    return _("%(points)s behovspoeng", points=figure(value))


def figure(value: float) -> str:
    """How many points one plan closes more than another, as a bare figure."""
    if value < HARDLY:
        return _("under %(points)s", points=notation.number(2 * HARDLY, 1))
    return notation.number(value, 1)


def apart(more: float, less: float) -> str:
    """The same where what both plans close stands beside it."""
    return figure(notation.difference(more, less, 1))


def without(one: Why, titles: Mapping[str, str]) -> str:
    """Of a chosen one: what the best plan without it loses, and who comes in."""
    if one.loss is None:
        return _("Uten dette finnes ingen plan som holder rammen og kravene.")
    lost = _("Uten det lukker den beste planen %(points)s mindre.", points=points(one.loss))
    return " ".join([lost, *moves(one.enters, [o for o in one.leaves if o != one.initiative], titles)])


def forced(one: Why, titles: Mapping[str, str]) -> str:
    """Of one that is left out: what having it all the same costs, and who goes."""
    if one.loss is None:
        return _("Det finnes ingen plan med dette tiltaket som holder rammen og kravene.")
    cost = _("Må det med fra %(year)s, lukker planen %(points)s mindre.", year=one.start, points=points(one.loss))
    return " ".join([cost, *moves([e for e in one.enters if e != one.initiative], one.leaves, titles)])


def moves(enters: Sequence[str], leaves: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    said = []
    if leaves:
        said.append(_("Ut går %(names)s.", names=_named(leaves, titles)))
    if enters:
        said.append(_("Inn kommer %(names)s.", names=_named(enters, titles)))
    if not said:
        said.append(_("Ellers er planen den samme, men noe kan starte i andre år."))
    return said


def _named(some: Sequence[str], titles: Mapping[str, str]) -> str:
    return listed([f"«{titles.get(one, one)}»" for one in some])


def brings_in(found: ComesIn) -> list[str]:
    """What each by itself would do: money, staff, effect. Nothing of the plan's points is lost then."""
    said = [_money(found), _staff(found)]
    if found.both:
        said = [
            _(
                "Det trengs mer av begge deler: det får plass uten at planen lukker mindre, med %(amounts)s.",
                amounts=_amounts(found.both, "both" in found.at_most),
            )
        ]
    if found.effect is None:
        said.append(_("Sterkere virkning alene er ikke nok."))
    elif found.effect > 1:
        said.append(
            _(
                "Eller om det virket %(times)s ganger så godt som anslått.",
                times=notation.number(_rounded_up(found.effect), 2),
            )
        )
    return [one for one in said if one]


def in_short(one: Why, found: ComesIn | None) -> str:
    """The one thing a reader of the list needs: what would bring it in, else what having it costs."""
    least = found and (found.money or found.staff or found.both)
    if found is not None and least:
        at_most = any(kind in found.at_most for kind in ("money", "staff", "both"))
        return _("Får plass med %(amounts)s", amounts=_amounts(least, at_most))
    if one.loss is None:
        return _("Kan ikke være med slik kravene er")
    return _("Koster planen %(points)s å ta med", points=points(one.loss))


def _rounded_up(factor: float) -> float:
    return -(-round(factor * 10_000) // 100) / 100


def _money(found: ComesIn) -> str:
    if found.money is None:
        return "" if found.both else _("Mer penger alene er ikke nok.")
    if not found.money:
        return _("Det får plass som det er, men planen blir ikke bedre av det.")
    return _(
        "Det får plass uten at planen lukker mindre, med %(amounts)s.",
        amounts=_amounts(found.money, "money" in found.at_most),
    )


def _staff(found: ComesIn) -> str:
    if found.staff is None:
        return "" if found.both else _("Flere månedsverk alene er ikke nok.")
    if not found.staff:
        return ""
    return _("Eller med %(amounts)s.", amounts=_amounts(found.staff, "staff" in found.at_most))


def _amounts(excess: Sequence[Excess], at_most: bool) -> str:
    told = listed([_amount(one) for one in excess])
    return _("høyst %(amounts)s", amounts=told) if at_most else told


def _amount(one: Excess) -> str:
    much = words.amount(one.resource, one.by)
    if one.resource == "staff":
        if one.year is None:
            return _("%(much)s mer i alt", much=much)
        return _("%(much)s mer i %(year)s", much=much, year=one.year)
    budget = words.resource(one.resource).lower()
    if one.year is None:
        return _("%(much)s mer til %(budget)s i alt", much=much, budget=budget)
    return _("%(much)s mer til %(budget)s i %(year)s", much=much, budget=budget, year=one.year)


def customs(found: Mapping[str, Any], value: float) -> tuple[str, ...]:
    """What the two common ways of choosing lose against the plan; nothing of one that finds no plan."""
    names = {
        "greedy": _("Mest poeng per krone først, ett tiltak om gangen til rammen er full"),
        "little_for_all": _("Litt til alle, der hvert tema får sitt beste etter tur"),
    }
    said = []
    for name, way in names.items():
        plan = found.get(name)
        if plan:
            # Both figures are shown elsewhere (`alternatives`).
            lost = max(0.0, notation.difference(value, plan["value"], 1))
            said.append(
                _("%(way)s: lukker %(less)s mindre (%(share)s).", way=way, less=points(lost),
                  share=notation.percent(lost / value if value > 0 else 0.0))
            )  # fmt: skip
    return tuple(said)


def progress(done: int, of: int) -> str:
    return ngettext(
        "Regner ut hva som skal til for hvert tiltak: %(done)s av %(of)s regnestykke er ferdig.",
        "Regner ut hva som skal til for hvert tiltak: %(done)s av %(of)s regnestykker er ferdige.",
        of,
        done=notation.number(done),
        of=notation.number(of),
    )


def cut_short() -> str:
    return _("Utregningen ble avbrutt. Finn beste plan på nytt for å få resten.")
