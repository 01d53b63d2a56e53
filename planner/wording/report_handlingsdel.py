"""What stands in the handlingsdel? One row an initiative and budget as a budget office reads it, then line by line.

Expenses are positive and income negative, in 1000 kr. A sum is told by the cells it adds, so that a workbook keeps it.
"""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from planner.domain.costs import BUDGETS, Budget
from planner.domain.report import InitiativeRow, Report
from planner.domain.report_money import BudgetRow, ByYear, GrantRow
from planner.wording import portfolio
from planner.wording.paper import Cell, Column, Elsewhere, Row, Table
from planner.wording.report_words import budget, source, status

TEXTS = 3  # columns before the years in one row each
LINE_TEXTS = 4

# --- One row an initiative -------------------------------------------------------------------------------------------


def one_row_each(report: Report) -> Table:
    """Net year by year first, to be pasted; then what it is made of: gross, grants that count, those that do not."""
    rows: list[Row] = []
    for name in BUDGETS:
        start = len(rows)
        rows += [_whole(row, name, part) for row, part in _on(report, name)]
        rows.append(_sum(report, name, tuple(range(start, len(rows)))))
    rows.append(_months(report, [place for place, row in enumerate(rows) if row.role == "plain"]))
    return Table(_("Handlingsdel"), _columns(report), tuple(rows))


def _columns(report: Report) -> tuple[Column, ...]:
    years, count = [str(year) for year in (*report.years, report.after)], len(report.years)
    gross = TEXTS + count + 2  # the first column of each block
    grants = gross + count + 1

    def block(word: str) -> list[Column]:
        return [Column(f"{word} {year}", "whole", 0.95) for year in years]

    net = [Column(year, "whole", 0.8, adds=(gross + place, grants + place)) for place, year in enumerate(years)]
    total = Column(_("Sum"), "whole", 0.9, adds=tuple(range(TEXTS, TEXTS + count)))
    return (
        *(Column(_("Tiltak"), width=4.2), Column(_("Id"), width=0.6), Column(_("Inv/Drift"), width=1.1)),
        *(*net[:-1], total, net[-1]),
        *block(_("Brutto")),
        *block(_("Tilskudd")),
        *block(_("Ikke regnet med")),
        *(Column(f"{portfolio.resource('staff')} {year}", "compact", 1.05) for year in years),
        *(Column(_("Tilskudd og status"), width=6), Column(_("Ansvarlig"), width=2.1), Column(_("Kilde"), width=1.6)),
    )


def sheet_name() -> str:
    return _("Handlingsdel")


def year_by_year(report: Report) -> dict[str, Elsewhere]:
    """Where one row each has what the plan uses of each resource: its sum, from the first year on."""
    found, place, after = dict[str, Elsewhere](), 0, len(report.years) + 1
    for name in BUDGETS:
        place += sum(1 for _one in _on(report, name))
        found[name] = Elsewhere(sheet_name(), place, TEXTS)
        place += 1
    found["staff"] = Elsewhere(sheet_name(), place, TEXTS + 1 + 4 * after)
    return found


def printed(report: Report) -> int:
    """How many of the columns go on paper: what a budget office pastes. All of them would be too small to read."""
    return TEXTS + len(report.years) + 2


def _on(report: Report, name: Budget) -> Iterator[tuple[InitiativeRow, BudgetRow | None]]:
    """The initiatives with a row on this budget; one that costs only months of work stands on operating."""
    for row in report.initiatives:
        part = row.budget(name)
        if part is not None or (name == "operating" and not row.budgets):
            yield row, part


def _whole(row: InitiativeRow, name: Budget, part: BudgetRow | None) -> Row:
    nothing = row.staff.minus(row.staff)
    gross, income, net = (part.gross, part.income, part.net) if part else (nothing,) * 3
    grants = part.grants if part else ()
    waiting = nothing
    for grant in grants:
        waiting = waiting if grant.counted else waiting.plus(grant.amounts)
    # Months of work are told once of an initiative that is on both budgets.
    months = row.staff if part is None or part is row.budgets[0] else None
    told = "; ".join(f"{grant.name} ({status(grant.status)})" for grant in grants)
    return Row(
        (
            *(row.candidate.title, row.candidate.code, budget(name), *net.years, net.total, net.after),
            *(*_all(gross), *_all(income.negative), *_all(waiting.negative)),
            *(_all(months) if months else (None,) * (len(row.staff.years) + 1)),
            *(told, row.candidate.responsible, _sources(row)),
        )
    )


