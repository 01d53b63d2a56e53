"""What does a request need from its surroundings? Configuration, database, job queue, live workshops and issuer of one
running application."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.config import Config
from planner.jobs import Jobs
from planner.services.workshop_live import Live
from planner.store.database import Database

if TYPE_CHECKING:
    from planner.services.issuer import Issuer


@dataclass(frozen=True)
class Place:
    """What a request needs from its surroundings."""

    config: Config
    database: Database
    jobs: Jobs
    live: Live
    issuer: "Issuer | None" = None

    def close(self) -> None:
        self.jobs.close()
        self.database.close()
