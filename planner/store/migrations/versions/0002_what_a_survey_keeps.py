"""what a survey keeps: answers for a while, comments apart, templates of mappings"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A waiting file of the version before holds raw bytes, names and all: whoever uploaded it does so again.
    op.execute("DELETE FROM survey_draft")
    with op.batch_alter_table("survey_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_sha256", sa.String(length=64), nullable=False))
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.add_column(sa.Column("analyses", sa.Text(), nullable=True))
    op.create_table(
        "survey_answers",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_survey_answers_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_survey_answers")),
    )
    op.create_table(
        "survey_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("statements", sa.Text(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_survey_comment_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_comment")),
    )
    with op.batch_alter_table("survey_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_comment_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "mapping_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping_template")),
    )
    with op.batch_alter_table("mapping_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mapping_template_owner"), ["owner"], unique=False)


def downgrade() -> None:
    op.drop_table("mapping_template")
    op.drop_table("survey_comment")
    op.drop_table("survey_answers")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_column("analyses")
    with op.batch_alter_table("survey_draft", schema=None) as batch_op:
        batch_op.drop_column("file_sha256")
