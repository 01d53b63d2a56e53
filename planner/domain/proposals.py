"""What would a new idea do to the plan there is: does it come in, and what would have to go?

The idea is put into the very problem the plan answers, beside everything that was weighed then, and the best plan is
found again. «Comes in» means that the best plan now has it. Never decides anything: the plan stands as it is.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from planner.domain.candidate_initiatives import to_initiative
from planner.domain.candidates import Candidate
from planner.domain.comments import redaction_spans
from planner.domain.problem import Problem
from planner.domain.question import FOLLOWED_BY, FOLLOWS
from planner.domain.resolve import Resolver, changes
from planner.domain.rules import Follows, Starts
from planner.domain.why import ComesIn, FindLeast, Questions, Why, comes_in, settled, why

PREFIX = "N"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the plan would be with the idea among what is weighed.

    comes_in: the best plan has it; start: from that year. gain: points the best plan closes more than the plan shown.
    enters, leaves: what else comes and goes. why, needs: of an idea that does not come in; what would bring it in.
    """

    comes_in: bool
    start: int | None
    gain: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    proven: bool
    why: Why | None = None
    needs: ComesIn | None = None

    def to_document(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in ("comes_in", "start", "gain", "proven")}
        moves = {"enters": list(self.enters), "leaves": list(self.leaves)}
        told = {"why": self.why and self.why.as_json(), "needs": self.needs and self.needs.as_json()}
        return {**plain, **moves, **told}

    @classmethod
    def from_document(cls, facts: Mapping[str, Any]) -> "Verdict":
        moves = {name: tuple(facts[name]) for name in ("enters", "leaves")}
        told = Why.from_json(facts["why"]) if facts["why"] else None
        needs = ComesIn.from_json(facts["needs"]) if facts["needs"] else None
        return cls(**{**facts, **moves, "why": told, "needs": needs})


def may_name_somebody(title: str) -> bool:
    """Whether a title holds what may tell who somebody is. Never says that one without it is safe."""
    return bool(redaction_spans(title))


def is_public(chosen: bool | None, title: str) -> bool:
    """Whether an answered idea is in the public list: as somebody chose, else where its title seems to name nobody."""
    return not may_name_somebody(title) if chosen is None else chosen


def code_of(number: int) -> str:
    """What an idea is called in the list of initiatives."""
    return f"{PREFIX}{number}"


def beside(problem: Problem, candidate: Candidate, *, follows: bool) -> Problem:
    """The problem with the idea among its initiatives. follows: whether recruiting needs housing and company beside it.

    Raises ValueError where its code is taken.
    """
    one = to_initiative(candidate, problem.years, problem.needs)
    rules = (Follows(one.id, FOLLOWS),) if follows and one.theme == FOLLOWED_BY else ()
    return replace(problem, initiatives=(*problem.initiatives, one), rules=(*problem.rules, *rules))


def judged(questions: Resolver, one: str, shown: Starts, value: float, least: FindLeast, make: Questions) -> Verdict:
    """questions: about the problem with the idea. shown, value: the plan there is. Raises ValueError without a plan."""
    best = questions.first
    if best.plan is None:
        raise ValueError("there is no plan to hold it against")
    enters, leaves = changes(shown, best.plan.starts)
    inside = one in best.plan.starts
    told = needs = None
    if not inside:
        told = why(questions, one, make)
        needs = comes_in(questions, told, least)
        told = settled(best.plan.problem, told, needs)
    return Verdict(
        comes_in=inside,
        start=best.plan.starts.get(one),
        gain=max(0.0, best.plan.value - value),
        enters=tuple(each for each in enters if each != one) if inside else (),
        leaves=leaves if inside else (),
        proven=best.proven,
        why=told,
        needs=needs,
    )


@dataclass(frozen=True, slots=True)
class Against:
    """The plan an idea was held against, so that an answer can be read years after. id: as the standing plan's."""

    id: str
    name: str
    sha256: str
    titles: Mapping[str, str]

    def to_document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, facts: Mapping[str, Any]) -> "Against":
        return cls(**facts)
