"""What would the plan be if one initiative were in, or not? Both ways for each of them, as sentences and as a plan.

Worked out beforehand by exact re-solving (`planner.domain.why`): nothing here computes, and a way that nobody has
worked out yet is not guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.report import Report
from planner.domain.why import ComesIn, Why
from planner.wording import why as words

Starts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Move:
    """One initiative of a plan. mark: what differs from the plan that is shown; empty where nothing does."""

    title: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes of holding one initiative in, or out. years: (heading, what starts then) of the plan it gives."""

    said: tuple[str, ...]
    years: tuple[tuple[str, tuple[Move, ...]], ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """One initiative that is decided about. chosen: it is in the plan; then the news is what `outside` says."""

    title: str
    chosen: bool
    inside: Reply
    outside: Reply

    @property
    def news(self) -> Reply:
        return self.outside if self.chosen else self.inside


@dataclass(frozen=True, slots=True)
class Answers:
    """held: those with an answer, the chosen first. missing: a sentence where some have none yet. brings_in: code ->
    what would bring it in."""

    held: tuple[Held, ...]
    missing: str
    brings_in: Mapping[str, str]


def answers(report: Report, told: Mapping[str, Any] | None) -> Answers:
    """told: as `planner.reasons.explain_request` gives it, whole or in part; None when nothing is known."""
    found = {one["initiative"]: Why.from_json(one) for one in (told or {}).get("why", ())}
    needs = {one["initiative"]: ComesIn.from_json(one) for one in (told or {}).get("comes_in", ())}
    shown = {row.candidate.code: row.start for row in report.initiatives}
    running = {row.candidate.code for row in report.running}
    asked = [one for one in report.problem.initiatives if one.id not in running]
    titles = {one.id: one.title for one in report.problem.initiatives}
    held = [_held(report, found[one.id], shown, titles) for one in asked if one.id in found]
    waits = sum(one.id not in found or not _settled(found[one.id], needs) for one in asked)
    return Answers(
        held=tuple(sorted(held, key=lambda one: not one.chosen)),
        missing=_missing(waits, len(asked)) if waits else "",
        brings_in={one: " ".join(words.brings_in(need)) for one, need in needs.items()},
    )


def _settled(one: Why, needs: Mapping[str, ComesIn]) -> bool:
    """Whether what would bring it in is known too, where that is asked."""
    return one.chosen or one.reason == "rule" or one.initiative in needs


def _missing(waits: int, asked: int) -> str:
    return ngettext(
        "Da dette vedlegget ble laget, var svaret for %(n)s av %(all)s tiltak ikke ferdig utregnet.",
        "Da dette vedlegget ble laget, var svarene for %(n)s av %(all)s tiltak ikke ferdig utregnet.",
        waits,
        n=notation.number(waits),
        all=notation.number(asked),
    )


def _held(report: Report, one: Why, shown: Starts, titles: Mapping[str, str]) -> Held:
    same = Reply((_is_in(one.start) if one.chosen else _("Det er ikke med i planen. Planen blir som den er."),))
    said = words.without(one, titles) if one.chosen else words.forced(one, titles)
    other = Reply((said,))
    if one.value_otherwise is not None:
        closes = _(
            "Planen lukker da %(points)s av 100 behovspoeng, mot %(shown)s slik den er nå.",
            points=notation.number(one.value_otherwise, 1),
            shown=notation.number(report.answer.value, 1),
        )
        gone = tuple(titles[code] for code in shown if code not in one.otherwise)
        other = Reply((said, closes), _years(report, one.otherwise, shown, titles), gone)
    if one.chosen:
        return Held(titles[one.initiative], True, same, other)
    return Held(titles[one.initiative], False, other, same)


def _is_in(start: int | None) -> str:
    return _("Det er med i planen fra %(year)s. Planen blir som den er.", year=start)


def _years(
    report: Report, starts: Starts, shown: Starts, titles: Mapping[str, str]
) -> tuple[tuple[str, tuple[Move, ...]], ...]:
    """The plan that holds it, by start year; what ran before the plan first."""
    by_year: dict[int, list[Move]] = {}
    for code, year in sorted(starts.items(), key=lambda one: (one[1], titles[one[0]])):
        by_year.setdefault(max(year, report.years[0] - 1), []).append(Move(titles[code], _mark(shown.get(code), year)))
    return tuple((_heading(year, report), tuple(moves)) for year, moves in sorted(by_year.items()))


def _heading(year: int, report: Report) -> str:
    return _("I gang fra før") if year < report.years[0] else str(year)


def _mark(was: int | None, year: int) -> str:
    if was is None:
        return _("kommer inn")
    return "" if was == year else _("flyttet fra %(year)s", year=was)


def precision(held: Sequence[Held]) -> str:
    """How sure the answers are."""
    if not held:
        return ""
    return _(
        "Hvert svar er regnet ut ved å løse det samme regnestykket på nytt med den ene endringen. "
        "Ingen plan med endringen kan være mer enn 0,1 prosent bedre enn den som vises."
    )
