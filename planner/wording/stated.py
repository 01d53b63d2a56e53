"""What is said of needs where nobody's answers are at hand: of a report's table, or of a workshop's weights?"""

from collections.abc import Sequence
from typing import Protocol

from flask_babel import gettext as _

from planner import notation
from planner.domain.gap_rows import Measure
from planner.domain.needs import Source
from planner.domain.stated import LONGEST_DISTANCE, Kind, StatedCell, StatedNeeds
from planner.wording import N_, gaps

FINDINGS: dict[str, tuple[str, str]] = {
    "stated_row_blank": (N_("Raden er tom."), ""),
    "stated_statement_unknown": (
        N_("«%(text)s» er ikke et av utsagnene."),
        N_("Skriv utsagnet slik det sto i undersøkelsen, eller la raden være. Den er ikke med."),
    ),
    "stated_statement_twice": (
        N_("Utsagnet står der fra før for den samme gruppen."),
        N_("La bare én av radene stå. Den første er brukt."),
    ),
    "stated_count_bad": (
        N_("«%(typed)s» er ikke et antall svar."),
        N_("Skriv et helt tall, eller la feltet stå tomt. Raden er ikke med."),
    ),
    "stated_mean_bad": (
        N_("«%(typed)s» er ikke et snitt på skalaen fra 1 til 7."),
        N_("Skriv snittet med komma, for eksempel 5,4. Raden er ikke med."),
    ),
    "stated_share_bad": (
        N_("«%(typed)s» er ikke en andel."),
        N_("Skriv andelen i prosent. Raden er ikke med."),
    ),
    "stated_shares_sum": (
        N_("Andelene for de sju svarene blir %(typed)s til sammen, ikke 100."),
        N_("Ta med alle sju svarene, og hold «vet ikke» utenfor. Raden er ikke med."),
    ),
    "stated_whole_unknown": (
        N_(
            "Tabellen sier ikke hva alle til sammen svarte på «%(statement)s», og heller ikke hvor mange som svarte i "
            "hver gruppe."
        ),
        N_("Legg til en rad for alle, eller en kolonne med antall svar. Utsagnet er ikke med."),
    ),
    "stated_changed": (
        N_("Noen andre bekreftet eller forkastet tabellen, eller lastet opp en ny."),
        N_("Se over det som står her nå."),
    ),
    "workshop_has_survey": (
        N_("Planen har alt en undersøkelse eller tall fra en rapport."),
        N_("Behovene bygger på dem. Vekter fra et verksted brukes bare der ingen er spurt."),
    ),
    "workshop_changed": (
        N_("Noen andre lagret vektene mens du skrev."),
        N_("Se over tallene. Det du skrev, står i feltene og er ikke lagret."),
    ),
    "stated_nothing": (
        N_("Ingen av radene i tabellen kan brukes."),
        N_("Se hva som er galt med hver rad, rett tabellen og last den opp på nytt."),
    ),
}


def answer(needs: StatedNeeds) -> str:
    """What the needs stand on."""
    count = notation.number(len(needs.statements))
    if needs.kind == "workshop":
        return _("Dere har ikke spurt ennå. Behovene bygger på vekter fra et verksted.")
    if needs.kind == "shares":
        return _(
            "En rapport med hvor mange som ga hvert svar på %(n)s utsagn. Svarene til hver enkelt er ikke med.", n=count
        )
    return _("En rapport med snittet på %(n)s utsagn. Svarene til hver enkelt er ikke med.", n=count)


def rows(rows_in: int, used: int) -> str:
    if rows_in == used:
        return _("Alle %(n)s radene i tabellen brukes.", n=notation.number(rows_in))
    return _(
        "%(used)s av %(n)s rader i tabellen brukes. Resten står under, med grunnen.",
        used=notation.number(used),
        n=notation.number(rows_in),
    )


