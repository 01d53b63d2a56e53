"""What does a plan look like? Bars for the four bli-faktorer and for the frame, from numbers and words that are given.

Zero-based, every bar on its own track: the track is all there is (the need, the frame), the bar is what the plan takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.svg import line, lines, picture, rect, text, wrap

# Two drawings of the same bars: letters keep their size where the page is narrow.
WIDE, NARROW = 600, 320


@dataclass(frozen=True, slots=True)
class Bar:
    """label: what it is of. share: 0–1 of the track (more is drawn to the end). value: the words at its end.

    warning: the words stand out; they say themselves what is wrong.
    """

    label: str
    share: float
    value: str
    warning: bool = False


def bars(name: str, title: str, desc: str, rows: Sequence[Bar]) -> Markup:
    """One bar a row: label, bar, words on one line."""
    step, label, after = 38.0, 150.0, 130.0
    track = WIDE - label - after
    parts: list[str] = []
    for number, row in enumerate(rows):
        middle = step * number + step / 2
        names = wrap(row.label, label - 14, 14, 2, bold=True)
        parts += [lines(0, middle + 5 - 9 * (len(names) - 1), names, "pic-strong", 14)]
        parts += _bar(row, label, middle - 9, track)
        parts += [text(label + track + 10, middle + 5, row.value, _look(row), 14)]
    return picture(name, WIDE, step * len(rows), title, desc, *parts)


def narrow_bars(name: str, title: str, desc: str, rows: Sequence[Bar]) -> Markup:
    """The same for a phone: label and words above the bar."""
    step = 52.0
    parts: list[str] = []
    for number, row in enumerate(rows):
        top = step * number
        parts += [text(0, top + 15, row.label, "pic-strong", 14)]
        parts += [text(NARROW, top + 15, row.value, _look(row), 14, "end"), *_bar(row, 0, top + 23, NARROW)]
    return picture(name, NARROW, step * len(rows), title, desc, *parts)


def _bar(row: Bar, x: float, y: float, track: float) -> tuple[Markup, Markup]:
    done = track * min(1.0, max(0.0, row.share))
    return rect(x, y, track, 18, "pic-track", 3), rect(x, y, done, 18, "pic-bar", 3)


def _look(row: Bar) -> str:
    return "pic-strong" if row.warning else "pic-text"


@dataclass(frozen=True, slots=True)
class Column:
    """One year of one resource. share: used of the frame, None without a limit. value: the words above it."""

    label: str
    share: float | None
    value: str
    full: bool = False


def columns(name: str, title: str, desc: str, rows: Sequence[Column]) -> Markup:
    """One column a year for one resource: the track is the whole frame, the column is what is used."""
    step, height, base, top = 62.0, 150.0, 120.0, 28.0
    width = step * len(rows)
    parts: list[str] = [line(0, base, width, base, "pic-axis")]
    for number, row in enumerate(rows):
        x = step * number + 6
        if row.share is not None:
            tall = (base - top) * min(1.0, max(0.0, row.share))
            parts += [
                rect(x, top, step - 12, base - top, "pic-track", 3),
                rect(x, base - tall, step - 12, tall, "pic-bar", 3),
            ]
        parts += [
            text(x + (step - 12) / 2, top - 9, row.value, "pic-strong" if row.full else "pic-text", 14, "middle"),
            text(x + (step - 12) / 2, base + 20, row.label, "pic-quiet", 13, "middle"),
        ]
    return picture(name, width, height, title, desc, *parts)
