"""Which work runs outside the request, and how is it started and stopped? The job queue."""

from flask import Flask

from planner.config import Config
from planner.store.database import Database


class Jobs:
    """The queue of this installation."""

    def __init__(self, app: Flask, config: Config, database: Database) -> None:
        self._app = app
        self._config = config
        self._database = database

    def close(self) -> None:
        """Stop the workers."""
