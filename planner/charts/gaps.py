"""What do people find important, what do they find unlikely, and how many lack it? One row a statement, as a picture.

Importance is a filled circle and likelihood a square on the scale 1–7, joined by a line; unmet need is a bar from zero
with its interval as a thin line. The order of the rows is the caller's, and the table beside it has the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from planner.charts.svg import circle, group, line, lines, measure, picture, rect, square, text, wrap

WIDE, NARROW = 840, 328
SIZE, QUIET = 14.0, 12.5
FIRST, LAST = 1, 7
KEY_GAP = 12


@dataclass(frozen=True, slots=True)
class GapLine:
    """One row. importance, likelihood: 1–7. unmet, low, high: 0–1. None where there is no figure of its own to show.

    share, interval, answers: the same in words («48 %», «43–53 %», «412»). factor, about: the quiet line under the
    label, wide and narrow («Arbeid · 412 svar»). told: the whole as sentences. unsure: few answers behind it.
    """

    label: str
    factor: str
    about: str
    importance: float | None
    likelihood: float | None
    unmet: float | None
    low: float | None
    high: float | None
    share: str
    interval: str
    answers: str
    told: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class GapWords:
    """What stands over the columns. title: the finding. desc: the figures."""

    title: str
    desc: str
    importance: str
    likelihood: str
    unmet: str
    answers: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From values to places: first..last lie on x1..x2."""

    x1: float
    x2: float
    first: float
    last: float

    def at(self, value: float) -> float:
        return self.x1 + (value - self.first) / (self.last - self.first) * (self.x2 - self.x1)


def gap_picture(rows: Sequence[GapLine], words: GapWords, name: str) -> Markup:
    """The whole picture for a page or a sheet of paper, WIDE units across."""
    scale, bars = Axis(350, 532, FIRST, LAST), Axis(566, 730, 0, _longest(rows))
    top = 58.0
    drawn, y = [], top
    for row in rows:
        part, height = _wide_row(row, y, scale, bars)
        drawn.append(part)
        y += height
    head = (
        _key(scale.x1, 16, words),
        *(text(scale.at(step), 42, str(step), "pic-quiet", QUIET, "middle") for step in (FIRST, 4, LAST)),
        text(bars.x1, 16, words.unmet, "pic-strong", QUIET),
        *(text(bars.at(share), 42, str(round(100 * share)), "pic-quiet", QUIET, "middle") for share in _shares(bars)),
        text(WIDE - 2, 16, words.answers, "pic-strong", QUIET, "end"),
    )
    grid = (
        *(line(scale.at(step), 50, scale.at(step), y) for step in range(FIRST, LAST + 1)),
        *(line(bars.at(share), 50, bars.at(share), y) for share in _shares(bars)),
    )
    return picture(name, WIDE, y + 4, words.title, words.desc, *head, *grid, *drawn)


def narrow_gap_picture(rows: Sequence[GapLine], words: GapWords, name: str) -> Markup:
    """The same rows for a telephone, NARROW units across: the share as a figure, the bar left out."""
    scale = Axis(10, NARROW - 10, FIRST, LAST)
    drawn, y = [], 58.0
    for row in rows:
        part, height = _narrow_row(row, y, scale)
        drawn.append(part)
        y += height
    head = (
        _key(0, 16, words),
        text(NARROW, 16, words.unmet, "pic-strong", QUIET, "end"),
        *(text(scale.at(step), 40, str(step), "pic-quiet", QUIET, "middle") for step in (FIRST, 4, LAST)),
    )
    return picture(name, NARROW, y, words.title, words.desc, *head, *drawn)


def shade(share: float) -> int:
    """How dark a cell of a table is: 0 under 10 %, a step for every ten, 5 from 50 %. The figure stands beside it."""
    return min(5, int(10 * share + 1e-9))


def _longest(rows: Sequence[GapLine]) -> float:
    """Where the share axis ends: the next ten per cent above the longest interval, at least 20 %."""
    longest = max((row.high or row.unmet or 0.0 for row in rows), default=0.0)
    return min(1.0, max(0.2, ceil(10 * longest - 1e-9) / 10))


def _shares(bars: Axis) -> tuple[float, ...]:
    return tuple(step / 10 for step in range(0, round(bars.last * 10) + 1, 2))


def _key(x: float, y: float, words: GapWords) -> Markup:
    after = x + 2 * KEY_GAP + measure(words.importance, QUIET, bold=True)
    return group(
        circle(x + 6, y - 4),
        text(x + 2 + KEY_GAP, y, words.importance, "pic-strong", QUIET),
        square(after + KEY_GAP - 2, y - 4),
        text(after + 2 * KEY_GAP - 4, y, words.likelihood, "pic-strong", QUIET),
    )


def _pair(row: GapLine, y: float, scale: Axis) -> Markup:
    if row.importance is None or row.likelihood is None:
        return Markup("")
    important, likely = scale.at(row.importance), scale.at(row.likelihood)
    return group(line(likely, y, important, y, "pic-link"), square(likely, y), circle(important, y))


def _bar(row: GapLine, y: float, bars: Axis) -> Markup:
    if row.unmet is None:
        return Markup("")
    look = "pic-bar-soft" if row.unsure else "pic-bar"
    parts = [rect(bars.x1, y - 6, bars.at(row.unmet) - bars.x1, 12, look, 2)]
    if row.low is not None and row.high is not None:
        low, high = bars.at(row.low), bars.at(row.high)
        parts.append(rect(low, y - 2.5, high - low, 5, "pic-halo"))
        parts.append(line(low, y, high, y, "pic-interval"))
    return group(*parts)


def _wide_row(row: GapLine, y: float, scale: Axis, bars: Axis) -> tuple[Markup, float]:
    label = wrap(row.label, 325, SIZE)
    height = 18.0 * len(label) + 16 + 12
    middle = y + height / 2
    return (
        group(
            rect(0, y, WIDE, height, "pic-ground"),
            line(0, y, WIDE, y),
            lines(0, y + 19, label, "pic-text", SIZE, leading=18 / SIZE),
            text(0, y + 19 + 18 * len(label) - 2, row.factor, "pic-quiet", QUIET),
            _pair(row, middle, scale),
            _bar(row, middle, bars),
            text(790, middle + 5, row.share, "pic-strong", SIZE, "end"),
            text(WIDE - 2, middle + 5, row.answers, "pic-quiet", QUIET, "end"),
            title=row.told,
        ),
        height,
    )


def _narrow_row(row: GapLine, y: float, scale: Axis) -> tuple[Markup, float]:
    label = wrap(row.label, NARROW - 62, SIZE, lines=3)
    under = y + 20 + 18 * len(label) - 2
    axis = under + 19
    return (
        group(
            line(0, y, NARROW, y),
            lines(0, y + 20, label, "pic-text", SIZE, leading=18 / SIZE),
            text(NARROW, y + 20, row.share, "pic-strong", 16, "end"),
            text(0, under, row.about, "pic-quiet", QUIET),
            text(NARROW, under, row.interval, "pic-quiet", QUIET, "end"),
            line(scale.x1, axis, scale.x2, axis),
            *(line(scale.at(step), axis - 4, scale.at(step), axis + 4) for step in range(FIRST, LAST + 1)),
            _pair(row, axis, scale),
            title=row.told,
        ),
        axis + 16 - y,
    )
