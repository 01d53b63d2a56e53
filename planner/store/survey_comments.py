"""What did people write in their own words? Free texts of a plan, each by itself.

Never who wrote one, which group they are of or where in the file it stood: a text carries its own number and no other.
"""

import json
from collections.abc import Sequence

from sqlmodel import Session, col, delete, func, insert, select

from planner.domain.comment_pages import Comment
from planner.store.tables import SurveyCommentRow


def put_all(session: Session, plan_id: str, texts: Sequence[str]) -> None:
    """Keep these, unread, in place of those there. They are numbered as they come: the caller has shuffled them."""
    remove_all(session, plan_id)
    rows = [{"plan_id": plan_id, "text": text, "statements": "[]", "is_read": False} for text in texts]
    if rows:
        session.execute(insert(SurveyCommentRow), rows)  # together: one by one costs a statement a text


def listing(session: Session, plan_id: str) -> tuple[Comment, ...]:
    """All of them, by number."""
    rows = session.exec(
        select(SurveyCommentRow).where(SurveyCommentRow.plan_id == plan_id).order_by(col(SurveyCommentRow.id))
    )
    return tuple(_stored(row) for row in rows)


def count(session: Session, plan_id: str) -> int:
    found = session.exec(select(func.count()).select_from(SurveyCommentRow).where(SurveyCommentRow.plan_id == plan_id))
    return found.one()


def find(session: Session, plan_id: str, number: int) -> Comment | None:
    row = _row(session, plan_id, number)
    return _stored(row) if row is not None else None


def change(session: Session, plan_id: str, comment: Comment) -> None:
    """Keep what is said in place of what was, under the same number. Raises LookupError when it is not there."""
    row = _row(session, plan_id, comment.id)
    if row is None:
        raise LookupError(comment.id)
    row.text, row.is_read = comment.text, comment.is_read
    row.statements = json.dumps(list(comment.statements), ensure_ascii=False)
    session.add(row)
    session.flush()


def remove(session: Session, plan_id: str, number: int) -> None:
    session.exec(
        delete(SurveyCommentRow).where(col(SurveyCommentRow.plan_id) == plan_id, col(SurveyCommentRow.id) == number)
    )


def remove_all(session: Session, plan_id: str) -> None:
    session.exec(delete(SurveyCommentRow).where(col(SurveyCommentRow.plan_id) == plan_id))


def _row(session: Session, plan_id: str, number: int) -> SurveyCommentRow | None:
    return session.exec(
        select(SurveyCommentRow).where(SurveyCommentRow.plan_id == plan_id, SurveyCommentRow.id == number)
    ).first()


def _stored(row: SurveyCommentRow) -> Comment:
    if row.id is None:
        raise ValueError("a stored row has a number")
    return Comment(row.id, row.text, tuple(json.loads(row.statements)), row.is_read)
