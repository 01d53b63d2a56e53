"""What does the page «Prioritering» say? The answer, the reasons, the frame and how sure a plan is.

«Best mulig» stands here in one place, for a proven plan; a plan that is only the best found never gets the words.
"""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.basis import LeftOut, Unreached
from planner.domain.portfolio import Result
from planner.domain.roadmap import Leg, Spot
from planner.wording.statements import factor

MOST_NAMED = 3
NEARLY_FULL = 0.95


def resource(code: str) -> str:
    return {"investment": _("Investering"), "operating": _("Drift"), "staff": _("Månedsverk")}[code]


def unit(code: str) -> str:
    return {"investment": _("1000 kr"), "operating": _("1000 kr"), "staff": _("av dem som er ansatt")}[code]


def amount(code: str, value: float) -> str:
    """320 000 kr, or 3,5 månedsverk."""
    if code == "staff":
        return _("%(amount)s månedsverk", amount=notation.compact(value))
    return notation.kroner(value)


def points(value: float) -> str:
    """As many digits as a reader can use: whole from 10 up, one decimal below."""
    return notation.number(value, 0 if value >= 9.95 else 1)


def names(some: Sequence[str], more: str = "") -> str:
    """«a», «b» og «c». more: words for those that are not named, last."""
    parts = [f"«{name}»" for name in some] + ([more] if more else [])
    return parts[0] if len(parts) == 1 else _("%(some)s og %(last)s", some=", ".join(parts[:-1]), last=parts[-1])


# --- The answer ------------------------------------------------------------------------------------------------------


def answer(legs: Sequence[Leg], value: float, effect_years: int, stopper: tuple[str, int, int] | None) -> str:
    """Start with what, how many in all and what they close, and what stops more."""
    count = len(legs)
    if not count:
        return _("Ingen tiltak får plass i denne rammen. Ingen behovspoeng blir lukket.")
    closes = ngettext(
        "I alt %(count)s tiltak, som lukker %(points)s av 100 behovspoeng i snitt over %(years)s år.",
        "I alt %(count)s tiltak, som lukker %(points)s av 100 behovspoeng i snitt over %(years)s år.",
        count,
        count=notation.number(count),
        points=points(value),
        years=notation.number(effect_years),
    )
    return " ".join(part for part in (_start(legs), closes, _stops(stopper)) if part)


def _start(legs: Sequence[Leg]) -> str:
    new = [leg for leg in legs if not leg.running]
    if not new:
        return _("Planen fører videre det som alt er i gang.")
    first = min(leg.start for leg in new)
    # Named by what they add, so that the three a councillor reads first are the three that matter most.
    starting = sorted((leg for leg in new if leg.start == first), key=lambda leg: (-(leg.adds or 0), leg.id))
    rest = len(starting) - MOST_NAMED
    more = ngettext("%(n)s til", "%(n)s til", rest, n=notation.number(rest)) if rest > 0 else ""
    return _(
        "Start med %(named)s i %(year)s.", named=names([leg.title for leg in starting[:MOST_NAMED]], more), year=first
    )


def _stops(stopper: tuple[str, int, int] | None) -> str:
    if stopper is None:
        return ""
    spot, year, count = stopper
    return ngettext(
        "%(resource)s i %(year)s er det som stopper ett tiltak til.",
        "%(resource)s i %(year)s er det som stopper flest: %(count)s tiltak.",
        count,
        resource=resource(spot),
        year=year,
        count=notation.number(count),
    )


# --- How sure --------------------------------------------------------------------------------------------------------


def status(result: Result) -> str:
    """The line at the foot. Only a proven plan is «best mulig»."""
    if result.status == "optimal":
        return _("Best mulig ut fra anslagene.")
    return _("Den beste planen vi fant før utregningen ble stoppet. Det kan finnes en bedre.")


