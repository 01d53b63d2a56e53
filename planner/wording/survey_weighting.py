"""What is said of weighting the answers to those who live here?"""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.weighting_choice import Choice, Outcome
from planner.wording import N_, gaps

FINDINGS: dict[str, tuple[str, str]] = {
    "weighting_nothing_used": (
        N_("Ingen kjennetegn er valgt å vekte etter."),
        N_("Kryss av for minst ett, eller velg «Alle teller likt»."),
    ),
    "margin_number_unreadable": (
        N_("Innbyggertallet for «%(level)s» mangler eller er ikke et tall."),
        N_("Skriv hvor mange som bor her, slå gruppen sammen med en annen, eller regn den som ukjent."),
    ),
    "weighting_age_unreadable": (
        N_("«%(typed)s» er ikke en alder."),
        N_("Skriv alderen i hele år, eller la feltet stå tomt."),
    ),
    "weighting_changed": (
        N_("Noen andre endret vektingen eller byttet ut undersøkelsen mens du skrev."),
        N_("Se over tallene. Det du skrev, står i feltene og er ikke lagret."),
    ),
    "weighting_answers_gone": (
        N_("Svarene til hver enkelt er slettet, så vektingen kan ikke endres."),
        N_("Les inn filen på nytt om dere vil vekte på en annen måte."),
    ),
    "weighting_table_missing": (N_("Ingen tabell er valgt."), N_("Velg filen dere lastet ned fra SSB.")),
    "weighting_ages_outside": (
        N_("%(people)s innbyggere i alderen %(ages)s har ingen gruppe i undersøkelsen."),
        N_("Skriv hvor gammel den eldste som ble spurt, er, eller legg dem til en gruppe selv."),
    ),
}


def answer(choice: Choice, outcome: Outcome | None) -> str:
    """By what they are weighted now, and what they count as."""
    if choice.how == "none":
        return _("Alle svar teller likt. Har noen grupper svart mer enn andre, teller de også mer i resultatet.")
    if choice.how == "file":
        told = _("Svarene er vektet med vekten som sto i filen.")
    else:
        headings = gaps.listed([f"«{one.heading}»" for one in choice.margins])
        told = _("Svarene er vektet etter %(headings)s, så de ligner på dem som bor her.", headings=headings)
    if outcome is None or round(outcome.n_eff) >= outcome.n:
        return told
    return (
        told
        + " "
        + _("%(n)s svar teller som %(n_eff)s.", n=notation.number(outcome.n), n_eff=notation.number(outcome.n_eff))
    )


def in_short(choice: Choice) -> str:
    """On the survey page."""
    if choice.how == "none":
        return _("Svarene er ikke vektet.")
    if choice.how == "file":
        return _("Svarene er vektet med vekten i filen.")
    headings = gaps.listed([f"«{one.heading}»" for one in choice.margins])
    return _("Svarene er vektet etter %(headings)s.", headings=headings)


def change(before: Sequence[str], after: Sequence[str]) -> str:
    """What weighting did to the five largest needs. before, after: short names."""
    into = [gaps.small(one) for one in after if one not in before]
    out = [gaps.small(one) for one in before if one not in after]
    if not into and not out:
        return _("De fem største behovene er de samme som uten vekting.")
    return _(
        "Uten vekting ville %(out)s vært blant de fem største behovene i stedet for %(into)s.",
        out=gaps.listed(out),
        into=gaps.listed(into),
    )


def method(outcome: Outcome) -> str:
    """For the fold."""
    told = _(
        "Vektene gjør at %(n)s svar gir like mye sikkerhet som %(n_eff)s uvektede (designeffekt %(deff)s).",
        n=notation.number(outcome.n),
        n_eff=notation.number(outcome.n_eff),
        deff=notation.number(outcome.deff, 2),
    )
    if outcome.trimmed:
        told += " " + _(
            "Ingen får telle mer enn 5 ganger eller mindre enn en femdel av det vanlige, så noen vekter er kortet inn."
        )
    return told


def source(choice: Choice) -> str:
    return _("Innbyggertallene er fra %(source)s.", source=choice.source) if choice.source else ""


def answers(count: int, share: float) -> str:
    return _("%(n)s (%(share)s)", n=notation.number(count), share=gaps.share(share))


def people_share(share: float | None) -> str:
    return notation.NOTHING if share is None else gaps.share(share)


def people(count: float) -> str:
    """As it stands in a field: nobody types thin spaces."""
    return notation.number(round(count)).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def itself() -> str:
    return _("Egen gruppe")


def unknown() -> str:
    return _("Ukjent")


def with_(level: str) -> str:
    return _("Sammen med «%(level)s»", level=level)


def blank(count: int) -> str:
    return (
        ngettext(
            "%(n)s svar mangler dette og beholder vekten sin.",
            "%(n)s svar mangler dette og beholder vekten sin.",
            count,
            n=notation.number(count),
        )
        if count
        else ""
    )


def filled(title: str, year: str, place: str) -> str:
    return _(
        "Fylt ut fra «%(title)s», %(place)s, %(year)s. Se over tallene før dere vekter.",
        title=title,
        place=place,
        year=year,
    )


def from_table(place: str, year: str) -> str:
    """The source, as it is kept."""
    return _("SSB, %(place)s, %(year)s", place=place, year=year)


def number_missing() -> str:
    return _("Skriv et tall.")
