"""What stands on a paper ballot, and what is said to those who print ballots and type them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.ballot_id import shown
from planner.domain.mapping import Segment
from planner.domain.statements import Statement
from planner.domain.workshop_paper import Ballot, BallotState, Printed
from planner.wording import N_, gaps
from planner.wording import statements as names
from planner.wording import workshop as wording


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


FINDINGS: dict[str, tuple[str, str]] = {
    "paper_count": (N_("Antallet passer ikke."), N_("Skriv et helt tall fra 1 til %(most)s.")),
    "paper_too_many": (
        N_("Det kan være høyst %(most)s stemmesedler i en runde."),
        N_("%(there)s er laget alt. Skriv dem ut på nytt, eller bruk dem først."),
    ),
    "paper_early": (N_("Runde %(round)s har ikke begynt."), N_("Stemmesedlene kan skrives inn når den er startet.")),
    "paper_late": (
        N_("Det er for sent: runde %(round)s er avslørt, og rommet har sett svarene."),
        N_("Stemmesedler som ikke er skrevet inn, er ikke med."),
    ),
    "paper_ended": (N_("Det er for sent: verkstedet er avsluttet."), N_("Stemmesedler kan ikke skrives inn lenger.")),
    "paper_answer": (N_("Ikke et svar."), N_("Skriv 0 til %(most)s, x for «vet ikke», eller la feltet stå tomt.")),
    "paper_choice": (N_("Ikke et av valgene."), N_("Skriv tallet i ruta, 0 til %(most)s, eller la feltet stå tomt.")),
}
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


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


def printed(count: int) -> str:
    return ngettext("%(n)s stemmeseddel er laget.", "%(n)s stemmesedler er laget.", count, n=notation.number(count))


def pile(count: int, left: int, *, is_outdated: bool) -> str:
    """A printing in the list of them. left: how many nobody has typed."""
    said = ngettext("%(n)s stemmeseddel", "%(n)s stemmesedler", count, n=notation.number(count))
    if is_outdated:
        return _("%(said)s fra før oppsettet ble endret. De kan ikke brukes: lag nye.", said=said)
    if left == count:
        return said
    return _("%(said)s, %(left)s er ikke skrevet inn", said=said, left=notation.number(left))


def id_(ballot: str) -> str:
    return shown(ballot)


def prints(round_: int | None) -> str:
    """What a printing is for, or why there is none."""
    if round_ is None:
        return _("Det kommer ingen runde til, så det er ikke noe å skrive ut.")
    return _("Én stemmeseddel til hver person uten telefon i runde %(n)s. Lag gjerne noen ekstra.", n=round_)


def nothing_printed() -> str:
    return _("Det er ikke laget stemmesedler til denne runden.")


def answer(round_: int, counts: Mapping[BallotState, int]) -> str:
    """How far the paper of a round is."""
    total = sum(counts.values())
    if not total:
        return _("For dem som heller vil svare på papir. Stemmesedlene teller med i runden som telefonene er i.")
    said = _(
        "Runde %(round)s: %(counted)s av %(total)s stemmesedler teller med.",
        round=round_,
        counted=notation.number(counts.get("counted", 0)),
        total=notation.number(total),
    )
    left = waiting(counts)
    return f"{said} {left}" if left else said


def waiting(counts: Mapping[BallotState, int]) -> str:
    """What is typed and does not count yet; «» where nothing is."""
    once, differs = counts.get("once", 0), counts.get("differs", 0)
    some = []
    if once:
        some.append(
            ngettext("%(n)s er skrevet inn én gang.", "%(n)s er skrevet inn én gang.", once, n=notation.number(once))
        )
    if differs:
        some.append(
            ngettext(
                "%(n)s er skrevet inn ulikt og må avgjøres.",
                "%(n)s er skrevet inn ulikt og må avgjøres.",
                differs,
                n=notation.number(differs),
            )
        )
    return " ".join(some)