def gives(kind: Kind) -> tuple[str, ...]:
    """What can be worked out."""
    if kind == "shares":
        return (
            _("Hvor viktig og hvor sannsynlig folk mener hvert utsagn er, i snitt."),
            _("Mellom hva og hva andelen med udekket behov ligger."),
            _("En rangering der vi regner som om de to svarene ikke henger sammen."),
        )
    return (
        _("Hvor viktig og hvor sannsynlig folk mener hvert utsagn er, i snitt."),
        _("En rangering etter avstanden mellom de to."),
    )


def lacks(kind: Kind) -> tuple[str, ...]:
    """What cannot."""
    first = (
        _("Hvor stor andel som mangler noe: da må vi vite hva den samme personen svarte på begge spørsmålene.")
        if kind == "shares"
        else _("Hvor stor andel som mangler noe, og mellom hva og hva den ligger: et snitt sier ikke hvor mange.")
    )
    return (
        first,
        _("Hvor sikre tallene er, og hva som er klart blant de fem største."),
        _("Hva de som svarte «vet ikke», kunne endret."),
        _("Grupper som ikke står i tabellen, vekting etter hvem som bor her, og hva som henger sammen med å bli."),
    )


def replaces() -> str:
    return _("Den erstatter undersøkelsen som er lagret. Svar og fritekster derfra slettes.")


def need(cell: StatedCell, measure: Measure) -> str:
    """The share, or the distance."""
    if measure == "bounded":
        return gaps.share(cell.unmet)
    return steps(cell.distance)


def steps(distance: float) -> str:
    return _("%(n)s trinn", n=notation.number(distance, 1))


def span(cell: StatedCell) -> str:
    if cell.low is None or cell.high is None:
        return ""
    return gaps.interval(cell.low, cell.high)


def mean(value: float) -> str:
    return notation.number(value, 1)


def answers(n: int | None) -> str:
    return notation.NOTHING if n is None else notation.number(n)


def cell(percent: int, source: Source, measure: Measure) -> str:
    """One group's need. percent: the share, or the distance in per cent of the longest there is."""
    if source == "borrowed":
        return _("lånt")
    if measure == "bounded":
        return gaps.share(percent / 100)
    return notation.number(percent * LONGEST_DISTANCE / 100, 1)


class Named(Protocol):
    """A row as it is named."""

    @property
    def label(self) -> str: ...

    @property
    def need(self) -> str: ...

    @property
    def span(self) -> str: ...


def most(rows: Sequence[Named], measure: Measure, themes: Sequence[str]) -> str:
    """The needs page's answer. rows: the largest first. themes: those with most points, largest first."""
    if measure == "workshop":
        named = gaps.listed([gaps.small(one) for one in themes])
        return _("Verkstedet la mest vekt på %(named)s. Ingen er spurt om hva de mangler.", named=named)
    if measure == "bounded":
        named = gaps.listed([f"{gaps.small(one.label)} ({one.span})" for one in rows])
        return _("Flest mangler trolig %(named)s.", named=named)
    named = gaps.listed([f"{gaps.small(one.label)} ({one.need})" for one in rows])
    return _("Lengst fra viktig til sannsynlig er det for %(named)s.", named=named)


def basis(kind: Kind) -> str:
    """What the figures of the page are."""
    return {
        "shares": _(
            "Tallene er fra en rapport med hvor mange som ga hvert svar. Hvor mange som mangler noe, ligger et sted i "
            "spennet. Rekkefølgen er regnet som om svarene på de to spørsmålene ikke henger sammen."
        ),
        "means": _(
            "Tallene er fra en rapport med snitt. Avstanden er snittet av viktighet minus snittet av sannsynlighet, i "
            "trinn på skalaen fra 1 til 7. Den sier ikke hvor mange som mangler noe."
        ),
        "workshop": _(
            "Behovspoengene er bare vektene fra verkstedet, delt likt på utsagnene i hvert tema. De sier hva de som "
            "var med, synes teller mest, ikke hva innbyggerne mangler. Spør innbyggerne når dere kan."
        ),
    }[kind]


def source(said: str) -> str:
    return _("Kilde: %(said)s.", said=said.rstrip(".")) if said else ""
