"""paper ballots: which pile a ballot was printed in"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing could make a ballot before this, so there is no row to keep; made anew, it has no rowid on SQLite still.
    op.drop_table("workshop_ballot")
    _create(sa.Column("printing", sa.Integer(), nullable=False))


def downgrade() -> None:
    op.drop_table("workshop_ballot")
    _create()


def _create(*more: sa.Column[Any]) -> None:
    op.create_table(
        "workshop_ballot",
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("ballot", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        *more,
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=True),
        sa.Column("second", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_ballot_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "ballot", name=op.f("pk_workshop_ballot")),
        sqlite_with_rowid=False,
    )
