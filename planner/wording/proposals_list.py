"""What does the public list of new ideas say? One dated line an idea, with the answer and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.proposals import Against, Verdict
from planner.wording import proposals as words
from planner.wording.paper import Column, Paper, Row, Section, Sheet, Table, Text
from planner.wording.report import synthetic


@dataclass(frozen=True, slots=True)
class Entry:
    """day: when it was filled in. of: which plan it was held against, and when."""

    title: str
    day: str
    verdict: str
    said: str
    of: str
    answered_at: datetime


def entry(title: str, made_at: datetime, verdict: Verdict, against: Against, answered_at: datetime) -> Entry:
    return Entry(
        title=title,
        day=notation.day(made_at),
        verdict=words.verdict(verdict.comes_in),
        said=" ".join(words.said(verdict, against.titles)),
        of=words.of(against, answered_at),
        answered_at=answered_at,
    )


def question() -> str:
    return _("Hvilke forslag skal stå i den offentlige listen?")


def page_answer(answered: int, shown: int) -> str:
    if not answered:
        return _(
            "Ingen forslag har fått svar ennå. Når de får det, er de med i listen til noen tar dem ut. De som ser ut "
            "til å nevne en person, er ikke med før noen tar dem med."
        )
    told = ngettext(
        "%(shown)s av %(n)s forslag som har fått svar, er med.",
        "%(shown)s av %(n)s forslag som har fått svar, er med.",
        answered,
        n=notation.number(answered),
        shown=notation.number(shown),
    )
    return told + " " + _("Listen er for alle: hva som er foreslått, når, og hva svaret ble.")


def saved() -> str:
    return _("Valget er lagret.")


def file_stem(plan: str) -> str:
    return _("Nye forslag %(plan)s", plan=plan)


def paper(plan: str, municipality: str, entries: Sequence[Entry], *, is_sample: bool) -> Paper:
    """The list in the reader's language, as a page and as a sheet. entries: at least one."""
    latest = max(one.answered_at for one in entries)
    title, about = _("Nye forslag til %(plan)s", plan=plan), _about()
    table = _table(entries)
    count = ngettext(
        "Listen har %(n)s forslag som er kommet etter at planen ble laget.",
        "Listen har %(n)s forslag som er kommet etter at planen ble laget.",
        len(entries),
        n=notation.number(len(entries)),
    )
    return Paper(
        language=getattr(get_locale(), "language", "nb"),
        title=title,
        subtitle=municipality,
        author=municipality,
        subject=_("Siste svar er fra %(day)s", day=notation.day(latest)),
        synthetic=synthetic() if is_sample else "",
        footer=f"{municipality} · {plan}",
        page_word=_("Side"),
        sections=(
            Section("proposals", _("Hva er foreslått, og hva ble svaret?"), (Text(count), table)),
            Section("about", _("Slik er svarene funnet"), tuple(Text(one) for one in about)),
        ),
        sheets=(Sheet(_("Nye forslag"), title, table, about),),
    )


def _about() -> tuple[str, ...]:
    return (
        _(
            "Hvert forslag er lagt blant tiltakene i det regnestykket planen svarer på, med samme ramme og krav, og "
            "den beste planen er funnet på nytt."
        ),
        _(
            "«Kommer inn» betyr at den beste planen da har forslaget med, og at tiltakene som går ut, må vike. «Ikke "
            "nå» betyr at den ikke har det. Svaret er et regnestykke, ikke et vedtak, og endrer ikke planen."
        ),
    )


def _table(entries: Sequence[Entry]) -> Table:
    columns = (
        *(Column(_("Forslag"), width=2.4), Column(_("Fylt inn"), width=1.3), Column(_("Svar"), width=1.1)),
        *(Column(_("Hva det betyr"), width=4.4), Column(_("Hvilken plan"), width=2.2)),
    )
    rows = tuple(Row((one.title, one.day, one.verdict, one.said, one.of)) for one in entries)
    return Table(_("Nye forslag, de siste først"), columns, rows)
