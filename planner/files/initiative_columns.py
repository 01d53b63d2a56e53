"""Which sheets and columns does the initiative workbook have? One list for the template that goes out and the book that
comes back. Headings are bokmål in every language, so that a workbook filled in by one can be read by all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.candidates import LEVELS
from planner.domain.costs import GRANT_STATUSES, SOURCES

BUDGET_WORDS = {"drift": "operating", "investering": "investment"}
YES_NO = ("ja", "nei")
SHEETS = ("Tiltak", "Virkning", "Tilskudd", "Slutter med")
GUIDE, LISTS = "Veiledning", "Lister"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    path: where in the document of `candidate_documents`. list_: which column of the lists sheet it may be chosen from.
    """

    path: str
    heading: str
    help: str
    width: int = 12
    number: bool = False
    percent: bool = False
    choices: tuple[str, ...] = ()
    list_: str = ""


def _number(path: str, heading: str, help_: str, width: int = 12) -> Column:
    return Column(path, heading, help_, width, number=True)


def _percent(path: str, heading: str, help_: str) -> Column:
    return Column(path, heading, help_ + " Skriv 30 for 30 %.", 12, number=True, percent=True)


def _source(path: str, heading: str) -> Column:
    return Column(path, heading, "Hvor tallet kommer fra.", 14, choices=SOURCES)


CODE = Column("code", "Kode", "Kort og entydig, for eksempel T01. Finnes koden i planen, blir tiltaket byttet ut.", 8)

CANDIDATE = (
    CODE,
    Column("title", "Tiltak", "Hva kommunen gjør, i en linje.", 48),
    Column("theme", "Tema", "Kommunens eget ord, til å sortere etter.", 16),
    Column("factor", "Faktor", "Den delen av undersøkelsen tiltaket hører til.", 20, list_="Faktorer"),
    Column("level", "Nivå", "Hvem som bestemmer.", 10, choices=LEVELS),
    Column("responsible", "Ansvarlig", "Enhet eller rolle, ikke navn på en person.", 22),
    Column("partners", "Partnere", "Med semikolon mellom: NAV (spurt); Idrettslaget (bekreftet).", 30),
    Column("deadline", "Søknadsfrist", "For eksempel: 1. juni året før.", 18),
    Column("idea", "Idé fra", "Frøya, Åre, en bli-faktor, et innbyggermøte …", 24),
    Column("targets", "Målgrupper", "Med komma mellom. Disse nås fullt ut, andre ikke.", 26),
    Column("reach", "Når delvis", "Der en gruppe bare nås delvis: voksne 50; tilflyttere 20.", 22),
    _number("costs.one_time.value", "Kostnad i gang (1000 kr)", "Brutto, før tilskudd."),
    _source("costs.one_time.source", "Kilde til kostnad i gang"),
    Column("costs.budget", "Budsjett i gang", "Hvor kostnaden i gang føres.", 14, choices=tuple(BUDGET_WORDS)),
    _number("costs.one_time_years", "Fordelt på år", "Tomt er alt i startåret."),
    _number("costs.yearly.value", "Kostnad per år (1000 kr)", "Brutto drift fra startåret og videre."),
    _source("costs.yearly.source", "Kilde til kostnad per år"),
    Column(
        "costs.extra_investment", "Mer investering år for år", "1000 kr fra startåret, med semikolon: 5700; 5700.", 20
    ),
    Column("costs.extra_operating", "Mer drift år for år", "1000 kr fra startåret, med semikolon: 0; 300; 600.", 20),
    _source("costs.extra_source", "Kilde til mer år for år"),
    _number("staff_start.value", "Månedsverk i gang", "Av folk som alt er ansatt."),
    _source("staff_start.source", "Kilde til månedsverk i gang"),
    _number("staff_yearly.value", "Månedsverk per år", "Av folk som alt er ansatt. Nye stillinger er penger."),
    _source("staff_yearly.source", "Kilde til månedsverk per år"),
    _number("costs.price_year", "Prisår", "Året beløpene er i.", 9),
    _percent("costs.loan.share", "Lån (% av egen andel)", "Bare investering. Tomt er uten lån."),
    _percent("costs.loan.interest", "Rente (%)", "Tomt er 4,5."),
    _number("costs.loan.years", "Avdragsår", "Tomt er 20."),
    _percent("chance.percent", "Sjanse for at det blir gjort (%)", "Tomt er 90."),
    _source("chance.source", "Kilde til sjansen"),
    _number("delay", "Hele år før det virker", "Fra starten til de første merker det."),
    _number("earliest", "Tidligst start", "Årstall. Tomt er planens første år.", 9),
    _number("latest", "Senest start", "Årstall. Tomt er planens siste år.", 9),
    _number("started", "I gang siden", "Årstall, bare for det som alt er i gang.", 9),
    Column("requires_all", "Krever alle av", "Koder med komma mellom.", 14),
    Column("requires_any", "Krever ett av", "Koder med komma mellom.", 14),
    Column("excludes", "Kan ikke velges med", "Koder med komma mellom.", 14),
)

