"""What does the needs page say? What people lack most, who, how sure it is, and what the weights do."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.figures import Figure
from planner.domain.gap_rows import FactorRow, GapRow
from planner.domain.mapping import DEFAULT_SEGMENTS, Segment
from planner.domain.needs import whole_percent
from planner.domain.ranking import Certainty
from planner.domain.statements import Statement, StayStatement
from planner.wording import statements as names


def share(value: float | None) -> str:
    """A share as everywhere on the page: whole per cent, the same rounding as need points are made of."""
    return notation.NOTHING if value is None else notation.percent(Fraction(whole_percent(value), 100))


def apart(first: float, second: float) -> int:
    """Percentage points from the second share to the first, as whoever reads both gets it."""
    return whole_percent(first) - whole_percent(second)


def interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return notation.NOTHING
    return f"{notation.number(whole_percent(low))}–{share(high)}"


def certainty(code: Certainty) -> str:
    """How sure it is that a need is among the five largest."""
    return {
        "clearly": _("klart blant de fem største"),
        "probably": _("trolig blant de fem største"),
        "possibly": _("kan være blant de fem største"),
        "hardly": _("neppe blant de fem største"),
    }[code]


def certainty_word(code: Certainty) -> str:
    """The same in a column whose head says «blant de fem største»."""
    return {"clearly": _("klart"), "probably": _("trolig"), "possibly": _("kan være"), "hardly": _("neppe")}[code]


def answer(rows: Sequence[tuple[str, GapRow]]) -> str:
    """The page's answer. rows: (a statement's short name, row), largest first, only those with a figure."""
    top = rows[:3]
    if not top:
        return _("For få har svart til at noe kan vises.")
    named = listed([f"{small(label)} ({share(row.unmet)})" for label, row in top])
    clear = next((place for place, (_label, row) in enumerate(rows) if row.certainty != "clearly"), len(rows))
    most = _("Flest mangler %(named)s.", named=named)
    return f"{most} {_how_clear(min(clear, len(top)), len(top))}"


def _how_clear(clear: int, named: int) -> str:
    if clear == 0:
        return _("Forskjellene er så små at ingen av dem er klart blant de fem største.")
    if clear == 1:
        return _("Det første er klart blant de fem største behovene.")
    if clear == named:
        return _("Alle %(n)s er klart blant de fem største behovene.", n=in_words(named))
    return _("De %(n)s første er klart blant de fem største behovene.", n=in_words(clear))


def in_words(number: int) -> str:
    words = (_("null"), _("ett"), _("to"), _("tre"), _("fire"), _("fem"))
    return words[number] if number < len(words) else notation.number(number)


def also(text: str, weights: str) -> str:
    """The answer, and by which weights when they are not the usual ones."""
    return _("%(text)s Vektene er valgt av dere (%(weights)s).", text=text, weights=weights)


def listed(parts: Sequence[str]) -> str:
    """a, b og c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s og %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def answers(figure: Figure, weighted: bool) -> str:
    """«412 svar», and what they count as where weighting makes it fewer."""
    told = ngettext("%(n)s svar", "%(n)s svar", figure.n, n=notation.number(figure.n))
    if not weighted or round(figure.n_eff) >= figure.n:
        return told
    return _("%(answers)s, som teller som %(n)s etter vekting", answers=told, n=notation.number(figure.n_eff))


def small(text: str) -> str:
    """A name inside a sentence: small first letter, unless it is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def inside(some: Iterable[Segment]) -> dict[str, str]:
    """id → what a group is called inside a sentence: ours with a small letter, a municipality's own as it was given."""
    return {one.id: small(names.segment(one)) if one in DEFAULT_SEGMENTS else one.name for one in some}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def who(groups: Sequence[tuple[str, float]], row: FactorRow, strongest: str) -> str:
    """Who feels the largest need of a factor. groups: (name inside a sentence, share), highest first."""
    if not groups:
        return _("Gruppene er for små til å vises hver for seg.")
    told = capital(", ".join(f"{name} {share(value)}" for name, value in groups))
    if row.stands_out:
        return _("%(told)s. I temaet som helhet mangler %(group)s mest.", told=told, group=strongest)
    return f"{told}."


def aimed(count: int) -> str:
    return ngettext("%(n)s tiltak", "%(n)s tiltak", count, n=notation.number(count)) if count else _("ingen")


def initiatives(count: int, any_there: bool) -> str:
    """How many initiatives are aimed at a factor's needs."""
    if not any_there:
        return _("Ingen tiltak er lagt inn ennå.")
    if not count:
        return _("Ingen tiltak retter seg mot dette.")
    return ngettext("%(n)s tiltak retter seg mot dette.", "%(n)s tiltak retter seg mot dette.", count, n=count)


def statement(one: Statement | StayStatement) -> str:
    """A statement's whole text in the reader's language."""
    return {"nn": one.text_nn, "en": one.text_en}.get(str(get_locale() or "nb")) or one.text


def strict_span(text: str, figure: Figure) -> str:
    """How far the largest need moves with the threshold for what counts."""
    return _(
        "For «%(text)s» gir de fire grensene fra %(low)s til %(high)s.",
        text=text,
        low=share(min(figure.strict)),
        high=share(max(figure.strict)),
    )
