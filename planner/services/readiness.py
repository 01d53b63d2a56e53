"""Can this installation take requests just now? Looked at each time it is asked; tells nothing of anybody."""

import shutil
from dataclasses import dataclass
from typing import Literal, get_args

from planner.config import Config
from planner.store import jobs as store
from planner.store.database import Database

LEAST_FREE = 100 << 20
"""Bytes; below it a survey file may not find room."""


@dataclass(frozen=True, slots=True)
class Readiness:
    database: Literal["ok", "away", "not up to date"]
    disk: Literal["ok", "full"]

    @property
    def is_ready(self) -> bool:
        return self.database == self.disk == "ok"


def look(database: Database, config: Config) -> Readiness:
    free = shutil.disk_usage(config.data_folder).free
    return Readiness(_database(database), "ok" if free >= LEAST_FREE else "full")


def jobs(database: Database) -> dict[str, int]:
    """How many there are in each state, also in those that none is in."""
    with database.read() as session:
        found = store.by_state(session)
    return {state: found.get(state, 0) for state in get_args(store.State)}


def _database(database: Database) -> Literal["ok", "away", "not up to date"]:
    try:
        return "ok" if database.is_up_to_date() else "not up to date"
    except Exception:  # whatever the driver raises
        return "away"
