"""What does a request need from its surroundings? Configuration, database, job queue and live workshops of one running
application."""

from dataclasses import dataclass

from planner.config import Config
from planner.jobs import Jobs
from planner.join_limits import WrongCodes
from planner.services.workshop_live import Live
from planner.store.database import Database


@dataclass(frozen=True)
class Place:
    """What a request needs from its surroundings."""

    config: Config
    database: Database
    jobs: Jobs
    live: Live
    wrong_codes: WrongCodes

    def close(self) -> None:
        self.jobs.close()
        self.database.close()
