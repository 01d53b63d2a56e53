"""Alembic's entry: runs on the connection and in the transaction that Database.migrate() has opened."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from planner.store import frozen_tables, people_tables, tables, upkeep_tables, workshop_tables


def render_item(kind: str, item: Any, _autogen: Any) -> Any:
    """Plain SQLAlchemy types in the migration files: they must outlive SQLModel's own."""
    if kind == "type":
        if isinstance(item, AutoString):
            return f"sa.String(length={item.length})"
        if type(item).__name__ == "UTCDateTime" or isinstance(item, sa.DateTime):
            return "sa.DateTime(timezone=True)"
    return False


KINDS = (people_tables, workshop_tables, frozen_tables, upkeep_tables)
assert all(kind.metadata is tables.metadata for kind in KINDS)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
    transactional_ddl=False,  # the caller's transaction holds it all
)
context.run_migrations()
