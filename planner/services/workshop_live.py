"""What do phones, board and projector see between two changes, without each of them asking the database?

One picture of each workshop in memory, looked at anew at most every half second and by one thread at a time; it is read
again only when the version in the database is another. And how far each phone has come: told by the phones themselves
as they answer and ask for news, never stored, since beside the scores it would say whose they are. After a restart
everything here is gone, and is told again within seconds.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from planner.domain.adoption import Cell
from planner.domain.candidates import Candidate
from planner.domain.mapping import Segment
from planner.domain.statements import Statement
from planner.domain.workshop import WorkshopSettings
from planner.services.initiative_rows import ground
from planner.store import initiatives as initiative_store
from planner.store import plans, walls, workshop_points, workshop_proposals, workshop_scores, workshop_seats
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredRound, StoredWorkshop
from planner.store.workshop_proposals import StoredProposal
from planner.store.workshop_seats import Seat

FRESH_SECONDS = 0.5
HERE_SECONDS = 20.0  # a phone that has not asked for so long is locked, or away
FORGOTTEN_SECONDS = 3600.0  # what nobody has looked at for so long is read again when somebody does
# Another web process may have heard more of a phone; on PostgreSQL, where there may be one, the database is asked.
TOLD_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Words:
    """What cards say, of one version of a workshop. statements: by id; segments: of the plan, in order."""

    candidates: Mapping[str, Candidate]
    statements: Mapping[str, Statement]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """mark: another text each time something was said or somebody came in. shared: kind -> how many shared points."""

    workshop: StoredWorkshop
    mark: str
    seats: Mapping[str, Seat]
    rounds: tuple[StoredRound, ...]
    words: Words
    proposals: tuple[StoredProposal, ...] = ()
    shared: Mapping[str, int] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Of everything on the board; what a poll sends back as «seen»."""
        return f"{self.workshop.version}.{self.mark}"

    @property
    def round_settings(self) -> WorkshopSettings:
        """What the round that is on, or was on last, is scored by; the workshop's own before the first."""
        return self.rounds[-1].settings if self.rounds else self.workshop.settings


@dataclass(frozen=True, slots=True)
class Progress:
    """Which statements a phone has answered in a round, and of how many. seen: when it was heard of; told: when the
    database was asked, and mark: what had been said in the workshop then. Both on the clock of `Live`."""

    round: int
    cells: frozenset[Cell]
    of: int
    seen: float
    told: float
    mark: str

    @property
    def is_done(self) -> bool:
        return len(self.cells) >= self.of > 0


@dataclass
class _Kept:
    owner: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    snapshot: Snapshot | None = None
    looked: float = float("-inf")
    asked: float = float("-inf")
    progress: dict[str, Progress] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return self.snapshot.mark if self.snapshot is not None else ""


class Live:
    """The workshops of one running application that somebody is looking at."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, _Kept] = {}

    def snapshot(self, link: str) -> Snapshot | None:
        """The workshop as it was at most half a second ago; None when there is none. Raises Unavailable."""
        kept = self._kept_of(link)
        if kept is None:
            return None
        kept.asked = self._clock()
        if self._clock() - kept.looked >= FRESH_SECONDS:
            with kept.lock:
                if self._clock() - kept.looked >= FRESH_SECONDS:
                    kept.snapshot = self._look(link, kept.snapshot)
                    kept.looked = self._clock()
        return kept.snapshot

    def owner(self, link: str) -> str:
        """Whose plan the workshop is of, which is what its phones may see of; «» where there is none."""
        kept = self._kept_of(link)
        return kept.owner if kept is not None else walls.NOBODY

    def changed(self, link: str) -> None:
        """Somebody has just changed it, and must see that themselves."""
        kept = self._kept.get(link)
        if kept is not None:
            with kept.lock:  # whoever is looking just now may have looked before the change was there
                kept.looked = float("-inf")

    def note(self, link: str, seat: str, round_: int, cells: Iterable[Cell], of: int) -> None:
        """What a phone has answered so far, as the database has it under the phone's own names."""
        kept = self._kept.get(link)
        if kept is not None:
            now = self._clock()
            kept.progress[seat] = Progress(round_, frozenset(cells), of, now, now, kept.mark)

    def heard(self, link: str, seat: str, round_: int, answered: Cell | None = None) -> bool:
        """A phone asks for news, or has answered one more; False where it must be found out how far it has come."""
        kept = self._kept.get(link)
        before = kept.progress.get(seat) if kept is not None else None
        if kept is None or before is None or before.round != round_ or self._is_old(kept, before):
            return False
        cells = before.cells | {answered} if answered else before.cells
        kept.progress[seat] = replace(before, cells=cells, seen=self._clock())
        return True

    def _is_old(self, kept: _Kept, progress: Progress) -> bool:
        """Whether more may have been heard of the phone elsewhere."""
        elsewhere = not self._database.is_sqlite and kept.mark != progress.mark
        return elsewhere and self._clock() - progress.told >= TOLD_SECONDS

    def progress(self, link: str) -> Mapping[str, Progress]:
        """By seat; those that have not been heard of since a restart are not there."""
        kept = self._kept.get(link)
        return dict(kept.progress) if kept is not None else {}

    def is_here(self, progress: Progress) -> bool:
        return self._clock() - progress.seen < HERE_SECONDS

    def phones(self) -> int:
        """How many are here, in all workshops of this process."""
        return sum(self.is_here(one) for kept in list(self._kept.values()) for one in list(kept.progress.values()))

    def _kept_of(self, link: str) -> _Kept | None:
        kept = self._kept.get(link)
        if kept is None:
            with self._database.read() as session:
                workshop = store.by_link(session, link)
                plan = plans.find(session, workshop.plan_id) if workshop is not None else None
            if plan is None:  # a guessed address leaves nothing in memory
                return None
            with self._lock:
                self._forget()
                kept = self._kept.setdefault(link, _Kept(plan.owner, asked=self._clock()))
        return kept

    def _forget(self) -> None:
        """Evenings that are over: an installation runs for months, and each picture holds all the initiatives."""
        over = self._clock() - FORGOTTEN_SECONDS
        self._kept = {link: kept for link, kept in self._kept.items() if kept.asked > over}

    def _look(self, link: str, before: Snapshot | None) -> Snapshot | None:
        with self._database.of(self.owner(link)).read() as session:
            workshop = store.by_link(session, link)
            if workshop is None:
                return None
            mark = workshop_scores.mark(session, workshop.id)
            same = before is not None and before.workshop.version == workshop.version
            if before is not None and same and before.mark == mark:
                return before
            seats = {seat.id: seat for seat in workshop_seats.seats(session, workshop.id)}
            proposals = workshop_proposals.all_of(session, workshop.id)
            shared = workshop_points.counts(session, workshop.id)
            if before is not None and same:
                return Snapshot(workshop, mark, seats, before.rounds, before.words, proposals, shared)
            base = ground(session, workshop.plan_id)
            candidates = {one.code: one for one in initiative_store.candidates(session, workshop.plan_id)}
            words = Words(candidates, {one.id: one for one in base.statements}, base.segments)
            return Snapshot(workshop, mark, seats, store.rounds(session, workshop.id), words, proposals, shared)
