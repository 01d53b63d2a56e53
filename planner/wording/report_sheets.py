"""What stands in the workbook? The handlingsdel with its sums, initiatives, needs, settings and the method."""

from collections.abc import Mapping

from flask_babel import gettext as _

from planner import notation
from planner.domain.basis import LeftOut
from planner.domain.report import InitiativeRow, Report
from planner.domain.report_decided import Adopted
from planner.wording import portfolio, report_decided
from planner.wording.gaps import certainty
from planner.wording.paper import Cell, Column, Row, Section, Sheet, Table
from planner.wording.report_handlingsdel import line_by_line, one_row_each, printed, sheet_name
from planner.wording.report_plan import reason, unreached_need
from planner.wording.report_prices import prices
from planner.wording.report_retrace import how_shared, of_groups, points
from planner.wording.report_settings import changes, explanation, settings, which
from planner.wording.report_words import candidate_names, labels, of_group, partner_status, segment_names, status, texts
from planner.wording.statements import factor


def sheets(
    report: Report, method: Section, decided: Adopted | None = None, proposal: Report | None = None
) -> tuple[Sheet, ...]:
    """In order; the first is the one a budget office pastes from. method: the last section of the paper.

    report: of the plan as it was decided, where it was; proposal: of the plan as it was put forward.
    """
    changed = changes(decided, proposal)
    above = (*report_decided.lines(decided), *_reading(report))
    return (
        Sheet(sheet_name(), _("Handlingsdel, 1000 kr"), one_row_each(report), above, printed(report)),
        Sheet(_("Linje for linje"), _("Utgift og tilskudd, linje for linje, 1000 kr"), line_by_line(report)),
        Sheet(_("Tiltak"), _("Tiltak som er med"), _initiatives(report)),
        Sheet(_("Ikke nå"), _("Tiltak som ikke er med, og hvorfor"), _left_out(report, decided)),
        Sheet(_("Behov"), _("Behovene, og hva planen lukker"), _needs(report), of_groups(report)),
        Sheet(_("Ikke nådd"), _("Behov planen ikke når"), _unreached(report)),
        Sheet(_("Fra behov til krone"), _("Fra utsagn og gruppe til krone"), points(report), how_shared(report)),
        Sheet(
            _("Rammer og valg"),
            _("Rammer, ønsker og vekter planen ble funnet med"),
            settings(report, method, changed),
            which(decided, changed),
        ),
        Sheet(_("Metode"), method.heading, explanation(method, changed), which(decided, changed)),
    )


def _reading(report: Report) -> tuple[str, ...]:
    return (
        _("Utgifter er positive, tilskudd negative. Netto er brutto og tilskudd med tilsagn.") + f" {prices(report)}",
        _(
            "Ikke regnet med: tilskudd som er søkt om eller lovet muntlig. Hvert tilskudd står i arket "
            "«Linje for linje»."
        ),
        _("%(year)s er det første året etter planen: det tiltakene binder da.", year=report.after),
    )


def _initiatives(report: Report) -> Table:
    short = labels(report.basis)
    columns = (
        *(Column(_("Id"), width=0.6), Column(_("Tiltak"), width=3), Column(_("Tema"), width=1.2)),
        *(Column(_("Starter"), "year", 0.7), Column(_("Virker fra"), "year", 0.7)),
        *(Column(_("Hjelper mest på"), width=2), Column(_("Poeng planen ville miste"), "points", 0.9)),
        *(Column(_("Investering netto"), "whole", 1.05), Column(_("Drift netto"), "whole", 0.8)),
        *(
            Column(_("Månedsverk"), "compact", 1.05),
            Column(_("Ansvarlig"), width=1.4),
            Column(_("Partnere"), width=1.7),
        ),
        *(Column(_("Tilskudd"), width=1.9), Column(_("Frist"), width=1.2), Column(_("Hvor ideen kommer fra"), width=2)),
        Column(_("Eksempeltall"), width=1.1),
    )
    return Table(_("Tiltak som er med"), columns, tuple(_initiative(row, short) for row in report.initiatives))


