"""What is said of larger and smaller budgets: what they give, who comes and goes, and what a fixed order costs?"""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from planner import notation
from planner.domain.basis import LeftOut
from planner.wording import portfolio as words
from planner.wording.gaps import listed
from planner.wording.why import HARDLY, apart, points

MOST_NAMED = 3


def question(name: str) -> str:
    return _("Hva om rammen for «%(name)s» var større eller mindre?", name=name)


def about() -> str:
    return _(
        "Her finnes den beste planen for halve pengene, for halvannen gang så mye, og for hvert trinn mellom. Da ser "
        "dere hva en krone til ville gitt, hva som ryker først ved et kutt, og hvorfor et tiltak kan gå ut når det "
        "blir mer penger."
    )


def smaller(percent: float, value: float | None, whole: float, leaving: Sequence[str]) -> str:
    """The next smaller budget against the whole one. value: None where there is no plan."""
    if value is None:
        return _("Med %(percent)s av pengene finnes ingen plan som holder rammen og kravene.", percent=share(percent))
    said = _(
        "Med %(percent)s av pengene lukker planen %(value)s av 100 behovspoeng, %(less)s mindre enn nå.",
        percent=share(percent),
        value=notation.number(value, 1),
        less=apart(whole, value),
    )
    if not leaving:
        return said
    return f"{said} " + _("Det første som går ut, er %(names)s.", names=named(leaving))


def larger(percent: float, value: float, whole: float, entering: Sequence[str]) -> str:
    said = _(
        "Med %(percent)s lukker den %(value)s, som er %(more)s mer.",
        percent=share(percent),
        value=notation.number(value, 1),
        more=apart(value, whole),
    )
    if not entering:
        return said
    return f"{said} " + _("Da kommer %(names)s inn.", names=named(entering))


def alike(value: float) -> str:
    return _(
        "Mer eller mindre penger endrer ikke planen: den lukker %(points)s av 100 behovspoeng på alle trinnene.",
        points=notation.number(value, 1),
    )


def so_far(percent: float, value: float) -> str:
    """While the budget people have is not reached yet."""
    return _(
        "Med %(percent)s av pengene lukker planen %(value)s av 100 behovspoeng.",
        percent=share(percent),
        value=notation.number(value, 1),
    )


def named(titles: Sequence[str]) -> str:
    some = [f"«{title}»" for title in titles[:MOST_NAMED]]
    rest = len(titles) - MOST_NAMED
    return listed([*some, _("%(n)s til", n=notation.number(rest))] if rest > 0 else some)


def share(percent: float) -> str:
    return notation.percent(percent / 100)


# --- A step ----------------------------------------------------------------------------------------------------------


def step(percent: float) -> str:
    return _("%(percent)s av pengene", percent=share(percent))


def gives(value: float | None, against: float | None, found: bool) -> str:
    """What the plan of a step closes, and how that is against the plan people have."""
    if value is None:
        return _("Ingen plan holder rammen og kravene.") if found else _("Ikke regnet ut ennå.")
    closes = _("Lukker %(points)s", points=points(value))
    if against is None:
        return f"{closes}."
    if value > against:
        return _("%(closes)s, %(more)s mer enn nå.", closes=closes, more=apart(value, against))
    return _("%(closes)s, %(less)s mindre enn nå.", closes=closes, less=apart(against, value))


def no_change(same_years: bool) -> str:
    """When nothing comes or goes from one step to the next."""
    return _("Samme plan som på trinnet før.") if same_years else _("De samme tiltakene, men noe starter i andre år.")


def leaves(title: str, reason: LeftOut, titles: Mapping[str, str], keeping: float | None, enters: Sequence[str]) -> str:
    """Why one that is in the plan of the step below is not in the larger plan, and what it would cost to keep it."""
    why = words.reason(reason, titles, proven=False)
    if reason.reason in ("no_room", "never_fits") and enters:
        why = f"{why} " + _("Pengene gjør mer nytte i %(names)s.", names=named(enters))
    return " ".join([_("«%(title)s» går ut.", title=title), why, _keeping(keeping)])


def instead(title: str, reason: LeftOut, titles: Mapping[str, str], keeping: float | None) -> str:
    """The same, read from the larger plan to the smaller: why one comes in when there is less money."""
    came = _("«%(title)s» kommer inn når det blir mindre penger. Hvorfor ikke i den større planen?", title=title)
    return " ".join([came, words.reason(reason, titles, proven=False), _keeping(keeping)])


def _keeping(keeping: float | None) -> str:
    if keeping is None:
        return _("Ingen plan på det trinnet kan ha det med.")
    if keeping < HARDLY:
        return _("Det er nesten jevnt: å ha det med koster %(points)s.", points=points(keeping))
    return _("Å ha det med likevel koster %(points)s.", points=points(keeping))


# --- A fixed order ---------------------------------------------------------------------------------------------------


def nested(prices: Sequence[tuple[float, float]]) -> str:
    """prices: (per cent of the money, points) of each step that has a plan in the fixed order."""
    dear = [one for one in prices if one[1] >= HARDLY]
    if not prices:
        return ""
    if not dear:
        return _(
            "Vil dere at den mindre planen alltid skal ligge i den større, koster det %(points)s på alle trinnene.",
            points=points(0.0),
        )
    percent, price = max(dear, key=lambda one: one[1])
    return _(
        "Vil dere at den mindre planen alltid skal ligge i den større, koster det mest på trinnet %(percent)s: "
        "%(points)s.",
        percent=share(percent),
        points=points(price),
    )


def nested_here(price: float) -> str:
    return _(
        "Vil dere at den mindre planen alltid skal ligge i den større, koster det %(points)s på dette trinnet.",
        points=points(price),
    )


# --- The picture, and how it goes ------------------------------------------------------------------------------------


def picture(first: tuple[float, float], last: tuple[float, float]) -> str:
    """(per cent, points) at both ends."""
    return _(
        "Fra %(low)s til %(high)s av pengene går planen fra %(less)s til %(more)s behovspoeng",
        low=share(first[0]),
        high=share(last[0]),
        less=notation.number(first[1], 1),
        more=notation.number(last[1], 1),
    )


def axis() -> str:
    return _("Prosent av pengene, og millioner kroner over planårene")


def at(percent: float, value: str) -> str:
    """One point of the picture, in words."""
    return _("%(percent)s: %(value)s", percent=share(percent), value=value)


def progress(done: int, of: int) -> str:
    if not of:
        return _("Gjør klar regnestykkene.")
    return _(
        "Regner ut trinn for trinn: %(done)s av %(of)s regnestykker er ferdige.",
        done=notation.number(done),
        of=notation.number(of),
    )


def start(again: bool) -> str:
    return _("Regn ut på nytt") if again else _("Regn ut budsjettstigen")
