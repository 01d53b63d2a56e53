"""What is said of plans that can be best, when the groups may count otherwise? Shares of plans: a core index."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.weight_space import Statement
from planner.wording import N_

FINDINGS = {
    "values_range": (
        N_("Vekten må gå fra et tall til et som er minst like stort, begge fra 0 til 100."),
        N_("La feltet stå tomt om dere ikke vet."),
    ),
    "values_pair": (N_("En sammenligning trenger to ulike grupper."), N_("Velg begge, eller ingen.")),
    "values_contradict": (
        N_("Dette kan ikke være riktig på en gang: %(statements)s."),
        N_("Gjør et av spennene videre, eller ta bort en sammenligning."),
    ),
    "values_too_many": (N_("Det er for mange spenn på en gang."), N_("Ta bort noen av dem.")),
    "values_no_weights": (
        N_("Planen er laget uten vekt på noen av gruppene, så vektene kan ikke varieres."),
        N_("Gi alle gruppene en vekt under Behov, og ta vare på en ny plan."),
    ),
}


def question(name: str) -> str:
    return _("Hva om gruppene veier annerledes enn i «%(name)s»?", name=name)


def about() -> str:
    return _(
        "Hvor mye hver gruppe skal telle, er et verdivalg. Si hva dere er sikre på, så finnes alle planer som kan være "
        "best: da ser dere hvilke tiltak som er riktige uansett, og hvilke som henger på verdivalget."
    )


def statement(one: Statement, called: Mapping[str, str]) -> str:
    name = called[one.one]
    if one.other is not None:
        return _("%(one)s teller minst like mye som %(other)s", one=name, other=called[one.other])
    if one.least is not None:
        return _("%(one)s teller minst %(share)s", one=name, share=notation.percent(float(one.least), 1))
    return _("%(one)s teller høyst %(share)s", one=name, share=notation.percent(float(one.most or 0), 1))


def answer(count: int, every: int, some: int) -> str:
    plans = ngettext(
        "Med det dere har sagt, kan bare én plan være best.",
        "Med det dere har sagt, kan %(n)s planer være best.",
        count,
        n=notation.number(count),
    )
    if not some:
        return plans + " " + _("Tiltakene er de samme uansett.")
    same = ngettext("Ett tiltak er med i alle", "%(n)s tiltak er med i alle", every, n=notation.number(every))
    open_ = ngettext("ett henger på verdivalget.", "%(n)s henger på verdivalget.", some, n=notation.number(some))
    return f"{plans} {same}, {open_}"


def unfinished(count: int) -> str:
    return _(
        "Letingen ble ikke ferdig. Minst %(n)s planer er funnet som ingen annen funnet plan slår; det kan være flere.",
        n=notation.number(count),
    )


def narrower() -> str:
    return _(
        "Da kan vi ikke si hvilke tiltak som er riktige uansett. Si noe mer om vektene: smalere spenn, eller hvilken "
        "gruppe som teller minst like mye som en annen, gjør letingen kortere."
    )


def progress(count: int, done: int, left: int) -> str:
    if not count:
        return _("Leter etter planer som kan være best.")
    return _(
        "%(n)s planer funnet så langt. %(done)s deler er gjennomsøkt, %(left)s gjenstår.",
        n=notation.number(count),
        done=notation.number(done),
        left=notation.number(left),
    )


def zone(code: str, count: int) -> str:
    name = {
        "core": _("I alle planene: riktig uansett"),
        "possible": _("I noen av planene: henger på verdivalget"),
        "outside": _("I ingen av planene"),
    }[code]
    return f"{name} ({notation.number(count)})"


def in_plans(share: float) -> str:
    """The core index, as a share of the plans."""
    return notation.percent(share)


def plan(number: int, years: int) -> str:
    return _("Plan %(n)s", n=number) + (
        "" if years < 2 else " (" + _("med %(n)s måter å legge årene på", n=notation.number(years)) + ")"
    )


def holds(some: Sequence[str]) -> str:
    return ", ".join(some) if some else _("bare det som er med i alle")


def more(count: int, shown: int) -> str:
    return "" if count <= shown else _("Høyst %(n)s av planene vises.", n=notation.number(shown))


def asked(one: str, other: str) -> str:
    return _("Skal %(one)s telle minst like mye som %(other)s?", one=one.lower(), other=other.lower())


def yes() -> str:
    return _("Ja")


def no() -> str:
    return _("Nei, omvendt")


def left(plans: int, unsettled: int, of: int) -> str:
    return _(
        "%(plans)s av %(of)s planer står igjen, og %(n)s tiltak henger på verdivalget.",
        plans=notation.number(plans),
        of=notation.number(of),
        n=notation.number(unsettled),
    )
