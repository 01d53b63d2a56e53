"""Which frame did a person type? From the form to `PortfolioSettings`, with every finding beside its field.

Reads numbers as people type them («1 200», «12,5», «10 %»). A field that is left out keeps what stood there before, so
that a form for one thing cannot empty the rest. Never looks at needs or initiatives beyond their codes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, exact
from planner.domain.settings import (
    BREADTH,
    CHOICES,
    MOST_YEARS,
    UNITS,
    Choice,
    PortfolioSettings,
    Wish,
    count_field,
    floor_field,
    limit_field,
    wish_field,
)
from planner.domain.typed import LONGEST, Refused, Unreadable, number

Form = Mapping[str, str]
PRESSED = "set"
"""The button beside one initiative: «must:T20» sets one choice and tries the whole form as it stands."""


@dataclass(frozen=True, slots=True)
class Typed:
    """settings is None when something must be mended first."""

    settings: PortfolioSettings | None
    findings: tuple[Finding, ...]


def read_settings(form: Form, before: PortfolioSettings, codes: Iterable[str], segments: Iterable[str]) -> Typed:
    """form: field name -> what was typed. before: the settings the form was made from. codes: of the initiatives."""
    reader = _Reader(form)
    years = reader.years(before)
    limits = {resource: tuple(reader.limit(resource, year, before) for year in years) for resource in UNITS}
    reserve = reader.share("reserve", before.reserve)
    factor_floors = {f: reader.share(floor_field("factor", f), before.factor_floors.get(f, 0)) for f in BREADTH}
    segment_floors = {s: reader.share(floor_field("segment", s), before.segment_floors.get(s, 0)) for s in segments}
    counts = {factor: reader.whole(count_field(factor), before.counts.get(factor, 0)) for factor in BREADTH}
    wishes = {code: reader.wish(code, before.wish(code)) for code in codes}
    effect_years = reader.whole("effect_years", before.effect_years)
    follows = reader.ticked("follows", before.follows)
    try:
        settings = PortfolioSettings(
            years=years,
            limits=limits,
            reserve=reserve,
            wishes=wishes,
            factor_floors=factor_floors,
            segment_floors=segment_floors,
            counts=counts,
            follows=follows,
            effect_years=effect_years,
            closure=before.closure,
        )
    except Refused as refused:
        # What could not be read stands as empty here, so these are about the other fields: all are told at once.
        return Typed(None, (*reader.findings, *refused.findings))
    return Typed(None if reader.findings else settings, tuple(reader.findings))


def as_typed(
    settings: PortfolioSettings, show: Callable[[Amount], str], codes: Iterable[str], segments: Iterable[str]
) -> dict[str, str]:
    """Field name -> text, as a form shows settings. show: writes a number the reader's way."""
    fields = {"first_year": str(settings.years[0]), "effect_years": str(settings.effect_years)}
    fields["reserve"] = show(settings.reserve * 100) if settings.reserve else ""
    for resource, row in settings.limits.items():
        for year, amount in zip(settings.years, row, strict=True):
            fields[limit_field(resource, year)] = "" if amount is None else show(amount)
    groups = {"factor": (BREADTH, settings.factor_floors), "segment": (segments, settings.segment_floors)}
    for by, (names, floors) in groups.items():
        fields |= {floor_field(by, name): show(floors[name] * 100) if name in floors else "" for name in names}
    for code in codes:
        wish = settings.wish(code)
        fields[wish_field(code, "choice")] = wish.choice
        fields |= {wish_field(code, part): str(getattr(wish, part) or "") for part in ("earliest", "latest")}
    return fields | {count_field(f): str(settings.counts[f]) if f in settings.counts else "" for f in BREADTH}


class _Reader:
    """Reads one field after another; `findings` fills up."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.findings: list[Finding] = []

    def number(self, where: str) -> Fraction | None:
        """None for an empty field, and for one that cannot be read."""
        try:
            return number(self.form[where])
        except Unreadable:
            self.findings.append(
                Finding("settings_not_a_number", where=where, details={"text": self.form[where][:LONGEST]})
            )
            return None

    def whole(self, where: str, before: int) -> int:
        if where not in self.form:
            return before
        value = self.number(where) or Fraction(0)
        if value.denominator != 1:
            self.findings.append(Finding("settings_not_whole", where=where))
        return int(value)

    def share(self, where: str, before: Amount) -> Amount:
        """Typed in per cent."""
        return exact((self.number(where) or Fraction(0)) / 100) if where in self.form else before

    def limit(self, resource: str, year: int, before: PortfolioSettings) -> Amount | None:
        """An empty field is no limit; a year that the form does not show keeps what it had."""
        where = limit_field(resource, year)
        if where in self.form:
            value = self.number(where)
            return None if value is None else exact(value)
        return before.limits[resource][before.years.index(year)] if year in before.years else None

    def years(self, before: PortfolioSettings) -> tuple[int, ...]:
        """As many years as before, from the year that was typed."""
        first = self.whole("first_year", before.years[0])
        count = self.whole("year_count", len(before.years))
        if not (2000 <= first <= 2100 and 1 <= count <= MOST_YEARS):
            self.findings.append(Finding("settings_years", where="first_year", details={"most": MOST_YEARS}))
            return before.years
        return tuple(range(first, first + count))

    def wish(self, code: str, before: Wish) -> Wish:
        where = wish_field(code, "choice")
        choice = self.form.get(where, before.choice)
        pressed, _, about = self.form.get(PRESSED, "").partition(":")
        if about == code:
            choice = pressed
        if choice not in CHOICES:
            self.findings.append(Finding("settings_choice", where=where))
            choice = "free"
        window = [self.year(wish_field(code, part), getattr(before, part)) for part in ("earliest", "latest")]
        return Wish(cast(Choice, choice), *window)

    def year(self, where: str, before: int | None) -> int | None:
        if where not in self.form:
            return before
        return self.whole(where, 0) or None

    def ticked(self, where: str, before: bool) -> bool:
        """A box that is not ticked is not sent at all, so the form says with `boxes` that it has some."""
        return where in self.form if "boxes" in self.form else before
