"""What a council paper has besides a kept plan: the texts people wrote, and the municipality's own Word file."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from planner.domain.paper_texts import NOTHING_WRITTEN, PaperTexts
from planner.store.tables import PaperTemplateRow, PaperTextsRow


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """version: 0 before anything was written; a form carries it, so that nobody overwrites what they have not seen."""

    texts: PaperTexts = NOTHING_WRITTEN
    version: int = 0


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """content: the file as it was uploaded, not to be trusted."""

    filename: str
    content: bytes
    stored_at: datetime


def texts(session: Session, plan_id: str, *, to_change: bool = False) -> StoredTexts:
    query = select(PaperTextsRow).where(PaperTextsRow.plan_id == plan_id)
    row = session.exec(query.with_for_update() if to_change else query).first()
    return StoredTexts(PaperTexts.from_document(json.loads(row.document)), row.version) if row else StoredTexts()


def keep_texts(session: Session, plan_id: str, new: PaperTexts) -> int:
    """Writes them and gives the new version. The caller has compared the version it read in the same transaction."""
    row = session.get(PaperTextsRow, plan_id) or PaperTextsRow(plan_id=plan_id, document="", version=0)
    document = json.dumps(new.to_document(), ensure_ascii=False)
    if row.document != document:
        row.document, row.version = document, row.version + 1
        session.add(row)
        session.flush()
    return row.version


def template(session: Session, plan_id: str) -> StoredTemplate | None:
    row = session.get(PaperTemplateRow, plan_id)
    return StoredTemplate(row.filename, row.content, row.stored_at) if row else None


def template_head(session: Session, plan_id: str) -> tuple[str, str]:
    """Name and mark of the municipality's own Word file, both "" where there is none. The file itself is not read.

    The mark is when it came: what somebody who replaces or removes it has seen.
    """
    query = select(PaperTemplateRow.filename, PaperTemplateRow.stored_at).where(PaperTemplateRow.plan_id == plan_id)
    found = session.exec(query).first()
    return (found[0], found[1].isoformat()) if found else ("", "")


def put_template(session: Session, plan_id: str, new: StoredTemplate) -> None:
    """In place of one that was there before."""
    remove_template(session, plan_id)
    session.add(PaperTemplateRow(plan_id=plan_id, filename=new.filename, content=new.content, stored_at=new.stored_at))
    session.flush()


def remove_template(session: Session, plan_id: str) -> None:
    session.exec(delete(PaperTemplateRow).where(col(PaperTemplateRow.plan_id) == plan_id))
