"""The pictures of a plan: zero-based, every figure told in words, a warning that is not colour alone."""

from xml.etree import ElementTree

from planner.charts.portfolio import NARROW, WIDE, Bar, Column, bars, columns, narrow_bars

SVG = "{http://www.w3.org/2000/svg}"
ROWS = (
    Bar("Arbeid", 0.5, "50 % · 2 tiltak"),
    Bar("Bolig <i>", 0.0, "0 % · ingen tiltak", warning=True),
    Bar("Fullt", 1.4, "100 %"),
)


def widths(svg: str, class_: str) -> list[float]:
    return [
        float(r.get("width", 0)) for r in ElementTree.fromstring(svg).iter(f"{SVG}rect") if r.get("class") == class_
    ]


def test_a_bar_is_its_share_of_the_track_and_never_more() -> None:
    for svg in (bars("b", "Tittel", "Tall", ROWS), narrow_bars("n", "Tittel", "Tall", ROWS)):
        tracks, done = widths(svg, "pic-track"), widths(svg, "pic-bar")
        assert [share / track for share, track in zip(done, tracks, strict=True)] == [0.5, 0.0, 1.0]


def test_words_stand_beside_every_bar_and_are_never_markup() -> None:
    for svg in (bars("b", "Tittel", "Tall", ROWS), narrow_bars("n", "Tittel", "Tall", ROWS)):
        picture = ElementTree.fromstring(svg)
        told = ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]
        assert {"50 % · 2 tiltak", "0 % · ingen tiltak", "Bolig <i>"} <= set(told)
        assert picture.findtext(f"{SVG}title") == "Tittel" and picture.findtext(f"{SVG}desc") == "Tall"
        sizes = {float(one.get("font-size", 0)) for one in picture.iter(f"{SVG}text")}
        assert min(sizes) >= 12
    strong = [
        one.text
        for one in ElementTree.fromstring(bars("b", "", "", ROWS)).iter(f"{SVG}text")
        if one.get("class") == "pic-strong"
    ]
    assert "0 % · ingen tiltak" in strong


def test_letters_keep_their_size_on_a_phone() -> None:
    """318 px is what a panel has at 390 px wide; the narrow drawing is no wider than that by much."""
    assert NARROW <= 330 < WIDE


def test_columns_start_at_zero_and_a_year_without_limit_has_no_track() -> None:
    svg = columns(
        "c", "Drift", "2027", (Column("2027", 0.5, "50 %"), Column("2028", None, "120"), Column("2029", 1.2, "120 %"))
    )
    rects = [r for r in ElementTree.fromstring(svg).iter(f"{SVG}rect")]
    base = float(rects[0].get("y", 0)) + float(rects[0].get("height", 0))
    assert len(rects) == 4
    for rect in rects:
        assert float(rect.get("y", 0)) + float(rect.get("height", 0)) == base
    heights = [float(rect.get("height", 0)) for rect in rects]
    assert heights[1] / heights[0] == 0.5 and heights[3] == heights[2]
