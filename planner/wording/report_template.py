"""What is said of a municipality's own Word file for the paper? Its places, and what is wrong with a file."""

from flask_babel import gettext as _

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "paper_template_no_file": (N_("Ingen fil er valgt."), N_("Velg en Word-fil (.docx).")),
    "paper_template_too_large": (
        N_("Filen er større enn %(limit)s MB."),
        N_("Gjør bildene i malen mindre, og last den opp på nytt."),
    ),
    "paper_template_large_inside": (
        N_("Filen pakker ut til mye mer enn den ser ut som, og blir ikke åpnet."),
        N_("Lag malen på nytt i Word, og lagre den som .docx."),
    ),
    "paper_template_not_docx": (
        N_("Filen kan ikke leses som et Word-dokument."),
        N_("Åpne den i Word, og lagre den som Word-dokument (.docx), ikke som Word-mal (.dotx) eller .doc."),
    ),
    "paper_template_broken": (
        N_("Noe i filen er ødelagt eller låst."),
        N_("Åpne den i Word, og lagre den på nytt uten passord."),
    ),
    "paper_template_refused": (
        N_("Filen har innhold som et Word-dokument aldri skal ha, og blir ikke åpnet."),
        N_("Lag malen på nytt i Word, og lagre den som .docx."),
    ),
    "paper_template_macros": (
        N_("Filen har makroer. Målrett kjører dem aldri, og tar ikke imot dem."),
        N_("Lagre den som .docx uten makroer."),
    ),
    "paper_template_embedded": (
        N_("Filen har en annen fil eller et program inni seg."),
        N_("Ta det ut i Word. Bilder og tekst kan stå."),
    ),
    "paper_template_outside": (
        N_("Filen henter noe utenfra når den åpnes."),
        N_("Sett bildet eller innholdet inn i selve malen. Vanlige lenker kan stå."),
    ),
    "paper_template_field": (
        N_("Filen har et felt som kan hente filer eller kjøre noe."),
        N_("Ta bort feltet i Word. Sidetall, dato, innholdsfortegnelse og lenker kan stå."),
    ),
    "paper_template_unknown": (
        N_("Denne plassen kjenner vi ikke, og den ville blitt stående i saken."),
        N_("Skriv navnet slik det står i listen, eller ta bort klammene."),
    ),
    "paper_template_not_alone": (
        N_("Plassen må stå alene i et avsnitt, ikke i en tabell, i topptekst eller sammen med annen tekst."),
        N_("Flytt den til et eget avsnitt i selve teksten."),
    ),
    "paper_template_no_decision": (
        N_("Malen har ingen plass til innstillingen, og da er det ingenting å vedta."),
        N_("Skriv {{innstilling}} eller {{resten}} der den skal stå."),
    ),
    "paper_template_missing": (
        N_("Malen har ingen plass til dette, så det kommer ikke med i saken."),
        N_("Skriv navnet der det skal stå, eller {{resten}} der alt som mangler skal stå."),
    ),
    "paper_template_changed": (
        N_("Noen har imens lastet opp malen «%(name)s». Den står urørt."),
        N_("Se på den, og gjør det igjen hvis din skal gjelde."),
    ),
    "paper_template_gone": (
        N_("Noen har imens tatt bort malen. Ingenting er endret."),
        N_("Last opp igjen hvis en mal skal brukes."),
    ),
    "paper_template_failed": (
        N_("Malen kunne ikke fylles ut."),
        N_("Ta den bort, last ned saken uten mal, og prøv en enklere mal."),
    ),
}


def question() -> str:
    return _("Skal saken settes i kommunens egen mal?")


def answer(filename: str) -> str:
    if filename:
        return _("Saken settes i «%(name)s» når den lastes ned i Word.", name=filename)
    return _("Uten egen mal får saken Målretts utseende. Med en Word-fil der plassene har navn, får den deres.")


def kept(filename: str) -> str:
    return _("«%(name)s» er lagret og brukes når saken lastes ned i Word.", name=filename)


def removed() -> str:
    return _("Malen er tatt bort. Saken får Målretts utseende.")


def inline(name: str) -> str:
    """What a place inside a text gives."""
    return {
        "tittel": _("Sakens tittel"),
        "undertittel": _("Undertittel"),
        "kommune": _("Kommunens navn"),
        "plan": _("Hvilken plan saken er laget av, og når"),
        "merknad": _("Merknaden om at et eksempel er et eksempel"),
    }[name]


def rest() -> str:
    return _("Alle deler som ikke har en egen plass")


def example_stem() -> str:
    return _("Mal for saksframlegg")