def how_sure(result: Result) -> str:
    """For the method fold: bound and gap."""
    if result.bound is None or result.value is None:
        return ""
    return _(
        "Planen lukker %(value)s behovspoeng. Ingen plan innenfor de samme rammene kan lukke mer enn %(bound)s. "
        "Avstanden er %(gap)s.",
        value=notation.number(result.value, 3),
        bound=notation.number(result.bound, 3),
        gap=notation.percent(max(0.0, result.gap or 0.0), 3),
    )


def ties(proven_to_zero: bool) -> str:
    if not proven_to_zero:
        return _(
            "Mens dere prøver, stopper utregningen når ingen plan kan være mer enn 0,1 prosent bedre. Flere planer kan "
            "da være like gode. Når en plan tas vare på, regnes den ut på nytt og bevises helt."
        )
    return _(
        "Er flere planer like gode, velges den som koster minst, så den som bruker færrest månedsverk, så den med "
        "færrest tiltak, så den som har tiltaket med lavest id, og til slutt den som starter tidligst."
    )


def examples(resting: int, all_: int) -> str:
    if not resting:
        return _("Ingen av de %(all)s valgene bygger på eksempeltall.", all=notation.number(all_))
    return _("%(n)s av %(all)s valg bygger på eksempeltall.", n=notation.number(resting), all=notation.number(all_))


# --- Why not, and what is not reached --------------------------------------------------------------------------------


def reason(one: LeftOut, titles: Mapping[str, str], proven: bool) -> str:
    """Why an initiative is not in the plan. titles: code -> title. proven: no other plan gives more."""
    others = names([f"{code} {titles[code]}" if code in titles else factor(code) for code in one.other] or ["–"])
    if one.reason == "no_room":
        others_give_more = _("Andre tiltak gir mer for rammen.")
        return f"{others_give_more} {_room(one)}" if proven else _room(one)
    if one.reason == "never_fits":
        return _room(one)
    if one.reason == "fits":
        return _(
            "Det er plass til det fra %(start)s, og det ville lagt til %(adds)s behovspoeng. Planen er ikke bevist "
            "helt.",
            start=one.start,
            adds=notation.number(one.adds, 3),
        )
    return {
        "must_not": _("Dere har sagt at det ikke skal med."),
        "window": _("Det kan ikke starte i noen av planårene."),
        "excludes": _("Det kan ikke stå sammen med %(others)s, som er valgt.", others=others),
        "requires_all": _("Det bygger på %(others)s, som ikke er valgt.", others=others),
        "requires_any": _("Det bygger på ett av %(others)s, og ingen av dem er valgt.", others=others),
        "follows": _("Det skal ha følge av tiltak for %(others)s, og det er ikke valgt.", others=others),
        "together": _("Det skal komme sammen med %(others)s, som ikke er valgt.", others=others),
        "at_most": _("Det er allerede valgt så mange som det kan være i gruppen."),
        "too_late": _("Det bygger på %(others)s, som starter for sent.", others=others),
        "no_effect": _("Det lukker ikke noe behov som ikke er lukket fra før i planårene."),
    }[one.reason]


def _room(one: LeftOut) -> str:
    """Where it does not fit. Figures alone, so that it is true of any plan, proven or not."""
    figures = {
        "takes": amount(one.resource, one.takes),
        "left": amount(one.resource, one.left),
        "budget": resource(one.resource).lower(),
        "year": one.year,
        "start": one.start,
    }
    if one.reason == "never_fits" and one.resource == "staff":
        return _(
            "Større enn hele rammen: med start i %(start)s trengs %(takes)s i %(year)s, og rammen er %(left)s.",
            **figures,
        )
    if one.reason == "never_fits":
        return _(
            "Større enn hele rammen: med start i %(start)s trengs %(takes)s til %(budget)s i %(year)s, og rammen er "
            "%(left)s.",
            **figures,
        )
    if one.resource == "staff":
        return _("Med start i %(start)s trengs %(takes)s i %(year)s, og det er %(left)s igjen.", **figures)
    return _("Med start i %(start)s trengs %(takes)s til %(budget)s i %(year)s, og det er %(left)s igjen.", **figures)


