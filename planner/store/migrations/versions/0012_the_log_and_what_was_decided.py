"""the log and what was decided: rows that the database itself refuses to change"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# table -> its key beside the plan, and whether a row may be deleted while its plan is there
FROZEN = {"plan_log": ("sequence", False), "plan_log_content": ("sequence", True), "decision": ("number", False)}


def upgrade() -> None:
    _table(
        "plan_log",
        sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
    )
    _table(
        "plan_log_head",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        key=(),
    )
    _table(
        "plan_log_content",
        sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    _table(
        "decision",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        key=("number",),
    )
    freeze = _freeze_sqlite if op.get_bind().dialect.name == "sqlite" else _freeze_postgresql
    for table, (key, may_go) in FROZEN.items():
        freeze(table, key, may_go)


def _table(name: str, *columns: "sa.Column[object]", key: tuple[str, ...] = ("sequence",)) -> None:
    op.create_table(
        name,
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f(f"fk_{name}_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", *key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _freeze_sqlite(table: str, key: str, may_go: bool) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
    op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}")
    # «Insert or replace» deletes without asking the trigger for deleting.
    op.execute(
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} WHEN EXISTS "
        f"(SELECT 1 FROM {table} WHERE plan_id = NEW.plan_id AND {key} = NEW.{key}) {refuse}"
    )
    if not may_go:
        # When the plan itself is deleted, its row is gone before its children go.
        op.execute(
            f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM plan WHERE id = OLD.plan_id) {refuse}"
        )


def _freeze_postgresql(table: str, key: str, may_go: bool) -> None:
    refuse = f"RAISE EXCEPTION '{table} is never changed'"
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    if may_go:
        return
    op.execute(f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_refuse()")
    op.execute(
        f"CREATE FUNCTION {table}_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS (SELECT 1 FROM plan WHERE id = OLD.plan_id) THEN {refuse}; END IF; RETURN OLD; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_delete()"
    )


def downgrade() -> None:
    for table in ("decision", "plan_log_content", "plan_log_head", "plan_log"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for table in FROZEN:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_refuse(), {table}_refuse_delete()")