def _initiative(row: InitiativeRow, short: dict[str, str]) -> Row:
    candidate = row.candidate
    net = {part.budget: part.net.total for part in row.budgets}
    partners = "; ".join(f"{partner.name} ({partner_status(partner.status)})" for partner in candidate.partners)
    grants = "; ".join(f"{grant.name} ({status(grant.status)})" for grant in candidate.costs.grants)
    return Row(
        (
            *(candidate.code, candidate.title, candidate.theme, row.start, row.works_from),
            *(", ".join(short.get(one, one) for one in row.closest), row.adds),
            *(net.get("investment", 0), net.get("operating", 0), row.staff.total),
            *(candidate.responsible, partners, grants, candidate.deadline, candidate.idea),
            _("ja") if row.examples else _("nei"),
        )
    )


def _why(one: LeftOut, titles: Mapping[str, str], report: Report, decided: Adopted | None) -> str:
    if decided and decided.there.outcome.steps and one.reason == "fits":
        # There is room because of what the council took out or moved, not because the proposal was not proven.
        adds = notation.number(one.adds, 3)
        return _(
            "Etter endringene er det plass til det fra %(start)s. Det ville lagt til %(adds)s behovspoeng.",
            start=one.start,
            adds=adds,
        )
    return reason(one, titles, report.answer.proven)


def _left_out(report: Report, decided: Adopted | None) -> Table:
    titles, taken = candidate_names(report.basis), decided.taken_out if decided else {}
    return Table(
        _("Ikke nå"),
        (
            *(Column(_("Id"), width=0.6), Column(_("Tiltak"), width=3.4)),
            *(Column(_("Stoppes av"), width=1.2), Column(_("Hvorfor"), width=6)),
        ),
        tuple(
            Row(
                (
                    one.code,
                    titles.get(one.code, one.code),
                    _("vedtak") if one.code in taken else portfolio.reason_kind(one),
                    _("Tatt ut ved vedtaket. Grunn: %(why)s", why=taken[one.code].reason)
                    if one.code in taken
                    else _why(one, titles, report, decided),
                )
            )
            for one in report.basis.left_out
        ),
    )


def _needs(report: Report) -> Table:
    told, names = texts(report.basis), segment_names(report.basis)
    columns = (
        *(Column(_("Behov"), width=4.4), Column(_("Område"), width=1.6)),
        *(Column(_("Mangler det, prosent"), "whole", 1), Column(_("Trolig fra"), "whole", 0.8)),
        *(Column(_("Trolig til"), "whole", 0.8), Column(_("Svar"), "whole", 0.7)),
        *(Column(_("Viktighet"), "points", 0.9), Column(_("Sannsynlighet"), "points", 1.25)),
        *(Column(_("Klassisk gap"), "points", 0.9), Column(_("Blant de fem største"), width=2.2)),
        *(Column(_("Behovspoeng"), "points", 1.15), Column(_("Planen lukker, poeng"), "points", 1.15)),
        *(
            Column(_("%(group)s, prosent som teller", group=names[one.id]), "whole", 1.3)
            for one in report.basis.segments
        ),
    )
    rows = []
    for need in report.needs:
        line = need.line
        by_segment: dict[str, Cell] = {one: of_group(percent, where) for one, percent, where in line.by_segment}
        figures = (line.percent, line.low, line.high, line.n)
        means = tuple(_rounded(value) for value in (line.importance, line.likelihood, line.classic))
        sure = certainty(line.certainty) if line.percent is not None and line.certainty else ""  # type: ignore[arg-type]  # a Certainty
        rows.append(
            Row(
                (
                    *(told[line.statement], factor(line.factor), *figures, *means, sure),
                    *(_rounded(line.points), _rounded(need.closed)),
                    *(by_segment.get(one.id, notation.NOTHING) for one in report.basis.segments),
                )
            )
        )
    return Table(_("Behov"), columns, tuple(rows))


def _unreached(report: Report) -> Table:
    return Table(
        _("Behov planen ikke når"),
        (Column(_("Behov"), width=6), Column(_("Behovspoeng"), "points", 1.1), Column(_("Hvorfor"), width=5)),
        tuple(
            Row((unreached_need(report, one), one.points, portfolio.not_reached(one))) for one in report.basis.unreached
        ),
    )


def _rounded(value: float | None) -> float | None:
    """Two decimals: as much as the figures bear, and no noise from the arithmetic."""
    return None if value is None else round(value, 2)
