"""What stands behind the amounts of the paper? In which year's prices they are, and for what money is lent."""

from collections.abc import Iterator

from flask_babel import gettext as _

from planner.domain.report import InitiativeRow, Report
from planner.wording.report_words import briefly


def prices(report: Report) -> str:
    """In which year's prices the amounts are; that they are not converted where the years differ."""
    by_year = by_price_year(report)
    unknown = by_year.get(None)
    if not by_year:
        return _("Det er ikke regnet med prisstigning.")
    if len(by_year) > 1:
        told = [f"{year}: {briefly(rows)}" for year, rows in by_year.items() if year is not None]
        told += [_("uten prisår: %(which)s", which=briefly(unknown))] if unknown else []
        return _(
            "De er i prisene fra ulike år og lagt sammen uten omregning (%(years)s). Det er ikke regnet med "
            "prisstigning.",
            years="; ".join(told),
        )
    if unknown:
        return _("Prisåret er ikke oppgitt, og det er ikke regnet med prisstigning.")
    return _("Alle er i priser fra %(year)s: det er ikke regnet med prisstigning.", year=next(iter(by_year)))


def by_price_year(report: Report) -> dict[int | None, list[InitiativeRow]]:
    """Those that cost something, by the year their amounts are in; the earliest first, those without a year last."""
    found: dict[int | None, list[InitiativeRow]] = {}
    for row in report.initiatives:
        if row.budgets:
            found.setdefault(row.candidate.costs.price_year, []).append(row)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, pair[0] or 0)))


def financing(report: Report) -> Iterator[str]:
    """What is known of how the net investment is paid: the loans whose cost is counted, and that the rest is open."""
    paid = [row for row in report.initiatives if (part := row.budget("investment")) and part.net.total]
    if not paid:
        return
    borrowed = [row for row in paid if row.candidate.costs.loan is not None]
    if not borrowed:
        yield _("Det er ikke regnet med lån til investeringene. Hvordan de finansieres, avgjøres i økonomiplanen.")
        return
    whole = len(borrowed) == len(paid) and all(row.candidate.costs.loan.share == 100 for row in borrowed)  # type: ignore[union-attr]  # not None
    told = _("Det er regnet med lån til %(which)s.", which=briefly(borrowed))
    rest = _("Hvordan resten av investeringene finansieres, avgjøres i økonomiplanen.")
    yield told if whole else f"{told} {rest}"
