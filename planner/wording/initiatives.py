"""What does the initiatives page say? Its answer, what is missing, and the words of its choices."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.candidate_overview import Overview
from planner.domain.candidates import Candidate, Lack

Choice = tuple[str, str]
SHOWN_BESIDE = 6


def answer(overview: Overview) -> str:
    """Under the heading: how much there is to choose among, and why one must choose."""
    if not overview.count:
        return _("Her samler dere alt dere vurderer å gjøre: hva det koster, hvem det når og hva det hjelper på.")
    return ngettext(
        "%(n)s tiltak er lagt inn. Det ville kostet %(once)s i gang og %(yearly)s hvert år i egen andel.",
        "%(n)s tiltak er lagt inn. Alle sammen ville kostet %(once)s i gang og %(yearly)s hvert år i egen andel.",
        overview.count,
        n=notation.number(overview.count),
        once=notation.kroner(overview.once),
        yearly=notation.kroner(overview.yearly),
    )


def lacking(overview: Overview) -> str:
    """One sentence on what is missing in the list; empty when nothing is."""
    told = {lack: count for lack, count in overview.lacking if count}
    parts = [
        ngettext("%(n)s mangler kostnad", "%(n)s mangler kostnad", told["cost"], n=notation.number(told["cost"]))
        if "cost" in told
        else "",
        ngettext("%(n)s mangler virkning", "%(n)s mangler virkning", told["effect"], n=notation.number(told["effect"]))
        if "effect" in told
        else "",
        ngettext("%(n)s når ingen", "%(n)s når ingen", told["targets"], n=notation.number(told["targets"]))
        if "targets" in told
        else "",
        ngettext(
            "%(n)s bygger på eksempeltall",
            "%(n)s bygger på eksempeltall",
            told["example"],
            n=notation.number(told["example"]),
        )
        if "example" in told
        else "",
    ]
    said = [part for part in parts if part]
    return ", ".join(said) + "." if said else ""


def lack(code: Lack) -> str:
    return {
        "cost": _("kostnad"),
        "effect": _("virkning"),
        "targets": _("målgruppe"),
        "responsible": _("ansvarlig"),
        "partner": _("partnersvar"),
        "example": _("egne tall"),
    }[code]


def lack_filter(code: Lack) -> str:
    return {
        "cost": _("Mangler kostnad"),
        "effect": _("Mangler virkning"),
        "targets": _("Mangler målgruppe"),
        "responsible": _("Mangler ansvarlig"),
        "partner": _("Venter på partner"),
        "example": _("Bygger på eksempeltall"),
    }[code]


def levels() -> tuple[Choice, ...]:
    return (("kommune", _("Kommunen")), ("fylke", _("Fylkeskommunen")), ("stat", _("Staten")))


def budgets() -> tuple[Choice, ...]:
    return (("operating", _("Drift")), ("investment", _("Investering")))


def sources() -> tuple[Choice, ...]:
    return (
        ("egen", _("egen vurdering")),
        ("eksempelbank", _("eksempelbank")),
        ("verksted", _("verksted")),
        ("avtale", _("avtale")),
    )


def grant_statuses() -> tuple[Choice, ...]:
    return (("søkt", _("søkt")), ("tilsagn", _("tilsagn")), ("muntlig", _("muntlig")))


def partner_statuses() -> tuple[Choice, ...]:
    return (("spurt", _("spurt")), ("bekreftet", _("bekreftet")))


def effect_steps() -> tuple[Choice, ...]:
    """The map from words to per cent, shown beside the field; any number from 0 to 95 may be typed."""
    return (("0", _("ingen")), ("5", _("noen få")), ("15", _("en del")), ("30", _("mange")))


def everyone() -> str:
    """Of an effect that is not of one group alone."""
    return _("alle det når")


def yes_no() -> tuple[Choice, ...]:
    return (("ja", _("Ja, legg til rammene")), ("nei", _("Nei, ikke ennå")))


def targets(reached: Sequence[str], all_: int) -> str:
    return _("Alle") if len(reached) == all_ and all_ > 1 else ", ".join(reached)


def form_title(code: str, title: str) -> str:
    return f"{code} {title}" if code else _("Nytt tiltak")


def freed_title(code: str, title: str) -> str:
    return f"{code} {title}" if code else _("Noe vi slutter med")


def gross(amount: int) -> str:
    return _("brutto %(amount)s", amount=notation.number(amount))


def since(year: int) -> str:
    return _("i gang siden %(year)s", year=year)


def link_terms(candidate: Candidate) -> tuple[str, ...]:
    """What ties it to others, for its row."""
    said = []
    if candidate.requires_all:
        said.append(_("krever %(codes)s", codes=_joined(candidate.requires_all, _("og"))))
    if candidate.requires_any:
        said.append(_("krever %(codes)s", codes=_joined(candidate.requires_any, _("eller"))))
    if candidate.excludes:
        said.append(_("ikke sammen med %(codes)s", codes=_joined(candidate.excludes, _("eller"))))
    return tuple(said)


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def uploaded(new: int, changed: int, freed: int) -> str:
    parts = [
        ngettext("%(n)s nytt tiltak", "%(n)s nye tiltak", new, n=notation.number(new)) if new else "",
        ngettext("%(n)s byttet ut", "%(n)s byttet ut", changed, n=notation.number(changed)) if changed else "",
        ngettext(
            "%(n)s rad om noe dere slutter med", "%(n)s rader om noe dere slutter med", freed, n=notation.number(freed)
        )
        if freed
        else "",
    ]
    said = ", ".join(part for part in parts if part)
    return _("Arbeidsboken er lest: %(parts)s.", parts=said)


def beside(theirs: Sequence[tuple[str, str]]) -> str:
    """What stands in the plan where a workbook says something else: the first fields, and that there are more."""
    said = "; ".join(f"{name}: {value or '–'}" for name, value in theirs[:SHOWN_BESIDE])
    return f"{said} …" if len(theirs) > SHOWN_BESIDE else said


def added(count: int) -> str:
    return ngettext("%(n)s tiltak er lagt til.", "%(n)s tiltak er lagt til.", count, n=notation.number(count))


def saved(code: str) -> str:
    return _("%(code)s er lagret.", code=code)


def removed(code: str) -> str:
    return _("%(code)s er fjernet.", code=code)
