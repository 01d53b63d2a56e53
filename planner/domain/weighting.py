"""How should each respondent count, so that the answers stand for the people who live here? Raking to known margins.

Refuses margins that cannot be met rather than meeting some of them. Weighting mends who answered as far as age and sex
and the like go; it never says anything about those who chose not to answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.answers import Floats, Ints
from planner.domain.findings import Detail, Finding
from planner.domain.pitfalls import HIGH_DEFF

TOLERANCE = 1e-10
MOST_SWEEPS = 2000
TOTALS_AGREE_WITHIN = 0.005
SMALL_LEVEL, LARGE_RATIO = 10, 4.0
TRIM_LOW, TRIM_HIGH, TRIM_CYCLES = 1 / 5, 5.0, 10
UNKNOWN_LEVEL = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """One known distribution. name: «kjønn». levels: each respondent's level, "" unknown. totals: level → people."""

    name: str
    levels: tuple[str, ...]
    totals: tuple[tuple[str, float], ...]

    def merged(self, into: Mapping[str, str]) -> "Margin":
        """With some levels read as others («16–24» as «16–29»): the cure for a level with too few answers."""
        totals: dict[str, float] = {}
        for level, people in self.totals:
            totals[into.get(level, level)] = totals.get(into.get(level, level), 0.0) + people
        return replace(self, levels=tuple(into.get(x, x) for x in self.levels), totals=tuple(totals.items()))


@dataclass(frozen=True, slots=True, eq=False)
class Raking:
    """weight: [n], summing to the population. base: [n], the weights before. dummies: [n, levels], who is in which
    level; together they give the variance that knows the margins are fixed. n_eff, deff: Kish. trimmed: some were cut.
    """

    weight: Floats
    base: Floats
    dummies: Floats
    n_eff: float
    deff: float
    trimmed: bool

    def normalised(self) -> Floats:
        """[n] with mean 1, as answers are counted."""
        scaled: Floats = self.weight / self.weight.mean()
        return scaled

    def residuals(self, scores: Floats) -> Floats:
        """[n, J] what is left of each column after weighted least squares on the margins (base weights)."""
        root = np.sqrt(self.base)[:, None]
        fit, *_ = np.linalg.lstsq(root * self.dummies, root * scores, rcond=None)
        left: Floats = scores - self.dummies @ fit
        return left


def rake(
    margins: Sequence[Margin], base: Floats | None = None, trim: bool = True
) -> tuple[Raking | None, tuple[Finding, ...]]:
    """Weights that meet every margin to TOLERANCE, or None with the findings that say why not.

    base: [n] weights to start from, 1 when not given. One margin of joint levels («k 16–29») is post-stratification.
    """
    findings = [found for margin in margins for found in margin_findings(margin)]
    totals = {margin.name: sum(people for _, people in margin.totals) for margin in margins}
    if totals and max(totals.values()) > (1 + TOTALS_AGREE_WITHIN) * min(totals.values()):
        low, high = min(totals.values()), max(totals.values())
        findings.append(Finding("margins_disagree", details={"low": round(low), "high": round(high)}))
    if not margins or any(found.severity == "error" for found in findings):
        return None, tuple(findings)
    start = np.ones(len(margins[0].levels)) if base is None else np.asarray(base, dtype=np.float64)
    coded = [_coded(margin, start, totals[margins[0].name]) for margin in margins]
    weight = _sweep(start, coded)
    if weight is None:
        return None, (*findings, Finding("raking_did_not_settle"))
    weight, trimmed = _trimmed(weight, coded) if trim else (weight, False)
    n_eff = float(weight.sum() ** 2 / (weight**2).sum())
    deff = len(weight) / n_eff
    if deff > HIGH_DEFF:
        findings.append(Finding("weights_cost_much", "warning", details={"n": len(weight), "n_eff": round(n_eff)}))
    dummies = np.hstack([np.eye(len(target))[level] for level, target in coded])
    return Raking(weight, start, dummies, n_eff, deff, trimmed), tuple(findings)


def margin_findings(margin: Margin) -> list[Finding]:
    """Levels nobody answered in, answers in levels the population has not, and levels too small to lean on."""
    found = []
    counted = {level: margin.levels.count(level) for level in dict(margin.totals)}
    for level in sorted(set(margin.levels) - set(counted) - {UNKNOWN_LEVEL}):
        found.append(Finding("margin_level_unknown", where=margin.name, details={"level": level}))
    people = sum(total for _, total in margin.totals)
    for level, total in margin.totals:
        if total < 0 or not np.isfinite(total):
            found.append(Finding("margin_total_invalid", where=margin.name, details={"level": level}))
        elif total > 0 and not counted[level]:
            found.append(Finding("margin_level_empty", where=margin.name, details={"level": level}))
        elif total == 0 and counted[level]:
            found.append(Finding("margin_total_zero", where=margin.name, details={"level": level}))
        elif counted[level] and (
            counted[level] < SMALL_LEVEL or total / people > LARGE_RATIO * counted[level] / len(margin.levels)
        ):
            details: dict[str, Detail] = {"level": level, "count": counted[level]}
            found.append(Finding("margin_level_small", "warning", margin.name, details))
    return found


def _coded(margin: Margin, base: Floats, total: float) -> tuple[Ints, Floats]:
    """Each respondent's level as a number, and what each level should sum to. Unknown keeps its share of answers."""
    names = [level for level, people in margin.totals if people > 0]
    unknown = np.array([level == UNKNOWN_LEVEL for level in margin.levels], dtype=np.bool_)
    share = float(base[unknown].sum() / base.sum())
    people = np.array([count for _, count in margin.totals if count > 0], dtype=np.float64)
    target = people / people.sum() * total * (1 - share)
    if unknown.any():
        names.append(UNKNOWN_LEVEL)
        target = np.append(target, total * share)
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[level] for level in margin.levels], dtype=np.int64), target


def _sweep(weight: Floats, coded: Sequence[tuple[Ints, Floats]]) -> Floats | None:
    for _ in range(MOST_SWEEPS):
        worst = 0.0
        for level, target in coded:
            factor = target / np.bincount(level, weight, minlength=len(target))
            worst = max(worst, float(np.abs(factor - 1).max()))
            weight = weight * factor[level]
        if worst < TOLERANCE:
            return weight
    return None


def _trimmed(weight: Floats, coded: Sequence[tuple[Ints, Floats]]) -> tuple[Floats, bool]:
    """Cut weights outside 1/5–5 times the median and rake again; the last raking is kept, so the margins are met."""
    trimmed = False
    for _ in range(TRIM_CYCLES):
        middle = float(np.median(weight))
        cut = np.clip(weight, TRIM_LOW * middle, TRIM_HIGH * middle)
        if np.allclose(cut, weight, rtol=1e-6):
            break
        again = _sweep(cut, coded)
        if again is None:
            break
        weight, trimmed = again, True
    return weight, trimmed
