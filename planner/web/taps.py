"""What is a statement answered by on a phone? A row of radio buttons, written once for each way it can look.

Two hundred phones load their cards at once when a round is opened; most of the work would be these rows,
which differ only by where they are and which is chosen.
"""

from functools import lru_cache

from flask import render_template
from markupsafe import Markup


@lru_cache(maxsize=8192)
def taps(options: tuple[tuple[str, str], ...], card_at: int, at: int, field: str, chosen: str) -> Markup:
    """options: (answer, text), already in the reader's language. card_at, at: which card, which statement of it."""
    return Markup(
        render_template(
            "workshop/_taps.html", options=options, card_at=card_at, at=at, field=field, chosen=chosen
        ).strip()
    )
