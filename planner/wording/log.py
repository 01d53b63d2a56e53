"""What does the log say? What was done, in words, and whether the chain is whole."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "log_edited": (
        N_("Hendelsen er endret etter at den ble skrevet."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_out_of_place": (
        N_("Hendelsen står på feil plass. Noe er fjernet, satt inn eller flyttet."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_broken_link": (
        N_("Hendelsen følger ikke den som står før den."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_content_changed": (
        N_("Det som står skrevet ved hendelsen, er ikke det som ble skrevet da."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_content_stray": (N_("Det ligger en tekst ved en hendelse som ikke er der."), ""),
    "log_cut": (
        N_("Slutten av loggen mangler: den har %(there)s hendelser og skulle hatt %(should)s."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_other_head": (
        N_("Loggen slutter med en annen hendelse enn den skulle."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
    "log_no_head": (
        N_("Det står ikke noe sted hvor lang loggen skal være."),
        N_("Sammenlign med en logg som ble lastet ned før, eller med en sikkerhetskopi."),
    ),
}


def question() -> str:
    return _("Hva er gjort med planen, og når?")


def answer(entries: int, broken: int) -> str:
    if broken:
        return _("Kjeden er brutt. Loggen er ikke slik den ble skrevet.")
    if not entries:
        return _("Loggen er tom. Den begynner med det neste dere gjør.")
    whole = _("Kjeden er hel: ingenting er endret, fjernet eller satt inn.")
    return whole + " " + ngettext("%(n)s hendelse.", "%(n)s hendelser.", entries, n=notation.number(entries))


def command(log: str, program: str) -> str:
    """What to type to check it. The two file names."""
    return f"python3 {program} {log} --head " + _("FINGERAVTRYKKET_I_SAKEN")


def unreadable() -> str:
    return _("Denne hendelsen kan ikke leses.")


def label(key: str) -> str:
    """What a text that people wrote is."""
    return {
        "file": _("Fil"),
        "name": _("Navn"),
        "reason": _("Grunn"),
        "by": _("Vedtatt av"),
        "case": _("Saksnummer"),
        "recorded_by": _("Ført inn av"),
    }.get(key, key)


def told(what: str, facts: Mapping[str, str | int | bool]) -> str:
    """One entry in a sentence."""
    if what == "survey_confirmed":
        used, there = notation.number(facts["rows_used"]), notation.number(facts["rows_in"])  # type: ignore[arg-type]
        return _("Undersøkelsen ble bekreftet: %(used)s av %(there)s svar er brukt.", used=used, there=there)
    if what == "workshop_adopted":
        return _adopted(facts)
    if what in ("override", "decision"):
        return _decided(what, facts)
    return {
        "started": _("Planen ble laget."),
        "sample_made": _("Eksempelkommunen ble lagt inn."),
        "answers_deleted": _("Svarene til hver enkelt ble slettet. Tellingene står."),
        "comments_deleted": _("Alle fritekstene ble slettet."),
        "weighting_changed": _("Svarene ble vektet på nytt."),
        "weights_changed": _("Det ble endret hvor mye områder og grupper teller."),
        "stated_confirmed": _("Behov fra en rapport eller et verksted ble tatt i bruk i stedet for en undersøkelse."),
        "frame_changed": _("Rammene eller reglene for planen ble endret."),
        "plan_kept": _("Plan %(number)s ble bevist og tatt vare på.", number=facts.get("number", "")),
        "words_deleted": _("Det som sto skrevet ved hendelse %(entry)s, ble slettet.", entry=facts.get("entry", "")),
    }.get(what, what)


def _adopted(facts: Mapping[str, str | int | bool]) -> str:
    effects, overridden = int(facts["effects"]), int(facts["overridden"])
    told = ngettext(
        "%(n)s virkning fra verksted %(workshop)s ble tatt inn.",
        "%(n)s virkninger fra verksted %(workshop)s ble tatt inn.",
        effects,
        n=notation.number(effects),
        workshop=facts["workshop"],
    )
    if not overridden:
        return told
    return f"{told} " + _("%(n)s av dem fikk et annet tall enn rommet kom til.", n=notation.number(overridden))


def _decided(what: str, facts: Mapping[str, str | int | bool]) -> str:
    if what == "override" and facts.get("action") == "in":
        return _("Ved vedtaket ble %(code)s tatt inn fra %(year)s.", code=facts["initiative"], year=facts["year"])
    if what == "override" and facts.get("action") == "move":
        return _("Ved vedtaket ble %(code)s flyttet til %(year)s.", code=facts["initiative"], year=facts["year"])
    if what == "override":
        return _("Ved vedtaket ble %(code)s tatt ut.", code=facts["initiative"])
    told = _(
        "Vedtak %(number)s ble ført inn. Det er bygd på plan %(kept)s.", number=facts["number"], kept=facts["kept"]
    )
    if not facts.get("supersedes"):
        return told
    return f"{told} " + _("Det kommer i stedet for vedtak %(number)s.", number=facts["supersedes"])
