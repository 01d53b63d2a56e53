"""The picture of the needs: every mark where the figures say, nothing where there is no figure, text large enough."""

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from planner.charts.gaps import WIDE, GapLine, GapWords, gap_picture, narrow_gap_picture, shade

WORDS = GapWords("Flest mangler jobb: 48 %", "Jobb: 48 %", "Viktighet", "Sannsynlighet", "Udekket behov (%)", "Svar")


def row(label: str = "Jobb", **changes: object) -> GapLine:
    given: dict[str, object] = {
        "label": label, "factor": "Arbeid", "about": "Arbeid · 412 svar", "importance": 7.0, "likelihood": 1.0,
        "unmet": 0.48, "low": 0.4, "high": 0.56, "share": "48 %", "interval": "40–56 %", "answers": "412",
        "told": "Jobb: 48 %",
    }  # fmt: skip
    return GapLine(**(given | changes))  # type: ignore[arg-type]


NO_FIGURE = {"importance": None, "likelihood": None, "unmet": None, "low": None, "high": None}
HIDDEN = row("Buss", **NO_FIGURE, share="for få svar", interval="", answers="–")


def drawn(svg: str) -> Element:
    return fromstring(svg)


def marks(tree: Element, look: str) -> list[Element]:
    return [element for element in tree.iter() if element.get("class") == look]


def texts(tree: Element) -> list[str]:
    return [element.text or "" for element in tree.iter() if element.tag.endswith("text")]


def test_importance_and_likelihood_stand_at_the_ends_of_the_scale() -> None:
    tree = drawn(gap_picture([row()], WORDS, "g"))
    key, circle = marks(tree, "pic-importance")
    _, square = marks(tree, "pic-likelihood")
    ticks = {element.text: float(element.get("x", "")) for element in tree.iter() if element.text in ("1", "4", "7")}
    assert float(circle.get("cx", "")) == ticks["7"] and key.tag.endswith("circle")
    assert float(square.get("x", "")) + 5 == ticks["1"] and square.tag.endswith("rect")
    half = drawn(gap_picture([row(importance=4.0)], WORDS, "g"))
    assert float(marks(half, "pic-importance")[1].get("cx", "")) == ticks["4"]


def test_the_bar_starts_at_zero_and_is_as_long_as_the_share() -> None:
    tree = drawn(gap_picture([row(), row(unmet=0.24, low=0.2, high=0.28)], WORDS, "g"))
    one, other = marks(tree, "pic-bar")
    assert one.get("x") == other.get("x")
    assert float(one.get("width", "")) == pytest.approx(2 * float(other.get("width", "")), abs=0.1)
    # The axis ends at 60 %, the ten above 56 %; the interval lies on it.
    zero, forty = (
        float(next(e for e in tree.iter() if e.text == tick and e.get("y") == "42").get("x", ""))
        for tick in ("0", "40")
    )
    assert float(one.get("width", "")) == pytest.approx((forty - zero) * 48 / 40, abs=0.1)
    interval = marks(tree, "pic-interval")[0]
    assert float(interval.get("x1", "")) == pytest.approx(forty, abs=0.1)


def test_a_row_without_a_figure_has_its_words_and_no_mark() -> None:
    for made in (gap_picture([HIDDEN], WORDS, "g"), narrow_gap_picture([HIDDEN], WORDS, "g")):
        tree = drawn(made)
        assert "for få svar" in texts(tree)
        assert len(marks(tree, "pic-importance")) == len(marks(tree, "pic-likelihood")) == 1  # the key over the columns
        assert not marks(tree, "pic-bar") and not marks(tree, "pic-interval") and not marks(tree, "pic-link")


def test_rows_stand_in_the_order_given_and_tell_their_sentence() -> None:
    for draw in (gap_picture, narrow_gap_picture):
        tree = drawn(draw([row("A", told="A sagt"), row("B", told="B sagt")], WORDS, "g"))
        assert [text for text in texts(tree) if text in ("A", "B")] == ["A", "B"]
        assert [e.text for e in tree.iter() if e.tag.endswith("title")] == [WORDS.title, "A sagt", "B sagt"]


def test_few_answers_are_drawn_softly() -> None:
    tree = drawn(gap_picture([row(unsure=True)], WORDS, "g"))
    assert marks(tree, "pic-bar-soft") and not marks(tree, "pic-bar")


def test_on_a_telephone_no_text_is_smaller_than_12() -> None:
    long = row("Å bo i en bolig der noen rom og områder blir eid og brukt i fellesskap med andre i nabolaget" * 2)
    svg = narrow_gap_picture([long], WORDS, "g")
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 12
    assert any(text.endswith("…") for text in texts(drawn(svg)))


def test_nothing_lies_outside_the_picture() -> None:
    tree = drawn(gap_picture([row(), row(high=1.0, unmet=1.0)], WORDS, "g"))
    height = float(tree.get("height", ""))
    for element in tree.iter():
        for name, most in (("x", WIDE), ("x1", WIDE), ("x2", WIDE), ("cx", WIDE), ("y", height), ("y2", height)):
            assert 0 <= float(element.get(name, "0")) <= most


def test_an_empty_picture_is_still_a_picture() -> None:
    assert drawn(gap_picture([], WORDS, "g")).get("role") == "img"
    assert drawn(narrow_gap_picture([], WORDS, "g")).get("role") == "img"


@pytest.mark.parametrize(
    ("share", "step"), [(0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.499, 4), (0.5, 5), (1, 5), (0.7 - 0.4, 3)]
)
def test_shade_has_a_step_for_every_ten_per_cent(share: float, step: int) -> None:
    assert shade(share) == step