def _sum(report: Report, name: Budget, adds: tuple[int, ...]) -> Row:
    total, word = report.total(name), budget(name)
    waiting = _nothing(report)
    for code, amounts in total.grants.items():
        counted = any(
            g.counted for row in report.initiatives for b in row.budgets for g in b.grants if g.status == code
        )
        waiting = waiting if counted else waiting.plus(amounts)
    label = _("Sum %(budget)s", budget=word.lower())
    money = (*_all(total.gross), *_all(total.income.negative), *_all(waiting.negative))
    net = (*total.net.years, total.net.total, total.net.after)
    return Row((label, "", word, *net, *money, *(None,) * (len(report.years) + 1), "", "", ""), "sum", adds=adds)


def _months(report: Report, adds: Sequence[int]) -> Row:
    blank = (None,) * (len(report.years) + 2 + 3 * (len(report.years) + 1))
    texts = (_("Sum månedsverk"), "", portfolio.resource("staff"))
    return Row((*texts, *blank, *_all(report.staff), "", "", ""), "sum", "compact", tuple(adds))


def _all(amounts: ByYear) -> tuple[Cell, ...]:
    return (*amounts.years, amounts.after)


def _nothing(report: Report) -> ByYear:
    return ByYear((0,) * len(report.years))


def _sources(row: InitiativeRow) -> str:
    return ", ".join(source(one) for one in dict.fromkeys(row.candidate.costs.sources()))


# --- Line by line ----------------------------------------------------------------------------------------------------


def line_by_line(report: Report) -> Table:
    """Every expense and every grant with its status in a row of its own; sums of each, and net."""
    first, count = LINE_TEXTS, len(report.years)
    years = tuple(Column(str(year), "whole", 0.8) for year in report.years)
    total = Column(_("Sum"), "whole", 0.9, adds=tuple(range(first, first + count)))
    columns = (
        Column(_("Tiltak"), width=4.2),
        Column(_("Id"), width=0.6),
        Column(_("Inv/Drift"), width=1.1),
        Column(_("Linje"), width=2.4),
        *(*years, total, Column(str(report.after), "whole", 0.8)),
        *(Column(_("Ansvarlig"), width=2.1), Column(_("Kilde"), width=1.6)),
    )
    rows: list[Row] = []
    for name in BUDGETS:
        _budget_rows(rows, report, name)
    _staff_rows(rows, report)
    for name in BUDGETS:
        rows += [
            _grant(row, budget(name), one)
            for row, part in _parts(report, name)
            for one in part.grants
            if not one.counted
        ]
    return Table(_("Linje for linje"), columns, tuple(rows))


def _parts(report: Report, name: Budget) -> list[tuple[InitiativeRow, BudgetRow]]:
    return [(row, part) for row in report.initiatives if (part := row.budget(name))]


def _budget_rows(rows: list[Row], report: Report, name: Budget) -> None:
    of, word, total = _parts(report, name), budget(name), report.total(name)
    start = len(rows)
    rows += [_line(row, word, _("Utgift"), part.gross) for row, part in of]
    middle = len(rows)
    rows += [_grant(row, word, one) for row, part in of for one in part.grants if one.counted]
    end = len(rows)
    for label, amounts, adds in (
        (_("Sum utgift"), total.gross, tuple(range(start, middle))),
        (_("Sum tilskudd"), total.income.negative, tuple(range(middle, end))),
        (_("Netto"), total.net, (end, end + 1)),
    ):
        cells = (f"{label} {word.lower()}", "", word, label, *_years(amounts), "", "")
        rows.append(Row(cells, "sum", adds=adds))


def _staff_rows(rows: list[Row], report: Report) -> None:
    word, start = portfolio.resource("staff"), len(rows)
    rows += [_line(row, word, _("Månedsverk"), row.staff, "compact") for row in report.initiatives if row.staff]
    cells = (_("Sum månedsverk"), "", word, _("Sum"), *_years(report.staff), "", "")
    rows.append(Row(cells, "sum", "compact", tuple(range(start, len(rows)))))


def _grant(row: InitiativeRow, word: str, grant: GrantRow) -> Row:
    told = _("Tilskudd: %(name)s (%(status)s)", name=grant.name, status=status(grant.status))
    if not grant.counted:
        told = _("Ikke regnet med: %(name)s (%(status)s)", name=grant.name, status=status(grant.status))
    amounts = _years(grant.amounts.negative)
    cells = (row.candidate.title, row.candidate.code, word, told, *amounts, row.candidate.responsible)
    return Row((*cells, source(grant.source)))


def _line(row: InitiativeRow, word: str, line: str, amounts: ByYear, kind: str | None = None) -> Row:
    texts_before = (row.candidate.title, row.candidate.code, word, line)
    cells = (*texts_before, *_years(amounts), row.candidate.responsible, _sources(row))
    return Row(cells, kind=kind)  # type: ignore[arg-type]  # a Kind


def _years(amounts: ByYear) -> tuple[Cell, ...]:
    return (*amounts.years, amounts.total, amounts.after)
