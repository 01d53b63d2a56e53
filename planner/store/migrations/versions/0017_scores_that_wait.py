"""one score of each person in a workshop: whether a picture has taken it in, and the latest of two rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Whose score of the first round is whose of the second is not to be found out; the later stands alone, as it did.
OF_AN_EARLIER_ROUND = """
DELETE FROM workshop_score WHERE EXISTS (
  SELECT 1 FROM workshop_score AS later WHERE later.workshop_id = workshop_score.workshop_id
  AND later.initiative = workshop_score.initiative AND later.statement = workshop_score.statement
  AND later.round > workshop_score.round
) AND EXISTS (SELECT 1 FROM workshop WHERE workshop.id = workshop_score.workshop_id AND workshop.state <> 'ended')
"""
OF_A_ROUND_THAT_WAS_SHOWN = """
UPDATE workshop_score SET waits = false WHERE EXISTS (
  SELECT 1 FROM workshop_round WHERE workshop_round.workshop_id = workshop_score.workshop_id
  AND workshop_round.round = workshop_score.round AND workshop_round.results IS NOT NULL
)
"""


def upgrade() -> None:
    op.add_column("workshop_score", sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(OF_AN_EARLIER_ROUND)
    op.execute(OF_A_ROUND_THAT_WAS_SHOWN)


def downgrade() -> None:
    with op.batch_alter_table("workshop_score", schema=None) as batch_op:
        batch_op.drop_column("waits")
