"""Which rows are kept? Storage only: a table checks nothing, the frozen classes of the domain do.

Everything a plan holds carries its plan_id. What is computed with is kept as one JSON document a row, in the
shape the domain's own to_document() gives, beside the few columns that are searched or must be unique.
"""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

# Named from the first migration on: an unnamed constraint cannot be changed later on SQLite.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES
metadata: MetaData = SQLModel.metadata


def of_plan() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["plan_id"], ["plan.id"], ondelete="CASCADE")


class PlanRow(SQLModel, table=True):
    """A plan: one municipality's question, from survey to paper."""

    __tablename__ = "plan"
    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(index=True, max_length=64)
    name: str = Field(max_length=200)
    municipality: str = Field(max_length=200)
    language: str = Field(max_length=5)
    is_sample: bool
    created_at: datetime
    changed_at: datetime


class SurveyDraftRow(SQLModel, table=True):
    """A read file that waits for its columns to be confirmed; removed at confirm, cancel or after a day.

    content: its table, without the columns that tell who somebody is. file_sha256: of the file as it was uploaded.
    """

    __tablename__ = "survey_draft"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    filename: str = Field(max_length=255)
    content: bytes = Field(sa_type=LargeBinary)
    file_sha256: str = Field(max_length=64)
    examination: str = Field(sa_type=Text)
    version: int
    uploaded_at: datetime


class SurveyRow(SQLModel, table=True):
    """A confirmed survey: its histograms and covariances, never a respondent's row.

    analyses: what only the answers could tell (what goes with staying, results with and without), kept after they go.
    weighting: the choice of weights that the summary and the analyses are made by; none before one is made.
    """

    __tablename__ = "survey"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "wave"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    wave: int
    filename: str = Field(max_length=255)
    file_sha256: str = Field(max_length=64)
    rows_in: int
    rows_used: int
    summary: str = Field(sa_type=Text)
    mapping: str = Field(sa_type=Text)
    findings: str = Field(sa_type=Text)
    analyses: str | None = Field(default=None, sa_type=Text)
    weighting: str | None = Field(default=None, sa_type=Text)
    stored_at: datetime


class StatedNeedsRow(SQLModel, table=True):
    """Needs of a plan without a survey: a report's table or a workshop's weights; and one that waits to be confirmed.

    version: a new one each time, that a form carries.
    """

    __tablename__ = "stated_needs"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    waiting: bool = Field(primary_key=True)
    filename: str = Field(max_length=255)
    document: str = Field(sa_type=Text)
    findings: str = Field(sa_type=Text)
    version: str = Field(max_length=16)
    stored_at: datetime


class SurveyAnswersRow(SQLModel, table=True):
    """The coded answers of each respondent, for weighting and drivers; gone when the owner says so, counts remain."""

    __tablename__ = "survey_answers"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime


