"""What are the fields of the initiative form called, and what is said beside them? By the path of the field."""

import re
from typing import Literal

from flask_babel import gettext
from flask_babel import gettext as _

from planner.wording import N_

FormKind = Literal["candidate", "freed"]

LABELS: dict[str, str] = {
    "code": N_("Kode"),
    "title": N_("Hva skal gjøres?"),
    "theme": N_("Tema"),
    "factor": N_("Faktor"),
    "level": N_("Hvem bestemmer?"),
    "responsible": N_("Ansvarlig enhet"),
    "deadline": N_("Søknadsfrist"),
    "idea": N_("Idé fra"),
    "targets": N_("Målgrupper"),
    "reach": N_("Hvor mange av gruppen"),
    "reach.percent": N_("Når bare"),
    "effects": N_("Virkninger"),
    "effects.statement": N_("Utsagn"),
    "effects.percent": N_("Av hundre"),
    "effects.source": N_("Kilde"),
    "effects.segment": N_("Gjelder"),
    "chance.percent": N_("Sjanse for at det blir gjort"),
    "chance": N_("Sjanse for at det blir gjort"),
    "chance.source": N_("Kilde til sjansen"),
    "chance_source": N_("Kilde til sjansen"),
    "delay": N_("Hele år før det virker"),
    "earliest": N_("Tidligst start"),
    "latest": N_("Senest start"),
    "started": N_("I gang siden"),
    "costs.one_time.value": N_("Kostnad i gang"),
    "costs.one_time.source": N_("Kilde"),
    "costs.budget": N_("Føres på"),
    "costs.one_time_years": N_("Fordelt på år"),
    "costs.yearly.value": N_("Kostnad per år"),
    "costs.yearly.source": N_("Kilde"),
    "costs.price_year": N_("Prisår"),
    "staff_start.value": N_("Månedsverk i gang"),
    "staff_start.source": N_("Kilde"),
    "staff_yearly.value": N_("Månedsverk per år"),
    "staff_yearly.source": N_("Kilde"),
    "costs.extra_investment": N_("Mer investering, år for år"),
    "costs.extra_operating": N_("Mer drift, år for år"),
    "costs.extra_source": N_("Kilde"),
    "costs.grants": N_("Tilskudd"),
    "costs.grants.name": N_("Fra"),
    "costs.grants.status": N_("Status"),
    "costs.grants.one_time_share": N_("Andel i gang"),
    "costs.grants.one_time_amount": N_("Beløp i gang"),
    "costs.grants.yearly_share": N_("Andel per år"),
    "costs.grants.yearly_amount": N_("Beløp per år"),
    "costs.grants.years": N_("Varer i så mange år"),
    "costs.grants.last_year": N_("Siste år"),
    "costs.grants.source": N_("Kilde"),
    "costs.loan": N_("Lån"),
    "costs.loan.share": N_("Lån, andel av egen andel"),
    "costs.loan.interest": N_("Rente"),
    "costs.loan.years": N_("Avdragsår"),
    "partners": N_("Partnere"),
    "partners.name": N_("Partner"),
    "partners.status": N_("Svar"),
    "requires_all": N_("Krever alle disse"),
    "requires_any": N_("Krever ett av disse"),
    "excludes": N_("Kan ikke velges sammen med"),
    "freed:title": N_("Hva slutter dere med?"),
    "affected": N_("Hvem merker det?"),
    "operating.value": N_("Frigjør drift per år"),
    "operating.source": N_("Kilde"),
    "investment.value": N_("Frigjør investering per år"),
    "investment.source": N_("Kilde"),
    "staff.value": N_("Frigjør månedsverk per år"),
    "staff.source": N_("Kilde"),
    "first_year": N_("Fra år"),
    "last_year": N_("Til år"),
    "counted": N_("Regnes med nå?"),
}
UNITS: dict[str, str] = {
    "costs.one_time.value": N_("1000 kr"),
    "costs.yearly.value": N_("1000 kr"),
    "costs.grants.one_time_amount": N_("1000 kr"),
    "costs.grants.yearly_amount": N_("1000 kr"),
    "costs.extra_investment": N_("1000 kr"),
    "costs.extra_operating": N_("1000 kr"),
    "operating.value": N_("1000 kr"),
    "investment.value": N_("1000 kr"),
    "costs.grants.one_time_share": "%",
    "costs.grants.yearly_share": "%",
    "costs.loan.share": "%",
    "costs.loan.interest": "%",
    "chance.percent": "%",
    "effects.percent": "%",
    "reach.percent": "%",
}
HELP: dict[str, str] = {
    "code": N_("Kort og entydig. Kan ikke endres senere."),
    "theme": N_("Kommunens eget ord, til å sortere etter."),
    "factor": N_("Bredden i planen måles på faktorene."),
    "idea": N_("Frøya, Åre, en bli-faktor, et innbyggermøte …"),
    "deadline": N_("For eksempel: 1. juni året før."),
    "costs.one_time.value": N_("Brutto, før tilskudd."),
    "costs.yearly.value": N_("Brutto drift fra startåret og videre."),
    "costs.one_time_years": N_("Tomt felt: alt i startåret."),
    "staff_start.value": N_("Av folk som alt er ansatt. Nye stillinger er penger."),
    "chance.percent": N_("At det faktisk blir gjennomført, hvis det velges."),
    "delay": N_("Fra starten til folk merker det."),
    "started": N_("Bare for det som gikk før planen."),
    "costs.extra_investment": N_("Fra startåret, med semikolon: 5700; 5700."),
    "costs.extra_operating": N_("Fra startåret, med semikolon: 0; 300; 600."),
    "costs.loan.share": N_("Bare investering. Rente og avdrag legges på drift. Tomt felt: uten lån."),
    "requires_all": N_("Koder med komma mellom: T01, T04."),
    "affected": N_("Med ord: hvem mister hva? Dette står i saken til kommunestyret."),
    "last_year": N_("Tomt felt: for godt."),
}