EFFECT = (
    Column("code", "Kode", "Tiltaket virkningen hører til.", 8),
    Column("statement", "Utsagn", "Fra undersøkelsen: s06, eller velg fra listen.", 60, list_="Utsagn"),
    _percent(
        "percent",
        "Virkning (%)",
        "Av hundre med udekket behov, hvor mange får det dekket når tiltaket virker. Høyst 95.",
    ),
    _source("source", "Kilde"),
    Column(
        "segment",
        "Bare for",
        "Én målgruppe, der virkningen er en annen for den enn for de andre. Tomt er alle tiltaket når.",
        22,
        list_="Målgrupper",
    ),
)

GRANT = (
    Column("code", "Kode", "Tiltaket tilskuddet hører til.", 8),
    Column("name", "Fra", "Hvem som gir.", 40),
    Column("status", "Status", "Bare tilsagn reduserer kommunens egen andel.", 10, choices=GRANT_STATUSES),
    _percent("one_time_share", "Andel i gang (%)", "Av kostnaden i gang. Andel eller beløp, ikke begge."),
    _number("one_time_amount", "Beløp i gang (1000 kr)", "Andel eller beløp, ikke begge."),
    _percent("yearly_share", "Andel per år (%)", "Av kostnaden per år. Andel eller beløp, ikke begge."),
    _number("yearly_amount", "Beløp per år (1000 kr)", "Andel eller beløp, ikke begge."),
    _number("years", "Varer i år", "Fra startåret. Tomt er uten slutt."),
    _number("last_year", "Siste år", "Årstall. Tomt er uten slutt.", 9),
    _source("source", "Kilde"),
)

FREED = (
    Column("code", "Kode", "Kort og entydig, for eksempel S01.", 8),
    Column("title", "Noe vi slutter med", "Hva som tar slutt.", 40),
    Column("affected", "Hvem merker det", "Med ord. Må fylles ut.", 50),
    _number("operating.value", "Frigjør drift per år (1000 kr)", "Fra og med «Fra år»."),
    _source("operating.source", "Kilde til drift"),
    _number("investment.value", "Frigjør investering per år (1000 kr)", "Fra og med «Fra år»."),
    _source("investment.source", "Kilde til investering"),
    _number("staff.value", "Frigjør månedsverk per år", "Fra og med «Fra år»."),
    _source("staff.source", "Kilde til månedsverk"),
    _number("first_year", "Fra år", "Årstall.", 9),
    _number("last_year", "Til år", "Årstall. Tomt er for godt.", 9),
    Column("counted", "Regnes med", "Om det legges til rammene nå.", 10, choices=YES_NO),
)

MARK = Column(
    "mark",
    "Kontroll",
    "Settes av programmet, og viser om noen har endret raden siden arket ble hentet. La den stå; tom i nye rader.",
    18,
)
COLUMNS: Mapping[str, tuple[Column, ...]] = dict(
    zip(SHEETS, ((*CANDIDATE, MARK), EFFECT, GRANT, (*FREED, MARK)), strict=True)
)
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Tiltak": ("code", "title", "theme"),
    "Virkning": ("code", "statement", "percent"),
    "Tilskudd": ("code", "name"),
    "Slutter med": ("code", "title", "affected", "first_year"),
}


def heading_key(text: str) -> str:
    """What makes two headings the same: case, white space and a unit in brackets do not matter."""
    return " ".join(text.split("(")[0].casefold().replace("*", "").split())
