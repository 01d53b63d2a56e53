"""An application on the real server, with all its limits, in a thread: for tests that speak over a socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from planner.config import Config
from planner.serving import server_of


@contextmanager
def served(app: Flask, config: Config) -> Iterator[int]:
    """The port it listens on. The application is closed afterwards."""
    server = server_of(app, config, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.trigger.pull_trigger(server.close)  # in the loop's own thread
        thread.join(10)
        server.task_dispatcher.shutdown()
        app.extensions["planner"].close()
