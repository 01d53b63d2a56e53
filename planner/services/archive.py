"""What is in the package for the archive? Every file of a kept plan's case, in the plan's language, with checksums.

The same plan, texts and log give the same bytes, so that a package can be checked against another.
"""

import json
from dataclasses import replace

from flask_babel import force_locale

from planner.config import Config
from planner.files import archive, arkivmelding
from planner.files.archive import Part
from planner.files.file import DOCX, HTML, JSON, PDF, PYTHON, TEXT, XLSX, ZIP, File
from planner.files.names import file_name
from planner.services import kept_reasons, log, plans, report, report_template
from planner.services.report import ReportView
from planner.store import decisions
from planner.store.database import Database
from planner.wording import archive as words


def package(database: Database, config: Config, plan_id: str, number: int) -> File | ReportView | None:
    """The zip; the page with what is wrong when it may not go out; None for a plan that is not there."""
    with database.read() as session:
        language = plans.languages(session, plan_id)[0]
    with force_locale(language):
        view = report.page(database, plan_id, number)
        if view is None or view.findings:
            return view
        made = report_template.word(database, config, plan_id, view)
        return made if isinstance(made, ReportView) else _package(database, plan_id, view, made)


def _package(database: Database, plan_id: str, view: ReportView, word: File) -> File:
    tables, kept = view.tables, view.kept
    assert tables is not None and kept is not None
    annex = report.annex(database, plan_id, kept.number)
    assert annex is not None
    with database.read() as session:
        told = kept_reasons.known(session, plan_id, kept).told
        decided = decisions.of_kept(session, plan_id, kept.number)
    contents: dict[str, tuple[str, bytes]] = {
        "saksframlegg.pdf": (PDF, report.pdf(view).content),
        "saksframlegg.docx": (DOCX, archive.steady(word.content)),
        "handlingsdel.xlsx": (XLSX, report.book(view).content),
        "offentlig-vedlegg.html": (HTML, annex.content),
        "regnestykke.json": (JSON, _json(kept.problem)),
        "svar.json": (JSON, _json(kept.result)),
        **({"endringer.json": (JSON, _json(told))} if told is not None else {}),
        **{f"vedtak-{one.number}.json": (JSON, one.text.encode("utf-8")) for one in decided},
        "malrett-logg.json": (JSON, log.file(database, plan_id).content),
        "verify_log.py": (PYTHON, log.verifier().content),
    }
    titles = words.titles(tables) | {f"vedtak-{one.number}.json": words.decision(one.number) for one in decided}
    listed = {name: titles[name] for name in contents}
    answer = tables.answer
    read_me = words.read_me(tables, listed, answer.sha256, f"{answer.program}, {answer.solver}")
    contents["LES-MEG.txt"] = (TEXT, read_me.encode("utf-8"))
    parts = [Part(name, kind, titles[name], content) for name, (kind, content) in contents.items()]
    case = arkivmelding.Case(
        tables.basis.plan_name,
        words.entry(tables),
        tables.basis.municipality,
        kept.kept_at,
        answer.program or "Målrett",
    )
    about = Part("arkivmelding.xml", "application/xml", "", arkivmelding.write(case, parts))
    return File(file_name(words.stem(tables), "zip"), ZIP, archive.write([*parts, about]))


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def shown(made: File | ReportView | None, view: ReportView) -> ReportView:
    """The page in the reader's own language, with the findings of a package that could not be made."""
    return replace(view, findings=made.findings) if isinstance(made, ReportView) else view
