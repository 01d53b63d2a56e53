"""What can a person do with the log of a plan? Read what was done and when, see that the chain is whole, take it home,
and delete what people wrote beside an entry.

The log is never written here: each command appends its own entry as it commits.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from planner.domain import log_chain
from planner.domain.log_chain import Chain, Link
from planner.files import verify_log
from planner.files.file import JSON, PYTHON, File
from planner.services import plans
from planner.store import log as store
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import log as wording

FILE_NAME, PROGRAM_NAME = "malrett-logg.json", "verify_log.py"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done. moment: UTC. written: what people wrote, by what it is; forgotten: it was deleted."""

    number: int
    moment: datetime | None
    told: str
    written: tuple[tuple[str, str], ...]
    forgotten: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class LogView:
    """findings: where the chain is broken. head: the hash to print. command: by which the two files are checked."""

    frame: plans.Frame
    question: str
    answer: str
    findings: tuple[Sentence, ...]
    lines: tuple[Line, ...]
    head: str
    command: str


def page(database: Database, plan_id: str) -> LogView:
    with database.read() as session:
        frame = plans.frame(session, plan_id, "report")
        chain = store.chain(session, plan_id)
    found = log_chain.findings(chain)
    lines = tuple(_line(chain, link) for link in reversed(chain.links))
    head = chain.head.sha256 if chain.head else ""
    answer = wording.answer(len(lines), len(found))
    return LogView(
        frame,
        wording.question(),
        answer,
        sentences(found),
        lines,
        head,
        wording.command(FILE_NAME, PROGRAM_NAME),
    )


def head(session: Session, plan_id: str) -> str:
    """The hash of the last entry, to stand printed in a paper; empty before anything was done."""
    there = store.head(session, plan_id)
    return there.sha256 if there else ""


def file(database: Database, plan_id: str) -> File:
    """The whole log as malrett-log/1, to be checked by `verify_log.py`."""
    with database.read() as session:
        chain = store.chain(session, plan_id)
    text = json.dumps(log_chain.document(chain), ensure_ascii=False, indent=1) + "\n"
    return File(FILE_NAME, JSON, text.encode("utf-8"))


def verifier() -> File:
    """The program that checks it, which needs nothing but Python."""
    return File(PROGRAM_NAME, f"{PYTHON}; charset=utf-8", Path(verify_log.__file__).read_bytes())


def forget(database: Database, plan_id: str, number: int) -> None:
    """Delete what people wrote beside one entry, for good, and say in the log that it was done."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if store.forget(session, plan_id, number):
            store.append(session, plan_id, plans.now(), "words_deleted", {"entry": number})
            session.commit()
    database.scrub("plan_log_content")


def _line(chain: Chain, link: Link) -> Line:
    entry, content = log_chain.read(link.text), chain.contents.get(link.sequence)
    if entry is None:
        return Line(link.sequence, None, wording.unreadable(), (), False, link.sha256)
    words = content.words if content is not None else {}
    return Line(
        link.sequence,
        datetime.fromisoformat(entry.at),
        wording.told(entry.what, entry.facts),
        tuple((wording.label(key), text) for key, text in words.items()),
        entry.content is not None and content is None,
        link.sha256,
    )
