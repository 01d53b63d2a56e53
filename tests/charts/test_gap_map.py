"""The map: points where the answers are, corners that say what to do, and nothing hidden by something else."""

from itertools import combinations
from math import hypot
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from planner.charts.gap_map import MapPoint, MapWords, gap_map

WORDS = MapWords("tittel", "figurer", "Løft", "Behold", "Vent", "Greit", "Sannsynlighet", "Viktighet")


def points(number: int, seed: int = 1) -> list[MapPoint]:
    rng = np.random.default_rng(seed)
    return [
        MapPoint(i + 1, f"Utsagn nummer {i + 1}", *np.clip(rng.normal((4.5, 5.3), 0.6), 1, 7).tolist(), f"sagt {i + 1}")
        for i in range(number)
    ]


def places(svg: str) -> dict[str, tuple[float, float]]:
    """Number → middle of its circle."""
    found = {}
    for group in fromstring(svg).iter():
        circle = next((e for e in group if e.tag.endswith("circle")), None)
        if circle is not None:
            text = next(e.text or "" for e in group if e.tag.endswith("text"))
            found[text] = (float(circle.get("cx", "")), float(circle.get("cy", "")))
    return found


def text_at(tree: Element, words: str) -> tuple[float, float]:
    found = next(e for e in tree.iter() if e.text == words and e.tag.endswith("text"))
    return float(found.get("x", "")), float(found.get("y", ""))


def test_more_likely_is_to_the_right_and_more_important_is_up() -> None:
    found = places(gap_map([MapPoint(1, "A", 2, 6, ""), MapPoint(2, "B", 6, 4, "")], WORDS, "m"))
    assert found["1"][0] < found["2"][0] and found["1"][1] < found["2"][1]


def test_only_what_is_important_and_unlikely_is_to_be_lifted() -> None:
    four = [
        MapPoint(1, "A", 3.9, 5, ""),
        MapPoint(2, "B", 4, 6, ""),
        MapPoint(3, "C", 3, 4.9, ""),
        MapPoint(4, "D", 6, 2, ""),
    ]
    tree = fromstring(gap_map(four, WORDS, "m"))
    looks = {}
    for group in tree.iter():
        circle = next((e for e in group if e.tag.endswith("circle")), None)
        if circle is not None:
            looks[next(e.text for e in group if e.tag.endswith("text"))] = circle.get("class")
    assert looks == {"1": "pic-point", "2": "pic-point-quiet", "3": "pic-point-quiet", "4": "pic-point-quiet"}
    lift, keep = text_at(tree, "Løft"), text_at(tree, "Behold")
    wait, fine = text_at(tree, "Vent"), text_at(tree, "Greit")
    assert lift[0] < keep[0] and lift[1] < wait[1] and wait[0] < fine[0] and keep[1] < fine[1]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("number", [1, 2, 30])
def test_points_do_not_hide_each_other(narrow: bool, number: int) -> None:
    found = places(gap_map(points(number), WORDS, "m", narrow=narrow))
    assert len(found) == number
    radius = 9 if narrow else 10
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > radius for a, b in combinations(found.values(), 2))


def test_points_in_the_very_same_place_are_both_seen() -> None:
    found = places(gap_map([MapPoint(1, "A", 4, 5, ""), MapPoint(2, "B", 4, 5, "")], WORDS, "m"))
    assert hypot(found["1"][0] - found["2"][0], found["1"][1] - found["2"][1]) >= 17


def test_a_point_with_room_round_it_stands_where_its_figures_are() -> None:
    two = [MapPoint(1, "A", 4.5, 5.5, ""), MapPoint(2, "B", 2.5, 6.5, "")]
    crowded = places(gap_map([*two, MapPoint(3, "C", 2.5, 6.5, "")], WORDS, "m"))
    alone = places(gap_map(two, WORDS, "m"))
    assert crowded["1"] == alone["1"] and crowded["2"] != alone["2"]


def test_labels_cover_no_point() -> None:
    svg = gap_map(points(30), WORDS, "m")
    circles = list(places(svg).values())
    labels = [e for e in fromstring(svg).iter() if e.tag.endswith("text") and (e.text or "").startswith("Utsagn")]
    assert len(labels) >= 5
    for label in labels:
        x, y = float(label.get("x", "")), float(label.get("y", ""))
        width = 7.2 * len(label.text or "")
        left = {"start": x, "middle": x - width / 2, "end": x - width}[label.get("text-anchor", "")]
        for cx, cy in circles:
            nearest = (min(max(cx, left), left + width * 0.9), min(max(cy, y - 10), y + 2))
            assert hypot(cx - nearest[0], cy - nearest[1]) > 8, label.text


def test_the_same_points_give_the_same_picture() -> None:
    assert gap_map(points(30), WORDS, "m") == gap_map(points(30), WORDS, "m")


def test_answers_at_the_ends_of_the_scale_lie_inside() -> None:
    svg = gap_map([MapPoint(1, "A", 1, 7, ""), MapPoint(2, "B", 7, 1, "")], WORDS, "m", narrow=True)
    tree = fromstring(svg)
    width, height = float(tree.get("width", "")), float(tree.get("height", ""))
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places(svg).values())
