"""Which workshop does a typed code lead to, and may this address try another? Only wrong codes are counted: two hundred
people behind one address all get in.

An address with thirty wrong codes in ten minutes is told to wait when its next is wrong too; a right one passes, since
a whole room shares the address with whoever guessed. When there have been a thousand wrong ones in an hour from all
addresses together, an address is listened to as long as it has fewer than thirty itself: a good code from where few
have typed wrongly is never refused, whatever others do. Of IPv6 the first 64 bits are one address, since one
subscriber has them all. They are counted in the database, for all processes of an installation together; a right code
is looked up and writes nothing.

The odds: there are 21⁹ = 7.9 · 10¹¹ codes. One address gets 180 tries an hour, so that ten thousand of them, all
evening (3 hours), with a hundred workshops open, find one of them with a chance of 0.07 %. Whoever has addresses
without end is held by the server itself: at 500 tries a second all evening, with one workshop open, 0.0007 %.
"""

from datetime import timedelta

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.services import workshop_phone
from planner.services.plans import now
from planner.services.wrong_tries import household, keyed
from planner.store import wrong_tries
from planner.store.database import Database

OF_ONE, OF_ONE_WITHIN = 30, timedelta(minutes=10)
OF_ALL, OF_ALL_WITHIN = 1000, timedelta(hours=1)
WAIT, WRONG = Finding("workshop_code_many"), Finding("workshop_code_wrong")


def find(database: Database, key: str, typed: str, address: str) -> str | Finding:
    """The link that a code leads to, or that it is wrong (WRONG), or one too many (WAIT). key: of this installation."""
    own, all_ = keyed(key, f"codes of {household(address)}"), keyed(key, "codes of all")
    with database.read() as session:
        if not _may_try(session, own, all_):
            return WAIT
    link = workshop_phone.link_of(database, typed)
    if link is not None:
        return link
    return WAIT if _count(database, own, all_) else WRONG


def _may_try(session: Session, own: str, all_: str) -> bool:
    moment = now()
    return wrong_tries.count(session, all_, moment) < OF_ALL or wrong_tries.count(session, own, moment) < OF_ONE


def _count(database: Database, own: str, all_: str) -> bool:
    """One more wrong code from here; True when it is one too many. Past either limit nothing more is written."""
    moment = now()
    with database.write() as session:
        until = {}
        many = wrong_tries.count(session, own, moment) >= OF_ONE
        if not many:
            until[own] = moment + OF_ONE_WITHIN
        if wrong_tries.count(session, all_, moment) < OF_ALL:
            until[all_] = moment + OF_ALL_WITHIN
        if until:
            wrong_tries.add(session, until, moment)
            session.commit()
    return many
