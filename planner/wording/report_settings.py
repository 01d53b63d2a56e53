"""With what frames, wishes and rules was the plan found, and how? The last two sheets of the workbook.

Where the council has changed the proposal, each row says which of the two plans it tells of: the way the proposal was
found is no account of the plan that was decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from planner import notation
from planner.domain.costs import BUDGETS
from planner.domain.report import Report
from planner.domain.report_decided import Adopted
from planner.domain.settings import Wish
from planner.wording import decision, portfolio
from planner.wording.gaps import listed
from planner.wording.paper import Cell, Column, Heading, Point, Points, Row, Section, Table, Text
from planner.wording.report_handlingsdel import year_by_year
from planner.wording.report_method import KNOWN_OF_BOTH
from planner.wording.report_words import amount, candidate_names, segment_names, status
from planner.wording.statements import factor


@dataclass(frozen=True, slots=True)
class Changes:
    """A decision that changed the proposal; decided.tables and proposal are the tables of the two plans."""

    decided: Adopted
    proposal: Report


def changes(decided: Adopted | None, proposal: Report | None) -> Changes | None:
    """None where nothing is decided, or the plan was decided as it was."""
    if decided is None or proposal is None or not decided.there.outcome.steps:
        return None
    return Changes(decided, proposal)


def which(decided: Adopted | None, changed: Changes | None) -> tuple[str, ...]:
    """Above the two sheets: of which plan they tell."""
    if decided is None:
        return ()
    if changed is None:
        return (_("Planen ble vedtatt slik den ble lagt fram. Tallene gjelder både forslaget og vedtaket."),)
    return (_("Forslaget ble endret da det ble vedtatt. Kolonnen «Gjelder» sier hvilken plan hver rad forteller om."),)


# --- Frames and choices ----------------------------------------------------------------------------------------------


def settings(report: Report, method: Section, changed: Changes | None) -> Table:
    """report: of the plan as it was decided, where it was."""
    columns = (
        Column(_("Ramme eller valg"), width=3.4),
        *(Column(str(year), "compact", 0.8) for year in report.years),
        Column(_("Verdi"), width=6),
    )
    blank: tuple[Cell, ...] = (None,) * len(report.years)
    rows: list[tuple[Row, str]] = list(_frames(report, changed))
    if changed is not None:
        rows += [(Row((label, *blank, value)), tells) for label, value, tells in _decided(changed)]
    rows += [(Row((label, *blank, value)), tells) for label, value, tells in _choices(report)]
    rules = [point.text for block in method.blocks if isinstance(block, Points) for point in block.points]
    rows += [(Row((_("Regel"), *blank, rule)), "proposal") for rule in rules]
    return _told(_("Rammer og valg"), columns, rows, changed)


def _frames(report: Report, changed: Changes | None) -> Iterator[tuple[Row, str]]:
    sums = year_by_year(report)
    told = {"staff": report.staff.years} | {one: report.total(one).net.years for one in BUDGETS}
    for frame in report.frames:
        word = f"{portfolio.resource(frame.resource)}, {portfolio.unit(frame.resource)}"
        yield Row((_("Ramme: %(what)s", what=word), *frame.limit, "")), "both"
        if any(frame.freed):
            yield Row((_("Herav frigjort: %(what)s", what=word), *frame.freed, "")), "both"
        # Only where it is the very sum: a cell and what it says it repeats never differ.
        there = sums[frame.resource] if told.get(frame.resource) == frame.used.years else None
        yield Row((_("Brukt: %(what)s", what=word), *frame.used.years, ""), repeats=there), "decision"
        if changed is not None:
            before = changed.proposal.frame(frame.resource).used.years
            yield Row((_("Brukt: %(what)s", what=word), *before, "")), "proposal"


def _decided(changed: Changes) -> Iterator[tuple[str, str, str]]:
    """What the council changed, what became of points and cost, and what the plan no longer keeps."""
    there, before, after = changed.decided.there, changed.proposal, changed.decided.tables
    name = decision.namer(candidate_names(after.basis))
    told = {"by": there.by, "day": notation.day(date.fromisoformat(there.on))}
    yield _("Vedtatt av"), _("%(by)s, %(day)s", **told) + (f" ({there.case})" if there.case else ""), "decision"
    for step in there.outcome.steps:
        why = _("Grunn: %(reason)s", reason=step.change.reason)
        yield _("Endret ved vedtaket"), f"{decision.step(step, name)} {why}", "decision"
    segments = segment_names(after.basis)
    for one in decision.breaks(there.outcome, name, lambda segment: segments.get(segment, segment)):
        yield _("Holdes ikke etter endringene"), one, "decision"
    for report, tells in ((after, "decision"), (before, "proposal")):
        yield _("Behovspoeng planen lukker"), notation.number(report.answer.value, 4), tells
        for budget in BUDGETS:
            word = portfolio.resource(budget)
            yield _("Netto i planårene: %(what)s", what=word), amount(report.total(budget).net.total, budget), tells
        staff = portfolio.resource("staff")
        yield _("I planårene: %(what)s", what=staff), amount(report.staff.total, "staff"), tells


def _choices(report: Report) -> Iterator[tuple[str, str, str]]:
    """(what, value, of which plan it is told)."""
    settings, titles, names = report.basis.settings, candidate_names(report.basis), segment_names(report.basis)
    yield _("Planår"), f"{report.years[0]}–{report.years[-1]}", "both"
    yield _("Tilskudd som regnes med"), status("tilsagn"), "both"
    yield _("Mulighetspott, del av hver ramme"), notation.percent(report.problem.reserve), "both"
    yield _("År virkningen regnes over"), notation.number(report.problem.horizon), "both"
    yield _("Overlapp mellom tiltak"), _closure(report), "both"
    follows = _("ja") if settings.follows else _("nei")
    yield _("Rekruttering skal ha følge av bolig og sosialt miljø"), follows, "proposal"
    for code, least in settings.counts.items():
        yield _("Minst antall tiltak: %(what)s", what=factor(code)), notation.number(least), "proposal"
    for code, share in settings.factor_floors.items():
        yield _("Minst lukket: %(what)s", what=factor(code)), notation.percent(share), "proposal"
    for code, share in settings.segment_floors.items():
        yield _("Minst lukket: %(what)s", what=names.get(code, code)), notation.percent(share), "proposal"
    for code, wish in settings.wishes.items():
        yield f"{code} {titles.get(code, '')}".strip(), _wish(wish), "proposal"
    for one in report.basis.segments:
        yield _("Hvor mye gruppen teller: %(what)s", what=names[one.id]), notation.percent(one.share), "both"
    for row in report.basis.freed:
        counted = _("regnet med") if row.counted else _("ikke regnet med")
        yield _("Slutter med: %(what)s", what=row.title), f"{counted}. {row.affected}", "both"
    for limit in report.problem.resources:
        if limit.total_limit is not None:
            what = portfolio.resource(limit.id)
            yield _("Ramme i alt: %(what)s", what=what), notation.compact(limit.total_limit), "both"
    yield _("Fingeravtrykk (SHA-256) av spørsmålet"), report.answer.sha256, "proposal"


def _closure(report: Report) -> str:
    return {
        "product": _("hvert tiltak virker på dem som fortsatt mangler noe"),
        "capped": _("virkningene legges sammen, opp til hele behovet"),
        "max": _("bare det som virker best, teller"),
    }[report.problem.closure]


def _wish(wish: Wish) -> str:
    said = {"must": [_("må med")], "must_not": [_("skal ikke med")], "free": []}[wish.choice]
    if wish.earliest is not None:
        said.append(_("tidligst %(year)s", year=wish.earliest))
    if wish.latest is not None:
        said.append(_("senest %(year)s", year=wish.latest))
    return listed(said)


# --- The method ------------------------------------------------------------------------------------------------------


def explanation(method: Section, changed: Changes | None) -> Table:
    """The blocks of the method section as rows of text; first what was decided."""
    columns = (Column(_("Forklaring"), width=5), Column(_("Verdi"), width=3.6))
    rows: list[tuple[Row, str]] = []
    if changed is not None:
        rows += [(Row((label, value)), tells) for label, value, tells in _decided(changed)]
        rows.append((Row((_unsearched(), "")), "decision"))
    known = 0
    for block in method.blocks:
        if isinstance(block, Text):
            known += 1
            rows.append((Row((block.text, "")), "both" if known <= KNOWN_OF_BOTH else "proposal"))
        elif isinstance(block, Points):
            rows += [(Row((_listed(point), "")), "proposal") for point in block.points]
        elif isinstance(block, Table):
            rows += [(Row(cells), "proposal") for cells in block.written()]
        else:
            assert isinstance(block, Heading)
    return _told(method.heading, columns, rows, changed)


def _unsearched() -> str:
    return _(
        "Poeng og kostnad i vedtaket er regnet ut på samme måte som i forslaget. Det er ikke lett etter en bedre plan "
        "enn vedtaket, så det har ingen øvre grense."
    )


def _listed(point: Point) -> str:
    return "; ".join((point.text, *point.below))


def _told(caption: str, columns: tuple[Column, ...], rows: list[tuple[Row, str]], changed: Changes | None) -> Table:
    """With a column that says of which plan each row tells, where there are two."""
    if changed is None:
        return Table(caption, columns, tuple(row for row, _tells in rows))
    words = {"both": _("begge"), "proposal": _("forslaget"), "decision": _("vedtaket")}
    with_plan = tuple(replace(row, cells=(*row.cells, words[tells])) for row, tells in rows)
    return Table(caption, (*columns, Column(_("Gjelder"), width=1.1)), with_plan)
