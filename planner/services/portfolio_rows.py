"""What does a plan look like, row by row? Everything `portfolio/_result.html` sets, ready to be read.

Text and pictures only: no figure is left to be computed, no sentence to be made.
"""

from dataclasses import dataclass

from markupsafe import Markup

from planner.services.portfolio_accounts import AccountsView


@dataclass(frozen=True, slots=True)
class Road:
    """One chosen initiative on the roadmap. steps: one a plan year: before, preparing or working.

    money, staff: over the plan years. adds: points lost without it alone. choice: what is decided about it.
    """

    code: str
    title: str
    theme: str
    steps: tuple[str, ...]
    bar: str
    money: str
    staff: str
    adds: str
    choice: str
    running: bool
    example: bool


@dataclass(frozen=True, slots=True)
class Start:
    """The initiatives that start in one year."""

    year: int
    heading: str
    roads: tuple[Road, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """One resource: a column a year, its table twin, and what it binds in the first year after the plan."""

    name: str
    unit: str
    picture: Markup
    years: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class NotNow:
    code: str
    title: str
    kind: str
    reason: str
    choice: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that the plan does not reach."""

    statement: str
    segments: str
    reason: str
    points: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """The whole right side, for a problem that has a plan."""

    answer: str
    proven: bool
    status: str
    examples: str
    how_sure: str
    ties: str
    rules: tuple[str, ...]
    warnings: tuple[str, ...]
    factor_pictures: tuple[Markup, Markup]
    years: tuple[int, ...]
    starts: tuple[Start, ...]
    uses: tuple[Use, ...]
    accounts: AccountsView
    value_by_year: tuple[str, ...]
    after_year: int
    after: str
    not_now: tuple[NotNow, ...]
    gaps: tuple[Gap, ...]
    smaller_gaps: tuple[Gap, ...]
