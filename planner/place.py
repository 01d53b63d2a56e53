"""What does a request need from its surroundings? Configuration, database and job queue of one running application."""

from dataclasses import dataclass

from planner.config import Config
from planner.jobs import Jobs
from planner.store.database import Database


@dataclass(frozen=True)
class Place:
    """What a request needs from its surroundings."""

    config: Config
    database: Database
    jobs: Jobs

    def close(self) -> None:
        self.jobs.close()
        self.database.close()
