"""What lies in the queue is a message without content, and nothing else, whoever wrote it."""

import pickle
import threading
from pathlib import Path

import pytest

from planner import job_queue
from planner.config import Config
from planner.job_queue import Queue


class Bomb:
    """Huey's own way of reading a queue would make a folder of this."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.mkdir, (self.path,)  # type: ignore[return-value]


def test_nothing_that_lies_in_the_queue_is_ever_run(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever can write to the database, or to the data folder, can put anything into it."""
    looked, trap = threading.Event(), tmp_path / "ran"
    queue = Queue(config, looked.set, inside=False)
    monkeypatch.setattr(job_queue, "LOOK_SECONDS", 1e12)
    there = [pickle.dumps(Bomb(trap)), b"[" * 100_000, b'["os:system", "true", [], {}]', b"\x00", b"null"]
    for written in there:
        queue._huey.storage.enqueue(written)
    queue.work()
    try:
        queue.tell()
        assert looked.wait(20), "what cannot be read must not stop the messages after it"
        assert not trap.exists()
    finally:
        queue.close()
