"""In how many of the draws is each initiative chosen? A dot with its interval on a line from never to always.

Three named zones, divided where the words change. What is in the plan is a filled dot, what was left out a hollow one.
The order of the rows is the caller's, and the tables beside the picture have the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.gaps import Axis
from planner.charts.svg import circle, group, line, lines, measure, picture, rect, text, wrap

WIDE, NARROW = 840, 328
SIZE, QUIET = 14.0, 12.5
LEAD = 18.0
RADIUS = 5.5
FILLED, HOLLOW = "pic-point", "pic-hollow"


@dataclass(frozen=True, slots=True)
class Dot:
    """One initiative. share, low, high: 0–1. said, between: the same in words («87 %», «83–90 %»).

    chosen: in the plan. doubt: a word where the interval reaches into another zone, else empty. told: the whole.
    """

    label: str
    share: float
    low: float
    high: float
    said: str
    between: str
    doubt: str
    told: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DotWords:
    """title: the finding. desc: the figures. inside, outside: of the plan. over: the axis. steps: share and text."""

    title: str
    desc: str
    inside: str
    outside: str
    over: str
    steps: Sequence[tuple[float, str]]


Zones = Sequence[tuple[str, Sequence[Dot]]]
"""Heading and rows, from those that hold to those that fall out; one without rows is left out."""


def dots(zones: Zones, words: DotWords, edges: Sequence[float], name: str) -> Markup:
    """The whole picture, WIDE units across. edges: the shares that divide the zones."""
    axis = Axis(404, 660, 0, 1)
    parts, y = [], 52.0
    for heading, rows in zones:
        if not rows:
            continue
        parts.append(text(0, y + 24, heading, "pic-strong", SIZE))
        y += 34
        for row in rows:
            part, height = _wide_row(row, y, axis)
            parts.append(part)
            y += height
        y += 8
    head = (
        _key(0, 38, words),
        text(axis.x1, 14, words.over, "pic-strong", QUIET),
        *(text(axis.at(share), 38, step, "pic-quiet", QUIET, "middle") for share, step in words.steps),
    )
    return picture(name, WIDE, y, words.title, words.desc, *_ground(axis, edges, 46, y), *head, *parts)


def narrow_dots(zones: Zones, words: DotWords, edges: Sequence[float], name: str) -> Markup:
    """The same rows for a telephone: the line under the name, its interval beside it."""
    axis = Axis(8, 188, 0, 1)
    parts, y = [], 74.0
    for heading, rows in zones:
        if not rows:
            continue
        headings = wrap(heading, NARROW, SIZE, bold=True)
        parts.append(lines(0, y + 22, headings, "pic-strong", SIZE, leading=LEAD / SIZE))
        y += LEAD * len(headings) + 14
        for row in rows:
            part, height = _narrow_row(row, y, axis, edges)
            parts.append(part)
            y += height
        y += 8
    head = (
        _key(0, 14, words),
        text(0, 38, words.over, "pic-strong", QUIET),
        *(text(axis.at(share), 58, step, "pic-quiet", QUIET, "middle") for share, step in words.steps),
    )
    return picture(name, NARROW, y, words.title, words.desc, *head, *parts)


def _ground(axis: Axis, edges: Sequence[float], top: float, bottom: float) -> tuple[Markup, ...]:
    """The outer zones shaded through all the rows, and a line where each begins."""
    falls, holds = min(edges), max(edges)
    return (
        rect(axis.at(0) - 6, top, axis.at(falls) - axis.at(0) + 6, bottom - top, "pic-zone"),
        rect(axis.at(holds), top, axis.at(1) - axis.at(holds) + 6, bottom - top, "pic-zone-lift"),
        *(line(axis.at(edge), top, axis.at(edge), bottom, "pic-axis") for edge in (falls, holds)),
    )


def _key(x: float, y: float, words: DotWords) -> Markup:
    after = x + 34 + measure(words.inside, QUIET)
    return group(
        circle(x + 6, y - 4, RADIUS, FILLED),
        text(x + 16, y, words.inside, "pic-text", QUIET),
        circle(after, y - 4, RADIUS, HOLLOW),
        text(after + 10, y, words.outside, "pic-text", QUIET),
    )


def _dot(row: Dot, y: float, axis: Axis) -> Markup:
    return group(
        line(axis.at(row.low), y, axis.at(row.high), y, "pic-interval"),
        circle(axis.at(row.share), y, RADIUS, FILLED if row.chosen else HOLLOW),
    )


def _wide_row(row: Dot, y: float, axis: Axis) -> tuple[Markup, float]:
    label = wrap(row.label, 384, SIZE)
    height = LEAD * len(label) + 9
    middle = y + height / 2
    return (
        group(
            rect(0, y, WIDE, height, "pic-ground"),
            line(0, y, axis.x1 - 10, y),
            lines(0, y + LEAD, label, "pic-text", SIZE, leading=LEAD / SIZE),
            _dot(row, middle, axis),
            text(716, middle + 5, row.said, "pic-strong", SIZE, "end"),
            text(728, middle + 5, row.between, "pic-quiet", QUIET),
            text(WIDE - 2, middle + 5, row.doubt, "pic-text", QUIET, "end"),
            title=row.told,
        ),
        height,
    )


def _narrow_row(row: Dot, y: float, axis: Axis, edges: Sequence[float]) -> tuple[Markup, float]:
    label = wrap(row.label, NARROW - 58, SIZE)
    under = y + LEAD * len(label) + 18
    beside = f"{row.between}, {row.doubt}" if row.doubt else row.between
    return (
        group(
            rect(0, y, NARROW, under + 16 - y, "pic-ground"),
            line(0, y, NARROW, y),
            *_ground(axis, edges, under - 9, under + 9),
            lines(0, y + 19, label, "pic-text", SIZE, leading=LEAD / SIZE),
            text(NARROW, y + 19, row.said, "pic-strong", SIZE, "end"),
            line(axis.x1, under, axis.x2, under),
            _dot(row, under, axis),
            text(NARROW, under + 4, beside, "pic-quiet", QUIET, "end"),
            title=row.told,
        ),
        under + 16 - y,
    )
