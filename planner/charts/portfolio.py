"""What does a plan look like? Bars for the four bli-faktorer and for the frame, from numbers and words that are given.

Zero-based, every bar on its own track: the track is all there is (the need, the frame), the bar is what the plan takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.svg import line, lines, picture, rect, text, wrap

WIDTH = 640
LABEL = 168.0
AFTER = 150.0
ROW = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """label: what it is of. share: 0–1 of the track (more is drawn to the end). value: the words at its end.

    warning: drawn so that it is seen without colour too: an empty, outlined track with strong words.
    """

    label: str
    share: float
    value: str
    warning: bool = False


def bars(name: str, title: str, desc: str, rows: Sequence[Bar]) -> Markup:
    """One bar a row, labels before and words after."""
    height = ROW * len(rows) + 6
    track = WIDTH - LABEL - AFTER
    parts = []
    for number, row in enumerate(rows):
        middle = ROW * number + ROW / 2 + 3
        label = wrap(row.label, LABEL - 16, 14, 2, bold=True)
        parts += [
            lines(0, middle + 5 - 9 * (len(label) - 1), label, "pic-strong", 14),
            rect(LABEL, middle - 10, track, 20, "pic-track", 3),
            rect(LABEL, middle - 10, track * min(1.0, max(0.0, row.share)), 20, "pic-bar", 3),
            text(LABEL + track + 10, middle + 5, row.value, "pic-accent" if row.warning else "pic-text", 14),
        ]
    return picture(name, WIDTH, height, title, desc, *parts)


@dataclass(frozen=True, slots=True)
class Column:
    """One year of one resource. share: used of the frame, None without a limit. value: the words above it."""

    label: str
    share: float | None
    value: str
    full: bool = False


def columns(name: str, title: str, desc: str, rows: Sequence[Column]) -> Markup:
    """One column a year for one resource: the track is the whole frame, the column is what is used."""
    step, height, base, top = 84.0, 150.0, 118.0, 30.0
    width = step * len(rows)
    parts: list[str] = [line(0, base, width, base, "pic-axis")]
    for number, row in enumerate(rows):
        x = step * number + 14
        if row.share is not None:
            tall = (base - top) * min(1.0, max(0.0, row.share))
            parts += [
                rect(x, top, step - 28, base - top, "pic-track", 3),
                rect(x, base - tall, step - 28, tall, "pic-bar", 3),
            ]
        parts += [
            text(x + (step - 28) / 2, top - 9, row.value, "pic-strong" if row.full else "pic-text", 14, "middle"),
            text(x + (step - 28) / 2, base + 20, row.label, "pic-quiet", 13, "middle"),
        ]
    return picture(name, width, height, title, desc, *parts)
