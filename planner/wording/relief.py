"""What is said of the least changes that give a plan? One sentence a change, and what is proven of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.portfolio import STAFF
from planner.domain.relief import Change, Dropped, Excess, Relief
from planner.domain.rules import Follows, Rule
from planner.wording import N_, portfolio
from planner.wording.gaps import listed
from planner.wording.statements import factor

Name = Callable[[str], str]
"""An initiative's or a segment's id -> how it is called."""

FINDINGS: dict[str, tuple[str, str]] = {
    "portfolio_relief_gone": (
        N_("Forslaget finnes ikke lenger, så ingenting er endret."),
        N_("Finn beste plan på nytt, og velg blant forslagene som da står her."),
    ),
}


def heading(number: int, relief: Relief) -> str:
    """Which proposal, and what its changes are made of."""
    return _("Forslag %(number)s: %(what)s", number=number, what=_made_of(relief))


def _made_of(relief: Relief) -> str:
    rules = sum(isinstance(change, Dropped) for change in relief.changes)
    raised = {change.resource == STAFF for change in relief.changes if isinstance(change, Excess)}
    if not raised:
        return _("uten større ramme")
    if rules:
        return _("større ramme og færre krav")
    if raised == {True}:
        return _("bare flere månedsverk")
    return _("bare mer penger") if raised == {False} else _("mer penger og flere månedsverk")


def sentences(relief: Relief, name: Name, segment: Name) -> tuple[str, ...]:
    """Limits first, one sentence a resource; then one for each rule that goes."""
    raised: dict[str, list[Excess]] = {}
    dropped: dict[str, None] = {}
    for change in relief.changes:
        if isinstance(change, Excess):
            raised.setdefault(change.resource, []).append(change)
        else:
            dropped[_dropped(change.rule, name, segment)] = None
    return (*(_raised(resource, some) for resource, some in raised.items()), *dropped)


def announced(count: int) -> str:
    return ngettext(
        "Minste endring som gir en plan: %(n)s forslag.",
        "Minste endring som gir en plan: %(n)s forslag.",
        count,
        n=notation.number(count),
    )


def proof(reliefs: Sequence[Relief]) -> str:
    """How sure it is that nothing less would do."""
    if all(relief.least and _few(relief, reliefs) for relief in reliefs):
        if not any(isinstance(change, Excess) for relief in reliefs for change in relief.changes):
            return _("Det er regnet ut at ingenting av dette kan sløyfes.")
        return _("Det er regnet ut at ingenting av dette kan sløyfes, og at ingen av beløpene kan være lavere.")
    if all(relief.least for relief in reliefs):
        return _(
            "Ingenting av dette kan sløyfes, og ingen av beløpene kan være lavere. Men det kan finnes en annen vei med "
            "færre endringer: det ble ikke tid til å prøve alle."
        )
    return _("Hvert forslag gir en plan. Men det kan finnes mindre endringer: det ble ikke tid til å prøve alle.")


def _few(relief: Relief, reliefs: Sequence[Relief]) -> bool:
    """Whether no fewer changes would do, or the way with fewest of its sort is told beside it."""
    return relief.fewest or any(
        one.fewest and one.sort == relief.sort and len(one.changes) < len(relief.changes) for one in reliefs
    )


def _raised(resource: str, some: Sequence[Change]) -> str:
    told = listed([_amount(one) for one in some if isinstance(one, Excess)])
    if resource == STAFF:
        return _("Øk rammen med %(amounts)s.", amounts=told)
    return _("Øk rammen for %(frame)s med %(amounts)s.", frame=portfolio.resource(resource).lower(), amounts=told)


def _amount(one: Excess) -> str:
    much = portfolio.amount(one.resource, one.by)
    if one.year is None:
        return _("%(much)s i alt", much=much)
    return _("%(much)s i %(year)s", much=much, year=one.year)


def _dropped(rule: Rule, name: Name, segment: Name) -> str:
    said = rule.as_json()
    one = name(said["initiative"]) if "initiative" in said else ""
    if isinstance(rule, Follows):
        # One box in the frame stands for all of these rules.
        themes = listed([factor(theme).lower() for theme in rule.themes])
        return _("Ta bort kravet om at rekruttering skal ha følge av %(themes)s.", themes=themes)
    if rule.kind in ("at_least", "at_most"):
        return _count(said, name)
    if rule.kind == "need_floor":
        return _floor(said, segment)
    of = listed([name(code) for code in said.get("of", ())])
    return {
        "must": lambda: _("La %(one)s være fritt valg i stedet for «må med».", one=one),
        "must_not": lambda: _("La %(one)s være fritt valg i stedet for «skal ikke med».", one=one),
        "windows": lambda: _("La %(one)s starte i hvilket som helst planår.", one=one),
        "requires_all": lambda: _("La %(one)s kunne starte uten %(of)s.", one=one, of=of),
        "requires_any": lambda: _("La %(one)s kunne starte uten noe av dette: %(of)s.", one=one, of=of),
        "excludes": lambda: _("Åpne for at disse kan stå sammen: %(of)s.", of=of),
        "together": lambda: _("Åpne for at disse kan være med hver for seg: %(of)s.", of=of),
    }[rule.kind]()


def _count(said: Mapping[str, Any], name: Name) -> str:
    among = factor(said["theme"]).lower() if "theme" in said else listed([name(code) for code in said["of"]])
    count = notation.number(said["count"])
    if said["kind"] == "at_least":
        return _("Ta bort kravet om minst %(count)s tiltak innen %(among)s.", count=count, among=among)
    return _("Ta bort grensen på høyst %(count)s tiltak innen %(among)s.", count=count, among=among)


def _floor(said: Mapping[str, Any], segment: Name) -> str:
    share = notation.percent(said["share"])
    if "segment" in said:
        group = segment(said["segment"]).lower()
        return _("Ta bort kravet om å lukke %(share)s av behovet hos %(among)s.", share=share, among=group)
    among = factor(said["factor"]).lower() if "factor" in said else listed(said["of"])
    return _("Ta bort kravet om å lukke %(share)s av behovet innen %(among)s.", share=share, among=among)
