"""The surveys of a plan as they are kept: one confirmed summary a wave, never a respondent's row."""

import json

from sqlmodel import Session, col, select

from planner.domain.summary import SurveySummary
from planner.store.tables import SurveyRow


def latest_summary(session: Session, plan_id: str) -> SurveySummary | None:
    """What the last confirmed survey of the plan says; None before the first."""
    document = session.exec(
        select(SurveyRow.summary).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc()).limit(1)
    ).first()
    return SurveySummary.from_document(json.loads(document)) if document is not None else None
