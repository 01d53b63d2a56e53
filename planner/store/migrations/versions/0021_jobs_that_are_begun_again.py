"""how often a job was begun, and how often its process was gone"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("begun", "lost"):
        op.add_column("job", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    # A file that waited to be read went with the process that had it; from now on it is running from the first.
    op.execute("UPDATE job SET state = 'failed', cause = 'restarted' WHERE kind = 'survey' AND state = 'queued'")


def downgrade() -> None:
    for name in ("lost", "begun"):
        op.drop_column("job", name)
