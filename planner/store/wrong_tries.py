"""How often was a wrong password or a wrong code given lately? Counted for all processes of an installation together.

whose is a keyed hash (`services/wrong_tries.py`): nothing here tells of whom.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from planner.store.upkeep_tables import WrongTryRow


def hold(session: Session) -> None:
    """Until the transaction ends nobody else counts, so that of many at once each sees those before. On SQLite every
    writing transaction is alone."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql(f"LOCK TABLE {WrongTryRow.__tablename__} IN SHARE ROW EXCLUSIVE MODE")


def count(session: Session, whose: str, now: datetime) -> int:
    """How many stand against it now."""
    return session.exec(select(func.count()).where(WrongTryRow.whose == whose, col(WrongTryRow.until) > now)).one()


def add(session: Session, until: Mapping[str, datetime], now: datetime) -> tuple[int, ...]:
    """One more of each, which counts until then; the ids of what was written. Those that count no more go."""
    forget_over(session, now)
    rows = [WrongTryRow(whose=whose, until=moment) for whose, moment in until.items()]
    session.add_all(rows)
    session.flush()
    return tuple(row.id for row in rows if row.id is not None)


def forget(session: Session, whose: str, counted: tuple[int, ...]) -> None:
    """It was the right one: nothing stands against whose it is, nor what was counted beforehand."""
    session.exec(delete(WrongTryRow).where((col(WrongTryRow.whose) == whose) | col(WrongTryRow.id).in_(counted)))


def forget_over(session: Session, now: datetime) -> None:
    session.exec(delete(WrongTryRow).where(col(WrongTryRow.until) <= now))
