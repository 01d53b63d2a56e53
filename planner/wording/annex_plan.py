"""What does the annex say of the plan itself? What starts each year, what it helps, what it costs, what it binds."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from planner import notation
from planner.domain.initiatives import Amount
from planner.domain.report import InitiativeRow, Report
from planner.domain.settings import UNITS
from planner.wording import portfolio
from planner.wording.gaps import listed
from planner.wording.report_words import labels


@dataclass(frozen=True, slots=True)
class Item:
    """One initiative that starts. said: short lines under its title."""

    title: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What starts in one year. told: what the plan closes then; empty for what ran before."""

    heading: str
    items: tuple[Item, ...]
    told: str = ""


def years(report: Report) -> tuple[Year, ...]:
    found = []
    if report.running:
        found.append(Year(portfolio.starting(0, True, len(report.running)), _items(report, report.running)))
    for year, value in zip(report.years, report.answer.value_by_year, strict=False):
        rows = report.starting(year)
        closes = _("I %(year)s lukker planen %(points)s av 100 behovspoeng.", year=year,
                   points=notation.number(value, 1))  # fmt: skip
        heading = portfolio.starting(year, False, len(rows)) if rows else _("%(year)s: ingen nye tiltak", year=year)
        found.append(Year(heading, _items(report, rows), closes))
    return tuple(found)


def _items(report: Report, rows: tuple[InitiativeRow, ...]) -> tuple[Item, ...]:
    short = labels(report.basis)
    return tuple(Item(row.candidate.title, tuple(_said(report, row, short))) for row in rows)


def _said(report: Report, row: InitiativeRow, short: Mapping[str, str]) -> list[str]:
    said = []
    if row.closest:
        named = listed([short.get(one, one) for one in row.closest])
        said.append(_("Hjelper mest på: %(needs)s.", needs=named))
    cost = _("Kommunen betaler %(amount)s i planårene.", amount=portfolio.amount("operating", _plain(row.net_total)))
    if row.staff.total:
        months = portfolio.amount("staff", _plain(row.staff.total))
        cost = _(
            "Kommunen betaler %(amount)s i planårene, og bruker %(staff)s av dem som alt er ansatt.",
            amount=portfolio.amount("operating", _plain(row.net_total)),
            staff=months,
        )
    said.append(cost)
    if row.works_from > row.start:
        said.append(_("Virker fra %(year)s.", year=row.works_from))
    if row.examples and len(report.examples) < len(report.initiatives):
        said.append(_("Noen av tallene er eksempeltall, ikke kommunens egne."))
    return said


def examples(report: Report) -> str:
    """Where it holds of all of them, once; else it stands at each."""
    if report.examples and len(report.examples) == len(report.initiatives):
        return _("For hvert av tiltakene er noen av tallene eksempeltall, ikke kommunens egne.")
    return ""


def after(report: Report) -> str:
    amounts = {resource: _plain(report.frame(resource).used.after) for resource in UNITS}
    return portfolio.after(report.after, amounts, _plain(report.later))


def _plain(value: Amount) -> float:
    return value if isinstance(value, int) else float(value)
