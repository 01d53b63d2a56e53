"""What stands on the wall? The way in while people come, how many are done while they score, and after a reveal what
the room thinks. Before that nothing of any answer."""

from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.qr import qr
from planner.domain.join_code import shown as shown_code
from planner.services.workshop_board import board
from planner.services.workshop_live import Live
from planner.services.workshop_results import InitiativeView, results
from planner.store import workshop as store
from planner.store.database import Database
from planner.wording import workshop as wording


@dataclass(frozen=True, slots=True)
class ProjectorView:
    """code, picture: of the way in; empty while nobody is let in. address: where a typed code is asked for.

    results: the latest revealed round, while it is what the room looks at.
    """

    plan_id: str
    number: int
    seen: str
    title: str
    is_rehearsal: bool
    state: str
    state_text: str
    address: str
    code: str
    picture: Markup | None
    people_text: str
    done_text: str
    results: tuple[InitiativeView, ...]
    frame: None = None


def projector(
    database: Database, live: Live, plan_id: str, number: int, addresses: tuple[str, str], seen: str = ""
) -> ProjectorView | None:
    """None when nothing is new since `seen`. addresses: (where codes are typed, what a link is put behind).

    Raises LookupError where there is no such workshop.
    """
    there = board(database, live, plan_id, number, seen)
    if there is None:
        return None
    with database.read() as session:
        workshop = store.find(session, plan_id, number)
        snapshot = live.snapshot(workshop.link) if workshop else None
        if snapshot is None:
            raise LookupError(number)
        workshop = snapshot.workshop
        revealed = results(session, snapshot, {}, ()) if workshop.stage.state in ("revealed", "ended") else None
    address, before = addresses
    lets_in = workshop.stage.lets_in and not workshop.is_locked
    return ProjectorView(
        plan_id=plan_id,
        number=number,
        seen=there.version,
        title=workshop.settings.title,
        is_rehearsal=workshop.settings.is_rehearsal,
        state=workshop.stage.state,
        state_text=wording.wall_state(workshop.stage),
        address=address.partition("://")[2],
        code=shown_code(workshop.code) if lets_in else "",
        picture=qr(before + workshop.link, wording.qr_title()) if lets_in else None,
        people_text=there.people_text,
        done_text=there.done_text,
        results=revealed.initiatives if revealed else (),
    )
