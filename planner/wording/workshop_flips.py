"""What is said, at the reveal, of what could change the plan?"""

from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.why import ComesIn, Why
from planner.wording.portfolio import points


def no_plan() -> str:
    return _("Ingen plan er tatt vare på ennå. Det rommet er mest uenig om, står først.")


def no_reasons(name: str) -> str:
    return _(
        "Begrunnelsene for planen «%(name)s» er ikke regnet ut. Det rommet er mest uenig om, står først.", name=name
    )


def by_plan(name: str, count: int) -> str:
    """count: of statements that may change it."""
    if not count:
        return _("Ingenting av det rommet er uenig om, endrer trolig planen «%(name)s».", name=name)
    return ngettext(
        "Ett anslag kan endre planen «%(name)s», og står først.",
        "%(n)s anslag kan endre planen «%(name)s», og står først.",
        count,
        n=notation.number(count),
        name=name,
    )


def tag(can_change: bool) -> str:
    return _("kan endre planen") if can_change else _("endrer neppe planen")


def standing(why: Why, needs: ComesIn | None) -> str:
    """Whether an initiative is in the plan, and what that hangs on."""
    if why.reason == "rule":
        return _("I planen, fordi det er bestemt.") if why.chosen else _("Ikke i planen, fordi det er bestemt.")
    if why.chosen:
        if why.loss is None:
            return _("I planen, som ikke går opp uten.")
        return _("I planen. Uten det lukkes %(points)s behovspoeng mindre.", points=points(why.loss))
    if needs is None or (needs.effect is not None and needs.effect <= 1):
        return _("Ikke i planen.")
    if needs.effect is None:
        return _("Ikke i planen, og større virkning får det ikke inn.")
    times = notation.number(ceil(needs.effect * 10) / 10, 1)  # never fewer than it takes
    return _("Ikke i planen. Det kommer inn når alle virkningene er %(times)s ganger så store.", times=times)
