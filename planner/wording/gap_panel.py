"""What is said in the panel with the pictures of the needs, and in its tables?"""

from collections.abc import Sequence
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.figures import Figure
from planner.domain.gap_rows import GapRow
from planner.domain.suppression import SHOWN_FROM
from planner.wording import gaps


def told(text: str, row: GapRow, figure: Figure | None, weighted: bool) -> str:
    """A statement's row as sentences: what the picture shows to those who point at it."""
    if figure is None:
        return _("%(text)s: for få svar til å vises.", text=text)
    return _(
        "%(text)s: %(share)s har et udekket behov (%(interval)s). Viktighet %(importance)s, sannsynlighet "
        "%(likelihood)s på skalaen 1–7. Bygger på %(answers)s. %(certainty)s.",
        text=text,
        share=gaps.share(row.unmet),
        interval=gaps.interval(row.low, row.high),
        importance=notation.number(figure.importance, 1),
        likelihood=notation.number(figure.likelihood, 1),
        answers=gaps.answers(figure, weighted),
        certainty=gaps.capital(gaps.certainty(row.certainty)),
    )


def about(factor_name: str, figure: Figure | None) -> str:
    """The quiet line under a statement on a telephone."""
    if figure is None:
        return _("%(factor)s · for få svar", factor=factor_name)
    return _("%(factor)s · %(n)s svar", factor=factor_name, n=notation.number(figure.n))


def flags(figure: Figure | None) -> tuple[str, ...]:
    """What a reader should have in mind beside a figure."""
    if figure is None:
        return ()
    found = []
    if figure.n < 10:
        found.append(_("svært usikkert"))
    elif figure.n < 30:
        found.append(_("usikkert"))
    if figure.many_unsure:
        found.append(_("%(share)s svarte «vet ikke»", share=gaps.share(figure.dont_know)))
    return tuple(found)


def place(best: int, worst: int) -> str:
    """The strict view: between which places a need lies."""
    if best == worst:
        return _("plass %(place)s", place=best)
    return _("plass %(best)s–%(worst)s", best=best, worst=worst)


def unsure_span(figure: Figure | None) -> str:
    """How far the share may lie from what is shown, whatever those who answered «vet ikke» mean. Of a few it is not
    said: how wide it is tells how many of them find it important.
    """
    if figure is None or figure.unsure < SHOWN_FROM:
        return ""
    return _("mellom %(span)s med dem", span=gaps.interval(figure.dont_know_low, figure.dont_know_high))


def good_at(labels: Sequence[tuple[str, float]]) -> str:
    """What people find important and count on here. labels: (name, unmet need), the best met first."""
    if not labels:
        return _("Ingen av utsagnene er både viktige for folk, sannsynlige her og blant det færrest mangler.")
    named = gaps.listed([f"{gaps.small(label)} ({gaps.share(value)})" for label, value in labels])
    return _("Viktig for folk, og de regner med å ha det her. Færrest mangler %(named)s.", named=named)


def good_at_more(number: int) -> str:
    return ngettext(
        "I tillegg gjelder det %(n)s utsagn til.", "I tillegg gjelder det %(n)s utsagn til.", number,
        n=notation.number(number),
    )  # fmt: skip


def picture_desc(rows: Sequence[tuple[str, GapRow]]) -> str:
    """The figures of the picture for those who hear the page: the five largest, and where the rest are."""
    largest = ". ".join(
        f"{text}: {gaps.share(row.unmet)} ({gaps.interval(row.low, row.high)})" for text, row in rows[:5]
    )
    return _("De fem største udekkede behovene: %(largest)s. Alle tallene står i tabellen under.", largest=largest)


def picture_title(label: str, value: float) -> str:
    """The finding of the ranked picture."""
    return _("Flest mangler %(label)s: %(share)s", label=gaps.small(label), share=gaps.share(value))


def for_group(name: str, title: str) -> str:
    return f"{name}: {gaps.small(title)}"


def heat_title() -> str:
    return _("Hvor mange mangler hva i hver gruppe")


