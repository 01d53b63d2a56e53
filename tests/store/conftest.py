"""The same store tests on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from planner.services import plans as service
from planner.store import plans
from planner.store.database import Database


@pytest.fixture
def store(empty_url: str) -> Iterator[Database]:
    """An empty, migrated database, once on each engine."""
    database = Database(empty_url)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def plan_id(store: Database) -> str:
    plan = service.new_plan("me", "Bolyst", "Prøvevik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, plan)
        session.commit()
    return plan.id