def reason_kind(one: LeftOut) -> str:
    """A word or two beside the reason."""
    if one.reason in ("no_room", "never_fits"):
        return _("månedsverk") if one.resource == "staff" else _("penger")
    if one.reason in ("must_not", "window", "at_most"):
        return _("bestemt")
    return _("virkning") if one.reason in ("no_effect", "fits") else _("andre tiltak")


def not_reached(one: Unreached) -> str:
    return {
        "no_initiative": _("Ingen tiltak i listen virker på det."),
        "others_decide": _("Tiltakene som virker på det, er ikke valgt, og det er fylke eller stat som rår over dem."),
        "not_chosen": _("Tiltakene som virker på det, er ikke valgt."),
    }[one.reason]


# --- Rows and pictures -----------------------------------------------------------------------------------------------


def factor_picture() -> str:
    return _("Hvor mye av behovet planen lukker i hver bli-faktor")


def factor_bar(share: float, count: int) -> str:
    """The words at the end of a bar."""
    if not count:
        none = _("ingen tiltak")
        return f"{notation.percent(share)} · {none}"
    chosen = ngettext("%(n)s tiltak", "%(n)s tiltak", count, n=notation.number(count))
    return f"{notation.percent(share)} · {chosen}"


def factor_warning(name: str) -> str:
    return _("%(factor)s: ingen tiltak", factor=name)


def starting(year: int, running: bool, count: int) -> str:
    """The heading of the initiatives that start together."""
    if running:
        return ngettext("I gang fra før: %(n)s tiltak", "I gang fra før: %(n)s tiltak", count, n=notation.number(count))
    return ngettext(
        "Starter i %(year)s: %(n)s tiltak",
        "Starter i %(year)s: %(n)s tiltak",
        count,
        year=year,
        n=notation.number(count),
    )


def bar(leg: Leg, last: int) -> str:
    """What the bar of one initiative shows, in words."""
    if leg.works_from > last:
        return _("Starter i %(start)s, virker først etter planen", start=leg.start)
    if leg.works_from <= leg.start:
        return _("Starter og virker fra %(start)s", start=leg.start)
    return _("Starter i %(start)s, virker fra %(works)s", start=leg.start, works=leg.works_from)


def used_of(used: str, allowed: str) -> str:
    return _("%(used)s av %(allowed)s", used=used, allowed=allowed)


def used_without_limit(used: str) -> str:
    return _("%(used)s, ingen grense", used=used)


def use_title(code: str, spots: Sequence[Spot]) -> str:
    """The finding of one resource's picture."""
    full = [str(spot.year) for spot in spots if spot.share is not None and spot.share >= NEARLY_FULL]
    if not full:
        return _("%(resource)s: det er rom igjen hvert år", resource=resource(code))
    years = full[0] if len(full) == 1 else _("%(some)s og %(last)s", some=", ".join(full[:-1]), last=full[-1])
    return _("%(resource)s: rammen er nesten brukt opp i %(years)s", resource=resource(code), years=years)


def after(year: int, amounts: Mapping[str, float], later: float) -> str:
    """What the plan binds in the first year after it. later: investment, 1000 kr, in the years beyond that one."""
    told = _after(year, amounts)
    if not later:
        return told
    still = _("Etter %(year)s gjenstår %(amount)s til investering.", year=year, amount=amount("investment", later))
    return f"{told} {still}"


def _after(year: int, amounts: Mapping[str, float]) -> str:
    bound = [
        amount(code, value) if code == "staff" else f"{amount(code, value)} ({resource(code).lower()})"
        for code, value in amounts.items()
        if value
    ]
    if not bound:
        return _("Planen binder ingenting i %(year)s, det første året etter planen.", year=year)
    listed = bound[0] if len(bound) == 1 else _("%(some)s og %(last)s", some=", ".join(bound[:-1]), last=bound[-1])
    return _(
        "I %(year)s, det første året etter planen, er dette allerede bundet: %(amounts)s.", year=year, amounts=listed
    )


def in_segments(some: Sequence[str], all_: int) -> str:
    return _("alle grupper") if len(some) == all_ else ", ".join(some)
