"""What has an owner said of the columns of survey files before? Mappings by name, the newest first."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from planner.domain.mapping import Mapping
from planner.store.tables import MappingTemplateRow

MOST = 20


def of_owner(session: Session, owner: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """(name, document) of each, newest first."""
    rows = session.exec(
        select(MappingTemplateRow.name, MappingTemplateRow.document)
        .where(MappingTemplateRow.owner == owner)
        .order_by(col(MappingTemplateRow.made_at).desc(), col(MappingTemplateRow.id).desc())
        .limit(MOST)
    )
    return tuple((name, json.loads(document)) for name, document in rows)


def put(session: Session, owner: str, name: str, mapping: Mapping, moment: datetime) -> None:
    """Keep one in place of an earlier one with that name; the oldest beyond MOST are forgotten."""
    mine = col(MappingTemplateRow.owner) == owner
    session.exec(delete(MappingTemplateRow).where(mine, col(MappingTemplateRow.name) == name))
    document = json.dumps(mapping.to_document(), ensure_ascii=False)
    session.add(MappingTemplateRow(owner=owner, name=name, document=document, made_at=moment))
    session.flush()
    newest = select(MappingTemplateRow.id).where(mine).order_by(col(MappingTemplateRow.made_at).desc()).limit(MOST)
    kept = list(session.exec(newest))
    session.exec(delete(MappingTemplateRow).where(mine, col(MappingTemplateRow.id).not_in(kept)))
