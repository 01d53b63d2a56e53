"""What may be said of one statement, for everyone or for one group: as a row in figures, and in a picture.

A group's own rows come from the same table as everyone's, weighed by that group alone. A figure that may not be shown
is not here, neither as a number nor as a place in a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.gap_map import MapPoint, MapWords, gap_map
from planner.charts.gaps import GapLine, GapWords, gap_picture, narrow_gap_picture
from planner.domain.figures import Figure
from planner.domain.gap_rows import GapRow, GapTable
from planner.domain.gaps import gap_table
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.strengths import IMPORTANT_FROM, LIKELY_FROM, is_strength
from planner.domain.summary import SurveySummary
from planner.wording import gap_panel as words
from planner.wording import gaps as wording
from planner.wording import statements as names

ON_A_PHONE = 10  # rows before the fold


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as this reader may see it: for everyone the whole's figure, for a group its own or the pooled one."""

    row: GapRow
    text: str
    label: str
    figure: Figure | None
    points: float
    lent: bool


@dataclass(frozen=True, slots=True)
class GapTableRow:
    """One statement in figures, as text. points: behovspoeng, of 100. lent: the figure is the municipality's."""

    rank: int
    text: str
    factor: str
    share: str
    interval: str
    classic: str
    answers: str
    counts_as: str
    certainty: str
    points: float
    flags: tuple[str, ...]
    lent: bool
    unsure: str
    unsure_span: str


def of_everyone(summary: SurveySummary, table: GapTable) -> tuple[Shown, ...]:
    statements = {statement.id: statement for statement in summary.statements}
    return tuple(
        Shown(
            row,
            wording.statement(statements[row.statement]),
            names.statement(statements[row.statement]),
            row.figure,
            row.points,
            False,
        )
        for row in table.rows
    )


def of_group(summary: SurveySummary, table: GapTable, factors: FactorWeights, group: str) -> tuple[Shown, ...]:
    weights = tuple((segment.id, float(segment.id == group)) for segment in summary.segments)
    alone = gap_table(summary, SegmentWeights("own", weights), factors)
    points = {need.statement: need.points for need in table.needs if need.segment == group}
    statements = {statement.id: statement for statement in summary.statements}
    shown = []
    for row in alone.rows:
        cell = next(cell for cell in row.cells if cell.segment == group)
        statement = statements[row.statement]
        shown.append(
            Shown(
                row,
                wording.statement(statement),
                names.statement(statement),
                cell.figure,
                points[row.statement],
                cell.source == "borrowed",
            )
        )
    return tuple(shown)


def lift(shown: Sequence[Shown]) -> list[Shown]:
    """What lies in the corner to lift: important and unlikely in the mean."""
    return [
        one
        for one in shown
        if one.figure is not None and one.figure.importance >= IMPORTANT_FROM and one.figure.likelihood < LIKELY_FROM
    ]


def pictures(shown: Sequence[Shown], view: str, title: str, weighted: bool) -> tuple[Markup | None, tuple[Markup, ...]]:
    """(the wide picture, those for a telephone), for the view «rows» or «map»."""
    if not any(one.figure for one in shown):
        return None, ()
    if view == "map":
        map_words = MapWords(title, words.map_desc([one.label for one in lift(shown)]), *words.map_words())
        points = [
            MapPoint(one.row.rank, one.label, one.figure.likelihood, one.figure.importance, _told(one, weighted))
            for one in shown
            if one.figure is not None
        ]
        return gap_map(points, map_words, "map"), (gap_map(points, map_words, "map-narrow", narrow=True),)
    desc = words.picture_desc([(one.text, one.row) for one in shown if one.figure is not None])
    words_over = GapWords(title, desc, *words.picture_words())
    lines = [_line(one, weighted) for one in shown]
    narrow = [narrow_gap_picture(lines[:ON_A_PHONE], words_over, "gaps-narrow")]
    if lines[ON_A_PHONE:]:
        narrow.append(narrow_gap_picture(lines[ON_A_PHONE:], words_over, "gaps-rest"))
    return gap_picture(lines, words_over, "gaps-wide"), tuple(narrow)


def _told(one: Shown, weighted: bool) -> str:
    return words.told(one.text, one.row, one.figure, weighted)


def _line(one: Shown, weighted: bool) -> GapLine:
    figure, factor = one.figure, names.factor(one.row.factor)
    return GapLine(
        label=one.text,
        factor=factor,
        about=words.about(factor, figure),
        importance=figure.importance if figure else None,
        likelihood=figure.likelihood if figure else None,
        unmet=one.row.unmet if figure else None,
        low=one.row.low if figure else None,
        high=one.row.high if figure else None,
        share=wording.share(one.row.unmet) if figure else words.few_mark(),
        interval=wording.interval(one.row.low, one.row.high) if figure else "",
        answers=words.count(figure),
        told=_told(one, weighted),
        unsure=figure is not None and bool(words.flags(figure)),
    )


def keep(shown: Sequence[Shown]) -> list[Shown]:
    """What people find important and get (`strengths`), the best met first."""
    of = sum(one.figure is not None for one in shown)
    good = [
        one
        for one in shown
        if one.figure is not None and is_strength(one.figure.importance, one.figure.likelihood, one.row.rank, of)
    ]
    return sorted(good, key=lambda one: (one.row.unmet, one.row.statement))


def table_row(one: Shown, weighted: bool, places: Mapping[str, tuple[int, int]] | None = None) -> GapTableRow:
    """places: the strict view, which takes the place of «blant de fem største»."""
    figure = one.figure
    place = (places or {}).get(one.row.statement)
    return GapTableRow(
        rank=one.row.rank,
        text=one.text,
        factor=names.factor(one.row.factor),
        share=wording.share(one.row.unmet) if figure else words.few_mark(),
        interval=wording.interval(one.row.low, one.row.high) if figure else "",
        classic=words.classic(figure),
        answers=words.count(figure),
        counts_as=words.counts_as(figure, weighted),
        certainty=words.place(*place) if place else wording.certainty_word(one.row.certainty) if figure else "",
        points=one.points,
        flags=words.flags(figure),
        lent=one.lent,
        unsure=wording.share(figure.dont_know) if figure else "",
        unsure_span=words.unsure_span(figure),
    )
