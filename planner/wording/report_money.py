"""What does the paper say about money and people? The four-year tables, who pays, and which figures are only examples.

Expenses are positive and income negative, in 1000 kr, as in a municipality's own budget tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from planner import notation
from planner.domain.costs import BUDGETS, Source
from planner.domain.freed import Freed
from planner.domain.initiatives import Amount
from planner.domain.report import InitiativeRow, Report
from planner.domain.report_money import ByYear, FrameRow
from planner.wording import portfolio
from planner.wording.gaps import listed
from planner.wording.paper import Block, Cell, Column, Heading, Kind, Note, Point, Points, Row, Section, Table, Text
from planner.wording.report_prices import by_price_year, financing, prices
from planner.wording.report_words import amount, briefly, budget, named, period, resting, status


def economy(report: Report) -> Section:
    """Økonomiske konsekvenser."""
    blocks: list[Block] = [
        Text(
            _("Beløpene er i 1000 kroner.")
            + f" {prices(report)} "
            + _(
                "Investering og drift er holdt hver for seg. Netto er det kommunen betaler selv: brutto minus tilskudd "
                "det er gitt tilsagn om."
            )
        ),
        totals(report),
        Text(_after(report)),
        *(Text(sentence) for sentence in financing(report)),
        Heading(_("Hvert tiltak, år for år")),
        each(report),
    ]
    blocks += _grants(report)
    blocks += _freed(report)
    blocks += _examples(report)
    return Section("economy", _("Økonomiske konsekvenser"), tuple(blocks), tuple(_notes(report)))


def year_columns(report: Report, after: bool = True) -> tuple[Column, ...]:
    """A column a plan year, the sum of them, and the first year after."""
    later = (Column(str(report.after), "whole", 0.9),) if after else ()
    return (*(Column(str(year), "whole", 0.9) for year in report.years), Column(_("Sum"), "whole", 1), *later)


def _cells(amounts: ByYear) -> tuple[Cell, ...]:
    return (*amounts.years, amounts.total, amounts.after)


def _frame_cells(amounts: Sequence[Amount | None]) -> tuple[Cell, ...]:
    """A sum only where every year has a limit; nothing is known of the frame of the year after."""
    known = [value for value in amounts if value is not None]
    return (*amounts, sum(known, start=0) if len(known) == len(amounts) else None, None)


def totals(report: Report) -> Table:
    """Both budgets and staff: gross, income, net, frame and what is left."""
    rows: list[Row] = []
    for name in BUDGETS:
        total = report.total(name)
        rows.append(_group(budget(name), report))
        rows.append(Row((_("Brutto utgift"), *_cells(total.gross))))
        if total.income:
            rows.append(Row((_("Tilskudd med tilsagn"), *_cells(total.income.negative))))
        rows.append(Row((_("Netto for kommunen"), *_cells(total.net)), "sum"))
        rows += _frame(report.frame(name))
    rows.append(_group(_("Månedsverk av dem som alt er ansatt"), report))
    rows.append(Row((_("Brukes"), *_cells(report.staff)), "sum", "compact"))
    rows += _frame(report.frame("staff"))
    return Table(
        _("Planen i alt, %(years)s (1000 kr; månedsverk for seg)", years=period(report)),
        (Column(_("Post"), width=2.6), *year_columns(report)),
        tuple(rows),
        _("%(year)s er det første året etter planen: det tiltakene binder da.", year=report.after),
    )


def _group(name: str, report: Report) -> Row:
    return Row((name, *(None for _year in (*report.years, 0, 0))), "group")


def _frame(frame: FrameRow) -> Iterator[Row]:
    """The frame, what is held back of it and what is left; nothing where there is no limit in any year."""
    if not any(value is not None for value in frame.limit):
        return
    freed = _("Ramme, med det som frigjøres") if any(frame.freed) else _("Ramme")
    kind: Kind = "compact" if frame.resource == "staff" else "whole"
    yield Row((freed, *_frame_cells(frame.limit)), "plain", kind)
    if any(frame.held_back):
        yield Row((_("Mulighetspott, holdes tilbake"), *_frame_cells(frame.held_back)), "plain", kind)
    yield Row((_("Igjen av rammen"), *_frame_cells(frame.left)), "plain", kind)


def _after(report: Report) -> str:
    operating = report.total("operating")
    told = _(
        "Planen binder %(amount)s netto til drift i %(year)s.",
        amount=amount(operating.net.after, "operating"),
        year=report.after,
    )
    if operating.loan:
        told += " " + _(
            "Drift har med renter og avdrag på lån: %(amount)s i planen og %(after)s i %(year)s.",
            amount=amount(operating.loan.total, "operating"),
            after=amount(operating.loan.after, "operating"),
            year=report.after,
        )
    return f"{told} {investment_after(report)}".strip()


def investment_after(report: Report) -> str:
    """What is left to build when the plan ends: in the first year after it, and in those that follow."""
    soon, later = report.total("investment").net.after, report.later
    if later:
        return _(
            "%(all)s til investering gjenstår etter %(last)s: %(soon)s i %(year)s og %(later)s senere.",
            all=amount(soon + later, "investment"),
            last=report.years[-1],
            soon=amount(soon, "investment"),
            year=report.after,
            later=amount(later, "investment"),
        )
    if soon:
        return _(
            "%(amount)s til investering gjenstår i %(year)s, det første året etter planen.",
            amount=amount(soon, "investment"),
            year=report.after,
        )
    return ""


def each(report: Report) -> Table:
    """Net, one row an initiative and budget, with sums."""
    rows: list[Row] = []
    for name in BUDGETS:
        of = [(row, part) for row in report.initiatives if (part := row.budget(name))]
        if not of:
            continue
        rows.append(_group(budget(name), report))
        rows += [Row((named(row), *_cells(part.net))) for row, part in of]
        rows.append(
            Row((_("Sum %(budget)s, netto", budget=budget(name).lower()), *_cells(report.total(name).net)), "sum")
        )
    return Table(
        _("Netto for hvert tiltak (1000 kr)"), (Column(_("Tiltak"), width=2.9), *year_columns(report)), tuple(rows)
    )


def _grants(report: Report) -> Iterator[Block]:
    rows = []
    for initiative in report.initiatives:
        for part in initiative.budgets:
            for grant in part.grants:
                counted = _("ja") if grant.counted else _("nei")
                cells = (grant.name, initiative.candidate.code, status(grant.status), counted, grant.amounts.total)
                rows.append(Row(cells))
    yield Heading(_("Tilskudd"))
    if not rows:
        yield Text(_("Ingen av tiltakene har tilskudd."))
        return
    yield Table(
        _("Tilskudd i planårene (1000 kr)"),
        (
            Column(_("Fra"), width=3.2),
            Column(_("Tiltak"), width=0.8),
            Column(_("Status"), width=1),
            Column(_("Regnet med"), width=0.9),
            Column(_("Beløp"), "whole", 0.9),
        ),
        tuple(rows),
    )
    hoped = _hoped(report)
    if hoped:
        yield Text(
            _(
                "%(amount)s er søkt om eller lovet muntlig og er ikke regnet med. Kommer pengene, blir "
                "kommunens egen andel mindre.",
                amount=amount(hoped, "operating"),
            )
        )


def _hoped(report: Report) -> Amount:
    """What is applied for or promised by word of mouth, over the plan years."""
    parts = (part for row in report.initiatives for part in row.budgets)
    return sum((grant.amounts.total for part in parts for grant in part.grants if not grant.counted), start=0)


def _freed(report: Report) -> Iterator[Block]:
    counted = [row for row in report.basis.freed if row.counted]
    if not counted:
        return
    yield Heading(_("Noe vi slutter med"))
    yield Table(
        _("Hva det frigjør hvert år (1000 kr; månedsverk for seg)"),
        (
            Column(_("Vi slutter med"), width=1.9),
            Column(_("Hvem det gjelder"), width=2.2),
            Column(_("Når"), width=1),
            Column(_("Drift"), "whole", 0.8),
            Column(_("Invest."), "whole", 0.8),
            Column(_("Måneds\u00adverk"), "compact", 0.9),
        ),
        tuple(
            Row((row.title, row.affected, _when(row), row.operating.value, row.investment.value, row.staff.value))
            for row in counted
        ),
    )


def _when(row: Freed) -> str:
    if row.last_year is None:
        return _("fra %(year)s", year=row.first_year)
    return f"{row.first_year}–{row.last_year}"


def _examples(report: Report) -> Iterator[Block]:
    yield Heading(_("Hva tallene bygger på"))
    rows = [row for row in report.initiatives if row.examples]
    if not rows:
        yield Text(_("Ingen av tallene er eksempeltall."))
        return
    told = _(
        "%(n)s av %(all)s tiltak i planen bygger på minst ett tall fra eksempelbanken, ikke kommunens egne.",
        n=notation.number(len(rows)),
        all=notation.number(len(report.initiatives)),
    )
    must = _("Eksempeltallene er laget for en kommune med 3 000–6 000 innbyggere og må byttes ut før penger bevilges.")
    yield Text(f"{told} {resting(report)} {must}")
    alike: dict[tuple[str, ...], list[InitiativeRow]] = {}
    for row in rows:
        alike.setdefault(_from_the_bank(row), []).append(row)
    yield Points(
        tuple(
            Point(_("Eksempeltall for %(what)s: %(which)s.", what=listed(kinds), which=briefly(some)))
            for kinds, some in alike.items()
        )
    )


def _from_the_bank(row: InitiativeRow) -> tuple[str, ...]:
    """Which kinds of figures of an initiative are from the bank."""
    one = row.candidate
    costs = replace(one.costs, grants=()).sources()
    staff = tuple(staff.source for staff in (one.staff_start, one.staff_yearly) if staff.value)
    kinds: tuple[tuple[str, Iterable[Source]], ...] = (
        (_("kostnad"), costs),
        (_("tilskudd"), (grant.source for grant in one.costs.grants)),
        (_("månedsverk"), staff),
        (_("virkning"), (effect.source for effect in one.effects)),
        (_("sjanse for gjennomføring"), (one.chance_source,)),
    )
    return tuple(name for name, sources in kinds if "eksempelbank" in sources)


def _notes(report: Report) -> Iterator[Note]:
    years = by_price_year(report)
    if len(years) > 1 or None in years:
        yield Note(_("Oppgi prisår for alle tiltakene, og regn dem om til samme år."), "initiatives")
    hoped = [
        initiative.candidate.code
        for initiative in report.initiatives
        if any(not grant.counted for part in initiative.budgets for grant in part.grants)
    ]
    if hoped:
        yield Note(_("Tilskudd uten tilsagn: %(codes)s. De er ikke regnet med.", codes=", ".join(hoped)), "initiatives")
    open_ = [portfolio.resource(frame.resource).lower() for frame in report.frames if None in frame.limit]
    if open_:
        yield Note(_("Rammen mangler i ett eller flere år: %(which)s.", which=listed(open_)), "portfolio")
