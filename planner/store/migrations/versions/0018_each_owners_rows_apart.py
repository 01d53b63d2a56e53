"""each owner's rows apart: PostgreSQL itself shows and takes only those of whom a transaction says it works for"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BY_OWNER = ("plan", "mapping_template", "owner_turn")
BY_PLAN = (
    *("survey_draft", "survey", "stated_needs", "survey_answers", "survey_comment", "gap_settings", "initiative"),
    *("portfolio_settings", "job", "scenario", "kept_plan", "proposal", "paper_texts", "paper_template"),
    *("kept_reasons", "followup", "workshop", "plan_log", "plan_log_head", "plan_log_content", "decision"),
)
BY_WORKSHOP = (
    *("workshop_round", "workshop_seat", "workshop_score", "workshop_comment", "workshop_proposal"),
    *("workshop_points", "workshop_ballot", "workshop_adoption", "workshop_log"),
)
# In a SELECT of its own it is asked once a statement, not once a row.
SAID = "(SELECT current_setting('malrett.owner', true))"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in BY_OWNER:
        _wall(table, f"owner = {SAID}")
    # A question of its own, that does not depend on the row: answered once a statement by the index on owners. Asked of
    # each row («EXISTS … WHERE plan.id = plan_id»), what a phone has answered took thirteen times as long.
    for table in BY_PLAN:
        _wall(table, f"plan_id IN (SELECT id FROM plan WHERE owner = {SAID})")
    of_theirs = f"SELECT workshop.id FROM plan JOIN workshop ON workshop.plan_id = plan.id WHERE plan.owner = {SAID}"
    for table in BY_WORKSHOP:
        _wall(table, f"workshop_id IN ({of_theirs})")


def _wall(table: str, is_theirs: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_owner ON {table} USING ({SAID} = '*' OR {is_theirs})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in (*BY_WORKSHOP, *BY_PLAN, *BY_OWNER):
        op.execute(f"DROP POLICY of_owner ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
