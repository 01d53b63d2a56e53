"""What can a person do with a kept plan? Read it as the council paper it becomes, and take it home as Word or Excel.

One view serves the page and both files, so they cannot differ. A plan whose figures no longer agree with what was kept
is shown with what is wrong, and cannot be taken home.
"""

from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.charts.png import to_png
from planner.domain.findings import Finding
from planner.domain.problem_file import parse
from planner.domain.report import report
from planner.files import handlingsdel, saksframlegg
from planner.files.names import file_name
from planner.services import plans
from planner.services.report_around import around
from planner.services.report_pictures import pictures
from planner.store import portfolio as store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import report as wording
from planner.wording.paper import Paper, Picture

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Choice:
    """A kept plan that the paper can be made from."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page, and all that the files are made from. paper: None where no plan is kept. done: what was just done."""

    frame: plans.Frame
    question: str
    answer: str
    choices: tuple[Choice, ...] = ()
    kept: store.KeptPlan | None = None
    paper: Paper | None = None
    word_name: str = ""
    book_name: str = ""
    findings: tuple[Sentence, ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    kind: str
    content: bytes


def page(database: Database, plan_id: str, number: int | None = None, done: str = "") -> ReportView | None:
    """The paper of one kept plan, the newest when no number is given; None for a number that is not there."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "report")
        headings = store.headings(session, plan_id)
        if not headings:
            return None if number is not None else ReportView(frame, wording.question(), wording.empty())
        kept = store.find_kept(session, plan_id, headings[0].number if number is None else number)
        return None if kept is None else replace(_view(session, plan_id, frame, headings, kept), done=done)


def _view(
    session: Session,
    plan_id: str,
    frame: plans.Frame,
    headings: tuple[store.KeptHeading, ...],
    kept: store.KeptPlan,
) -> ReportView:
    problem = parse(kept.problem).problem
    if problem is None:
        raise ValueError(f"kept plan {kept.number} holds no problem")
    tables = report(problem, kept.result, kept.basis, kept.problem_sha256)
    which = wording.Kept(kept.number, kept.name, kept.kept_at)
    paper = wording.paper(tables, which, pictures(tables), around(session, plan_id, kept))
    choices = (wording.Kept(one.number, one.name, one.kept_at) for one in headings)
    findings: tuple[Finding, ...] = tables.findings
    return ReportView(
        frame=frame,
        question=wording.question(),
        answer=wording.answer(tables, len(paper.missing)),
        choices=tuple(Choice(one.number, wording.choice(one)) for one in choices),
        kept=kept,
        paper=paper,
        word_name=file_name(wording.file_stem(tables), "docx"),
        book_name=file_name(wording.book_stem(tables), "xlsx"),
        findings=sentences(findings),
    )


def word(view: ReportView) -> File:
    """The saksframlegg. Raises ValueError for a view without a paper, or with findings."""
    paper, kept = _sound(view)
    drawn = [block for section in paper.sections for block in section.blocks if isinstance(block, Picture)]
    images = {picture.svg: to_png(picture.svg) for picture in drawn}
    return File(view.word_name, DOCX, saksframlegg.write(paper, images, kept.kept_at))


def book(view: ReportView) -> File:
    """The workbook. Raises ValueError for a view without a paper, or with findings."""
    paper, kept = _sound(view)
    return File(view.book_name, XLSX, handlingsdel.write(paper, kept.kept_at))


def _sound(view: ReportView) -> tuple[Paper, store.KeptPlan]:
    if view.paper is None or view.kept is None or view.findings:
        raise ValueError("there is no paper that may go out")
    return view.paper, view.kept
