"""What can a person do with the municipality's own Word file? Keep one, see what is wrong with it, use it, drop it."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from planner import paper_files
from planner.charts.png import to_png
from planner.config import Config
from planner.domain.findings import Finding, blocking
from planner.files import saksframlegg_template
from planner.files.file import DOCX, File
from planner.files.names import file_name
from planner.files.saksframlegg_places import BARE, DECIDED, INLINE, REST, SECTIONS
from planner.services import plans
from planner.services.plans import Frame, now
from planner.services.report import ReportView
from planner.services.report import word as plain_word
from planner.services.survey_reading import limited
from planner.store import log
from planner.store import plans as plan_store
from planner.store import report as store
from planner.store.database import Database
from planner.wording import Sentence, report_decided
from planner.wording import findings as sentences
from planner.wording import report_template as wording

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """name: as it is written in the file, with its braces. bare: the same without a heading, "" where there is none."""

    name: str
    bare: str
    gives: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """filename, seen: of the file that is kept, or ""; a form that replaces or removes it carries `seen`."""

    frame: Frame
    question: str
    answer: str
    filename: str
    seen: str
    places: tuple[PlaceRow, ...]
    findings: tuple[Sentence, ...] = ()
    done: str = ""


def page(
    database: Database, plan_id: str, view: ReportView, findings: tuple[Finding, ...] = (), done: str = ""
) -> TemplateView:
    """view: of the paper; its headings say what each place gives."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "report")
        filename, seen = store.template_head(session, plan_id)
    headings = {SECTIONS[DECIDED]: report_decided.heading()}
    headings |= {one.id: one.heading for one in view.paper.sections} if view.paper else {}
    rows = [PlaceRow(_braces(name), _braces(name + BARE), headings.get(id_, name)) for name, id_ in SECTIONS.items()]
    rows.append(PlaceRow(_braces(REST), "", wording.rest()))
    rows += [PlaceRow(_braces(name), "", wording.inline(name)) for name in INLINE]
    question, answer = wording.question(), wording.answer(filename)
    return TemplateView(frame, question, answer, filename, seen, tuple(rows), sentences(findings), done)


def upload(
    database: Database, config: Config, plan_id: str, filename: str, data: bytes, seen: str
) -> tuple[Finding, ...]:
    """Keep the file unless something is wrong with it, or somebody else has kept another one since; what is wrong, and
    what should be known."""
    if not data:
        return (Finding("paper_template_no_file"),)
    if len(data) > saksframlegg_template.MOST_BYTES:
        return saksframlegg_template.examine(data)
    found = limited(config, saksframlegg_template.examine, data)
    if not blocking(found):
        with database.write() as session:
            plan_store.hold(session, plan_id)
            if changed := _changed(session, plan_id, seen):
                return changed
            name = file_name(filename.removesuffix(".docx"), "docx")[-LONGEST_NAME:]
            store.put_template(session, plan_id, store.StoredTemplate(name, data, now()))
            plan_store.touch(session, plan_id, now())
            log.append(session, plan_id, now(), "template_kept")
            session.commit()
    return found


def remove(database: Database, plan_id: str, seen: str) -> tuple[Finding, ...]:
    """Drop the file that was seen; not one that somebody has put in its place."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if changed := _changed(session, plan_id, seen):
            return changed
        if seen:
            store.remove_template(session, plan_id)
            log.append(session, plan_id, now(), "template_removed")
        plan_store.touch(session, plan_id, now())
        session.commit()
    return ()


def _changed(session: Session, plan_id: str, seen: str) -> tuple[Finding, ...]:
    name, mark = store.template_head(session, plan_id)
    if mark == seen:
        return ()
    return (Finding("paper_template_changed", details={"name": name}) if name else Finding("paper_template_gone"),)


def word(database: Database, config: Config, plan_id: str, view: ReportView) -> File | ReportView:
    """The saksframlegg, in the municipality's own file where there is one; else the page with why not."""
    with database.read() as session:
        own = store.template(session, plan_id)
    if own is None or view.paper is None or view.kept is None or view.findings:
        return plain_word(view)
    images = {picture.svg: to_png(picture.svg) for picture in view.paper.pictures}
    found = limited(config, paper_files.in_own_template, own.content, view.paper, images, view.kept.kept_at)
    if isinstance(found, bytes):
        return File(view.word_name, DOCX, found)
    return replace(view, findings=sentences([*found, Finding("paper_template_failed", where=own.filename)]))


def example(view: ReportView) -> File | None:
    """A file to begin with; None before there is a paper."""
    if view.paper is None or view.kept is None:
        return None
    paper = replace(view.paper, synthetic="")
    return File(
        file_name(wording.example_stem(), "docx"), DOCX, saksframlegg_template.example(paper, view.kept.kept_at)
    )


def _braces(name: str) -> str:
    return f"{{{{{name}}}}}"
