"""Which effect does each initiative get from a workshop? The median, or what somebody decides instead and says why.

Only what the room was shown can be adopted: a figure of fewer than five would say through the plan what the page did
not. Never touches other figures of an initiative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.candidates import MOST_EFFECT, Candidate, Effect
from planner.domain.findings import Finding
from planner.domain.panel import Basis, Judgement
from planner.domain.workshop import Scale

LONGEST_REASON = 500
Cell = tuple[str, str]  # initiative, statement


@dataclass(frozen=True, slots=True)
class Override:
    """Another figure than the median, and why."""

    percent: float
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants done with one cell. basis: whose median, and for whom. override: instead of it."""

    basis: Basis = "everyone"
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """What one statement of one initiative got. median: what the room said, None where it was too few to show.

    reason: «» where the median was taken as it is. own: what the target group's median gives its own segments, where
    it governs those alone; percent is then for the others.
    """

    initiative: str
    statement: str
    percent: float
    basis: Basis
    median: float | None
    round: int
    reason: str = ""
    own: float | None = None
    segments: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Adopted":
        return cls(**{**document, "segments": tuple(document.get("segments", ()))})


def adoptable(rounds: Sequence[Sequence[Judgement]]) -> dict[Cell, tuple[int, Judgement]]:
    """For each cell the latest round that shows it, numbered from 1, else the latest that asked about it."""
    latest: dict[Cell, tuple[int, Judgement]] = {}
    for number, judgements in enumerate(rounds, 1):
        for one in judgements:
            cell = (one.initiative, one.statement)
            if one.everyone is not None or cell not in latest or latest[cell][1].everyone is None:
                latest[cell] = (number, one)
    return latest


def last_shown(rounds: Sequence[Sequence[Judgement]]) -> dict[Cell, Judgement]:
    """Of each cell the last picture that the room was shown."""
    return {cell: one for cell, (_, one) in adoptable(rounds).items() if one.everyone is not None}


def all_said(rounds: Sequence[Sequence[Judgement]], scale: Scale) -> dict[str, dict[str, tuple[float, ...]]]:
    """initiative -> statement -> the effects that people gave in the latest round that shows them; see `adoptable`.

    Where fewer than five answered there is nothing: that nothing more than the room saw is in them, nobody has to ask.
    """
    found: dict[str, dict[str, tuple[float, ...]]] = {}
    for (initiative, statement), (_, judgement) in adoptable(rounds).items():
        if judgement.everyone is not None:
            found.setdefault(initiative, {})[statement] = judgement.everyone.effects(scale)
    return found


def adopt(
    cells: Mapping[Cell, tuple[int, Judgement]],
    choices: Mapping[Cell, Choice],
    targets: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[tuple[Adopted, ...], tuple[Finding, ...]]:
    """What each chosen cell gets, in the order of the cells; with findings, nothing may be done.

    where of a finding: «initiative/statement». targets: initiative -> the segments whose own median may govern them.
    """
    adopted, findings = [], []
    for cell, (number, judgement) in cells.items():
        choice = choices.get(cell)
        if choice is None:
            continue
        shown, where = judgement.on(choice.basis), "/".join(cell)
        median = shown.percent if shown else None
        if choice.override is not None:
            findings += _override_findings(choice.override, where)
            percent, reason = choice.override.percent, choice.override.reason
            adopted.append(Adopted(*cell, percent, choice.basis, median, number, reason))
        elif choice.basis == "segment":
            segments = (targets or {}).get(cell[0], ())
            of_all, own = (panel.percent if panel else None for panel in (judgement.everyone, judgement.target))
            if of_all is None or own is None or not segments:
                findings.append(Finding("workshop_too_few_to_adopt", where=where))
            else:
                adopted.append(Adopted(*cell, of_all, "segment", of_all, number, "", own, segments))
        elif median is None:
            findings.append(Finding("workshop_too_few_to_adopt", where=where))
        else:
            adopted.append(Adopted(*cell, median, choice.basis, median, number))
    return tuple(adopted), tuple(findings)


def _override_findings(override: Override, where: str) -> list[Finding]:
    found = []
    if not 0 <= override.percent <= MOST_EFFECT:
        details: dict[str, str | int | float] = {"most": MOST_EFFECT}
        found.append(Finding("workshop_override_range", where=where, details=details))
    if not override.reason:
        found.append(Finding("workshop_reason_missing", where=where))
    if len(override.reason) > LONGEST_REASON:
        found.append(Finding("workshop_text_too_long", where=where, details={"limit": LONGEST_REASON}))
    return found


def with_effects(candidate: Candidate, adopted: Sequence[Adopted]) -> Candidate:
    """The candidate with these effects from a workshop; effects on other statements stand, in their order.

    What is adopted is all there is to say of a statement: what stood for single groups goes with the rest.
    """
    new = {one.statement: _effects(one) for one in adopted}
    kept: list[Effect] = []
    for effect in candidate.effects:
        if effect.statement not in {one.statement for one in adopted}:
            kept.append(effect)
        else:
            kept += new.pop(effect.statement, ())
    return replace(candidate, effects=(*kept, *(effect for some in new.values() for effect in some)))


def _effects(one: Adopted) -> tuple[Effect, ...]:
    own = () if one.own is None else tuple(Effect(one.statement, one.own, "verksted", id_) for id_ in one.segments)
    return (Effect(one.statement, one.percent, "verksted"), *own)
