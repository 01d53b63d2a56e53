"""What is said of a plan when the overlap between initiatives is counted otherwise?"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from planner import notation
from planner.wording.why import moves, points


def question(name: str) -> str:
    return _("Tåler «%(name)s» at overlappet regnes annerledes?", name=name)


def about() -> str:
    return _(
        "Når flere tiltak hjelper på det samme, når de for en del de samme folkene. Hvor mye, vet ingen. Her regnes "
        "det på de to ytterste måtene: at de når de samme, og at de når ulike."
    )


def answer(in_all: int, of: int, most: float | None) -> str:
    """most: points it loses in the way of counting that is worst for it; None where it does not keep what it must."""
    if in_all == of:
        return _("Ja. Alle %(of)s tiltakene er valgt uansett hvordan overlappet regnes.", of=notation.number(of))
    said = _(
        "%(n)s av %(of)s tiltak er valgt uansett hvordan overlappet regnes.",
        n=notation.number(in_all),
        of=notation.number(of),
    )
    if most is None:
        return said
    return said + " " + _("Tas planen som den er, taper den på det meste %(points)s.", points=points(most))


def reading(closure: str) -> str:
    return {
        "max": _("Tiltakene når de samme folkene: bare det sterkeste teller"),
        "capped": _("Tiltakene når ulike folk: alt legges sammen"),
        "product": _("Hvert tiltak virker på det de andre lar være igjen"),
    }[closure]


def then(facts: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if facts["best"] is None:
        return _("Da finnes ingen plan som holder kravene.")
    kept = [] if facts["keeps"] else [_("Planen holder ikke kravene da.")]
    if not facts["enters"] and not facts["leaves"]:
        return " ".join([*kept, _("De samme tiltakene.")])
    unsure = [] if facts["proven"] else [_("Ikke bevist: det kan finnes en bedre.")]
    return " ".join([*kept, *moves(facts["enters"], facts["leaves"], titles), *unsure])


def progress() -> str:
    return _("Finner den beste planen for hver måte å regne overlapp på.")


def method() -> str:
    return _(
        "Planen er laget slik at hvert tiltak virker på det de andre lar være igjen. Når tiltakene de samme folkene, "
        "teller bare det sterkeste: mindre kan det ikke bli. Når de ulike folk, legges alt sammen, til behovet er "
        "dekket: mer kan det ikke bli. Sannheten ligger et sted imellom. Den beste planen er funnet på nytt for hver "
        "måte, innen 0,1 prosent, og et tiltak er «valgt uansett» når det er med i alle tre."
    )
