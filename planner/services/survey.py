"""What can a person do with a survey file? Upload it, change what its columns mean, confirm it, or drop it.

Nothing is kept before it is confirmed: then the counts, and, where that is wanted, the coded answers and free texts,
each by itself. The table is looked at in a child process every time; what that found waits beside it, so that showing a
page reads nothing again.
"""

import secrets
from dataclasses import dataclass, replace

from planner.config import Config
from planner.domain.analyses import Analyses
from planner.domain.examination import Examination
from planner.domain.findings import Finding, blocking
from planner.domain.log_chain import Facts
from planner.domain.mapping_choices import Choices, apply_choices
from planner.files.seed_data import statements, stay_statements
from planner.services import plans, survey_comments
from planner.services.plans import Frame, now
from planner.services.survey_page import WAITS, GroupView, groups_of, names_rows
from planner.services.survey_reading import look_again, read_last
from planner.store import log, mapping_templates
from planner.store import plans as plan_store
from planner.store import stated as stated_store
from planner.store import survey as store
from planner.store import survey_answers as answer_store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import survey as wording

STALE = Finding("draft_changed")
REREAD = Finding("draft_reread", "warning")


@dataclass(frozen=True, slots=True)
class CheckView:
    """Steps 2 and 3 of a waiting file: what was found, and what confirming it will keep."""

    frame: Frame
    filename: str
    version: int
    rows: str
    findings: tuple[Sentence, ...]
    set_aside: tuple[Sentence, ...]
    blocked: bool
    asks_form: bool
    form: str
    asks_missing: bool
    missing: str
    asks_numbers: bool
    numbers: str
    number_choices: tuple[tuple[str, str], ...]
    asks_direction: bool
    turned: tuple[str, ...]
    directions: tuple[tuple[str, str], ...]
    groups: tuple[GroupView, ...]
    too_few: str
    statements: int
    weighted: bool
    coarser: tuple[str, ...]


def draft(database: Database, plan_id: str) -> store.Draft | None:
    """The file that waits to be confirmed."""
    with database.read() as session:
        return store.find_draft(session, plan_id, now() - WAITS)


