"""What is in the panel with the picture? The ranked rows, the map or the groups, for everyone or for one group.

A query only: it decides which of the figures are looked at, never what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.domain.gap_ranks import strict_ranks
from planner.domain.gap_rows import GapTable
from planner.domain.priorities import FactorWeights
from planner.domain.summary import SurveySummary
from planner.services.gap_heat import HeatHead, HeatRow, heat, most_heard_first
from planner.services.gap_shown import (
    ON_A_PHONE,
    GapTableRow,
    Shown,
    lift,
    of_everyone,
    of_group,
    pictures,
    table_row,
)
from planner.wording import gap_panel as words
from planner.wording import gaps as wording
from planner.wording import statements as names

VIEWS = ("rows", "map", "groups")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the panel. id: the value in the address, "" for the first."""

    id: str
    name: str
    is_current: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """view: one of VIEWS. pictures: wide, then those for a telephone; empty where there is nothing to draw."""

    view: str
    views: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    group: str
    title: str
    note: str
    proposal: str
    wide: Markup | None
    narrow: tuple[Markup, ...]
    rest: int
    legend: str
    rows: tuple[GapTableRow, ...]
    heat_heads: tuple[HeatHead, ...]
    heat: tuple[HeatRow, ...]
    weighted: bool
    strict: bool
    can_be_strict: bool


def panel(
    summary: SurveySummary, table: GapTable, factors: FactorWeights, view: str, group: str, strict: bool = False
) -> Panel:
    """The panel. An unknown view or group in the address gives the first: an old link still opens the page.

    strict: places that hold for all needs at once, instead of the chance of being among the five largest; for everyone.
    """
    view = view if view in VIEWS else VIEWS[0]
    known = names.segments(summary.segments)
    group = group if group in known and view != "groups" else ""
    shown = of_everyone(summary, table) if not group else of_group(summary, table, factors, group)
    inside = wording.inside(summary.segments)
    note, proposal = _notes(table, group, inside)
    few = bool(proposal)
    title = _title(shown, view, group, known)
    wide, narrow = (None, ()) if few or view == "groups" else pictures(shown, view, title, summary.weighting != "none")
    can_be_strict = not group and view == "rows"
    places = strict_ranks(summary, table) if strict and can_be_strict else None
    heads, cells = heat(summary, table, known, inside) if view == "groups" else ((), ())
    return Panel(
        view=view,
        views=tuple(Choice("" if v == VIEWS[0] else v, words.view(v), v == view) for v in VIEWS),
        groups=_group_choices(table, known, inside, group),
        group=group,
        title=title,
        note=note,
        proposal=proposal,
        wide=wide,
        narrow=narrow,
        rest=max(0, len(shown) - ON_A_PHONE),
        legend=words.in_lift([(one.row.rank, one.label) for one in lift(shown)]) if view == "map" else "",
        rows=()
        if few or view == "groups"
        else tuple(table_row(one, summary.weighting != "none", places) for one in shown),
        heat_heads=heads,
        heat=cells,
        weighted=summary.weighting != "none",
        strict=places is not None,
        can_be_strict=can_be_strict,
    )


def _notes(table: GapTable, group: str, inside: dict[str, str]) -> tuple[str, str]:
    """(what must be known of this group's figures, what to do where they are too few)."""
    segment = next((row for row in table.segments if row.segment == group), None)
    if segment is None:
        return "", ""
    if segment.few:
        return words.few_note(inside[group]), words.few_proposal(inside[group])
    together = _together(table, group)
    if together:
        return words.pooled_note([inside[one] for one in together]), ""
    return (words.some_lent(segment.borrowed), "") if segment.borrowed else ("", "")


def _together(table: GapTable, group: str) -> tuple[str, ...]:
    """The groups this one is shown with, where it is."""
    cells = (cell for row in table.rows for cell in row.cells if cell.segment == group)
    return next((cell.together for cell in cells if cell.source == "pooled"), ())


def _group_choices(table: GapTable, known: dict[str, str], inside: dict[str, str], group: str) -> tuple[Choice, ...]:
    found = [Choice("", words.everyone(), not group)]
    for row in most_heard_first(table.segments):
        together = [inside[one] for one in _together(table, row.segment) if one != row.segment]
        note = words.few_mark() if row.few else words.with_others(together) if together else ""
        found.append(Choice(row.segment, known[row.segment], row.segment == group, note))
    return tuple(found)


def _title(shown: Sequence[Shown], view: str, group: str, known: dict[str, str]) -> str:
    if view == "groups":
        return words.heat_title()
    seen = [one for one in shown if one.figure is not None]
    if not seen:
        return known.get(group, "")
    first = seen[0]
    title = words.map_title(len(lift(seen))) if view == "map" else words.picture_title(first.label, first.row.unmet)
    return words.for_group(known[group], title) if group else title
