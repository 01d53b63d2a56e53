"""An address as a QR code that a phone's camera reads from the back of a room."""

import segno
from markupsafe import Markup


def qr(address: str, title: str) -> Markup:
    """SVG, dark on white with the four modules of white around that readers need; error correction M (15 %)."""
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_inline(
        scale=8,
        border=4,
        dark="#000000",
        light="#ffffff",
        omitsize=True,
        svgclass="qr",
        lineclass="qr-dark",
        title=title,
    )
    # What segno writes is its own drawing and the title, which it escapes.
    return Markup(picture)
