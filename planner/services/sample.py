"""Make the sample municipality: a plan with a synthetic survey, forty initiatives and limits for four years.

Every figure in it is made up; the frame of each page says so.
"""

from flask_babel import gettext as _

from planner.services import plans
from planner.store import plans as store
from planner.store.database import Database


def make(database: Database, owner: str, language: str) -> str:
    """A new sample plan for this owner; its id. All of it is stored, or nothing."""
    plan = plans.new_plan(
        owner, _("Bolyst i Eksempelvik 2027–2030"), _("Eksempelvik kommune"), language, is_sample=True
    )
    with database.write() as session:
        store.add(session, plan)
        session.commit()
    return plan.id


def ensure(database: Database, owner: str, language: str) -> str:
    """The owner's sample plan: the newest there is, or a new one."""
    with database.read() as session:
        found = next((plan.id for plan in store.of_owner(session, owner) if plan.is_sample), None)
    return found or make(database, owner, language)
