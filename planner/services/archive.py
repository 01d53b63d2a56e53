"""What is to be in the package for the archive? Every file of a kept plan's case, in the plan's language.

Gathered here, made by `planner.files.package`. The same plan, texts and log give the same bytes, so that a package can
be checked against another.
"""

import json

from planner.files.archive import Part
from planner.files.arkivmelding import Case
from planner.files.file import JSON, PYTHON
from planner.files.names import file_name
from planner.files.package import Order, OwnTemplate
from planner.services import kept_reasons, log, report
from planner.services.report import ReportView
from planner.services.report_pictures import pictures
from planner.store import decisions
from planner.store import report as store
from planner.store.database import Database
from planner.wording import annex as annex_words
from planner.wording import archive as words


def gather(database: Database, plan_id: str, number: int) -> Order | ReportView | None:
    """All that a package is made of; the page with what is wrong when it may not go out; None for no such plan."""
    view = report.page(database, plan_id, number)
    return view if view is None or view.findings else _order(database, plan_id, view)


def name(order: Order) -> str:
    """Of the zip."""
    return file_name(words.stem(order.case.title), "zip")


def _order(database: Database, plan_id: str, view: ReportView) -> Order:
    tables, kept, paper = view.tables, view.kept, view.paper
    assert tables is not None and kept is not None and paper is not None
    with database.read() as session:
        told = kept_reasons.known(session, plan_id, kept).told
        decided = decisions.of_kept(session, plan_id, kept.number)
        own = store.template(session, plan_id)
    contents: dict[str, tuple[str, bytes]] = {
        "regnestykke.json": (JSON, _json(kept.problem)),
        "svar.json": (JSON, _json(kept.result)),
        **({"endringer.json": (JSON, _json(told))} if told is not None else {}),
        **{f"vedtak-{one.number}.json": (JSON, one.text.encode("utf-8")) for one in decided},
        "malrett-logg.json": (JSON, log.file(database, plan_id).content),
        "verify_log.py": (PYTHON, log.verifier().content),
    }
    titles = words.titles(tables) | {f"vedtak-{one.number}.json": words.decision(one.number) for one in decided}
    listed = {name: titles[name] for name in (*words.MADE, *contents)}
    answer = tables.answer
    return Order(
        paper=paper,
        kept_at=kept.kept_at,
        own=OwnTemplate(own.filename, own.content) if own is not None else None,
        annex=annex_words.annex(tables, paper, kept.number, told, pictures(tables), view.decided),
        problem=kept.problem,
        result=kept.result,
        titles=titles,
        others=tuple(Part(name, kind, titles[name], content) for name, (kind, content) in contents.items()),
        read_me=words.read_me(tables, listed, answer.sha256, f"{answer.program}, {answer.solver}"),
        case=Case(
            tables.basis.plan_name,
            words.entry(tables),
            tables.basis.municipality,
            kept.kept_at,
            answer.program or "Målrett",
        ),
    )


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