def label(path: str, kind: FormKind = "candidate") -> str:
    """The name of a field, with rows unnumbered."""
    return _said(LABELS, f"{kind}:{path}") or _said(LABELS, path)


def unit(path: str) -> str:
    return _said(UNITS, path)


def help_(path: str) -> str:
    return _said(HELP, path)


def position(path: str) -> int:
    """Where in the form a field stands, so that findings come in the order one meets them."""
    order = list(LABELS)
    plain = re.sub(r"\.\d+(?=\.|$)", "", path)
    return order.index(plain) if plain in order else len(order)


def where(path: str, kind: FormKind = "candidate") -> str:
    """A field in a list of findings: «Tilskudd 2, status»."""
    numbered = re.fullmatch(r"(.+?)\.(\d+)(?:\.(.+))?", path)
    if not numbered:
        return label(path, kind).rstrip("?") or path
    rows, number, field = numbered.groups()
    inner = label(f"{rows}.{field}") if field else ""
    return f"{label(rows)} {int(number) + 1}" + (f", {inner.lower()}" if inner else "")


def _said(table: dict[str, str], path: str) -> str:
    text = table.get(re.sub(r"\.\d+(?=\.|$)", "", path), "")
    return gettext(text) if text else ""


def group(id_: str) -> tuple[str, str]:
    """A part of the form: its heading and what is said under it."""
    return {
        "basic": (_("Om tiltaket"), ""),
        "targets": (_("Hvem når det?"), _("Avkryssede grupper nås fullt ut om ikke annet står. Andre nås ikke.")),
        "effects": (
            _("Hva hjelper det på?"),
            _(
                "Av hundre med udekket behov: hvor mange får det dekket når tiltaket virker? "
                "0 ingen, 5 noen få, 15 en del, 30 mange. Høyst 95."
            ),
        ),
        "cost": (_("Hva koster det?"), _("Hele tusen kroner, brutto. Tilskudd trekkes fra under.")),
        "grants": (
            _("Tilskudd"),
            _("Bare tilsagn reduserer kommunens egen andel. Skriv andel eller beløp, ikke begge."),
        ),
        "years": (_("År for år og lån"), _("Der en kostnad i gang og en per år er for enkelt.")),
        "time": (_("Tid og sjanse"), ""),
        "links": (_("Forutsetninger og partnere"), _("Det tiltaket trenger, og det som ikke kan gjøres samtidig.")),
        "ends": (_("Hva tar slutt?"), ""),
        "freed": (_("Hva frigjøres?"), _("Per år, fra og med første år. Det legges til rammene.")),
    }[id_]
