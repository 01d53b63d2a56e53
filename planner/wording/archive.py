"""What is said of the package for the archive? The titles of its files, how it is checked, what is left to do."""

from flask_babel import gettext as _

from planner.domain.report import Report


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


def stem(report: Report) -> str:
    return _("Arkivpakke %(plan)s", plan=report.basis.plan_name)
