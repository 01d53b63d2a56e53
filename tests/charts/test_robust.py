"""The picture of the draws: a dot at its share with its interval, filled when chosen, in three zones."""

from xml.etree import ElementTree

from planner.charts.robust import FILLED, HOLLOW, NARROW, WIDE, Dot, DotWords, dots, narrow_dots

SVG = "{http://www.w3.org/2000/svg}"
EDGES = (0.1, 0.9)
STEPS = [(0.1, "10 %"), (0.5, "50 %"), (0.9, "90 %")]
WORDS = DotWords("9 av 15 står seg", "A 95 %", "I planen", "Ikke i planen", "Valgt i", STEPS)


def row(label: str, share: float, chosen: bool, doubt: str = "") -> Dot:
    low, high = max(0.0, share - 0.05), min(1.0, share + 0.05)
    return Dot(label, share, low, high, f"{share:.0%}", f"{low:.0%}–{high:.0%}", doubt, f"{label} fortalt", chosen)


ZONES = [
    ("Står seg (2)", [row("A <i>", 1.0, True), row("B", 0.92, False, "trolig")]),
    ("Avhenger (0)", []),
    ("Faller ut (1)", [row("C", 0.0, False)]),
]


def drawn(narrow: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring((narrow_dots if narrow else dots)(ZONES, WORDS, EDGES, "robust"))


def test_a_dot_lies_at_its_share_inside_its_interval_and_its_shape_says_whether_it_is_chosen() -> None:
    for narrow in (False, True):
        groups = [one for one in drawn(narrow).iter(f"{SVG}g") if one.find(f"{SVG}title") is not None]
        places = []
        for group in groups:
            ((circle, whisker),) = [
                (inner.find(f"{SVG}circle"), inner.find(f"{SVG}line")) for inner in group.findall(f"{SVG}g")
            ]
            assert circle is not None and whisker is not None
            x = float(circle.get("cx", 0))
            assert float(whisker.get("x1", 0)) <= x <= float(whisker.get("x2", 0))
            places.append((x, circle.get("class")))
        (most, a), (nearly, b), (never, c) = places
        assert (a, b, c) == (FILLED, HOLLOW, HOLLOW)
        assert abs((nearly - never) / (most - never) - 0.92) < 0.002


def test_the_zones_begin_where_the_verdicts_change() -> None:
    picture = drawn()
    falls, _, holds = (
        float(one.get("x", 0)) for one in picture.iter(f"{SVG}text") if one.text in ("10 %", "50 %", "90 %")
    )
    edges = [float(one.get("x1", 0)) for one in picture.iter(f"{SVG}line") if one.get("class") == "pic-axis"]
    assert edges == [falls, holds]


def test_rows_and_headings_stand_in_the_given_order_and_an_empty_zone_is_left_out() -> None:
    for narrow in (False, True):
        picture = drawn(narrow)
        told = ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]
        names = [one for one in told if one in ("Står seg (2)", "A <i>", "B", "Avhenger (0)", "Faller ut (1)", "C")]
        assert names == ["Står seg (2)", "A <i>", "B", "Faller ut (1)", "C"]
        assert sum("trolig" in one for one in told) == 1
        assert picture.findtext(f"{SVG}title") == WORDS.title and picture.findtext(f"{SVG}desc") == WORDS.desc
        assert min(float(one.get("font-size", 0)) for one in picture.iter(f"{SVG}text")) >= 12
    assert NARROW <= 330 < WIDE
