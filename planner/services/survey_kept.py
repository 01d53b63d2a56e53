"""What is left of a survey after it is confirmed, and how does a person get rid of the answers of each respondent?

Counts stay as long as the survey does: needs, plans and papers stand on them and on nothing else.
"""

from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.summary import SurveySummary
from planner.services import plans
from planner.store import log, survey_answers, survey_comments
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.wording import survey_kept as wording


@dataclass(frozen=True, slots=True)
class KeptView:
    """What is stored, a line each. answers_kept, has_comments: there is something of the kind to delete or read."""

    counts: str
    answers: str
    comments: str
    answers_kept: bool
    has_comments: bool


def kept(session: Session, plan_id: str, summary: SurveySummary) -> KeptView:
    """summary: of the confirmed survey, which the caller has at hand."""
    answers_kept = survey_answers.are_kept(session, plan_id)
    comments = survey_comments.count(session, plan_id)
    return KeptView(
        wording.counts(len(summary.statements)),
        wording.answers(answers_kept, summary.rows_used),
        wording.comments(comments),
        answers_kept,
        bool(comments),
    )


def forget(database: Database, plan_id: str) -> None:
    """Delete the answers of each respondent for good; what is counted of them stays."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        survey_answers.remove(session, plan_id)
        plan_store.touch(session, plan_id, plans.now())
        log.append(session, plan_id, plans.now(), "answers_deleted")
        session.commit()
    database.scrub("survey_answers")
