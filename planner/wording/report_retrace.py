"""How does a workbook show where every need point goes, and what it costs? A row for each point's way to its krone."""

from flask_babel import gettext as _

from planner import notation
from planner.domain.basis import NeedLine
from planner.domain.report import InitiativeRow, Report
from planner.domain.retrace import Trace, retrace
from planner.wording.paper import Cell, Column, Row, Table
from planner.wording.report_words import of_group, segment_names, texts
from planner.wording.statements import factor

ADDING = 1e-9  # points: what is left when floats have been added


def how_shared(report: Report) -> tuple[str, ...]:
    """What must be known to read the sheet."""
    shared = {
        "product": _(
            "Der flere tiltak lukker det samme behovet, deles det de lukker sammen, etter hvor mye hvert av dem ville "
            "lukket alene: minus logaritmen av andelen som fortsatt mangler noe."
        ),
        "capped": _("Der flere tiltak lukker det samme behovet, deles det etter hvor mye hvert ville lukket alene."),
        "max": _("Der flere tiltak virker på det samme behovet, får det som virker best, alt."),
    }[report.problem.closure]
    return (
        _("Hvert behovspoeng står i én rad: lukket av et tiltak, eller ikke lukket. Poengene er i snitt over årene."),
        shared,
        _("Kronene er kommunens egen del i planårene. Et tiltaks kroner er fordelt etter poengene det lukker."),
        *of_groups(report),
    )


def of_groups(report: Report) -> tuple[str, ...]:
    """Why a group's share here may differ from the one on the page of needs: points are made of the stabilised one."""
    if report.basis.survey is None:
        return ()
    return (
        _(
            "Gruppenes prosent er den som gir behovspoeng. Der færre enn 100 i gruppen har svart, er den trukket mot "
            "kommunens tall, fordi små tall svinger mye av tilfeldige grunner."
        ),
    )


def points(report: Report) -> Table:
    """Statement, group, points, initiative, effect, money; the sums are those of the needs, the plan and its cost."""
    traces = [one for one in retrace(report) if one.code or one.points > ADDING]
    told, names, lines = (
        texts(report.basis),
        segment_names(report.basis),
        {n.line.statement: n.line for n in report.needs},
    )
    rows_by_code = {row.candidate.code: row for row in report.initiatives}
    rows = [_row(report, one, told, names, lines, rows_by_code.get(one.code)) for one in traces]
    everything = tuple(range(len(rows)))
    closed = sum(one.points for one in traces if one.code)
    whole = sum(one.points for one in traces)
    money = sum(one.money for one in traces)
    last = (_("Sum"), "", "", None, whole, closed, "", "", None, None, None, money)
    return Table(
        _("Fra utsagn og gruppe til krone"),
        (
            Column(_("Behov"), width=4),
            Column(_("Område"), width=1.6),
            Column(_("Gruppe"), width=1.4),
            Column(_("Mangler det, prosent som teller"), "whole", 1),
            Column(_("Poeng"), "fine", 0.9),
            Column(_("Lukkes av planen"), "fine", 1),
            Column(_("Id"), width=0.6),
            Column(_("Tiltak som lukker dem"), width=3.4),
            Column(_("Virker fra"), "year", 0.8),
            Column(_("Får det dekket"), "percent", 0.9),
            Column(_("Blir gjennomført"), "percent", 1.1),
            Column(_("Kroner, 1000 kr"), "fine", 1.1),
        ),
        (*rows, Row(last, "sum", adds=everything)),
    )


def _row(
    report: Report,
    one: Trace,
    told: dict[str, str],
    names: dict[str, str],
    lines: dict[str, NeedLine],
    chosen: InitiativeRow | None,
) -> Row:
    need = one.need
    start: tuple[Cell, ...] = (notation.NOTHING, "", "", None)
    if need is not None:
        statement, segment = need.statement or need.id, need.segment or ""
        by_segment = lines[statement].by_segment if statement in lines else ()
        lack = {group: of_group(percent, where) for group, percent, where in by_segment}
        start = (
            told.get(statement, statement),
            factor(need.factor or ""),
            names.get(segment, segment),
            lack.get(segment),
        )
    if chosen is None:
        return Row((*start, one.points, None, "", _("Lukkes ikke"), None, None, None, None))
    initiative = report.problem.ground.by_id[one.code]
    effect = initiative.effects.get(need.id) if need is not None else None
    title = chosen.candidate.title
    by = (one.code, title, chosen.works_from, None if effect is None else float(effect), float(initiative.chance))
    return Row((*start, one.points, one.points, *by, one.money))
