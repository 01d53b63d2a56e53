"""The parts of pictures: escaped, measured, and with a look in both places."""

import re
import struct
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from planner.charts import png, svg

CSS = (Path(__file__).parents[2] / "static" / "planner.css").read_text(encoding="utf-8")


def test_text_from_people_is_text() -> None:
    drawn = svg.picture(
        "p", 100, 50, "<b>&", 'a"<script>', svg.text(1, 2, "</text><script>"), svg.group(title="</title><x>")
    )
    tree = fromstring(drawn)  # it parses, so nothing broke out
    assert [element.tag.split("}")[1] for element in tree.iter()] == ["svg", "title", "desc", "text", "g", "title"]
    assert tree[2].text == "</text><script>"


def test_a_picture_says_its_finding_and_its_figures() -> None:
    tree = fromstring(svg.picture("needs", 320, 40, "Flest mangler jobb", "Jobb: 48 %"))
    assert tree.get("role") == "img" and tree.get("viewBox") == "0 0 320 40"
    assert tree[0].text == "Flest mangler jobb"
    assert tree.get("aria-describedby") == tree[1].get("id") and tree[1].text == "Jobb: 48 %"


def test_every_class_has_a_look_on_the_page_and_on_paper() -> None:
    assert set(re.findall(r"\.(pic-[a-z-]+)", CSS)) == set(svg.LIGHT)


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [("ii", 10, 4.8), ("31 %", 10, 6.2 + 4.1 + 2.8 + 9.8), ("", 10, 0)],
)
def test_a_line_is_measured_by_its_letters(text: str, size: float, expected: float) -> None:
    assert svg.measure(text, size) == pytest.approx(expected)


def test_wrapped_lines_fit_and_lose_nothing_when_there_is_room() -> None:
    text = "Gode offentlige tjenester som sykehus, NAV og politi"
    rows = svg.wrap(text, 200, 13, lines=3)
    assert " ".join(rows) == text
    assert all(svg.measure(row, 13) <= 200 for row in rows)


def test_what_does_not_fit_ends_in_dots() -> None:
    rows = svg.wrap("Et levende sentrum med kulturtilbud, kafé og butikker", 100, 13, lines=2)
    assert len(rows) == 2 and rows[-1].endswith("…")
    assert all(svg.measure(row, 13) <= 100 for row in rows)
    (word,) = svg.wrap("Kollektivtransporttilbudet", 60, 13, lines=1)
    assert word.endswith("…") and svg.measure(word, 13) <= 60


def test_a_png_is_twice_the_size_and_has_letters_in_it() -> None:
    empty = png.to_png(svg.picture("a", 120, 30, "t", "d"))
    drawn = png.to_png(svg.picture("a", 120, 30, "t", "d", svg.text(5, 20, "Bokmål")))
    assert struct.unpack(">II", drawn[16:24]) == (240, 60)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(drawn) > len(empty) + 500  # without the fonts there is only white


def test_svg_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        png.to_png("no picture")
