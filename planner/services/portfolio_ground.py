"""What does a plan stand on? All that «Prioritering» loads: the needs, the initiatives, what ends, the frame."""

from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from planner.domain.basis import Basis
from planner.domain.basis_facts import need_lines, segment_facts, stated_facts, survey_facts, weight_facts
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.freed import Freed
from planner.domain.gap_rows import GapTable
from planner.domain.gaps import gap_table
from planner.domain.mapping import Segment
from planner.domain.problem import Problem
from planner.domain.question import pose
from planner.domain.settings import PortfolioSettings, usual_settings
from planner.domain.stated import StatedNeeds
from planner.domain.stated_table import stated_table
from planner.domain.statements import Statement
from planner.domain.summary import SurveySummary
from planner.domain.weighting_choice import Weighting
from planner.services import plans
from planner.store import gaps as gaps_store
from planner.store import initiatives as initiatives_store
from planner.store import plans as plans_store
from planner.store import portfolio as store
from planner.store import stated as stated_store
from planner.store import survey as survey_store
from planner.store import survey_weighting as survey_weighting_store


@dataclass(frozen=True)
class Ground:
    """summary is None before there is a survey; stated is what stands in for one.

    version: of the saved frame, 0 before there is one.
    """

    plan_id: str
    title: str
    summary: SurveySummary | None
    weights: gaps_store.StoredWeights
    candidates: tuple[Candidate, ...]
    freed: tuple[Freed, ...]
    settings: PortfolioSettings
    version: int
    stated: StatedNeeds | None = None
    weighting: Weighting | None = None

    @property
    def raked_to(self) -> tuple[tuple[str, ...], str]:
        """The headings the answers were weighted by to the population, and where its numbers are from."""
        if self.weighting is None or self.weighting.choice.how != "raked":
            return (), ""
        return tuple(margin.heading for margin in self.weighting.choice.margins), self.weighting.choice.source

    @property
    def statements(self) -> tuple[Statement, ...]:
        told = self.summary or self.stated
        return told.statements if told else ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        told = self.summary or self.stated
        return told.segments if told else ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(candidate.code for candidate in self.candidates)

    @cached_property
    def table(self) -> GapTable:
        """The needs table as the needs page shows it. Only where there are needs."""
        if self.summary is not None:
            return gap_table(self.summary, self.weights.segments, self.weights.factors)
        assert self.stated is not None
        return stated_table(self.stated, self.weights.segments, self.weights.factors)

    @property
    def lacks(self) -> tuple[Finding, ...]:
        """What must be there before anything can be prioritised."""
        no_needs = () if self.summary or self.stated else (Finding("portfolio_no_needs", where="survey"),)
        no_initiatives = () if self.candidates else (Finding("portfolio_no_initiatives", where="initiatives"),)
        return no_needs + no_initiatives

    def problem(self) -> Problem:
        """The question as it stands now. Only where nothing is lacking."""
        return pose(self.title, self.table.needs, self.candidates, self.freed, self.settings)

    def basis(self, frame: plans.Frame) -> Basis:
        """What a plan kept now rests on, but for what follows from the plan itself."""
        return Basis(
            municipality=frame.municipality,
            plan_name=frame.plan_name,
            is_sample=frame.is_sample,
            statements=self.statements,
            segments=segment_facts(self.table),
            survey=survey_facts(self.summary, *self.raked_to) if self.summary else None,
            stated=stated_facts(self.stated) if self.stated else None,
            weights=weight_facts(self.weights.segments, self.weights.factors),
            needs=need_lines(self.table),
            candidates=self.candidates,
            freed=self.freed,
            settings=self.settings,
        )


def ground(session: Session, plan_id: str) -> Ground:
    plan = plans_store.find(session, plan_id)
    if plan is None:
        raise LookupError(plan_id)
    stored = store.settings(session, plan_id)
    summary = survey_store.latest_summary(session, plan_id)
    instead = stated_store.find(session, plan_id) if summary is None else None
    return Ground(
        plan_id=plan_id,
        title=plan.name,
        summary=summary,
        weights=gaps_store.weights(session, plan_id),
        candidates=initiatives_store.candidates(session, plan_id),
        freed=initiatives_store.freed(session, plan_id),
        settings=stored.settings if stored else usual_settings(plans.now().year + 1),
        version=stored.version if stored else 0,
        stated=instead.needs if instead is not None else None,
        weighting=survey_weighting_store.find(session, plan_id) if summary is not None else None,
    )
