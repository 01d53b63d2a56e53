"""What did a kept plan rest on? Everything a paper tells besides the problem and its result.

One document, stored beside a kept plan as its `context` and never changed after: a paper printed in five years says
what was known on the day. Codes, ids and figures only, no sentence in any language, so that it prints in all of them.

A paper is made from four parts of a kept plan: the problem (`problem_file.read_problem`), the result (malrett-result/1:
chosen with years, used, value_by_year, closed, after, status, bound, gap), its sha256, and this `Basis`:

    municipality, plan_name, is_sample   whose plan; a sample says so on every page of the paper
    statements                           what people were asked, with id, text and factor
    segments                             the groups: name, how many answered, the weight α the municipality gave them
    survey                               rows in the file, rows used, rows set aside by reason, how they were weighted
    weights                              by which choice groups and factors counted
    needs                                the needs table as it was shown, largest unmet need first
    candidates, freed                    everything about each initiative (gross, grants, kilde, ansvarlig, partnere …),
                                         and «noe vi slutter med»
    settings                             the frame, the wishes and the breadth that were asked for
    left_out                             each initiative that is not in the plan, with the reason and its figures
    unreached                            what the plan does not reach, and why
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from planner.domain import candidate_documents as documents
from planner.domain.candidates import Candidate
from planner.domain.freed import Freed
from planner.domain.settings import PortfolioSettings
from planner.domain.statements import Statement

FORMAT = "malrett-basis/1"

Reason = Literal[
    # By decision or by rule. other: the codes or themes it hangs on.
    "must_not",  # people said that it shall not be in
    "window",  # no plan year lies inside the years it may start in
    "excludes",  # other: a chosen initiative that it cannot stand beside
    "requires_all",  # other: prerequisites that are not chosen
    "requires_any",  # other: prerequisites, none of which is chosen
    "follows",  # other: themes of which none is chosen
    "together",  # other: those of its group that are not chosen
    "at_most",  # the group or theme (other) has as many as it may have
    "too_late",  # other: chosen ones that it must wait for, and that start after the last year it may start in
    # By effect.
    "no_effect",  # it closes nothing that is not closed already
    # By the frame. resource, year: the tightest spot of the start year that comes nearest to fitting.
    "never_fits",  # more than the whole frame, whatever else is chosen
    "no_room",  # more than what the chosen ones leave; they give more for the frame
    # Only where a plan is not proven to the last digit.
    "fits",  # there is room, and it would add `adds` points
]

Reach = Literal["no_initiative", "others_decide", "not_chosen"]
REACHES: tuple[Reach, ...] = get_args(Reach)
"""Why: no initiative reaches it; only initiatives of county or state do; those that do are not chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One initiative that is not in the plan, and the first reason in the order of `Reason` that holds.

    other: codes or themes. For «never_fits» and «no_room»: with a start in `start` it takes `takes` of `resource` in
    `year`, where `left` is free (units of the resource). adds: points it would add, for «fits».
    """

    code: str
    reason: Reason
    other: tuple[str, ...] = ()
    start: int | None = None
    resource: str = ""
    year: int | None = None
    takes: float = 0
    left: float = 0
    adds: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A statement of which the plan closes nothing in some segments. points: what they hold there, of 100."""

    statement: str
    segments: tuple[str, ...]
    reason: Reach
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFacts:
    """respondents: rows used. share: the weight α, 0–1. few: too few answered to show figures of their own."""

    id: str
    name: str
    respondents: int
    share: float
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFacts:
    """weighting: none, file or raked. set_aside: (reason, number of rows).

    weighted_by: the headings it was raked to; people_from: where the numbers of people are from, as a person said it.
    """

    rows_in: int
    rows_used: int
    set_aside: tuple[tuple[str, int], ...]
    weighting: str
    weighted_by: tuple[str, ...] = ()
    people_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFacts:
    """What stood in for a survey. kind: shares, means or workshop. source: as the municipality said it."""

    kind: str
    source: str
    rows_in: int
    rows_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFacts:
    """By which choice groups and factors counted (see `priorities`). own: factor -> its number, where typed.

    people: whether how many live here in each group was typed; None where an older plan does not say.
    """

    segments: str
    factors: str
    own: tuple[tuple[str, float], ...] = ()
    people: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One statement as the needs page showed it, for everyone. None where too few answered.

    percent: unmet need (low–high: 95 %), whole per cent. importance, likelihood: means on the scale 1–7. classic: their
    difference. certainty: clearly, probably, possibly, hardly among the five largest. points: of 100, all segments.
    by_segment: (segment id, whole per cent, source: own, pooled or borrowed).
    """

    statement: str
    factor: str
    n: int | None
    percent: int | None
    low: int | None
    high: int | None
    classic: float | None
    importance: float | None
    likelihood: float | None
    certainty: str
    points: float
    by_segment: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """See the top of the file. survey is None where nobody's answers were at hand; stated tells what was instead."""

    municipality: str
    plan_name: str
    is_sample: bool
    statements: tuple[Statement, ...]
    segments: tuple[SegmentFacts, ...]
    survey: SurveyFacts | None
    needs: tuple[NeedLine, ...]
    candidates: tuple[Candidate, ...]
    freed: tuple[Freed, ...]
    settings: PortfolioSettings
    left_out: tuple[LeftOut, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    stated: StatedFacts | None = None
    weights: WeightFacts | None = None

    def candidate(self, code: str) -> Candidate:
        """Raises KeyError for a code that is not in the list."""
        return {candidate.code: candidate for candidate in self.candidates}[code]

    def to_document(self) -> dict[str, Any]:
        """JSON-ready; reading it back gives an equal basis."""
        plain = ("municipality", "plan_name", "is_sample")
        lists = ("statements", "segments", "needs", "left_out", "unreached")
        return {
            "format": FORMAT,
            **{name: getattr(self, name) for name in plain},
            **{name: [asdict(one) for one in getattr(self, name)] for name in lists},
            "survey": asdict(self.survey) if self.survey else None,
            "stated": asdict(self.stated) if self.stated else None,
            "weights": asdict(self.weights) if self.weights else None,
            "candidates": [documents.to_document(candidate) for candidate in self.candidates],
            "freed": [documents.freed_to_document(row) for row in self.freed],
            "settings": self.settings.to_document(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Basis":
        """A basis we wrote ourselves. Raises ValueError when it is something else."""
        if document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        # A plan kept by an earlier version of the program has no word for what stood in for a survey, nor for weights.
        survey, stated, weights = document["survey"], document.get("stated"), document.get("weights")
        return cls(
            **{name: document[name] for name in ("municipality", "plan_name", "is_sample")},
            statements=tuple(Statement(**one) for one in document["statements"]),
            segments=tuple(SegmentFacts(**one) for one in document["segments"]),
            survey=_survey(survey) if survey else None,
            stated=StatedFacts(**stated) if stated else None,
            weights=WeightFacts(**{**weights, "own": _pairs(weights["own"])}) if weights else None,
            needs=tuple(NeedLine(**{**one, "by_segment": _pairs(one["by_segment"])}) for one in document["needs"]),
            candidates=tuple(_whole(documents.from_document(one)[0]) for one in document["candidates"]),
            freed=tuple(_whole(documents.freed_from_document(one)[0]) for one in document["freed"]),
            settings=PortfolioSettings.from_document(document["settings"]),
            left_out=tuple(LeftOut(**{**one, "other": tuple(one["other"])}) for one in document["left_out"]),
            unreached=tuple(Unreached(**{**one, "segments": tuple(one["segments"])}) for one in document["unreached"]),
        )


def _survey(document: Mapping[str, Any]) -> SurveyFacts:
    lists = {"set_aside": _pairs(document["set_aside"]), "weighted_by": tuple(document.get("weighted_by", ()))}
    return SurveyFacts(**{**document, **lists})


def _pairs(lists: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(one) for one in lists)


def _whole(read: Any) -> Any:
    if read is None:
        raise ValueError("a candidate of the basis cannot be read")
    return read
