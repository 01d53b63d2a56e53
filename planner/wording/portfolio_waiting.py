"""What is said while a plan is being worked out, and when it ends without one?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation


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


def waiting(kind: str, state: str) -> str:
    if state == "queued":
        return _("Utregningen starter straks. Er det andre som regner, venter den på tur.")
    if kind == "keep":
        return _("Planen bevises helt før den tas vare på.")
    return _("Finner den beste planen for rammen.")


def seconds(value: float) -> str:
    return ngettext("%(n)s sekund", "%(n)s sekunder", round(value), n=notation.number(value))


def ended_without_plan(state: str) -> str:
    if state == "stopped":
        return _("Utregningen ble stoppet før noen plan var funnet.")
    return _("Rammen og kravene kan ikke holdes samtidig, så det finnes ingen plan.")


def kept(name: str) -> str:
    return _("«%(name)s» er bevist og tatt vare på.", name=name)


def suggested_name(number: int) -> str:
    return _("Forslag %(number)s", number=number)
