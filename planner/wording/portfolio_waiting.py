"""What is said while a plan is being worked out, and when it ends without one?"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.portfolio import Plan
from planner.wording.gaps import listed


def best_so_far(value: float | None, bound: float | None, count: int) -> str:
    """What is known while it is being worked out."""
    if value is None:
        return _("Ser etter en første plan …")
    found = ngettext(
        "Beste plan så langt: %(count)s tiltak, %(points)s av 100 behovspoeng.",
        "Beste plan så langt: %(count)s tiltak, %(points)s av 100 behovspoeng.",
        count,
        count=notation.number(count),
        points=notation.number(value, 1),
    )
    most = _("Ingen plan kan gi mer enn %(points)s.", points=notation.number(bound, 1)) if bound is not None else ""
    return f"{found} {most}".strip()


def proving(value: float | None, bound: float | None) -> str:
    """How far a proof has come: nothing more is to be had when the two figures meet."""
    if value is None or bound is None:
        return ""
    return _(
        "Planen lukker %(value)s behovspoeng. Det er bevist at ingen plan lukker mer enn %(bound)s.",
        value=notation.number(value, 3),
        bound=notation.number(bound, 3),
    )


def waiting(kind: str, state: str, *, again: bool) -> str:
    """again: it had been begun before, by a process that is gone."""
    if state == "queued":
        said = _("Utregningen starter straks. Er det andre som regner, venter den på tur.")
    elif kind == "keep":
        said = _("Planen bevises helt før den tas vare på.")
    else:
        said = _("Finner den beste planen for rammen.")
    return said + " " + _("Utregningen begynner på nytt, fordi maskinen som regnet, stanset.") if again else said


def seconds(value: float) -> str:
    return ngettext("%(n)s sekund", "%(n)s sekunder", round(value), n=notation.number(value))


MOST_NAMED = 4


def against(before: Mapping[str, Any] | None, plan: Plan) -> str:
    """How the plan differs from that of the try before; before: {"chosen": id -> year, "value": None where the points
    do not mean the same}."""
    if before is None:
        return ""
    titles = {one.id: one.title for one in plan.problem.initiatives}
    entered = sorted(set(plan.starts) - set(before["chosen"]))
    left = sorted(set(before["chosen"]) - set(plan.starts))
    moved = sum(plan.starts[one] != year for one, year in before["chosen"].items() if one in plan.starts)
    said = [_more(None if before["value"] is None else notation.difference(plan.value, before["value"], 1))]
    if entered:
        said.append(_("Inn: %(names)s.", names=_named(entered, titles)))
    if left:
        said.append(_("Ut: %(names)s.", names=_named(left, titles)))
    if moved:
        said.append(ngettext("%(n)s flyttes til et annet år.", "%(n)s flyttes til andre år.", moved, n=moved))
    if len(said) == 1 and before["value"] is not None:
        said.append(_("Tiltak og år er de samme."))
    return " ".join(said)


def _more(points: float | None) -> str:
    """points: the difference of the two figures as they were shown."""
    if points is None:
        return _("Behov eller vekter er endret siden forrige forsøk, så poengene kan ikke sammenlignes.")
    if not points:
        return _("Mot forrige forsøk: lukker omtrent like mye.")
    amount = notation.number(abs(points), 1)
    if points > 0:
        return _("Mot forrige forsøk: lukker %(points)s behovspoeng mer.", points=amount)
    return _("Mot forrige forsøk: lukker %(points)s behovspoeng mindre.", points=amount)


def _named(some: Sequence[str], titles: Mapping[str, str]) -> str:
    named = [f"«{titles.get(one, one)}»" for one in some[:MOST_NAMED]]
    rest = len(some) - MOST_NAMED
    if rest > 0:
        named.append(ngettext("%(n)s til", "%(n)s til", rest, n=notation.number(rest)))
    return listed(named)


def ended_without_plan(state: str) -> str:
    if state == "stopped":
        return _("Utregningen ble stoppet før noen plan var funnet.")
    return _("Rammen og kravene kan ikke holdes samtidig, så det finnes ingen plan.")


def kept(name: str) -> str:
    return _("«%(name)s» er bevist og tatt vare på.", name=name)


def suggested_name(number: int) -> str:
    return _("Forslag %(number)s", number=number)
