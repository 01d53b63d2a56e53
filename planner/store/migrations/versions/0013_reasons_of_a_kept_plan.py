"""reasons of a kept plan: what the plan would be with each choice turned round"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_kept_reasons_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_reasons")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_kept_reasons_plan_id_number")),
    )
    with op.batch_alter_table("kept_reasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_reasons_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_reasons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_reasons_plan_id"))

    op.drop_table("kept_reasons")
