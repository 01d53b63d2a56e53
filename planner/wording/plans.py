"""What do the plan list and the way through say?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.findings import Finding
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "plan_changed": (
        N_("«%(name)s» er endret siden du åpnet denne siden, så ingenting er slettet."),
        N_("Se hva som er gjort, og slett igjen hvis du fortsatt vil."),
    ),
}


def field_error(finding: Finding) -> str:
    """One sentence beside a field of the start form."""
    if finding.code == "plan_text_too_long":
        return _("Teksten er for lang. Bruk høyst %(limit)s tegn.", limit=finding.details["limit"])
    return _("Feltet er tomt. Skriv inn en tekst.")


def step(word: str) -> str:
    return {
        "survey": _("Undersøkelse"),
        "gaps": _("Behov"),
        "initiatives": _("Tiltak"),
        "workshop": _("Verksted"),
        "portfolio": _("Prioritering"),
        "scenarios": _("Scenarier"),
        "report": _("Plan"),
        "followup": _("Oppfølging"),
    }[word]


def state(code: str) -> str:
    return {
        "voluntary": _("kan gjøres"),
        "empty": _("ikke begynt"),
        "going": _("i gang"),
        "ready": _("klar"),
        "attention": _("må ses på"),
    }[code]


def survey_fact(rows_used: int | None, draft: bool, stated: str = "") -> str:
    if rows_used is None and stated:
        return _("tall fra en rapport") if stated == "table" else _("vekter fra et verksted")
    if rows_used is None:
        return _("venter på bekreftelse") if draft else _("ingen svar ennå")
    return ngettext("%(n)s svar", "%(n)s svar", rows_used, n=notation.number(rows_used))


def gaps_fact(there: bool) -> str:
    return _("regnet ut") if there else _("trenger en undersøkelse")


def initiatives_fact(count: int) -> str:
    if not count:
        return _("ingen tiltak ennå")
    return ngettext("%(n)s tiltak", "%(n)s tiltak", count, n=notation.number(count))


def workshop_fact(state: str) -> str:
    """state: of the newest workshop, «» when there is none, «rehearsed» when it has only been tried."""
    return {
        "": _("vurder tiltakene sammen"),
        "rehearsed": _("prøvd med tenkte deltakere"),
        "draft": _("ikke åpnet ennå"),
        "gathering": _("folk kommer inn"),
        "open": _("folk svarer nå"),
        "closed": _("klar til å avsløres"),
        "revealed": _("avslørt"),
        "ended": _("avsluttet"),
    }[state]


def portfolio_fact(kept: int) -> str:
    if not kept:
        return _("ingen plan tatt vare på")
    return ngettext("%(n)s plan tatt vare på", "%(n)s planer tatt vare på", kept, n=notation.number(kept))


def scenarios_fact(kept: int) -> str:
    if kept < 2:
        return _("én plan å vise") if kept else _("trenger en plan")
    return ngettext(
        "%(n)s plan side om side", "%(n)s planer side om side", min(kept, 4), n=notation.number(min(kept, 4))
    )


def report_fact(kept: int) -> str:
    return _("klar til å lastes ned") if kept else _("trenger en plan")
