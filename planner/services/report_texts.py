"""What can a person do with the paper's own texts? Write them and keep them.

Nobody overwrites what they have not seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.paper_texts import LINES, PaperTexts, read_texts
from planner.services import plans
from planner.services.plans import Frame, now
from planner.store import log
from planner.store import plans as plan_store
from planner.store import report as store
from planner.store.database import Database
from planner.wording import Sentence, finding
from planner.wording import findings as sentences
from planner.wording import report_texts as wording

Form = Mapping[str, str]
ORDER = (
    "officer",
    "case_number",
    "involvement",
    "children",
    "youth_council",
    "elders_council",
    "disability_council",
    "others",
    "risk",
)
"""As they follow in the paper."""


@dataclass(frozen=True, slots=True)
class TextField:
    """theirs: what is stored, where somebody else has stored something other than what was typed."""

    name: str
    label: str
    help: str
    value: str
    is_long: bool
    error: str
    theirs: str


@dataclass(frozen=True, slots=True)
class TextsView:
    frame: Frame
    question: str
    answer: str
    fields: tuple[TextField, ...]
    version: int
    findings: tuple[Sentence, ...] = ()
    status: int = 200


def page(database: Database, plan_id: str) -> TextsView:
    with database.read() as session:
        return _view(session, plan_id)


def save(database: Database, plan_id: str, form: Form) -> TextsView | None:
    """Keep what was typed; None when it is done, else the form as it was typed with what is wrong."""
    typed, findings = read_texts(form)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        stored = store.texts(session, plan_id, to_change=True)
        if findings:
            return _view(session, plan_id, form, findings, 422)
        if form.get("version", "") != str(stored.version) and typed != stored.texts:
            return _view(session, plan_id, form, (Finding("paper_texts_changed", "warning"),), 409)
        store.keep_texts(session, plan_id, typed)
        plan_store.touch(session, plan_id, now())
        changed = typed.differing(stored.texts)
        if changed:
            log.append(session, plan_id, now(), "paper_texts_changed", {"texts": " ".join(changed)})
        session.commit()
    return None


def _view(
    session: Session, plan_id: str, form: Form | None = None, findings: tuple[Finding, ...] = (), status: int = 200
) -> TextsView:
    stored = store.texts(session, plan_id)
    errors = {one.where: finding(one).what for one in findings if one.where}
    # A form that is too long keeps the version it was made from: it has not seen what others wrote meanwhile.
    seen = form.get("version", "") if form and status == 422 else ""
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else stored.version
    return TextsView(
        frame=plans.frame(session, plan_id, "report"),
        question=wording.question(),
        answer=wording.answer(),
        fields=tuple(_field(name, stored.texts, form, errors, status == 409) for name in ORDER),
        version=version,
        findings=sentences(findings),
        status=status,
    )


def _field(name: str, stored: PaperTexts, form: Form | None, errors: Mapping[str, str], is_stale: bool) -> TextField:
    there = str(getattr(stored, name))
    value = there if form is None else form.get(name, "")
    label = wording.label(name)
    differs = is_stale and there != getattr(read_texts(form or {})[0], name)
    return TextField(
        name, label.name, label.help, value, name not in LINES, errors.get(name, ""), there if differs else ""
    )
