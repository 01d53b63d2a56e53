"""What is said of clearly different plans that are nearly as good?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.wording import portfolio as words
from planner.wording.why import HARDLY, apart, points


def question(name: str) -> str:
    return _("Finnes det andre gode planer enn «%(name)s»?", name=name)


def about() -> str:
    return _(
        "Ofte er flere planer nesten like gode. Her er de beste som er tydelig annerledes, og hva hver av dem taper."
    )


def answer(enters: int, leaves: int, value: float, lost: float, ours: float) -> str:
    """Of the best one."""
    swapped = _moved(enters, leaves)
    if lost < HARDLY:
        return _("Ja. En plan der %(moved)s, lukker så å si like mye.", moved=swapped)
    return _(
        "Den beste andre planen, der %(moved)s, lukker %(points)s: %(less)s mindre (%(share)s).",
        moved=swapped,
        points=points(value),
        less=apart(ours, value),
        share=notation.percent(lost / ours if ours > 0 else 0.0, 1 if lost < 0.01 * ours else 0),
    )


def _moved(enters: int, leaves: int) -> str:
    goes = ngettext("ett tiltak går ut", "%(n)s tiltak går ut", leaves, n=notation.number(leaves))
    comes = ngettext("ett kommer inn", "%(n)s kommer inn", enters, n=notation.number(enters))
    if not enters:
        return goes
    if not leaves:
        return ngettext("ett tiltak kommer inn", "%(n)s tiltak kommer inn", enters, n=notation.number(enters))
    return _("%(goes)s og %(comes)s", goes=goes, comes=comes)


def none(apart: int) -> str:
    return _(
        "Nei. Ingen annen plan som skiller seg med minst %(apart)s tiltak, holder rammen og kravene.",
        apart=notation.number(apart),
    )


def fewer(found: int, apart: int, complete: bool) -> str:
    if not complete:
        return _("Letingen ble ikke ferdig. Det som er funnet, står.")
    if not found:
        return ""
    return _(
        "Flere finnes ikke: ingen annen plan som holder rammen og kravene, skiller seg fra alle disse med minst "
        "%(apart)s tiltak.",
        apart=notation.number(apart),
    )


def distance(apart: int) -> str:
    return _("minst %(n)s tiltak", n=notation.number(apart))


def number(n: int) -> str:
    return _("Alternativ %(n)s", n=notation.number(n))


def way(code: str) -> str:
    return {
        "greedy": _("Mest poeng per krone først, til rammen er full"),
        "little_for_all": _("Litt til alle: hvert tema får sitt beste etter tur"),
    }[code]


def loses(value: float, ours: float, proven: bool) -> str:
    said = _("Lukker %(points)s, %(less)s mindre enn planen.", points=points(value), less=apart(ours, value))
    return said if proven else said + " " + _("Det er ikke bevist at ingen like ulik plan lukker mer.")


def amounts(cost: float, staff: float) -> str:
    return _(
        "Koster %(money)s og %(staff)s i planårene.", money=notation.kroner(cost), staff=words.amount("staff", staff)
    )


def progress(done: int, of: int) -> str:
    return _("Leter etter alternativ %(n)s av %(of)s.", n=notation.number(min(done + 1, of)), of=notation.number(of))


def method(apart: int) -> str:
    return _(
        "Hver av planene er den beste av alle som holder rammen og kravene og som skiller seg fra planen, og fra de "
        "andre alternativene, med minst %(apart)s tiltak som er med i den ene og ikke i den andre. Det er bevist innen "
        "0,1 prosent. Startår teller ikke som en forskjell.",
        apart=notation.number(apart),
    )
