"""wrong codes are counted where wrong passwords are; which tables are to be written anew after a deletion"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("wrong_password")  # a quarter of an hour's worth
    op.create_table(
        "wrong_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_try")),
    )
    for column in ("whose", "until"):
        op.create_index(op.f(f"ix_wrong_try_{column}"), "wrong_try", [column])
    op.create_table(
        "rewriting",
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rewriting")),
    )


def downgrade() -> None:
    op.drop_table("rewriting")
    op.drop_table("wrong_try")
    op.create_table(
        "wrong_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_password")),
    )
    for column in ("whose", "at"):
        op.create_index(op.f(f"ix_wrong_password_{column}"), "wrong_password", [column])
