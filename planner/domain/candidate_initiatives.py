"""What is computed with, out of what people wrote down: a Candidate becomes an Initiative.

Effects land on the needs a plan shows, money becomes own share by year since start, per cent become shares of 1.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from planner.domain.candidates import Candidate
from planner.domain.costs import CERTAIN, GrantStatus
from planner.domain.financing import MoneyByYear, money_by_year
from planner.domain.initiatives import Amount, Initiative


class Target(Protocol):
    """What an effect can land on: a statement in a segment, under an id."""

    @property
    def id(self) -> str: ...
    @property
    def statement(self) -> str | None: ...
    @property
    def segment(self) -> str | None: ...


def money(
    candidate: Candidate, years: Sequence[int], counted: frozenset[GrantStatus] = CERTAIN, further: int = 0
) -> MoneyByYear:
    """Gross, grants and own share by year since start, as far as the plan's years and the first one after can see.

    further: how many years beyond that are wanted too.
    """
    first = years[0] if candidate.started is None else candidate.started
    last = years[-1] if candidate.latest is None else min(candidate.latest, years[-1])
    latest_start = max(last, years[0]) if candidate.started is None else candidate.started
    return money_by_year(candidate.costs, latest_start, max(1, years[-1] + 2 - first) + further, counted)


def to_initiative(
    candidate: Candidate, years: Sequence[int], needs: Iterable[Target], counted: frozenset[GrantStatus] = CERTAIN
) -> Initiative:
    """What is computed with, for a plan over these years and these shown needs.

    The effect on a need (a statement in a segment) is effect × reach, the group's own effect where it has one; a need
    it does not touch is left out. `counted`: the grant statuses that reduce the own share.
    """
    account = money(candidate, years, counted)
    yearly: dict[str, Amount] = {"operating": account.yearly_own} if account.yearly_own else {}
    columns = {
        "investment": account.net_investment,
        "operating": tuple(amount - account.yearly_own for amount in account.net_operating),
    }
    start: dict[str, Amount] = {
        name: column[0] for name, column in columns.items() if column[0] and not any(column[1:])
    }
    profile = {name: _trimmed(column) for name, column in columns.items() if any(column[1:])}
    if candidate.staff_start.value:
        start["staff"] = candidate.staff_start.value
    if candidate.staff_yearly.value:
        yearly["staff"] = candidate.staff_yearly.value
    return Initiative(
        id=candidate.code,
        title=candidate.title,
        theme=candidate.factor or candidate.theme,
        effects=_effects(candidate, needs),
        start_cost=start,
        yearly_cost=yearly,
        profile=profile,
        started=candidate.started,
        delay=candidate.delay,
        chance=_share(candidate.chance),
        earliest=candidate.earliest,
        latest=candidate.latest,
    )


def _effects(candidate: Candidate, needs: Iterable[Target]) -> dict[str, float]:
    of = frozenset(effect.statement for effect in candidate.effects)
    effects = {}
    for need in needs:
        if need.statement in of and need.statement is not None and need.segment is not None:
            percent = Decimal(str(candidate.effect_on(need.statement, need.segment)))
            share = percent * Decimal(str(candidate.reaches(need.segment))) / 10_000
            if share:
                effects[need.id] = float(share)
    return effects


def _share(percent: float) -> float:
    return float(Decimal(str(percent)) / 100)


def _trimmed(column: tuple[int, ...]) -> tuple[Amount, ...]:
    """Without the zeros at its end."""
    return column[: max((year + 1 for year, amount in enumerate(column) if amount), default=0)]
