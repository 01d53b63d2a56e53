"""What is said of the package for the archive? The titles of its files, how it is checked, what is left to do."""

from flask_babel import gettext as _

from planner import notation
from planner.domain.report import Report
from planner.wording import N_

MADE = ("saksframlegg.pdf", "saksframlegg.docx", "handlingsdel.xlsx", "offentlig-vedlegg.html")
"""The files that the package begins with."""


def titles(report: Report) -> dict[str, str]:
    """File name -> title, in the order of the package; the main document first."""
    plan = report.basis.plan_name
    return {
        "saksframlegg.pdf": _("Saksframlegg %(plan)s", plan=plan),
        "saksframlegg.docx": _("Saksframlegg %(plan)s, til å redigere", plan=plan),
        "handlingsdel.xlsx": _("Handlingsdel %(plan)s", plan=plan),
        "offentlig-vedlegg.html": _("Offentlig vedlegg %(plan)s", plan=plan),
        "regnestykke.json": _("Regnestykket planen svarer på"),
        "svar.json": _("Svaret: tiltak, startår, verdi og øvre grense"),
        "endringer.json": _("Hva som skjer om hvert tiltak tas inn eller ut"),
        "malrett-logg.json": _("Logg over det som er gjort med planen"),
        "verify_log.py": _("Program som kontrollerer loggen"),
        "LES-MEG.txt": _("Om pakken, og hvordan den kontrolleres"),
    }


def decision(number: int) -> str:
    """The title of what a council decided."""
    return _("Vedtak %(number)s, med alt det hviler på", number=number)


def entry(report: Report) -> str:
    """The title of the journal entry."""
    return _("Saksframlegg med vedlegg: %(plan)s", plan=report.basis.plan_name)


def read_me(report: Report, names: dict[str, str], sha256: str, program: str) -> str:
    """The text that lies in the package."""
    said = (
        _("%(plan)s, %(municipality)s", plan=report.basis.plan_name, municipality=report.basis.municipality),
        "",
        *(f"{name}: {title}" for name, title in names.items()),
        "arkivmelding.xml: " + _("Opplysninger om saken og filene for et arkivsystem (Noark 5)"),
        "",
        _("Slik kontrolleres pakken:"),
        "- " + _("At ingen fil er endret: sha256sum -c SHA256SUMS"),
        "- " + _("At loggen er hel: python3 verify_log.py malrett-logg.json"),
        "- " + _("At planen er den beste: planner verify regnestykke.json --result svar.json"),
        "",
        _("Regnestykkets fingeravtrykk (SHA-256)") + f": {sha256}",
        _("Program") + f": {program}",
        "",
        _(
            "Pakken setter ikke skjerming. Arkivaren vurderer om loggen skal skjermes, og setter arkivdel og "
            "klassering."
        ),
    )
    return "\n".join(said) + "\n"


def stem(plan: str) -> str:
    return _("Arkivpakke %(plan)s", plan=plan)


# --- While it is made ------------------------------------------------------------------------------------------------

STAGES = {
    "read": N_("Tallene og tekstene samles"),
    "word": N_("Saksframlegget skrives i Word"),
    "pdf": N_("Saksframlegget lages som PDF"),
    "book": N_("Regnearket fylles"),
    "annex": N_("Det offentlige vedlegget skrives"),
    "pack": N_("Filene legges i én pakke"),
}


def progress(stage: str) -> str:
    """«Regnearket fylles … 4 av 6»."""
    number = list(STAGES).index(stage) + 1
    told = {"what": _(STAGES[stage]), "number": notation.number(number), "of": notation.number(len(STAGES))}
    return _("%(what)s … %(number)s av %(of)s", **told)


def queued() -> str:
    return _("Pakken lages straks.")


def about() -> str:
    return _("Til arkivet: alle filene i én pakke, med opplysninger for et arkivsystem.")


def ready(name: str, size: int) -> str:
    """size: in bytes."""
    return _("%(name)s er klar, %(size)s MB.", name=name, size=notation.number(size / 1e6, 1))


def lies() -> str:
    return _("Den ligger her i en time og blir så slettet. Da kan den lages på nytt.")


def changed() -> str:
    return _("Planen er endret etter at pakken ble laget. Lag den på nytt for å få med endringene.")


def trouble(state: str, cause: str) -> str:
    """Why there is no package, though one was asked for."""
    if state == "stopped":
        return _("Pakken ble stoppet. Ingenting er lagret.")
    if cause == "out_of_time":
        return _("Pakken tok for lang tid og ble avbrutt. Prøv igjen når det er mindre å gjøre på maskinen.")
    if cause == "out_of_memory":
        return _("Maskinen har ikke minne nok til pakken. Si fra til den som driver installasjonen.")
    if cause == "restarted":
        return _(
            "Maskinen som laget pakken, stanset to ganger før den var ferdig. Prøv igjen. Skjer det på nytt, si fra "
            "til den som driver installasjonen."
        )
    return _("Pakken kunne ikke lages. Last ned filene hver for seg, og si fra til den som driver installasjonen.")
