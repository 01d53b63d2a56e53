"""What does the log say? What was done, in words, and whether the chain is whole."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.log_chain import Facts
from planner.wording import N_, report_texts
from planner.wording import log_initiatives as initiatives
from planner.wording.gaps import listed

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


def told(what: str, facts: Facts) -> str:
    """One entry in a sentence."""
    if what in _OF_FACTS:
        return _OF_FACTS[what](facts)
    return {
        "started": _("Planen ble laget."),
        "begun_after": _("Planen ble laget som fortsettelse av en tidligere plan."),
        "sample_made": _("Eksempelkommunen ble lagt inn."),
        "answers_deleted": _("Svarene til hver enkelt ble slettet. Tellingene står."),
        "comment_changed": _("En fritekst fra undersøkelsen ble endret."),
        "comment_deleted": _("En fritekst fra undersøkelsen ble slettet."),
        "comments_deleted": _("Alle fritekstene ble slettet."),
        "weighting_changed": _("Svarene ble vektet på nytt."),
        "weights_changed": _("Det ble endret hvor mye områder og grupper teller."),
        "stated_confirmed": _("Behov fra en rapport eller et verksted ble tatt i bruk i stedet for en undersøkelse."),
        "frame_changed": _("Rammene eller reglene for planen ble endret."),
        "plan_kept": _("Plan %(number)s ble bevist og tatt vare på.", number=facts.get("number", "")),
        "words_deleted": _("Det som sto skrevet ved hendelse %(entry)s, ble slettet.", entry=facts.get("entry", "")),
        "workshop_removed": _("Verksted %(number)s ble slettet, med alt som ble sagt der.",
                              number=facts.get("workshop", "")),
        "idea_set_aside": _("Et forslag fra verksted %(number)s ble lagt til side.", number=facts.get("workshop", "")),
        "proposal_made": _("Forslag %(code)s ble fylt inn.", code=facts.get("proposal", "")),
        "proposal_list_changed": _("Det ble endret hvilke forslag som er med i den offentlige listen."),
        "proposal_removed": _("Forslag %(code)s ble fjernet.", code=facts.get("proposal", "")),
        "template_kept": _("Kommunens egen mal ble tatt i bruk."),
        "template_removed": _("Kommunens egen mal ble fjernet."),
    }.get(what) or initiatives.told(what, facts)  # fmt: skip


def _confirmed(facts: Facts) -> str:
    used, there = notation.number(int(facts["rows_used"])), notation.number(int(facts["rows_in"]))
    return _("Undersøkelsen ble bekreftet: %(used)s av %(there)s svar er brukt.", used=used, there=there)


def _answered(facts: Facts) -> str:
    if facts["comes_in"]:
        return _("Forslag %(code)s ble holdt opp mot planen, og kommer inn.", code=facts["proposal"])
    return _("Forslag %(code)s ble holdt opp mot planen, og kommer ikke inn nå.", code=facts["proposal"])


def _texts(facts: Facts) -> str:
    which = [f"«{report_texts.label(name).name}»" for name in str(facts["texts"]).split()]
    return _("Sakens egne tekster ble endret: %(which)s.", which=listed(which))


def _status(facts: Facts) -> str:
    return ngettext(
        "Status i %(quarter)s. kvartal %(year)s ble meldt for %(n)s tiltak.",
        "Status i %(quarter)s. kvartal %(year)s ble meldt for %(n)s tiltak.",
        int(facts["initiatives"]),
        n=notation.number(int(facts["initiatives"])),
        quarter=facts["quarter"],
        year=facts["year"],
    )


def _adopted(facts: Facts) -> str:
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


def _override(facts: Facts) -> str:
    if facts.get("action") == "in":
        return _("Ved vedtaket ble %(code)s tatt inn fra %(year)s.", code=facts["initiative"], year=facts["year"])
    if facts.get("action") == "move":
        return _("Ved vedtaket ble %(code)s flyttet til %(year)s.", code=facts["initiative"], year=facts["year"])
    return _("Ved vedtaket ble %(code)s tatt ut.", code=facts["initiative"])


def _decision(facts: Facts) -> str:
    told = _(
        "Vedtak %(number)s ble ført inn. Det er bygd på plan %(kept)s.", number=facts["number"], kept=facts["kept"]
    )
    if not facts.get("supersedes"):
        return told
    return f"{told} " + _("Det kommer i stedet for vedtak %(number)s.", number=facts["supersedes"])


_OF_FACTS: dict[str, Callable[[Facts], str]] = {
    "survey_confirmed": _confirmed,
    "workshop_adopted": _adopted,
    "override": _override,
    "decision": _decision,
    "proposal_answered": _answered,
    "paper_texts_changed": _texts,
    "status_told": _status,
}
