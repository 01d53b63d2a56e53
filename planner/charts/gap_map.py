"""Which statements are important and unlikely at once, and which are well as they are? Importance against likelihood.

Each statement is a numbered point; the number is its place by unmet need, as in the table. The four corners are named
by what to do there. Points that would hide each other are moved a little apart, and labels are set where they cover
nothing: a point without room for one keeps its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot

from markupsafe import Markup

from planner.charts.gaps import NARROW, WIDE, Axis
from planner.charts.svg import Anchor, circle, group, line, lines, measure, picture, rect, text, wrap
from planner.domain.strengths import IMPORTANT_FROM, LIKELY_FROM

LABEL, NUMBER = 13.0, 12.0

Box = tuple[float, float, float, float]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """number: place by unmet need. likelihood, importance: 1–7. told: the sentence of the point."""

    number: int
    label: str
    likelihood: float
    importance: float
    told: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """title, desc: as for every picture. lift, keep, wait, fine: what to do in each corner. across, up: the axes."""

    title: str
    desc: str
    lift: str
    keep: str
    wait: str
    fine: str
    across: str
    up: str


def gap_map(points: Sequence[MapPoint], words: MapWords, name: str, narrow: bool = False) -> Markup:
    """The map. narrow: for a telephone, with numbers only."""
    width, height = (NARROW, 350) if narrow else (WIDE, 540)
    left, right, top, bottom = 26.0, width - 4.0, 24.0, height - 42.0
    across = _axis(left, right, [point.likelihood for point in points], LIKELY_FROM)
    up = _axis(bottom, top, [point.importance for point in points], IMPORTANT_FROM)
    radius = 9.0 if narrow else 10.0
    places = _apart([(across.at(point.likelihood), up.at(point.importance)) for point in points], 1.8 * radius)
    corners = _corners(words, across, up)
    labels = [] if narrow else _labels(points, places, radius, across, up, corners)
    return picture(
        name,
        width,
        height,
        words.title,
        words.desc,
        _ground(across, up),
        *(text(x, y, word, "pic-accent", 15, anchor) for word, x, y, anchor in corners),
        _scales(words, across, up, left, height),
        *labels,
        *(_point(point, place, radius) for point, place in reversed(list(zip(points, places, strict=True)))),
    )


def _apart(places: Sequence[Place], least: float) -> list[Place]:
    """Every pair closer than least is pushed apart, a few times over; the same input gives the same places."""
    moved = [list(place) for place in places]
    for _ in range(30):
        for i, one in enumerate(moved):
            for other in moved[:i]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                distance = hypot(dx, dy)
                if distance >= least:
                    continue
                dx, dy = (dx / distance, dy / distance) if distance > 0.01 else (0.0, 1.0)
                push = (least - distance) / 2
                one[0], one[1] = one[0] + dx * push, one[1] + dy * push
                other[0], other[1] = other[0] - dx * push, other[1] - dy * push
    return [(x, y) for x, y in moved]


def _axis(start: float, end: float, values: Sequence[float], cut: float) -> Axis:
    """Whole steps of the scale round all values, with at least one step on either side of the cut."""
    first = max(1, min(floor(min(values, default=cut) - 0.15), floor(cut) - 1))
    last = min(7, max(ceil(max(values, default=cut) + 0.15), ceil(cut) + 1))
    return Axis(start, end, first, last)


def _ground(across: Axis, up: Axis) -> Markup:
    x, y = across.at(LIKELY_FROM), up.at(IMPORTANT_FROM)
    return group(
        rect(across.x1, up.x2, across.x2 - across.x1, up.x1 - up.x2, "pic-zone"),
        rect(across.x1, up.x2, x - across.x1, y - up.x2, "pic-zone-lift"),
        line(x, up.x2, x, up.x1, "pic-axis"),
        line(across.x1, y, across.x2, y, "pic-axis"),
    )


def _corners(words: MapWords, across: Axis, up: Axis) -> list[tuple[str, float, float, Anchor]]:
    left, right, top, bottom = across.x1 + 10, across.x2 - 10, up.x2 + 22, up.x1 - 12
    return [
        (words.lift, left, top, "start"),
        (words.keep, right, top, "end"),
        (words.wait, left, bottom, "start"),
        (words.fine, right, bottom, "end"),
    ]


def _scales(words: MapWords, across: Axis, up: Axis, left: float, height: float) -> Markup:
    steps_across = range(round(across.first), round(across.last) + 1)
    steps_up = range(round(up.first), round(up.last) + 1)
    return group(
        *(text(across.at(step), up.x1 + 17, str(step), "pic-quiet", LABEL, "middle") for step in steps_across),
        *(text(left - 8, up.at(step) + 4, str(step), "pic-quiet", LABEL, "end") for step in steps_up),
        text(across.x2, height - 6, words.across, "pic-strong", LABEL, "end"),
        text(0, 14, words.up, "pic-strong", LABEL),
    )


def _point(point: MapPoint, place: Place, radius: float) -> Markup:
    x, y = place
    look = "pic-point" if point.importance >= IMPORTANT_FROM and point.likelihood < LIKELY_FROM else "pic-point-quiet"
    return group(
        circle(x, y, radius, look),
        text(x, y + 4, str(point.number), "pic-number", NUMBER, "middle"),
        title=point.told,
    )


def _labels(
    points: Sequence[MapPoint],
    places: Sequence[Place],
    radius: float,
    across: Axis,
    up: Axis,
    corners: list[tuple[str, float, float, Anchor]],
) -> list[Markup]:
    """Labels in order of number, each where it covers no point, no other label and no corner's name."""
    taken: list[Box] = [(x - radius, y - radius, x + radius, y + radius) for x, y in places]
    taken += [_text_box(x, y, (word,), 15, anchor, bold=True) for word, x, y, anchor in corners]
    cut_x, cut_y = across.at(LIKELY_FROM), up.at(IMPORTANT_FROM)
    taken += [(cut_x - 1, up.x2, cut_x + 1, up.x1), (across.x1, cut_y - 1, across.x2, cut_y + 1)]
    drawn = []
    for point, (x, y) in zip(points, places, strict=True):
        rows = wrap(point.label, 190, LABEL)
        for at_x, at_y, anchor in (
            (x + radius + 4, y + 5 - 8 * (len(rows) - 1), "start"),
            (x - radius - 4, y + 5 - 8 * (len(rows) - 1), "end"),
            (x, y + radius + 14, "middle"),
            (x, y - radius - 6 - 16 * (len(rows) - 1), "middle"),
        ):
            box = _text_box(at_x, at_y, rows, LABEL, anchor)
            inside = box[0] >= across.x1 and box[2] <= across.x2 and box[1] >= up.x2 and box[3] <= up.x1
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                drawn.append(lines(at_x, at_y, rows, "pic-text", LABEL, anchor, 16 / LABEL))  # type: ignore[arg-type]
                break
    return drawn


def _text_box(x: float, y: float, rows: Sequence[str], size: float, anchor: str, bold: bool = False) -> Box:
    """Left, top, right, bottom of lines of text whose first baseline is at y."""
    width = max(measure(row, size, bold) for row in rows)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left - 1, y - size, left + width + 1, y + 16 * (len(rows) - 1) + 4


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
