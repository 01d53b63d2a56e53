"""What is a picture made of? The few shapes of SVG, text that is escaped and fits, and the frame with title and desc.

Coordinates are in user units: one unit is one pixel where the picture is shown at its own width. Never a colour, only a
class of `LIGHT`; static/planner.css gives each class its colour from the theme.
"""

from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup, escape

Anchor = Literal["start", "middle", "end"]

# class -> what it looks like on white paper (the light theme, in plain colours, for pictures outside a browser).
LIGHT = {
    "pic-text": "fill:#272c2e",
    "pic-quiet": "fill:#5a5e5f",
    "pic-strong": "fill:#272c2e;font-weight:600",
    "pic-accent": "fill:#063036;font-weight:600",
    "pic-grid": "stroke:#d9dada;stroke-width:1",
    "pic-axis": "stroke:#76797a;stroke-width:1",
    "pic-link": "stroke:#a1c1c6;stroke-width:3",
    "pic-importance": "fill:#0b5f6b",
    "pic-likelihood": "fill:#ffffff;stroke:#b4572b;stroke-width:2",
    "pic-bar": "fill:#0b5f6b",
    "pic-bar-soft": "fill:#b5cfd2",
    "pic-bar-warning": "fill:#b4572b",
    "pic-track": "fill:#e8e8e9",
    "pic-interval": "stroke:#272c2e;stroke-width:1.5",
    "pic-zone": "fill:#f3f3f4",
    "pic-zone-lift": "fill:#e0ebec",
    "pic-point": "fill:#0b5f6b;stroke:#ffffff;stroke-width:1.5",
    "pic-point-quiet": "fill:#5a5e5f;stroke:#ffffff;stroke-width:1.5",
    "pic-hollow": "fill:#ffffff;stroke:#0b5f6b;stroke-width:2",
    "pic-number": "fill:#ffffff;font-weight:600",
    "pic-halo": "fill:#ffffff",
    "pic-ground": "fill:none",
}

# Advance widths of Inter in thousandths of the size, rounded to 10; regular, then semi-bold.
_REGULAR = {
    180: "\u202f", 240: "ijl", 270: "I", 280: " \xa0", 290: ".,:!·;'", 330: "t", 360: "()[]/", 370: "f",
    380: "r", 410: "1", 460: '-_"', 500: "–*?", 530: "s", 550: "kxz", 560: "avyåä", 570: "cJL7", 580: "e«»é",
    590: "hnuF5", 600: "oEøö", 640: "PRSZ0&#", 650: "BT4", 660: "K+×−<>=", 690: "AVXYÅÄ", 730: "CDHU",
    760: "GNOQØÖ", 820: "w", 880: "m", 900: "M", 920: "æ", 980: "%@", 1000: "WÆ—",
}  # fmt: skip
_BOLD = {
    170: "\u202f", 250: " \xa0", 260: "ijl", 280: "I", 320: ".,:!·;'", 350: "t", 370: "()[]/", 390: "f",
    400: "r", 420: "1", 470: "-_", 500: "–", 520: '"*?', 550: "s", 570: "akxzLåä", 580: "cJ7", 590: "evyFé",
    610: "hnouE5øö", 660: "BPRSTZ04&+×−<>=", 700: "K", 730: "ACDUVXYÅÄ", 760: "GHN", 770: "OQØÖ", 840: "w",
    900: "m", 920: "æM", 1000: "%—@", 1020: "WÆ",
}  # fmt: skip
_WIDTHS = tuple(
    {letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD)
)


def element(tag: str, *children: str, **attributes: str | float | None) -> Markup:
    """One element. An attribute's underscore is a hyphen (`class_` is class); None leaves it out; text is escaped."""
    # A thousand of these in a picture: Markup's own format() takes ten times as long as escape() and a plain string.
    given = "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{given}>{''.join(map(escape, children))}</{tag}>")


def _value(value: str | float) -> str:
    """Coordinates to a tenth: a picture is read by people, and every digit is sent thirty times."""
    return value if isinstance(value, str) else f"{round(value, 1):g}"


def measure(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in user units; within 2 % for Norwegian text in Inter."""
    widths = _WIDTHS[bold]
    return sum(widths.get(letter, 650 if bold else 620) for letter in text) * size / 1000


def wrap(text: str, width: float, size: float = 13, lines: int = 2, bold: bool = False) -> tuple[str, ...]:
    """The text on at most so many lines, each no wider than width; what does not fit ends in «…»."""
    rows: list[str] = []
    words = text.split()
    while words and len(rows) < lines:
        count = len(words)
        while count > 1 and measure(" ".join(words[:count]), size, bold) > width:
            count -= 1
        rows.append(" ".join(words[:count]))
        words = words[count:]
    if not rows:
        return ("",)
    if words:
        rows[-1] += "…"
    return tuple(_cut(row, width, size, bold) for row in rows)


def _cut(row: str, width: float, size: float, bold: bool) -> str:
    while len(row) > 1 and measure(row, size, bold) > width:
        row = row.removesuffix("…")[:-1].rstrip(" ,") + "…"
        if row == "…":
            break
    return row


def text(
    x: float, y: float, content: str, class_: str = "pic-text", size: float = 13, anchor: Anchor = "start"
) -> Markup:
    """A line of text with its baseline at y."""
    return element("text", escape(content), x=x, y=y, class_=class_, font_size=size, text_anchor=anchor)


def lines(
    x: float,
    y: float,
    rows: Sequence[str],
    class_: str = "pic-text",
    size: float = 13,
    anchor: Anchor = "start",
    leading: float = 1.25,
) -> Markup:
    """Several lines below each other, the first with its baseline at y."""
    return Markup("").join(
        text(x, y + number * size * leading, row, class_, size, anchor) for number, row in enumerate(rows)
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "pic-grid") -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rect(
    x: float, y: float, width: float, height: float, class_: str = "pic-bar", radius: float | None = None
) -> Markup:
    return element("rect", x=x, y=y, width=max(0.0, width), height=height, class_=class_, rx=radius)


def circle(x: float, y: float, radius: float = 6, class_: str = "pic-importance") -> Markup:
    """Importance is a filled circle, everywhere."""
    return element("circle", cx=x, cy=y, r=radius, class_=class_)


def square(x: float, y: float, half: float = 5, class_: str = "pic-likelihood") -> Markup:
    """Likelihood is a square, everywhere. (x, y) is its middle."""
    return element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, class_=class_)


def group(*children: str, title: str = "", class_: str | None = None) -> Markup:
    """Shapes that belong together; the title is what a pointer over them tells."""
    return element("g", *([element("title", escape(title))] if title else []), *children, class_=class_)


def picture(name: str, width: float, height: float, title: str, desc: str, *parts: str) -> Markup:
    """The whole picture. name: its id on the page. title: the finding. desc: the figures, for those who listen."""
    return element(
        "svg",
        element("title", escape(title)),
        element("desc", escape(desc), id=f"{name}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        id=name,
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_describedby=f"{name}-desc",
        font_family="Inter, system-ui, sans-serif",
    )
