"""What is said of wanting to stay, and of what goes with it? Always as what goes together, never as a cause."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.drivers import Difference, StayAnalysis
from planner.wording import gaps

SAID_FROM = 10


def stays(stay: StayAnalysis) -> str:
    """How many want to stay, of those who said yes or no; and how many did not know."""
    told = _(
        "Av %(n)s som svarte ja eller nei, ønsker %(share)s å bo her i framtida (%(span)s).",
        n=notation.number(stay.n),
        share=gaps.share(stay.share),
        span=gaps.interval(stay.low, stay.high),
    )
    if stay.n_unsure < SAID_FROM:
        return told
    return told + " " + _("%(share)s av alle svarte «vet ikke».", share=gaps.share(stay.unsure))


def found(differences: Sequence[tuple[str, Difference]]) -> str:
    """What clearly goes with wanting to stay, the largest difference first. differences: (text, shares)."""
    clear = [(text, one) for text, one in differences if _sign(one)]
    if not clear:
        return _("Ingen av forskjellene er så store at de ikke kan være tilfeldige.")
    text, one = max(clear, key=lambda pair: abs(pair[1].difference))
    details = {"text": text, "first": gaps.share(one.first), "second": gaps.share(one.second), "gap": points(one)}
    if _sign(one) > 0:
        return _(
            "De som er enige i «%(text)s», ønsker oftere å bli: %(first)s mot %(second)s av de andre, en forskjell på "
            "%(gap)s.",
            **details,
        )
    return _(
        "De som er enige i «%(text)s», ønsker sjeldnere å bli: %(first)s mot %(second)s av de andre, en forskjell på "
        "%(gap)s.",
        **details,
    )


def points(one: Difference) -> str:
    """The difference in percentage points without its sign, with its interval in the same direction."""
    sign = _sign(one) or 1
    low, high = sorted((100 * one.low * sign, 100 * one.high * sign))
    return _(
        "%(gap)s prosentpoeng (%(low)s til %(high)s)",
        gap=notation.number(gaps.apart(one.first, one.second) * sign),
        low=notation.number(round(low)),
        high=notation.number(round(high)),
    )


def word(one: Difference) -> str:
    """Certainty in words, before the figures."""
    sign = _sign(one)
    return _("oftere") if sign > 0 else _("sjeldnere") if sign < 0 else _("kan være tilfeldig")


def _sign(one: Difference) -> int:
    """1 or -1 where the interval does not hold 0."""
    return 1 if one.low > 0 else -1 if one.high < 0 else 0


def signed_points(one: Difference) -> str:
    return _("%(low)s til %(high)s", low=_signed(100 * one.low), high=_signed(100 * one.high))


def signed_gap(one: Difference) -> str:
    return _signed(gaps.apart(one.first, one.second))


def _signed(value: float, digits: int = 0) -> str:
    rounded = notation.as_told(value, digits)
    return ("+" if rounded > 0 else "") + notation.number(rounded or 0, digits)


def step(value: float | None, low: float | None, high: float | None) -> str:
    """The change for one step on the scale, the others being equal."""
    if value is None or low is None or high is None:
        return notation.NOTHING
    return _(
        "%(gap)s (%(low)s til %(high)s)", gap=_signed(100 * value), low=_signed(100 * low), high=_signed(100 * high)
    )


def part(value: float | None, low: float | None, high: float | None) -> str:
    """Its part of all that goes with staying."""
    if value is None:
        return notation.NOTHING
    return f"{gaps.share(value)} ({gaps.interval(low, high)})"


def strongest(text: str) -> str:
    if not text:
        return _("Hvilket av dem som henger sterkest sammen med å bli, er ikke sikkert nok til å si.")
    return _("Sterkest sammenheng med å bli har «%(text)s», også når de andre holdes like.", text=text)


def too_small() -> str:
    return _(
        "Undersøkelsen er for liten til å skille dem fra hverandre: flere av dem kan henge sammen med å bli av samme "
        "grunn."
    )


def beliefs(more: Sequence[str], less: Sequence[str], compared: int) -> str:
    """What those who want to stay count on here beside the others. more, less: short names, most different first."""
    if not compared:
        return _("For få svarte nei til at det de regner med å få her, kan sammenlignes med hva de andre regner med.")
    if not more and not less:
        return ngettext(
            "De som ønsker å bli, og de andre regner ikke klart ulikt på det ene utsagnet som kan sammenlignes.",
            "De som ønsker å bli, og de andre regner ikke klart ulikt på noen av de %(n)s utsagnene.",
            compared,
            n=notation.number(compared),
        )
    told = []
    if more:
        named = _named(more)
        sentence = _("De som ønsker å bli, regner klart mer enn de andre med å få dette her: %(named)s.", named=named)
        told.append(sentence)
    if less:
        told.append(_("De som ønsker å bli, regner klart mindre med dette: %(named)s.", named=_named(less)))
    return " ".join(told)


def _named(labels: Sequence[str]) -> str:
    return gaps.listed([gaps.small(one) for one in labels])


def mean(value: float) -> str:
    return notation.number(value, 1)


def steps_gap(one: Difference) -> str:
    return _signed(notation.difference(one.first, one.second, 1), 1)


def steps_span(one: Difference) -> str:
    return _("%(low)s til %(high)s", low=_signed(one.low, 1), high=_signed(one.high, 1))


def belief_word(differs: bool) -> str:
    return _("klart ulikt") if differs else _("kan være tilfeldig")
