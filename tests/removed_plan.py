"""Removes a plan as somebody does who has just seen it."""

from planner.services import plans
from planner.store import plans as store
from planner.store.database import Database


def remove_plan(database: Database, plan_id: str) -> None:
    """Nothing where it is gone already."""
    with database.read() as session:
        there = store.find(session, plan_id)
    assert plans.remove(database, plan_id, there.changed_at.isoformat() if there else "") == ()
