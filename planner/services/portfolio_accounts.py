"""What does each theme and each group get from the plan, and for how much of the money? As rows of two tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner import notation
from planner.domain.accounts import Account, accounts
from planner.domain.portfolio import Plan
from planner.domain.problem_needs import Grouping
from planner.domain.statements import FACTORS
from planner.wording import portfolio_accounts as words
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One theme or group, as text. money: its part of the plan's cost, 1000 kr. gives: points for a million of it."""

    name: str
    closed: str
    there: str
    share: str
    money: str
    gives: str


@dataclass(frozen=True, slots=True)
class AccountTable:
    """title: over the table. heading: of its first column."""

    title: str
    heading: str
    rows: tuple[AccountRow, ...]


@dataclass(frozen=True, slots=True)
class AccountsView:
    """elsewhere: what closes nothing by itself and so stands in no row; empty where there is none of it."""

    tables: tuple[AccountTable, ...]
    elsewhere: str


def accounts_view(plan: Plan, segments: Mapping[str, str]) -> AccountsView:
    """segments: id -> name, in the order they are shown in."""
    by_factor = accounts(plan, "factor")
    themes = _table(plan, "factor", FACTORS, {f: names.factor(f) for f in FACTORS})
    groups = _table(plan, "segment", tuple(segments), segments)
    elsewhere = words.elsewhere(float(by_factor.elsewhere)) if by_factor.elsewhere else ""
    return AccountsView((themes, groups), elsewhere)


def _table(plan: Plan, by: Grouping, order: Sequence[str], called: Mapping[str, str]) -> AccountTable:
    found = accounts(plan, by)
    known = [(group, found.of(group)) for group in order]
    rows = tuple(_row(called[group], account) for group, account in known if account is not None)
    return AccountTable(words.title(by), words.heading(by), rows)


def _row(name: str, account: Account) -> AccountRow:
    nothing = notation.NOTHING
    return AccountRow(
        name=name,
        closed=notation.number(account.closed, 1),
        there=notation.number(account.there, 1),
        share=nothing if account.share is None else notation.percent(account.share),
        money=notation.number(float(account.money)),
        gives=nothing if account.per_million is None else notation.number(account.per_million, 2),
    )