class SurveyCommentRow(SQLModel, table=True):
    """A free text, apart from the respondent who wrote it and in no order that tells. statements: ids as JSON."""

    __tablename__ = "survey_comment"
    __table_args__ = (of_plan(),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    text: str = Field(sa_type=Text)
    statements: str = Field(sa_type=Text)
    is_read: bool


class MappingTemplateRow(SQLModel, table=True):
    """What somebody said of the columns of a survey file, to be used on the next one with the same headings."""

    __tablename__ = "mapping_template"
    id: int | None = Field(default=None, primary_key=True)
    owner: str = Field(index=True, max_length=64)
    name: str = Field(max_length=200)
    document: str = Field(sa_type=Text)
    made_at: datetime


class GapSettingsRow(SQLModel, table=True):
    """How needs are weighed: segment weights, factor weights."""

    __tablename__ = "gap_settings"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    document: str = Field(sa_type=Text)
    version: int


class InitiativeRow(SQLModel, table=True):
    """A candidate initiative, or something the municipality stops doing (kind «freed»)."""

    __tablename__ = "initiative"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "code"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    code: str = Field(max_length=40)
    kind: str = Field(max_length=20)
    document: str = Field(sa_type=Text)
    version: int


class PortfolioSettingsRow(SQLModel, table=True):
    """Limits, reserve, locks, windows, breadth: what the plan must keep to."""

    __tablename__ = "portfolio_settings"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    document: str = Field(sa_type=Text)
    version: int


class JobRow(SQLModel, table=True):
    """A piece of work outside the request; `jobs.StoredJob` says what stands in it."""

    __tablename__ = "job"
    __table_args__ = (of_plan(),)
    id: str = Field(primary_key=True, max_length=32)
    plan_id: str = Field(index=True, max_length=32)
    kind: str = Field(max_length=40)
    state: str = Field(max_length=20)
    version: int
    request: str = Field(sa_type=Text)
    progress: str | None = Field(default=None, sa_type=Text)
    result: str | None = Field(default=None, sa_type=Text)
    cause: str | None = Field(default=None, max_length=200)
    stop_asked: bool
    queued_at: datetime
    heartbeat_at: datetime | None = None
    ended_at: datetime | None = None
    begun: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    lost: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class OwnerTurnRow(SQLModel, table=True):
    """number: larger for whoever was given a worker later. Apart from the jobs, which are removed and replaced."""

    __tablename__ = "owner_turn"
    owner: str = Field(primary_key=True, max_length=64)
    number: int


class ScenarioRow(SQLModel, table=True):
    """A plan set aside under a name, with the problem it answered. It may be renamed, removed, or proven and kept."""

    __tablename__ = "scenario"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "number"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    number: int
    name: str = Field(max_length=200)
    problem: str = Field(sa_type=Text)
    problem_sha256: str = Field(max_length=64)
    result: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    saved_at: datetime


class KeptPlanRow(SQLModel, table=True):
    """A plan someone chose to keep, with the very problem it answered. Never changed after it is written."""

    __tablename__ = "kept_plan"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "number"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    number: int
    name: str = Field(max_length=200)
    problem: str = Field(sa_type=Text)
    problem_sha256: str = Field(max_length=64)
    result: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    kept_at: datetime


class ProposalRow(SQLModel, table=True):
    """A new idea, held against the plan there was on the day. The idea is never changed; the newest answer stands."""

    __tablename__ = "proposal"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "number"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    number: int
    candidate: str = Field(sa_type=Text)
    made_at: datetime
    against: str | None = Field(default=None, sa_type=Text)
    verdict: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime | None = None
    public: bool | None = None


class PaperTextsRow(SQLModel, table=True):
    """What people write into the council paper themselves. version: that a form carries."""

    __tablename__ = "paper_texts"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    document: str = Field(sa_type=Text)
    version: int


class PaperTemplateRow(SQLModel, table=True):
    """A municipality's own Word file, with named places that the paper is set into; as it was uploaded."""

    __tablename__ = "paper_template"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    filename: str = Field(max_length=255)
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime


class PackageRow(SQLModel, table=True):
    """A package for the archive that lies ready, at most one a plan, for an hour. of: the plan's changed_at then."""

    __tablename__ = "package"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    number: int
    filename: str = Field(max_length=255)
    content: bytes = Field(sa_type=LargeBinary)
    size: int
    of: datetime
    made_at: datetime


class KeptReasonsRow(SQLModel, table=True):
    """The best plan with the opposite of each choice of a kept plan, as worked out after it was kept."""

    __tablename__ = "kept_reasons"
    __table_args__ = (of_plan(), UniqueConstraint("plan_id", "number"))
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(index=True, max_length=32)
    number: int
    document: str = Field(sa_type=Text)


class FollowupRow(SQLModel, table=True):
    """How it goes with one initiative, as told for one quarter."""

    __tablename__ = "followup"
    __table_args__ = (of_plan(),)
    plan_id: str = Field(primary_key=True, max_length=32)
    initiative: str = Field(primary_key=True, max_length=40)
    year: int = Field(primary_key=True)
    quarter: int = Field(primary_key=True)
    document: str = Field(sa_type=Text)
    version: int
