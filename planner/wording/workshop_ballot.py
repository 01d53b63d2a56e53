"""What stands on a paper ballot, in the language it is printed in?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from planner.domain.ballot_id import shown
from planner.domain.mapping import Segment
from planner.domain.statements import Statement
from planner.domain.workshop_paper import Ballot, Printed
from planner.wording import gaps
from planner.wording import statements as names
from planner.wording import workshop as wording

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, to be said in whatever language is asked for."""

    initiatives: Mapping[str, str]
    statements: Mapping[str, Statement]
    segments: tuple[Segment, ...]

    def initiative(self, code: str) -> str:
        return self.initiatives.get(code, code)

    def statement(self, id_: str) -> str:
        return gaps.statement(self.statements[id_]) if id_ in self.statements else id_

    def groups(self, ids: Sequence[str]) -> tuple[str, ...]:
        known = names.segments(self.segments)
        return tuple(known.get(one, one) for one in ids)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    title: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedBallot:
    """id: as it is read out. cards: codes, in order."""

    id: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick one of: (what is in the box, what is beside it)."""

    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BallotSheets:
    """All that is read on the ballots of a printing. answers: what is in each box, and what it means.

    name: «» where none is asked for. both_sides: each ballot begins on a sheet of its own.
    """

    language: str
    title: str
    round: str
    ballot: str
    how: tuple[str, ...]
    name: str
    choices: tuple[Choice, ...]
    question: str
    answers: tuple[tuple[str, str], ...]
    comment: str
    cards: Mapping[str, PrintedCard]
    ballots: tuple[PrintedBallot, ...]
    both_sides: bool
    page: str


def sheets(
    language: str,
    title: str,
    ballots: tuple[Ballot, ...],
    known: Names,
    *,
    both_sides: bool,
) -> BallotSheets:
    """Ballots of one printing in one language."""
    with force_locale(language):
        return _sheets(language, title, ballots, known, both_sides)


def _sheets(language: str, title: str, ballots: tuple[Ballot, ...], known: Names, both_sides: bool) -> BallotSheets:
    first = ballots[0].printed
    cards = {
        code: PrintedCard(known.initiative(code), tuple(known.statement(one) for one in statements))
        for ballot in ballots
        for code, statements in ballot.printed.cards
    }
    return BallotSheets(
        language=language,
        title=title,
        round=_("Runde %(n)s", n=ballots[0].round),
        ballot=_("Stemmeseddel"),
        how=_how(first),
        name=_("Navn") if first.is_named else "",
        choices=_choices(first, known),
        question=wording.question(first.scale),
        answers=answers(first),
        comment=_("Noe du vil si om tiltaket?"),
        cards=cards,
        ballots=tuple(PrintedBallot(shown(one.id), tuple(code for code, _s in one.printed.cards)) for one in ballots),
        both_sides=both_sides,
        page=_("Side"),
    )


def _how(printed: Printed) -> tuple[str, ...]:
    how = _("Sett ett kryss på hver linje. Vet du ikke, kryss av for «vet ikke». Hopp over det du ikke vil svare på.")
    if printed.is_named:
        return (how, _("Svarene dine blir stående under navnet."))
    return (how, _("Ikke skriv navnet ditt. Merket øverst er bare for å telle hver stemmeseddel én gang."))


def _choices(printed: Printed, known: Names) -> tuple[Choice, ...]:
    asked = []
    if printed.tables:
        asked.append((_("Hvilket bord sitter du ved?"), printed.tables))
    if printed.groups:
        asked.append((_("Hvem snakker du for?"), known.groups(printed.groups)))
    found = [Choice(text, tuple((str(at), one) for at, one in enumerate(options, 1))) for text, options in asked]
    if printed.groups:
        groups = found.pop()
        found.append(Choice(groups.text, (*groups.options, ("0", _("Ingen av disse")))))
    return tuple(found)


def answers(printed: Printed) -> tuple[tuple[str, str], ...]:
    """What is in each box of a line, and what it means: («0», «ingen»), …, («?», «vet ikke»)."""
    steps = tuple((str(step), wording.step(printed.scale, step)) for step in range(printed.steps))
    return (*steps, ("?", wording.dont_know()))


def file_stem(title: str, printing: int, language: str) -> str:
    return _("Stemmesedler %(title)s %(n)s %(language)s", title=title, n=printing, language=language)
