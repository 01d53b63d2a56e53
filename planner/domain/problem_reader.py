"""Is each value in a problem file of the kind it must be, and does every id it names exist?

The reading half of `planner.domain.problem_file`: it walks the decoded JSON once and collects findings. A value
that is wrong comes back as None and the walk goes on, so that everything is reported together.
"""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from math import fsum, isfinite
from typing import Any, TypeVar

from planner.domain.findings import blocking
from planner.domain.initiatives import Amount, Initiative
from planner.domain.json_values import ValueReader, pointer
from planner.domain.limits import Resource
from planner.domain.problem import CLOSURES, TOLERANCE, Problem, Weights
from planner.domain.problem_needs import Need
from planner.domain.rules import Rule
from planner.domain.rules_groups import RULES

FORMAT = "malrett-problem/1"
T = TypeVar("T")
COSTS = ("start_cost", "yearly_cost")

KEYS = ("format", "title", "years", "needs", "resources", "initiatives")
OPTIONAL = ("effect_years", "closure", "gap", "reserve", "rules", "weights")
INITIATIVE_OPTIONAL = ("start_cost", "yearly_cost", "profile", "started", "delay", "chance", "earliest", "latest")
SELECTORS = {"at_least": ("theme", "of"), "at_most": ("theme", "of"), "need_floor": ("segment", "factor", "of")}
RULE_KEYS: dict[str, tuple[str, ...]] = {
    **{"must": ("initiative",), "must_not": ("initiative",), "follows": ("initiative", "themes")},
    **{"requires_all": ("initiative", "of"), "requires_any": ("initiative", "of")},
    **{"excludes": ("of",), "together": ("of",)},
    **{"at_least": ("count",), "at_most": ("count",), "need_floor": ("share",)},
}


