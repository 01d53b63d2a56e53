"""Packages for the archive that lie ready to be fetched: one a plan, for a short while."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as select_columns  # sqlmodel's own knows the types of four at most
from sqlmodel import Session, col, delete, select

from planner.store.tables import PackageRow


@dataclass(frozen=True, slots=True)
class Ready:
    """A package without its content. number: of the kept plan. size: in bytes. of: as of which change of the plan."""

    number: int
    filename: str
    size: int
    of: datetime
    made_at: datetime


def put(session: Session, plan_id: str, new: Ready, content: bytes) -> None:
    """In place of one that lay there."""
    remove(session, plan_id)
    session.add(
        PackageRow(
            plan_id=plan_id,
            number=new.number,
            filename=new.filename,
            content=content,
            size=new.size,
            of=new.of,
            made_at=new.made_at,
        )
    )
    session.flush()


def find(session: Session, plan_id: str, made_after: datetime) -> Ready | None:
    """The plan's package, unless it has lain too long. The content itself is not read."""
    query = (
        select_columns(
            col(PackageRow.number),
            col(PackageRow.filename),
            col(PackageRow.size),
            col(PackageRow.of),
            col(PackageRow.made_at),
        )
        .where(col(PackageRow.plan_id) == plan_id)
        .where(col(PackageRow.made_at) > made_after)
    )
    row = session.connection().execute(query).first()
    return Ready(*row) if row else None


def content(session: Session, plan_id: str, number: int, made_after: datetime) -> tuple[str, bytes] | None:
    """(file name, bytes) of the package of one kept plan; None where there is none, or it has lain too long."""
    query = select(PackageRow.filename, PackageRow.content).where(
        PackageRow.plan_id == plan_id, PackageRow.number == number, col(PackageRow.made_at) > made_after
    )
    row = session.exec(query).first()
    return (row[0], row[1]) if row else None


def remove(session: Session, plan_id: str) -> None:
    session.exec(delete(PackageRow).where(col(PackageRow.plan_id) == plan_id))


def remove_before(session: Session, moment: datetime) -> int:
    """Those that have lain too long, of every plan; how many there were."""
    return session.exec(delete(PackageRow).where(col(PackageRow.made_at) <= moment)).rowcount
