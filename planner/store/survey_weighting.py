"""By what is the survey of a plan weighted? The choice as it is kept, with the summary and analyses made by it.

A new survey of the plan starts without a choice.
"""

import json

from sqlmodel import Session, col, select, update

from planner.domain.analyses import Analyses
from planner.domain.summary import SurveySummary
from planner.domain.weighting_choice import Weighting
from planner.store.tables import SurveyRow


def find(session: Session, plan_id: str) -> Weighting | None:
    """The choice; None before one is made, or before the first survey."""
    newest = select(SurveyRow.weighting).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc())
    document = session.exec(newest.limit(1)).first()
    return Weighting.from_document(json.loads(document)) if document is not None else None


def put(session: Session, plan_id: str, weighting: Weighting, summary: SurveySummary, analyses: Analyses) -> None:
    """Keep the choice and what it came to. The caller has compared versions in the same transaction."""
    newest = select(SurveyRow.id).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc()).limit(1)
    session.exec(
        update(SurveyRow)
        .where(col(SurveyRow.id) == session.exec(newest).one())
        .values(
            weighting=json.dumps(weighting.to_document(), ensure_ascii=False),
            summary=json.dumps(summary.to_document(), ensure_ascii=False),
            analyses=json.dumps(analyses.to_document(), ensure_ascii=False),
        )
    )
