"""What does the paper say of needs where nobody's answers were at hand? What they stand on, and how to read them."""

from collections.abc import Iterator

from flask_babel import gettext as _

from planner.domain.basis import StatedFacts
from planner.domain.report import Report
from planner.wording import gaps
from planner.wording.paper import Block, Column, Row, Table, Text
from planner.wording.report_words import texts
from planner.wording.statements import factor


def facts(stated: StatedFacts | None) -> Iterator[str]:
    """What stood in for a survey."""
    if stated is None or stated.kind == "workshop":
        yield _("Saken bygger ikke på en undersøkelse. Behovene er vektet i et verksted.")
    elif stated.kind == "shares":
        yield _(
            "Tallene er fra en rapport med hvor mange som ga hvert svar, ikke fra svarene til hver enkelt. Derfor kan "
            "en bare si mellom hva og hva andelen som mangler noe, ligger."
        )
    else:
        yield _(
            "Tallene er fra en rapport med snitt, ikke fra svarene til hver enkelt. Derfor kan en ikke si hvor mange "
            "som mangler noe, bare hvor langt det er fra hvor viktig noe er til hvor sannsynlig det er."
        )
    if stated is not None and stated.source:
        yield _("Kilde: %(said)s.", said=stated.source.rstrip("."))


def reading(stated: StatedFacts | None) -> Iterator[str]:
    """How the figures are to be read."""
    kind = stated.kind if stated is not None else "workshop"
    if kind == "shares":
        yield _(
            "Andelen står først slik den ville vært om svarene på de to spørsmålene ikke hang sammen, og så mellom hva "
            "og hva den ligger uansett. Hvor sikre tallene er, kan ikke regnes ut."
        )
    elif kind == "means":
        yield _(
            "Avstanden er snittet av viktighet minus snittet av sannsynlighet, i trinn på skalaen fra 1 til 7. Hvor "
            "sikre tallene er, kan ikke regnes ut."
        )
    else:
        yield _("Poengene sier hva de som var med i verkstedet, synes teller mest, ikke hva innbyggerne mangler.")


def of_points(report: Report, most: int) -> list[Block]:
    """Where no share is known: what holds most points, with what is known of it."""
    text = texts(report.basis)
    first = sorted(report.needs, key=lambda row: -round(row.line.points, 9))[:most]
    named = gaps.listed([f"«{text[row.line.statement]}»" for row in first[:3]])
    means = any(row.line.classic is not None for row in first)
    known = (
        Column(_("Viktig"), "points", 0.8),
        Column(_("Sannsynlig"), "points", 1),
        Column(_("Avstand"), "points", 0.8),
    )
    table = Table(
        _("Behovene med flest poeng, og hvor mye planen lukker"),
        (
            Column(_("Behov"), width=3.4),
            Column(_("Område"), width=1.3),
            *(known if means else ()),
            Column(_("Poeng"), "points", 0.8),
            Column(_("Planen lukker"), "percent", 0.8),
        ),
        tuple(
            Row(
                (
                    text[row.line.statement],
                    factor(row.line.factor),
                    *((row.line.importance, row.line.likelihood, row.line.classic) if means else ()),
                    row.line.points,
                    row.share,
                )
            )
            for row in first
        ),
    )
    return [Text(_("Flest behovspoeng har %(named)s.", named=named)), table]
