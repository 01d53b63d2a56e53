"""What must the plan keep to, by people's choice: which frame, which wishes, how broad?

The settings of the page «Prioritering», before they meet needs and initiatives (`question` puts them together). Shares
are 0–1 here, per cent on the page. Nothing here is solved, and nothing knows whether a plan can keep it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, exact, plain
from planner.domain.problem import CLOSURES, Closure
from planner.domain.statements import BLI_FACTORS
from planner.domain.typed import Refused

Choice = Literal["free", "must", "must_not"]
CHOICES: tuple[Choice, ...] = get_args(Choice)

UNITS: Mapping[str, str] = MappingProxyType({"investment": "1000 kr", "operating": "1000 kr", "staff": "månedsverk"})
"""The resources of a plan, in the order they are shown, with their units."""

LARGEST = 10_000_000  # 10 milliard kroner: past any frame this is meant for
MOST_YEARS, MOST_EFFECT_YEARS = 10, 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What is decided about one initiative beforehand. earliest, latest: calendar years it may start in (None: any)."""

    choice: Choice = "free"
    earliest: int | None = None
    latest: int | None = None

    def __post_init__(self) -> None:
        if self.choice not in CHOICES:
            raise ValueError(f"unknown choice {self.choice!r}")

    @property
    def says_something(self) -> bool:
        return self != Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSettings:
    """The whole frame. Raises Refused with every Finding; `where` is the name of the form field.

    years: consecutive calendar years. limits: resource -> one amount a year, None for no limit.
    reserve: the share of every limit that is held back («mulighetspott»). wishes: code -> Wish, only those that say
    something. factor_floors, segment_floors: the least share of the need there that must be closed. counts: factor ->
    how many initiatives at least. follows: whether recruiting needs housing and belonging beside it. effect_years: how
    many years, from the first one of the plan, effects are counted over.
    """

    years: tuple[int, ...]
    limits: Mapping[str, tuple[Amount | None, ...]]
    reserve: Amount = 0
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    factor_floors: Mapping[str, Amount] = field(default_factory=dict)
    segment_floors: Mapping[str, Amount] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    follows: bool = True
    effect_years: int = 4
    closure: Closure = "product"

    def __post_init__(self) -> None:
        findings = [*self._year_findings(), *self._limit_findings(), *self._share_findings(), *self._wish_findings()]
        if findings:
            raise Refused(findings)
        limits = {r: tuple(None if a is None else exact(a) for a in self.limits[r]) for r in UNITS}
        object.__setattr__(self, "limits", MappingProxyType(limits))
        object.__setattr__(self, "reserve", exact(self.reserve))
        for name in ("factor_floors", "segment_floors"):
            shares = {group: exact(share) for group, share in sorted(getattr(self, name).items()) if share}
            object.__setattr__(self, name, MappingProxyType(shares))
        counts = {factor: count for factor, count in sorted(self.counts.items()) if count}
        object.__setattr__(self, "counts", MappingProxyType(counts))
        wishes = {code: wish for code, wish in sorted(self.wishes.items()) if wish.says_something}
        object.__setattr__(self, "wishes", MappingProxyType(wishes))

    def wish(self, code: str) -> Wish:
        return self.wishes.get(code, Wish())

    # --- What makes settings impossible ------------------------------------------------------------------------------

    def _year_findings(self) -> Iterator[Finding]:
        if not 1 <= len(self.years) <= MOST_YEARS or any(later - year != 1 for year, later in pairwise(self.years)):
            yield Finding("settings_years", where="years", details={"most": MOST_YEARS})
        if not 1 <= self.effect_years <= MOST_EFFECT_YEARS:
            yield Finding("settings_effect_years", where="effect_years", details={"most": MOST_EFFECT_YEARS})
        if self.closure not in CLOSURES:
            yield Finding("settings_closure", where="closure")

    def _limit_findings(self) -> Iterator[Finding]:
        if set(self.limits) != set(UNITS) or any(len(row) != len(self.years) for row in self.limits.values()):
            raise ValueError("limits have one entry a year for each resource")
        for resource, row in self.limits.items():
            for year, amount in zip(self.years, row, strict=True):
                if amount is not None and not 0 <= amount <= LARGEST:
                    code = "settings_negative" if amount < 0 else "settings_too_large"
                    yield Finding(code, where=limit_field(resource, year), details={"year": year, "most": LARGEST})

    def _share_findings(self) -> Iterator[Finding]:
        shares = {"reserve": self.reserve} | {floor_field("factor", f): s for f, s in self.factor_floors.items()}
        shares |= {floor_field("segment", segment): share for segment, share in self.segment_floors.items()}
        for where, share in shares.items():
            if not 0 <= share <= 1:
                yield Finding("settings_not_a_share", where=where)
        for factor, count in self.counts.items():
            if not 0 <= count <= 1000:
                yield Finding("settings_negative", where=count_field(factor))

    def _wish_findings(self) -> Iterator[Finding]:
        for code, wish in self.wishes.items():
            if wish.earliest is not None and wish.latest is not None and wish.earliest > wish.latest:
                details: dict[str, str | int | float] = {"code": code, "from": wish.earliest, "to": wish.latest}
                yield Finding("settings_window_backwards", where=wish_field(code, "latest"), details=details)

    # --- As a document -----------------------------------------------------------------------------------------------

    def to_document(self) -> dict[str, Any]:
        """JSON-ready; reading it back gives equal settings."""
        return {
            "years": list(self.years),
            "limits": {r: [None if a is None else plain(a) for a in row] for r, row in self.limits.items()},
            "reserve": plain(self.reserve),
            "wishes": {code: asdict(wish) for code, wish in self.wishes.items()},
            "factor_floors": {factor: plain(share) for factor, share in self.factor_floors.items()},
            "segment_floors": {segment: plain(share) for segment, share in self.segment_floors.items()},
            "counts": dict(self.counts),
            **{name: getattr(self, name) for name in ("follows", "effect_years", "closure")},
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "PortfolioSettings":
        """Settings we wrote ourselves. Raises KeyError, TypeError, ValueError or Refused for anything else."""
        return cls(
            years=tuple(document["years"]),
            limits={r: tuple(None if a is None else exact(a) for a in row) for r, row in document["limits"].items()},
            reserve=exact(document["reserve"]),
            wishes={code: Wish(**wish) for code, wish in document["wishes"].items()},
            factor_floors={factor: exact(share) for factor, share in document["factor_floors"].items()},
            segment_floors={segment: exact(share) for segment, share in document["segment_floors"].items()},
            counts=dict(document["counts"]),
            follows=bool(document["follows"]),
            effect_years=document["effect_years"],
            closure=cast(Closure, document["closure"]),
        )


def usual_settings(first_year: int) -> PortfolioSettings:
    """What the page opens with: four years, no limits yet, every bli-faktor free, `follows` on."""
    years = tuple(range(first_year, first_year + 4))
    return PortfolioSettings(years=years, limits={resource: (None,) * len(years) for resource in UNITS})


# --- The names of the form fields, which are also where a Finding points ---------------------------------------------


def limit_field(resource: str, year: int) -> str:
    return f"limit-{resource}-{year}"


def limits_field(resource: str) -> str:
    """No field: all of a resource together, for what is said of every year at once."""
    return f"limit-{resource}"


def floor_field(by: str, group: str) -> str:
    """by: factor or segment."""
    return f"floor-{by}-{group}"


def count_field(factor: str) -> str:
    return f"count-{factor}"


def wish_field(code: str, part: str) -> str:
    """part: choice, earliest or latest."""
    return f"wish-{part}-{code}"


BREADTH: Sequence[str] = BLI_FACTORS
"""The factors that may be given a least share and a least number."""