def view(code: str) -> str:
    """The three ways to see the needs."""
    return {"rows": _("Rangert"), "map": _("Kart"), "groups": _("Gruppe for gruppe")}[code]


def everyone() -> str:
    return _("Alle")


def picture_words() -> tuple[str, str, str, str]:
    """What stands over the columns of the ranked picture."""
    return _("Viktighet"), _("Sannsynlighet"), _("Udekket behov (%)"), _("Svar")


def map_words() -> tuple[str, str, str, str, str, str]:
    """The four corners of the map by what to do there, and its axes."""
    return (
        _("Løft"),
        _("Behold"),
        _("Vent"),
        _("Greit som det er"),
        _("Sannsynlighet: hvor trolig det er å få det her (1–7)"),
        _("Viktighet (1–7)"),
    )


def few_mark() -> str:
    return _("for få svar")


def lent_mark() -> str:
    return _("lånt")


def unsure_mark() -> str:
    return _("usikkert")


def with_others(names: Sequence[str]) -> str:
    return _("sammen med %(names)s", names=gaps.listed(list(names))) if names else ""


def some_lent(count: int) -> str:
    return ngettext(
        "For %(n)s utsagn har for få i gruppen svart. Der brukes tallet for hele kommunen.",
        "For %(n)s utsagn har for få i gruppen svart. Der brukes tallene for hele kommunen.",
        count,
        n=notation.number(count),
    )


def count(figure: Figure | None) -> str:
    return notation.NOTHING if figure is None else notation.number(figure.n)


def counts_as(figure: Figure | None, weighted: bool) -> str:
    """What the answers count as where weighting makes them fewer; empty otherwise."""
    if figure is None or not weighted or round(figure.n_eff) >= figure.n:
        return ""
    return _("teller som %(n)s", n=notation.number(figure.n_eff))


def classic(figure: Figure | None) -> str:
    """Mean importance less mean likelihood; below 0 it is more than covered."""
    return notation.NOTHING if figure is None else notation.number(figure.classic, 1)


def percent(whole: int) -> str:
    return notation.percent(Fraction(whole, 100))


def in_lift(numbered: Sequence[tuple[int, str]]) -> str:
    """Which points lie in the corner to lift, by number: on a telephone the map has no room for names."""
    if not numbered:
        return _("Ingenting ligger i hjørnet «Løft».")
    named = gaps.listed([f"{number} {gaps.small(label)}" for number, label in numbered])
    return _("I hjørnet «Løft», viktig og lite sannsynlig: %(named)s.", named=named)


def map_desc(lift: Sequence[str]) -> str:
    if not lift:
        return _("Ingen utsagn er både viktige og lite sannsynlige i snitt. Alle tallene står i tabellen under.")
    return _("Viktig og lite sannsynlig i snitt: %(named)s. Alle tallene står i tabellen under.", named="; ".join(lift))


def map_title(lift: int) -> str:
    return ngettext(
        "%(n)s utsagn er viktig for folk og samtidig lite sannsynlig her",
        "%(n)s utsagn er viktige for folk og samtidig lite sannsynlige her",
        lift,
        n=notation.number(lift),
    )


def pooled_note(names: Sequence[str]) -> str:
    return _(
        "%(names)s vises samlet. Ellers kunne tallene for dem med få svar regnes ut fra de andre.",
        names=gaps.capital(gaps.listed(list(names))),
    )


def few_note(name: str) -> str:
    return _(
        "For få i gruppen %(name)s har svart til at tallene kan vises uten å røpe hva enkeltpersoner mente. Gruppen "
        "teller likevel med: for dem brukes tallene for hele kommunen, merket «lånt».",
        name=name,
    )


def few_proposal(name: str) -> str:
    return _(
        "Vil dere vite hva gruppen %(name)s mangler, inviter dem til et verksted: fem–ti personer, en kveld, de samme "
        "utsagnene. Da blir de hørt uten at noen kan kjennes igjen i et tall.",
        name=name,
    )
