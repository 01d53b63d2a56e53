"""How does a picture get into a document? The same SVG as on the page, drawn as PNG on white with the light colours.

resvg reads neither CSS variables nor woff2, so the colours are `svg.LIGHT` and the letters lie in fonts/ as TrueType:
without them it draws a picture with no text in it, and says nothing.
"""

from pathlib import Path

import resvg_py

from planner.charts.svg import LIGHT

FONTS = tuple(str(path) for path in sorted((Path(__file__).parent / "fonts").glob("*.ttf")))
STYLE = "".join(f".{name}{{{look}}}" for name, look in LIGHT.items())


def to_png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture at zoom times its own width, without alpha. Raises ValueError for what is not SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=str(svg),
            background="#ffffff",
            zoom=zoom,
            style_sheet=STYLE,
            skip_system_fonts=True,
            font_files=list(FONTS),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )


def with_colours(svg: str) -> str:
    """The picture as SVG that carries its own light colours and letters, for a document that draws it itself."""
    head, body = str(svg).split(">", 1)
    return f"{head}><style>svg{{font-family:Inter}}{STYLE}</style>{body}"
