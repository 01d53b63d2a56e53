"""people with accounts, and the municipalities they have a place in"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _text(name: str, length: int, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "municipality",
        _text("id", 32),
        _text("name", 200),
        _text("language", 5),
        _moment("made_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "account",
        _text("id", 32),
        _text("email", 254),
        _text("name", 200),
        _text("password", 200),
        _text("issuer", 300, nullable=True),
        _text("subject", 300, nullable=True),
        _text("language", 5),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_issuer_subject")),
    )
    op.create_table(
        "membership",
        _text("municipality_id", 32),
        _text("account_id", 32),
        _text("role", 20),
        _of("membership", "account_id", "account"),
        _of("membership", "municipality_id", "municipality"),
        sa.PrimaryKeyConstraint("municipality_id", "account_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"])
    op.create_table(
        "invitation",
        _text("token", 64),
        _text("municipality_id", 32),
        _text("kind", 20),
        _text("email", 254),
        _text("role", 20),
        _text("made_by", 200),
        _moment("made_at"),
        _of("invitation", "municipality_id", "municipality"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_municipality_id"), "invitation", ["municipality_id"])
    op.create_table(
        "signin",
        _text("token", 64),
        _text("account_id", 32),
        _text("municipality_id", 32),
        _moment("made_at"),
        _moment("seen_at"),
        _of("signin", "account_id", "account"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_signin")),
    )
    op.create_index(op.f("ix_signin_account_id"), "signin", ["account_id"])
    op.create_table(
        "wrong_password",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("whose", 64),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_password")),
    )
    for column in ("whose", "at"):
        op.create_index(op.f(f"ix_wrong_password_{column}"), "wrong_password", [column])


def downgrade() -> None:
    for table in ("wrong_password", "signin", "invitation", "membership", "account", "municipality"):
        op.drop_table(table)
