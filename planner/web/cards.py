"""How are a phone's cards written? Each that nothing is said on yet is written once, for all phones that have it.

Two hundred phones ask for their cards within a second when a round is opened. A blank card differs between them by two
things only: the phone's token against forgery, and which of its cards it is. They are put in between what is the same.
What stands on a card is cheap to find (11 µs, `services/workshop_cards.py`); to write it is what takes time.
A card with answers on it is written for its phone; its rows of answers, which differ by which is chosen, are kept too.
Nothing that is kept here says whose it was.
"""

from functools import lru_cache

from flask import render_template
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from planner import notation
from planner.services.workshop_cards import Card, CardMark
from planner.services.workshop_phone_page import NowView
from planner.web.pages import Written

Options = tuple[tuple[str, str], ...]
# No text that people wrote can hold them: it is escaped when the card is written.
TOKEN, PLACE = "<token>", "<place>"


def cards(view: NowView, token: str) -> Written:
    """All cards of a phone, in its order."""
    language, of = str(get_locale()), notation.number(len(view.cards))
    field = str(Markup('<input type="hidden" name="csrf_token" value="{}">').format(token))
    parts: list[str] = []
    for place, card in enumerate(view.cards, start=1):
        write = _blank if card.is_blank else _card
        start, middle, end = write(
            language, view.link, view.round, view.question, view.options, card, card == view.card
        )
        parts += (start, field, middle, _("Kort %(n)s av %(of)s", n=notation.number(place), of=of), end)
    return Written("".join(parts))


def marks(view: NowView) -> Written:
    """The list of them, with how much of each is answered."""
    language = str(get_locale())
    return Written("".join(_mark(language, view.link, one) for one in view.marks))


def _card(
    language: str, link: str, round_: int, question: str, options: Options, card: Card, shown: bool
) -> tuple[str, str, str]:
    """What stands before the token, between it and the place, and after. language: the reader's, for the cache."""
    text = render_template(
        "workshop/_card.html", link=link, round=round_, question=question, options=options, card=card, shown=shown
    )
    start, rest = text.split(TOKEN)
    middle, end = rest.split(PLACE)
    return start, middle, end


_blank = lru_cache(maxsize=4096)(_card)


@lru_cache(maxsize=4096)
def _mark(language: str, link: str, mark: CardMark) -> Written:
    return Written(render_template("workshop/_mark.html", link=link, mark=mark))


@lru_cache(maxsize=8192)
def taps(options: Options, number: int, at: int, field: str, chosen: str) -> Written:
    """A row of radio buttons. options: (answer, text), already in the reader's language. number, at: which card, which
    statement of it."""
    return Written(
        render_template(
            "workshop/_taps.html", options=options, number=number, at=at, field=field, chosen=chosen
        ).strip()
    )