def check(database: Database, plan_id: str, findings: tuple[Finding, ...] = ()) -> CheckView | None:
    """Steps 2 and 3; None when no file waits. findings: further ones, from what was just tried."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        draft = store.find_draft(session, plan_id, now() - WAITS)
    if draft is None:
        return None
    seen = draft.examination
    groups = groups_of(seen.mapping, tuple(count for _, count in seen.respondents))
    return CheckView(
        frame=frame,
        filename=draft.filename,
        version=draft.version,
        rows=wording.rows_answer(seen.rows_in, seen.rows_used),
        findings=sentences([*findings, *(one for one in seen.findings if not names_rows(one))]),
        set_aside=sentences([one for one in seen.findings if names_rows(one)]),
        blocked=blocking(seen.findings),
        asks_form=seen.mapping.form != "ask" or any(one.code in wording.ABOUT_THE_FORM for one in seen.findings),
        form=seen.mapping.form,
        asks_missing=any(one.code in wording.ABOUT_CODES for one in seen.findings),
        missing="; ".join(seen.mapping.declared_missing),
        asks_numbers=seen.mapping.numbers != "ask" or any(one.code in wording.ABOUT_NUMBERS for one in seen.findings),
        numbers=seen.mapping.numbers,
        number_choices=wording.number_choices(),
        asks_direction=bool(seen.mapping.turned) or any(one.code in wording.ABOUT_DIRECTION for one in seen.findings),
        turned=seen.mapping.turned,
        directions=wording.directions(seen.directions, {one.id: one for one in statements()}),
        groups=groups,
        too_few=wording.too_few([group.name for group in groups if group.note]),
        statements=len(seen.paired),
        weighted=bool(seen.mapping.with_role("weight")),
        coarser=wording.coarser(seen.coarser) if seen.coarser is not None else (),
    )


def choose(database: Database, config: Config, plan_id: str, version: int, choices: Choices) -> tuple[Finding, ...]:
    """Change what the columns are used as, and look at the file again; what is wrong with the choices, or nothing."""
    with database.read() as session:
        draft = store.find_draft(session, plan_id, now() - WAITS)
        if draft is None or draft.version != version:
            return (STALE,)
        packed = store.draft_content(session, plan_id)
    known = frozenset(one.id for one in statements()), frozenset(one.id for one in stay_statements())
    changed = apply_choices(draft.examination.mapping, choices, *known)
    if isinstance(changed, tuple):
        return changed
    if changed.mapping == draft.examination.mapping:
        return ()
    seen = look_again(config, packed, changed.mapping, changed.fresh)
    if isinstance(seen, tuple):
        return seen
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if not store.change_draft(session, plan_id, version, seen):
            return (STALE,)
        session.commit()
    return ()


def confirm(
    database: Database, config: Config, plan_id: str, version: int, *, remember: bool = False, keep: bool = True
) -> tuple[Finding, ...]:
    """Keep the counts of the waiting file, and forget the file; or what stands in the way, and nothing is changed.

    remember: the mapping is a template for the next file of this form. keep: the coded answers stay until deleted.
    """
    with database.read() as session:
        draft = store.find_draft(session, plan_id, now() - WAITS)
        if draft is None or draft.version != version:
            return (STALE,)
        packed = store.draft_content(session, plan_id)
    read = read_last(config, packed, draft.examination.mapping)
    if isinstance(read, tuple):
        return read
    seen = read.examination
    if blocking(seen.findings):
        return tuple(one for one in seen.findings if one.severity == "error")
    if replace(seen, summary=None, answers=None) != draft.examination:
        return _reread(database, plan_id, version, seen)
    kept = kept_survey(draft.filename, draft.file_sha256, seen, read.analyses)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        waiting = store.find_draft(session, plan_id, draft.uploaded_at)
        if waiting is None or (waiting.version, waiting.uploaded_at) != (version, draft.uploaded_at):
            return (STALE,)
        store.put(session, plan_id, kept)
        stated_store.remove(session, plan_id)
        answer_store.remove(session, plan_id)
        if keep and seen.answers is not None:
            answer_store.put(session, plan_id, seen.answers, kept.stored_at)
        rng = secrets.SystemRandom()
        survey_comments.keep(session, plan_id, read.comments, rng, writers=read.writers)
        plan = plan_store.find(session, plan_id)
        if remember and plan is not None:
            mapping_templates.put(session, plan.owner, draft.filename, kept.mapping, kept.stored_at)
        store.remove_draft(session, plan_id)
        plan_store.touch(session, plan_id, kept.stored_at)
        rows = {"rows_in": kept.summary.rows_in, "rows_used": kept.summary.rows_used}
        facts: Facts = {**rows, "file_sha256": draft.file_sha256, "answers_kept": keep and seen.answers is not None}
        log.append(session, plan_id, kept.stored_at, "survey_confirmed", facts, {"file": draft.filename})
        session.commit()
    database.scrub("survey_draft", "survey", "survey_answers", "survey_comment", "stated_needs")
    return ()


def _reread(database: Database, plan_id: str, version: int, seen: Examination) -> tuple[Finding, ...]:
    """The program was renewed while the file waited and now reads it otherwise: that must be seen before it is kept."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        store.change_draft(session, plan_id, version, seen)
        session.commit()
    return (REREAD,)


def kept_survey(filename: str, digest: str, seen: Examination, analyses: Analyses) -> store.StoredSurvey:
    """What is kept of a file whose findings stop nothing. Raises ValueError for any other."""
    if seen.summary is None or blocking(seen.findings):
        raise ValueError("the file has findings that must be mended")
    return store.StoredSurvey(filename, digest, seen.summary, seen.mapping, seen.findings, now(), analyses)


def cancel(database: Database, plan_id: str) -> None:
    """Forget the waiting file."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        store.remove_draft(session, plan_id)
        session.commit()
    database.scrub("survey_draft")


def forget_old_drafts(database: Database) -> None:
    """Remove files that nobody came back to."""
    with database.write() as session:
        removed = store.remove_drafts_before(session, now() - WAITS)
        removed += stated_store.remove_waiting_before(session, now() - WAITS)
        session.commit()
    if removed:
        database.scrub("survey_draft", "stated_needs")
