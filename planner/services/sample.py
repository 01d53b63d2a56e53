"""Make the sample municipality: a plan with a synthetic survey, forty initiatives and limits for four years.

Every figure in it is made up; the frame of each page and the head of each export say so.
"""

import hashlib

from flask_babel import gettext as _

from planner.domain.answers import Answers
from planner.domain.bank import read_bank, with_likely_grants
from planner.domain.settings import PortfolioSettings
from planner.domain.workshop_typed import Ground
from planner.files.seed_data import read_seed
from planner.files.survey import read_to_keep, read_upload
from planner.services import plans, workshop_sample
from planner.services.survey import kept_survey
from planner.store import initiatives as initiative_store
from planner.store import plans as store
from planner.store import portfolio as portfolio_store
from planner.store import survey as survey_store
from planner.store import survey_answers as answer_store
from planner.store.database import Database
from planner.wording import workshop as wording

SURVEY = "innbyggerundersokelse.csv"
BANK = "initiatives.csv"
# What a municipality of some four thousand may have to place: 1000 kr a year, and months of work of its own people.
YEARS = (2027, 2028, 2029, 2030)
LIMITS = {
    "investment": (3000, 3000, 2000, 2000),
    "operating": (2000, 3000, 4000, 4500),
    "staff": (18, 20, 22, 22),
}


def make(database: Database, owner: str, language: str) -> str:
    """A new sample plan for this owner; its id. All of it is stored, or nothing."""
    plan = plans.new_plan(
        owner, _("Bolyst i Eksempelvik 2027–2030"), _("Eksempelvik kommune"), language, is_sample=True
    )
    survey, answers = _survey()
    segments = tuple(segment.id for segment in survey.mapping.segments)
    candidates = with_likely_grants(read_bank(read_seed(BANK).decode("utf-8"), segments))
    ground = Ground(tuple(candidates), survey.summary.statements, segments, wording.table())
    with database.write() as session:
        store.add(session, plan)
        survey_store.put(session, plan.id, survey)
        answer_store.put(session, plan.id, answers, survey.stored_at)
        for candidate in candidates:
            initiative_store.put(session, plan.id, candidate)
        portfolio_store.save_settings(session, plan.id, PortfolioSettings(years=YEARS, limits=LIMITS))
        workshop_sample.hold(session, plan.id, ground, _("Bolystkveld i Eksempelvik"))
        session.commit()
    return plan.id


def _survey() -> tuple[survey_store.StoredSurvey, Answers]:
    """The synthetic survey, read as any upload is, by the guesses alone."""
    content = read_seed(SURVEY)
    read = read_upload(content, SURVEY)
    if not isinstance(read, tuple) or not isinstance(read[0], bytes):
        raise RuntimeError(f"the sample survey does not read: {read}")
    packed, seen = read
    read_again = read_to_keep(packed, seen.mapping.to_document())
    kept = read_again.examination
    if kept.answers is None:
        raise RuntimeError(f"the sample survey has findings: {kept.findings}")
    digest = hashlib.sha256(content).hexdigest()
    return kept_survey(SURVEY, digest, kept, read_again.analyses), kept.answers


def ensure(database: Database, owner: str, language: str) -> str:
    """The owner's sample plan: the newest there is, or a new one."""
    with database.read() as session:
        found = next((plan.id for plan in store.of_owner(session, owner) if plan.is_sample), None)
    return found or make(database, owner, language)
