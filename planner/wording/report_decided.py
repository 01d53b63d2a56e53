"""What does a paper say once the council has decided? When, by whom and in which case, and what was changed.

The rest of the paper is the proposal as it was put forward; the workbook is the plan as it was decided.
"""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from planner import notation
from planner.domain.report_decided import Adopted
from planner.wording import decision as words
from planner.wording.paper import Block, Column, Heading, Point, Points, Row, Section, Table, Text
from planner.wording.report_words import candidate_names, segment_names


def section(decided: Adopted) -> Section:
    """Stands before all else."""
    blocks = list(_blocks(decided))
    if decided.there.outcome.steps:
        blocks.append(Text(_("Resten av saken er forslaget slik det ble lagt fram. Regnearket følger vedtaket.")))
    return Section("decided", heading(), tuple(blocks))


def heading() -> str:
    return _("Vedtaket")


def lines(decided: Adopted | None) -> tuple[str, ...]:
    """Above a sheet of the workbook: that it was decided, and each change."""
    if decided is None:
        return ()
    stands = (replaced(decided),) if decided.replaced else ()
    return (*stands, _whole(decided), *(text for one in _changes(decided) for text in (one.text, *one.below)))


def replaced(decided: Adopted) -> str:
    """That another decision took its place; "" for one that stands."""
    by = decided.replaced
    return words.replaced(by.number, date.fromisoformat(by.on), by.stands) if by else ""


def standing(decided: Adopted) -> str:
    """On every page of the paper: when it was decided, and whether it still is."""
    told = words.standing(decided.there)
    return f"{told} · {replaced(decided).rstrip('.')}" if decided.replaced else told


def answer(decided: Adopted) -> str:
    """On the page, above the paper."""
    if decided.there.document.get("around") is None:
        return _whole(decided)
    return _whole(decided) + " " + _("Tekstene i saken er låst. Det som skrives nå, kommer i neste sak.")


def _blocks(decided: Adopted) -> Iterator[Block]:
    there, came = decided.there, decided.there.outcome
    name = words.namer(candidate_names(decided.tables.basis))
    if decided.replaced:
        yield Text(replaced(decided))
    yield Text(_whole(decided))
    yield Text(words.effect(came) if came.steps else _("Planen ble vedtatt slik den ble lagt fram."))
    if came.steps:
        yield Heading(_("Endret fra forslaget"))
        yield Points(tuple(_changes(decided)))
    segments = segment_names(decided.tables.basis)
    breaks = words.breaks(came, name, lambda one: segments.get(one, one))
    if breaks:
        yield Heading(_("Planen holder ikke alt den skulle. Det ble vedtatt likevel."))
        yield Points(tuple(Point(one) for one in breaks))
        yield Text(_("Grunn: %(reason)s", reason=there.anyway))
    if there.examples:
        resting = words.rests_on(there.examples, len(came.plan.starts), name)
        yield Text(resting + " " + _("Hvorfor tallene kan brukes: %(reason)s", reason=there.examples_reason))
    if came.steps:
        yield _plan(decided)


def _whole(decided: Adopted) -> str:
    there = decided.there
    told = {"by": there.by, "day": notation.day(date.fromisoformat(there.on)), "case": there.case}
    if there.case:
        return _("%(by)s vedtok dette %(day)s i sak %(case)s.", **told)
    return _("%(by)s vedtok dette %(day)s.", **told)


def _changes(decided: Adopted) -> Iterator[Point]:
    name = words.namer(candidate_names(decided.tables.basis))
    for step in decided.there.outcome.steps:
        yield Point(words.step(step, name), (_("Grunn: %(reason)s", reason=step.change.reason),))


def _plan(decided: Adopted) -> Table:
    """Each initiative with the year that was decided, and what the council did with it."""
    titles = candidate_names(decided.tables.basis)
    rows = [
        Row(
            (
                f"{one.initiative} {titles.get(one.initiative, '')}".strip(),
                words.year(one.year),
                words.changed(one.action),
            )
        )
        for one in decided.there.outcome.stands
    ]
    columns = (Column(_("Tiltak"), width=3), Column(_("Startår"), width=0.8), Column(_("Endret"), width=1.8))
    return Table(_("Planen slik den ble vedtatt"), columns, tuple(rows))
