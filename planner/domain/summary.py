"""What do we keep of a survey once it is imported? All that later pages need, and no respondent.

The counts per segment and statement, the covariances (raked where margins were known) and the account of the rows, in
one small document. Never keeps a row of answers, and is not itself fit to show: `gap_table` decides what may be seen.
"""

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

import numpy as np

from planner.domain.answers import Answers, Floats
from planner.domain.estimates import Tally, estimate, tally
from planner.domain.mapping import Segment
from planner.domain.measures import CLASSIC, PAIRED, UNMET, Table
from planner.domain.set_aside import SetAside
from planner.domain.statements import Statement
from planner.domain.weighting import Raking

FORMAT = "malrett-survey/1"
Weighting = Literal["none", "file", "raked"]
# A covariance of fewer respondents than this says more about them than about chance.
COVARIANCE_FROM = 10


@dataclass(frozen=True, slots=True, eq=False)
class SurveySummary:
    """G segments, J statements.

    respondents, weight: [G] used rows and their Σw. covariance: measure («unmet», «classic») → [G + 1, J, J], the last
    for everyone; zero for segments with fewer than COVARIANCE_FROM respondents. Its diagonal is the variance: raked
    where `weighting` is «raked». rows_in: rows in the file. set_aside: (reason, number of rows).
    """

    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    tally: Tally
    covariance: dict[str, Floats]
    respondents: tuple[int, ...]
    weight: tuple[float, ...]
    rows_in: int
    set_aside: tuple[tuple[str, int], ...]
    weighting: Weighting
    misprinted: bool = False

    @property
    def rows_used(self) -> int:
        return sum(self.respondents)

    def variance(self, name: str) -> Floats:
        """[G + 1, J] of a measure; 0 where it is not known."""
        diagonals: Floats = np.diagonal(self.covariance[name], axis1=1, axis2=2)
        return diagonals

    def to_document(self) -> dict[str, Any]:
        """A plain dict for JSON: counts as sparse lists, covariances as base64 of little-endian float64 triangles."""
        return {
            "format": FORMAT,
            "statements": [asdict(statement) for statement in self.statements],
            "segments": [asdict(segment) for segment in self.segments],
            "respondents": list(self.respondents),
            "weight": list(self.weight),
            "rows_in": self.rows_in,
            "set_aside": [list(pair) for pair in self.set_aside],
            "weighting": self.weighting,
            "misprinted": self.misprinted,
            "pairs": _sparse(self.tally.pairs),
            "dont_know": _sparse(self.tally.dont_know),
            "importance_dont_know": _sparse(self.tally.importance_dont_know[..., None, :]),
            "covariance": {name: [_packed(one) for one in stack] for name, stack in sorted(self.covariance.items())},
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "SurveySummary":
        """Raises ValueError when the document is not a survey summary."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        try:
            statements = tuple(Statement(**one) for one in document["statements"])
            segments = tuple(Segment(**one) for one in document["segments"])
            shape = (len(segments), len(statements))
            return cls(
                statements=statements,
                segments=segments,
                tally=Tally(
                    _dense(document["pairs"], (*shape, 64, 3)),
                    _dense(document["dont_know"], (*shape, 8, 2)),
                    _dense(document["importance_dont_know"], (*shape, 1, 2))[:, :, 0],
                ),
                covariance={
                    name: np.stack([_unpacked(one, shape[1]) for one in stack])
                    for name, stack in document["covariance"].items()
                },
                respondents=tuple(document["respondents"]),
                weight=tuple(document["weight"]),
                rows_in=document["rows_in"],
                set_aside=tuple((reason, count) for reason, count in document["set_aside"]),
                weighting=cast(Weighting, document["weighting"]),
                misprinted=document["misprinted"],
            )
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"not a whole survey summary: {error}") from error


def summarise(answers: Answers, set_aside: Sequence[SetAside] = (), raking: Raking | None = None) -> SurveySummary:
    """Count the answers, once. raking: replaces the weights in the answers, and its margins sharpen the variances."""
    if raking is not None:
        answers = answers.with_weight(raking.normalised())
    counted = tally(answers)
    groups = len(answers.segments)
    domains = [answers.segment == g for g in range(groups)]
    domains.append(np.ones(len(answers), dtype=np.bool_))
    covariance = {
        name: np.stack([_covariance(answers, domain, table, raking) for domain in domains])
        for name, table in (("unmet", UNMET), ("classic", CLASSIC))
    }
    weighting: Weighting = "raked" if raking is not None else "file" if answers.weighted else "none"
    return SurveySummary(
        statements=answers.statements,
        segments=answers.segments,
        tally=counted,
        covariance=covariance,
        respondents=tuple(int(x) for x in np.bincount(answers.segment, minlength=groups)),
        weight=tuple(float(x) for x in np.bincount(answers.segment, answers.weight, minlength=groups)),
        rows_in=len(answers) + len(set_aside),
        set_aside=tuple(sorted(Counter(one.reason for one in set_aside).items())),
        weighting=weighting,
        misprinted=answers.misprinted,
    )


def influence(answers: Answers, domain: Any, table: Table, raking: Raking | None = None) -> Floats:
    """[n, J] z: how far each respondent moves each statement's estimate; Σz² (with its factor) is the variance.

    domain: [n] True for those in the group. With raking, the part the margins explain is taken out first.
    """
    code = answers.importance.astype(np.int64) * 8 + answers.likelihood
    return linearised(table[code], PAIRED[code] & domain[:, None], answers.weight, raking)


def linearised(values: Floats, member: Any, weight: Floats, raking: Raking | None = None) -> Floats:
    """[n, J] the same of any figures: the mean of `values` [n, J] among the `member` [n, J] by `weight` [n].

    Taylor linearisation with replacement; with raking, residuals on the margins (Deville and Särndal 1992).
    """
    mass = np.where(member, weight[:, None], 0.0)
    total = mass.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (mass * values).sum(axis=0) / total
        score = np.nan_to_num(np.where(member, values - mean, 0.0) / total)
    n = len(weight) if raking is not None else member.sum(axis=0)
    if raking is None:
        z = weight[:, None] * score
    else:
        z = weight[:, None] * raking.residuals(score)
        z = z - z.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(n > 1, np.sqrt(n / np.maximum(np.asarray(n) - 1, 1)), 0.0)
    scaled: Floats = z * factor
    return scaled


def _covariance(answers: Answers, domain: Any, table: Table, raking: Raking | None) -> Floats:
    if domain.sum() < COVARIANCE_FROM and not domain.all():
        return np.zeros((len(answers.statements), len(answers.statements)))
    z = influence(answers, domain, table, raking)
    squared: Floats = z.T @ z
    return squared


def variance_of(summary: SurveySummary, name: str, table: Table) -> Floats:
    """[G + 1, J] variances: from the counts, or the raked ones where the margins were known."""
    histograms = np.concatenate([summary.tally.pairs, summary.tally.everyone()[None]])
    plain = estimate(histograms, table).variance
    raked = summary.variance(name)
    return np.where((summary.weighting == "raked") & (raked > 0), raked, plain)


def _sparse(counts: Floats) -> list[list[list[float]]]:
    """[G][J] → a flat list: code, number, Σw, Σw² … for codes that occur."""
    return [
        [[_short(x) for code in np.flatnonzero(cell[:, 0]) for x in (code, *cell[code])] for cell in group]
        for group in counts
    ]


def _short(number: float) -> float:
    return int(number) if float(number).is_integer() else float(number)


def _dense(lists: list[list[list[float]]], shape: tuple[int, ...]) -> Floats:
    dense = np.zeros(shape)
    for g, group in enumerate(lists):
        for j, flat in enumerate(group):
            entries = np.array(flat, dtype=np.float64).reshape(-1, shape[-1] + 1)
            dense[g, j, entries[:, 0].astype(np.int64)] = entries[:, 1:]
    return dense


def _packed(matrix: Floats) -> str:
    return base64.b64encode(matrix[np.triu_indices(len(matrix))].astype("<f8").tobytes()).decode("ascii")


def _unpacked(text: str, size: int) -> Floats:
    matrix = np.zeros((size, size))
    matrix[np.triu_indices(size)] = np.frombuffer(base64.b64decode(text), dtype="<f8")
    whole: Floats = matrix + np.triu(matrix, 1).T
    return whole