class Reader(ValueReader):
    """One walk through one problem file. `findings` fills up as it goes."""

    # Parts of a problem

    def problem(self, data: Any) -> Problem | None:
        facts = self.object(data, "", KEYS, OPTIONAL)
        if facts.get("format", FORMAT) != FORMAT:
            self.wrong("problem_wrong_format", "/format", expected=FORMAT)
        years = self.years(facts.get("years", [0]))
        resources = self.many(facts, "resources", lambda value, where: self.resource(value, where, len(years)))
        needs = self.many(facts, "needs", self.need)
        if not isfinite(sum(need.points for need in needs)):
            self.wrong("problem_not_finite", "/needs")
        # Asked of the file and not of what could be read: one broken need is not ninety unknown ids besides.
        self.names = {part: _ids(facts.get(part)) for part in ("needs", "resources", "initiatives")}
        initiatives = self.many(facts, "initiatives", lambda value, where: self.initiative(value, where, years))
        listed = enumerate(self.items(facts.get("rules", []), "/rules"))
        rules = [self.rule(value, pointer("/rules", index)) for index, value in listed]
        self._both_must_and_must_not(facts.get("rules"))
        title = self.text(facts["title"], "/title") if "title" in facts else ""
        horizon = self.whole(facts["effect_years"], "/effect_years", 1) if "effect_years" in facts else None
        gap = self.amount(facts.get("gap", 0), "/gap")
        reserve = self.share(facts.get("reserve", 0), "/reserve")
        closure = next((one for one in CLOSURES if one == facts.get("closure", "product")), None)
        if closure is None:
            self.wrong("problem_unknown_closure", "/closure")
        weights = self.weights(facts["weights"], needs) if "weights" in facts else None
        if blocking(self.findings) or title is None or gap is None or reserve is None or closure is None:
            return None
        rest = (horizon, closure, float(gap), reserve, weights)
        kept = tuple(rule for rule in rules if rule is not None)
        return Problem(title, tuple(years), tuple(needs), tuple(resources), tuple(initiatives), kept, *rest)

    def years(self, value: Any) -> list[int]:
        listed = enumerate(self.items(value, "/years"))
        years = [year for index, one in listed if (year := self.whole(one, f"/years/{index}")) is not None]
        if isinstance(value, list) and (not years or any(b - a != 1 for a, b in pairwise(years))):
            self.wrong("problem_years", "/years")
        return years

    def many(self, facts: dict[str, Any], part: str, read: Callable[[Any, str], T | None]) -> list[T]:
        """Every entry of a list of things with ids; a repeated id is reported where it stands the second time."""
        values, seen, found = self.items(facts.get(part, []), f"/{part}"), set(), []
        for index, value in enumerate(values):
            where = f"/{part}/{index}"
            one = read(value, where)
            found += [] if one is None else [one]
            name = value.get("id") if isinstance(value, dict) else None
            if isinstance(name, str) and name in seen:
                self.wrong("problem_duplicate_id", f"{where}/id", id=name)
            seen.add(name if isinstance(name, str) else None)
        return found

    def need(self, value: Any, where: str) -> Need | None:
        facts = self.object(value, where, ("id", "points"), ("statement", "segment", "factor"))
        if not {"id", "points"} <= facts.keys():
            return None
        name, points = self.id(facts["id"], f"{where}/id"), self.amount(facts["points"], f"{where}/points")
        groups = [
            self.text(facts[g], f"{where}/{g}") if g in facts else None for g in ("statement", "segment", "factor")
        ]
        return None if name is None or points is None else Need(name, float(points), *groups)

    def resource(self, value: Any, where: str, years: int) -> Resource | None:
        facts = self.object(value, where, ("id", "unit", "limit"), ("total_limit",))
        if not {"id", "unit", "limit"} <= facts.keys():
            return None
        name, unit = self.id(facts["id"], f"{where}/id"), self.text(facts["unit"], f"{where}/unit")
        listed = self.items(facts["limit"], f"{where}/limit")
        if isinstance(facts["limit"], list) and len(listed) != years:
            self.wrong("problem_limit_length", f"{where}/limit", expected=years, found=len(listed))
        limit = [None if a is None else self.amount(a, f"{where}/limit/{index}") for index, a in enumerate(listed)]
        total = facts.get("total_limit")
        total = None if total is None else self.amount(total, f"{where}/total_limit")
        if name is None or unit is None or len(listed) != years:
            return None
        return Resource(name, unit, tuple(limit), total)

    def initiative(self, value: Any, where: str, years: list[int]) -> Initiative | None:
        facts = self.object(value, where, ("id", "title", "theme", "effects"), INITIATIVE_OPTIONAL)
        if not {"id", "title", "theme", "effects"} <= facts.keys():
            return None
        before = len(self.findings)
        costs = {key: self.per_id(facts.get(key, {}), f"{where}/{key}", "resources", self.amount) for key in COSTS}
        profile = self.per_id(facts.get("profile", {}), f"{where}/profile", "resources", self._profile)
        effects: dict[str, Amount] = self.per_id(facts["effects"], f"{where}/effects", "needs", self.share)
        texts = {key: self.text(facts[key], f"{where}/{key}") for key in ("title", "theme")}
        texts["id"] = self.id(facts["id"], f"{where}/id")
        calendar = {
            key: self.whole(facts[key], f"{where}/{key}") if key in facts else None
            for key in ("started", "earliest", "latest")
        }
        delay = self.whole(facts.get("delay", 0), f"{where}/delay", 0)
        chance = self.share(facts.get("chance", 1), f"{where}/chance")
        if calendar["started"] is not None and years and calendar["started"] >= years[0]:
            self.wrong("problem_started_inside", f"{where}/started", year=calendar["started"])
        if len(self.findings) > before or chance is None or delay is None:
            return None
        shares = {need: float(effect) for need, effect in effects.items()}
        rest: dict[str, Any] = {**texts, **costs, **calendar}
        return Initiative(effects=shares, profile=profile, delay=delay, chance=float(chance), **rest)

    def per_id(self, value: Any, where: str, part: str, read: Callable[[Any, str], T | None]) -> dict[str, T]:
        """id -> value, where every id is declared in that part of the file."""
        found: dict[str, T] = {}
        for name, inner in (self.mapping(value, where) or {}).items():
            at = pointer(where, name)
            if name not in self.names[part]:
                code = "problem_undeclared_resource" if part == "resources" else "problem_unknown_id"
                self.wrong(code, at, id=name)
            one = read(inner, at)
            found |= {} if one is None else {name: one}
        return found

    def _profile(self, value: Any, where: str) -> tuple[Amount, ...]:
        listed = enumerate(self.items(value, where))
        return tuple(a for index, one in listed if (a := self.amount(one, f"{where}/{index}")) is not None)

    # Rules and weights

    def rule(self, value: Any, where: str) -> Rule | None:
        named = value.get("kind") if isinstance(value, dict) else None
        kind = next((kind for kind in RULES if kind.kind == named), None)
        if kind is None:
            if isinstance(value, dict):
                self.wrong("problem_unknown_kind", f"{where}/kind", kind=str(named))
            else:
                self.wrong_type(where, "object")
            return None
        before = len(self.findings)
        selectors = SELECTORS.get(kind.kind, ())
        optional = (*selectors, *(("year",) if kind.kind == "must" else ()))
        facts = self.object(value, where, ("kind", *RULE_KEYS[kind.kind]), optional)
        if selectors and sum(key in facts for key in selectors) != 1:
            self.wrong("problem_selectors", where, keys=", ".join(selectors))
        part = "needs" if kind.kind == "need_floor" else "initiatives"
        read = {key: self._rule_value(key, facts[key], f"{where}/{key}", part) for key in facts if key != "kind"}
        return kind(**read) if len(self.findings) == before else None

    def _rule_value(self, key: str, value: Any, where: str, part: str) -> Any:
        if key in ("year", "count"):
            return self.whole(value, where, 0 if key == "count" else None)
        if key == "share":
            share = self.share(value, where)
            return None if share is None else float(share)
        if key in ("of", "themes"):
            return self._names(value, where, part if key == "of" else None)
        name = self.text(value, where)
        if key == "initiative" and name is not None and name not in self.names["initiatives"]:
            self.wrong("problem_unknown_id", where, id=name)
        return name

    def _names(self, value: Any, where: str, part: str | None) -> tuple[str, ...]:
        listed = self.items(value, where)
        names = [name for index, one in enumerate(listed) if (name := self.text(one, f"{where}/{index}")) is not None]
        if part and isinstance(value, list) and not listed:
            self.wrong("problem_empty_of", where)
        for name, count in Counter(names).items():
            at = f"{where}/{listed.index(name)}"
            if count > 1:
                self.wrong("problem_repeated", at, id=name)
            if part and name not in self.names[part]:
                self.wrong("problem_unknown_id", at, id=name)
        return tuple(names)

    def _both_must_and_must_not(self, rules: Any) -> None:
        entries = [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
        locked_in = {str(rule.get("initiative")) for rule in entries if rule.get("kind") == "must"}
        for index, rule in enumerate(rules if isinstance(rules, list) else []):
            if isinstance(rule, dict) and rule.get("kind") == "must_not" and str(rule.get("initiative")) in locked_in:
                self.wrong("problem_must_and_must_not", f"/rules/{index}", id=str(rule.get("initiative")))

    def weights(self, value: Any, needs: list[Need]) -> Weights | None:
        facts = self.object(value, "/weights", ("by", "nominal"), ("at_least", "range"))
        by = facts.get("by")
        if "by" in facts and by not in ("segment", "factor"):
            self.wrong_type("/weights/by", "segment_or_factor")
        if by not in ("segment", "factor") or "nominal" not in facts:
            return None
        entries = self.mapping(facts["nominal"], "/weights/nominal") or {}
        nominal = {group: self.share(w, pointer("/weights/nominal", group)) for group, w in entries.items()}
        shares = {group: float(share) for group, share in nominal.items() if share is not None}
        if len(shares) == len(nominal) and abs(fsum(shares.values()) - 1) > TOLERANCE:
            self.wrong("problem_weights_sum", "/weights/nominal", sum=fsum(shares.values()))
        for group in sorted({str(need.group(by)) for need in needs} - {*nominal}):
            self.wrong("problem_weights_missing", "/weights/nominal", group=group)
        pairs = [self._pair(pair, f"/weights/at_least/{i}", nominal) for i, pair in self._enumerated(facts, "at_least")]
        ranges = self.mapping(facts.get("range", {}), "/weights/range") or {}
        spans = {g: self._span(span, pointer("/weights/range", g), g in nominal) for g, span in ranges.items()}
        if blocking(self.findings):
            return None
        return Weights(by, shares, tuple(p for p in pairs if p), {g: span for g, span in spans.items() if span})

    def _enumerated(self, facts: dict[str, Any], key: str) -> list[tuple[int, Any]]:
        return list(enumerate(self.items(facts.get(key, []), f"/weights/{key}")))

    def _pair(self, value: Any, where: str, nominal: dict[str, Any]) -> tuple[str, str] | None:
        names = self._names(value, where, None)
        if len(names) != 2:
            self.wrong_type(where, "pair")
            return None
        for name in (name for name in names if name not in nominal):
            self.wrong("problem_unknown_id", where, id=name)
        return names[0], names[1]

    def _span(self, value: Any, where: str, known: bool) -> tuple[float, float] | None:
        if not known:
            self.wrong("problem_unknown_id", where, id=where.rsplit("/", 1)[-1])
        ends = [self.share(one, f"{where}/{index}") for index, one in enumerate(self.items(value, where))]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            self.wrong_type(where, "range")
            return None
        return float(ends[0]), float(ends[1])


def _ids(values: Any) -> set[str]:
    entries = values if isinstance(values, list) else []
    return {entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
