"""What stands on the wall? The way in while people come, how many are done while they score, and after a reveal what
the room thinks. Before that nothing of any answer."""

from dataclasses import dataclass

from markupsafe import Markup

from planner.charts.qr import qr
from planner.domain.join_code import shown as shown_code
from planner.services.workshop_board import board
from planner.services.workshop_live import Live
from planner.services.workshop_points import WeighingView, weighings
from planner.services.workshop_proposals import WallProposal, on_the_wall
from planner.services.workshop_results import InitiativeView, ToTalkOf, results
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import workshop as wording
from planner.wording import workshop_points as points_wording


@dataclass(frozen=True, slots=True)
class ProjectorView:
    """code, picture: of the way in; empty while nobody is let in. address: where a typed code is asked for.

    results: the latest revealed round, while it is what the room looks at; waiting: why some new answers are not in it.
    wall: what was asked for instead.
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
    to_talk_of: tuple[ToTalkOf, ...]
    results: tuple[InitiativeView, ...]
    waiting: str
    wall: str
    proposals: tuple[WallProposal, ...]
    weighings: tuple[WeighingView, ...]
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
        shared = weighings(snapshot)
        is_sharing = any(one.is_open for one in shared)
        is_over = workshop.stage.state in ("revealed", "ended") and not (workshop.wall or is_sharing)
        revealed = results(session, snapshot, {}, ()) if is_over else None
    address, before = addresses
    lets_in = workshop.stage.lets_in and not workshop.is_locked
    return ProjectorView(
        plan_id=plan_id,
        number=number,
        seen=there.version,
        title=workshop.settings.title,
        is_rehearsal=workshop.settings.is_rehearsal,
        state=workshop.stage.state,
        state_text=_state(workshop, is_sharing),
        address=address.partition("://")[2],
        code=shown_code(workshop.code) if lets_in else "",
        picture=qr(before + workshop.link, wording.qr_title()) if lets_in else None,
        people_text=there.people_text,
        done_text=there.shared_text or there.done_text,
        to_talk_of=revealed.to_talk_of if revealed else (),
        results=revealed.initiatives if revealed else (),
        waiting=revealed.waiting if revealed else "",
        wall=workshop.wall,
        weighings=tuple(one for one in shared if one.rows) if workshop.wall == "points" else (),
        proposals=on_the_wall(snapshot) if workshop.wall == "proposals" else (),
    )


def _state(workshop: StoredWorkshop, is_sharing: bool) -> str:
    if workshop.wall == "proposals":
        return wording.wall_proposals()
    if workshop.wall == "points":
        return points_wording.wall_result()
    return points_wording.wall() if is_sharing else wording.wall_state(workshop.stage)
