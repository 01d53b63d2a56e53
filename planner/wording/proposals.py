"""What is said of a new idea: does it come in, and what would have to go?"""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.proposals import Against, Verdict
from planner.wording import N_
from planner.wording.why import HARDLY, brings_in, forced, moves, points, reason

FINDINGS = {
    "proposal_is_another": (
        N_("Ingenting er fjernet: forslaget er borte, og et nytt har fått nummeret."),
        N_("Listen er slik den er nå."),
    ),
    "proposal_without_effect": (
        N_("Det står ikke hva forslaget hjelper på."),
        N_("Velg minst ett behov som flere får dekket."),
    ),
}


def answer(all_: int, come_in: int) -> str:
    if not all_:
        return _("Ingen nye forslag ennå. Fyll inn et forslag og se hva det gjør med planen; det tar to minutter.")
    asked = ngettext("%(n)s forslag er fylt inn.", "%(n)s forslag er fylt inn.", all_, n=notation.number(all_))
    if not come_in:
        return asked + " " + _("Ingen av dem kommer inn i planen nå.")
    return asked + " " + ngettext("%(n)s kommer inn.", "%(n)s kommer inn.", come_in, n=notation.number(come_in))


def how_many() -> str:
    """Of those who lack something, how many get it; answered in words."""
    return _("Hvor mange får det?")


def verdict(comes_in: bool) -> str:
    return _("Kommer inn") if comes_in else _("Ikke nå")


def of(against: Against, day: datetime) -> str:
    kind, _dash, number = against.id.partition("-")
    # A decision is called so in the reader's language; a plan has the name that people gave it.
    plan = _("vedtak %(number)s", number=number) if kind == "decision" else against.name
    return _("Holdt opp mot %(plan)s den %(day)s.", plan=plan, day=notation.day(day))


def said(found: Verdict, titles: Mapping[str, str]) -> tuple[str, ...]:
    unsure = () if found.proven else (_("Ikke bevist: det kan finnes en bedre plan."),)
    if found.comes_in:
        starts = _("Den beste planen har det med fra %(year)s.", year=found.start)
        closes = (
            _("Planen blir så å si like god som før.")
            if found.gain < HARDLY
            else _("Planen lukker da %(points)s mer.", points=points(found.gain))
        )
        if not found.leaves and not found.enters:
            return (starts, closes, _("Ingenting annet må ut."), *unsure)
        return (starts, closes, *moves(found.enters, found.leaves, titles), *unsure)
    if found.why is None:
        return unsure
    brings = tuple(brings_in(found.needs)) if found.needs is not None else ()
    return (f"{reason(found.why.reason)}.", forced(found.why, titles), *brings, *unsure)
