"""Which fields of the frame say what a relief changes? From changes of the problem to what a person would have typed.

A limit is typed without what is freed, which stays on top of it, so it grows by the same amount. What belongs to an
initiative itself (a prerequisite, an exclusion, its own start window) no field of the frame can say; then there is
only the way to that initiative. Nothing is saved here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from planner.domain.candidates import Candidate
from planner.domain.initiatives import Amount
from planner.domain.limits import Window
from planner.domain.relief import Change, Excess
from planner.domain.rules import Follows, Must, MustNot, Rule
from planner.domain.rules_groups import AtLeast, NeedFloor
from planner.domain.settings import PortfolioSettings, count_field, floor_field, limit_field, wish_field

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expressed:
    """fields: name -> what is to stand there. unticked: boxes to leave out. elsewhere: the initiatives that must be
    changed themselves; where there are any, the frame alone does not do it."""

    fields: Fields
    unticked: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def expressed(changes: Iterable[Change], settings: PortfolioSettings, candidates: Sequence[Candidate]) -> Expressed:
    """settings, candidates: those of the problem that the changes are of."""
    fields: dict[str, str] = {}
    unticked: dict[str, None] = {}
    elsewhere: dict[str, None] = {}
    for change in changes:
        if isinstance(change, Excess):
            fields |= _raised(change, settings)
        elif isinstance(change.rule, Follows):
            unticked["follows"] = None
        else:
            said = _dropped(change.rule, candidates)
            fields |= said or {}
            elsewhere |= {} if said else dict.fromkeys(_concerned(change.rule, candidates))
    return Expressed(fields, tuple(unticked), tuple(elsewhere))


def _raised(change: Excess, settings: PortfolioSettings) -> Fields:
    """Empty where the frame of today has no such limit any more."""
    if change.year not in settings.years or change.resource not in settings.limits:
        return {}
    limit = settings.limits[change.resource][settings.years.index(change.year)]
    return {} if limit is None else {limit_field(change.resource, change.year): _typed(limit + change.by)}


def _typed(amount: Amount) -> str:
    """As many digits as a field shows, upwards: a hair less than what is needed would not do."""
    if isinstance(amount, int):
        return str(amount)
    hundredths = ceil(Fraction(amount) * 100)
    return f"{hundredths // 100},{hundredths % 100:02}"


def _dropped(rule: Rule, candidates: Sequence[Candidate]) -> Fields:
    """Empty for what no field can say."""
    if isinstance(rule, Must | MustNot):
        return {wish_field(rule.initiative, "choice"): "free"}
    if isinstance(rule, Window):
        own = next((one for one in candidates if one.code == rule.initiative), None)
        if own is None or own.earliest is not None or own.latest is not None:
            return {}
        return {wish_field(rule.initiative, part): "" for part in ("earliest", "latest")}
    if isinstance(rule, AtLeast) and rule.theme is not None:
        return {count_field(rule.theme): ""}
    if isinstance(rule, NeedFloor) and rule.of is None:
        by = "factor" if rule.factor is not None else "segment"
        return {floor_field(by, rule.factor or rule.segment or ""): ""}
    return {}


def _concerned(rule: Rule, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Whose page the rule is changed on: the one that requires, or those that exclude each other."""
    codes = {candidate.code for candidate in candidates}
    one = getattr(rule, "initiative", None)
    return tuple(code for code in ((one,) if one else getattr(rule, "of", None) or ()) if code in codes)
