"""What can a person do with a kept plan? Read it as the council paper it becomes, and take it home: Word, PDF, Excel.

One view serves the page and the files, so they cannot differ. A plan whose figures no longer agree with what was kept
is shown with what is wrong, and cannot be taken home.
"""

from dataclasses import dataclass, replace

from flask_babel import force_locale
from sqlmodel import Session

from planner.charts.png import to_png, with_colours
from planner.domain.decision_document import Decided, read
from planner.domain.findings import Finding
from planner.domain.problem_file import parse
from planner.domain.report import Report, report
from planner.domain.report_decided import Adopted, Replaced, adopted
from planner.files import annex as annex_file
from planner.files import handlingsdel, saksframlegg, saksframlegg_pdf
from planner.files.file import DOCX, HTML, PDF, XLSX, File
from planner.files.names import file_name
from planner.services import annex as offers
from planner.services import kept_reasons, log, package, plans
from planner.services.package import PackageView
from planner.services.report_around import around, as_decided
from planner.services.report_pictures import pictures
from planner.store import decisions
from planner.store import portfolio as store
from planner.store.database import Database
from planner.wording import Sentence, report_decided
from planner.wording import annex as annex_words
from planner.wording import findings as sentences
from planner.wording import report as wording
from planner.wording.paper import Paper


@dataclass(frozen=True, slots=True)
class Choice:
    """A kept plan that the paper can be made from."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page, and all that the files are made from. paper, tables, offered: None where no plan is kept. done: what
    was just done. decided: what was decided of this plan, and replaced: that another stands; else None and "".
    package: for the archive.
    """

    frame: plans.Frame
    question: str
    answer: str
    choices: tuple[Choice, ...] = ()
    kept: store.KeptPlan | None = None
    paper: Paper | None = None
    word_name: str = ""
    pdf_name: str = ""
    book_name: str = ""
    tables: Report | None = None
    offered: offers.OfferView | None = None
    package: PackageView | None = None
    findings: tuple[Sentence, ...] = ()
    done: str = ""
    decided: Adopted | None = None
    replaced: str = ""


def page(database: Database, plan_id: str, number: int | None = None, done: str = "") -> ReportView | None:
    """The paper of one kept plan, the newest when no number is given; None for a number that is not there."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "report")
        headings = store.headings(session, plan_id)
        if not headings:
            return None if number is not None else ReportView(frame, wording.question(), wording.empty())
        kept = store.find_kept(session, plan_id, headings[0].number if number is None else number)
        if kept is None:
            return None
        stored = decisions.of_kept(session, plan_id, kept.number)
        decided = read(stored[-1].document) if stored else None
        return replace(_view(session, plan_id, frame, headings, kept, decided), done=done)


def of_decision(database: Database, plan_id: str, number: int) -> ReportView | None:
    """The paper of a decision, from what was frozen with it; None where there is no such decision."""
    with database.read() as session:
        stored = decisions.find(session, plan_id, number)
        headings = store.headings(session, plan_id)
        kept = store.find_kept(session, plan_id, stored.document["kept"]["number"]) if stored else None
        if stored is None or kept is None:
            return None
        frame = plans.frame(session, plan_id, "report")
        return _view(session, plan_id, frame, headings, kept, read(stored.document))


def _view(
    session: Session,
    plan_id: str,
    frame: plans.Frame,
    headings: tuple[store.KeptHeading, ...],
    kept: store.KeptPlan,
    there: Decided | None,
) -> ReportView:
    problem = parse(kept.problem).problem
    if problem is None:
        raise ValueError(f"kept plan {kept.number} holds no problem")
    tables = report(problem, kept.result, kept.basis, kept.problem_sha256)
    head = (there.document["log"] or {}).get("sha256", "") if there else log.head(session, plan_id)
    which = wording.Kept(kept.number, kept.name, kept.kept_at, head)
    decided = adopted(there, tables, _replaced(session, plan_id, there.number)) if there else None
    frozen = as_decided(there.document) if there else None
    paper = wording.paper(tables, which, pictures(tables), frozen or around(session, plan_id, kept), decided)
    choices = (wording.Kept(one.number, one.name, one.kept_at) for one in headings)
    findings: tuple[Finding, ...] = tables.findings
    return ReportView(
        frame=frame,
        question=wording.question(decided),
        answer=wording.answer(tables, len(paper.missing), decided),
        choices=tuple(Choice(one.number, wording.choice(one)) for one in choices),
        kept=kept,
        paper=paper,
        word_name=file_name(wording.file_stem(tables, decided), "docx"),
        pdf_name=file_name(wording.file_stem(tables, decided), "pdf"),
        book_name=file_name(wording.book_stem(tables, decided), "xlsx"),
        tables=tables,
        package=package.offer(session, frame.plan_id, kept.number),
        offered=offers.offer(session, frame.plan_id, kept.number, kept_reasons.known(session, frame.plan_id, kept)),
        findings=sentences(findings),
        decided=decided,
        replaced=report_decided.replaced(decided) if decided else "",
    )


def _replaced(session: Session, plan_id: str, number: int) -> Replaced | None:
    later = decisions.after(session, plan_id, number)
    return Replaced(later[0].number, later[0].on.isoformat(), later[-1].number) if later else None


def word(view: ReportView) -> File:
    """The saksframlegg. Raises ValueError for a view without a paper, or with findings."""
    paper, kept = _sound(view)
    images = {picture.svg: to_png(picture.svg) for picture in paper.pictures}
    return File(view.word_name, DOCX, saksframlegg.write(paper, images, kept.kept_at))


def pdf(view: ReportView) -> File:
    """The saksframlegg as PDF, tagged for screen readers. Raises ValueError as `word` does."""
    paper, kept = _sound(view)
    drawn = {picture.svg: with_colours(picture.svg) for picture in paper.pictures}
    return File(view.pdf_name, PDF, saksframlegg_pdf.write(paper, drawn, kept.kept_at))


def book(view: ReportView) -> File:
    """The workbook. Raises ValueError for a view without a paper, or with findings."""
    paper, kept = _sound(view)
    return File(view.book_name, XLSX, handlingsdel.write(paper, kept.kept_at))


def annex(database: Database, plan_id: str, number: int, language: str = "") -> File | None:
    """The page for the public, in the plan's language or one asked for; None for a plan that is not there, or may not
    go out."""
    with database.read() as session:
        spoken = plans.language_of(session, plan_id, language)
    with force_locale(spoken):
        view = page(database, plan_id, number)
        if view is None or view.findings:
            return None
        paper, kept = _sound(view)
        assert view.tables is not None
        with database.read() as session:
            told = kept_reasons.known(session, plan_id, kept).told
        made = annex_words.annex(view.tables, paper, number, told, pictures(view.tables), view.decided)
        name = file_name(annex_words.file_stem(view.tables), "html")
    return File(name, HTML, annex_file.write(made, kept.problem, kept.result))


def _sound(view: ReportView) -> tuple[Paper, store.KeptPlan]:
    if view.paper is None or view.kept is None or view.findings:
        raise ValueError("there is no paper that may go out")
    return view.paper, view.kept
