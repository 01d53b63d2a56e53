"""What does more money give? A curve from the smallest budget to the largest, zero-based, each point with its figure.

Numbers and words are given; drawn for a wide page and for a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from planner.charts.svg import circle, line, measure, picture, text

WIDE, NARROW = 640, 320
HEIGHT, TOP, BASE = 300.0, 34.0, 236.0


@dataclass(frozen=True, slots=True)
class Point:
    """One budget. label: its share of the money. below: what that is in kroner. value: None where there is no plan.

    said: the figure at the point. here: the budget people have.
    """

    label: str
    below: str
    value: float | None
    said: str
    here: bool = False


def curve(name: str, title: str, desc: str, points: Sequence[Point], axis: str) -> Markup:
    """axis: what the two rows under the curve are."""
    return _curve(name, title, desc, points, axis, WIDE, 14)


def narrow_curve(name: str, title: str, desc: str, points: Sequence[Point], axis: str) -> Markup:
    """The same for a phone: every second label where they would touch."""
    return _curve(name, title, desc, points, axis, NARROW, 12)


def _curve(name: str, title: str, desc: str, points: Sequence[Point], axis: str, width: float, size: float) -> Markup:
    edge = max((measure(p.label, size, p.here) for p in points), default=0.0) / 2 + 2
    step = (width - 2 * edge) / max(1, len(points) - 1)
    most = max((p.value for p in points if p.value is not None), default=0.0) or 1.0
    at = [(edge + step * n, BASE - (BASE - TOP) * (p.value or 0.0) / most) for n, p in enumerate(points)]
    every = 1 if 2 * edge < step else 2
    first = next((n for n, p in enumerate(points) if p.here), 0) % every
    parts = [line(0, BASE, width, BASE, "pic-axis")]
    for n, p in enumerate(points):
        if p.here and p.value is not None:
            parts += [line(at[n][0], at[n][1], at[n][0], BASE, "pic-grid")]
    known = [n for n, p in enumerate(points) if p.value is not None]
    parts += [line(*at[one], *at[other], "pic-link") for one, other in pairwise(known)]
    for n, p in enumerate(points):
        x, y = at[n]
        look = "pic-strong" if p.here else "pic-text"
        if p.value is not None:
            parts += [circle(x, y, 7 if p.here else 5, "pic-point")]
        parts += [text(x, y - 12, p.said, look, size, "middle")]
        if n % every == first:
            parts += [text(x, BASE + 20, p.label, look, size, "middle")]
            parts += [text(x, BASE + 39, p.below, "pic-quiet", size, "middle")]
    parts += [text(width / 2, HEIGHT - 4, axis, "pic-quiet", size, "middle")]
    return picture(name, width, HEIGHT, title, desc, *parts)
