"""What does the log say of the list of initiatives? Which came, what was changed of them, and which went."""

from collections.abc import Iterator

from flask_babel import gettext as _

from planner import notation
from planner.domain.log_chain import Facts
from planner.wording.gaps import listed

MOST_NAMED = 12
"""Beyond that, how many more."""


def told(what: str, facts: Facts) -> str:
    """One entry in a sentence; the word itself for what nobody has a sentence for."""
    if what == "initiative_added":
        return _added(facts)
    if what == "initiative_changed":
        parts = listed([_part(one) for one in str(facts["parts"]).split()])
        return _("Tiltaket %(code)s ble endret: %(parts)s.", code=facts["initiative"], parts=parts)
    if what in ("initiatives_from_bank", "initiatives_read"):
        return " ".join(_many(what, facts))
    code, row = facts.get("initiative", ""), facts.get("row", "")
    return {
        "initiative_removed": _("Tiltaket %(code)s ble slettet.", code=code),
        "freed_added": _("%(code)s ble lagt til under «Noe vi slutter med».", code=row),
        "freed_changed": _("%(code)s ble endret under «Noe vi slutter med».", code=row),
        "freed_removed": _("%(code)s ble slettet under «Noe vi slutter med».", code=row),
    }.get(what, what)


def _added(facts: Facts) -> str:
    code = facts["initiative"]
    if facts.get("workshop"):
        return _("Tiltaket %(code)s ble lagt til fra verksted %(number)s.", code=code, number=facts["workshop"])
    return _("Tiltaket %(code)s ble lagt til.", code=code)


def _part(word: str) -> str:
    return {
        "said": _("tekst og tema"),
        "people": _("ansvarlig og partnere"),
        "reach": _("hvem det når"),
        "effects": _("virkning"),
        "chance": _("sjanse og ventetid"),
        "years": _("år"),
        "costs": _("kostnad"),
        "staff": _("månedsverk"),
        "links": _("krav til andre tiltak"),
    }.get(word, word)


def _many(what: str, facts: Facts) -> Iterator[str]:
    if what == "initiatives_from_bank":
        yield _("Tiltak ble hentet fra eksempelbanken.")
    else:
        yield _("Et regneark med tiltak ble lest inn.")
    if facts.get("added"):
        yield _("Nye: %(codes)s.", codes=_codes(facts["added"]))
    if facts.get("changed"):
        yield _("Endret: %(codes)s.", codes=_codes(facts["changed"]))
    if facts.get("freed"):
        yield _("Under «Noe vi slutter med»: %(codes)s.", codes=_codes(facts["freed"]))


def _codes(text: object) -> str:
    codes = str(text).split()
    if len(codes) <= MOST_NAMED:
        return listed(codes)
    rest = notation.number(len(codes) - MOST_NAMED)
    return _("%(codes)s og %(n)s til", codes=", ".join(codes[:MOST_NAMED]), n=rest)
