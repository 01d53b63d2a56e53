"""How are a room's camps told, and what follows from one round to the next?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.panel import Camp
from planner.domain.workshop import ScaleKind
from planner.wording.workshop import span, step


def disagreement(kind: ScaleKind, camps: tuple[Camp, Camp] | None, low: int | None, high: int | None) -> str:
    """How those who do not agree stand. low, high: the steps between which the middle half is."""
    if camps is None:
        ends = (step(kind, low or 0), step(kind, high or 0))
        return _("Svarene spriker: halvparten ligger fra %(low)s til %(high)s.", low=ends[0], high=ends[1])
    one, other = camps
    return _(
        "To leirer: %(few)s sier %(low)s, %(many)s sier %(high)s.",
        few=notation.number(one.people),
        low=_steps(kind, one),
        many=notation.number(other.people),
        high=_steps(kind, other),
    )


def stands() -> str:
    """On a phone, in a second round and later."""
    return _("Det du svarte i forrige runde, står til du svarer på nytt.")


def waiting(count: int) -> str:
    """Beside a figure: new answers that are not in it yet."""
    return ngettext("%(n)s nytt svar venter", "%(n)s nye svar venter", count, n=notation.number(count))


def why_waiting(*, over: bool) -> str:
    """over: the workshop has ended, and nothing waits any more."""
    if over:
        return _("Noen svar kom ikke med, fordi for få nye hadde svart.")
    return _(
        "Noen nye svar venter. De tas med når minst tre nye har svart, i målgruppa og blant de andre hver for seg når "
        "de vises hver for seg. Ellers kunne forskjellen mellom rundene røpe hva én person svarte. Uten navn slettes "
        "de som fortsatt venter når verkstedet avsluttes."
    )


def _steps(kind: ScaleKind, camp: Camp) -> str:
    if camp.high - camp.low == 1:
        return _("%(one)s eller %(other)s", one=step(kind, camp.low), other=step(kind, camp.high))
    return span(kind, camp.low, camp.high)
