"""What happens while SQLite cannot be written: another program holds the file, or the disk is full?

    python -m bench.refused [--phones 20] [--short 5] [--long 30]

A real server with a sample municipality and phones that score as fast as people do and send again what was refused.
Meanwhile another program holds the database exclusively for `--short` seconds, then for `--long`, and at last the file
system it lies on (a tmpfs of a few megabytes: it takes the right to mount one) is filled to the last byte, and emptied.
Prints, for each: the answers, how long the slowest took, whether each refusal says so in words and when to come again,
whether what was asked for meanwhile (a whole sample plan, of some thousand rows) left anything behind, how soon the
first score is stored afterwards; and at the end whether every acknowledged score is there. About two minutes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench import workshop
from bench.many import Answers, Scorer
from bench.workshop import Leader, Visitor
from planner.domain.workshop_keys import voter_of
from planner.store.database import sqlite_module

workshop.PACE = (1.0, 3.0)
SAID = "Ingenting er lagret"


class Asker(threading.Thread):
    """Somebody who asks for a whole sample plan, and what they are told."""

    def __init__(self, leader: Leader) -> None:
        super().__init__(daemon=True)
        self.visitor = Visitor("http://" + leader.visitor.host)
        self.visitor.cookies, self.visitor.token = dict(leader.visitor.cookies), leader.visitor.token
        self.told: tuple[int, bool, str | None] = (0, False, None)
        self.took = 0.0

    def run(self) -> None:
        began = time.monotonic()
        status, text, _ = self.visitor.ask("POST", "/plans/sample")
        self.told, self.took = (status, SAID in text, self.visitor.retry_after), time.monotonic() - began


class Room:
    """A round that is open, on a file that can be held and a disk that can be filled."""

    def __init__(self, address: str, file: Path, phones: int) -> None:
        self.file, self.counts, self.stop = file, Answers(), threading.Event()
        self.leader = Leader(address, self.counts)
        self.link = self.leader.set_up(max(30, phones))
        self.phones = [Scorer([address], self.link, self.counts, self.stop, seed) for seed in range(phones)]
        for phone in self.phones:
            phone.enter()
        self.leader.act("open")
        for phone in self.phones:
            phone.start()

    def rows(self) -> dict[str, int]:
        """How many rows each table has, but for what phones say."""
        with closing(sqlite_module().connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            names = [name for (name,) in found if not name.startswith(("sqlite_", "workshop_s"))]
            return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}

    @contextmanager
    def told(self, name: str) -> Iterator[None]:
        """What is answered while this lasts, and how soon all is well again."""
        before, counts = self.rows(), self.counts
        with counts.lock:
            for counted in (counts.status, counts.taps, counts.polls):
                counted.clear()
            counts.bare = 0
        asker = Asker(self.leader)
        asker.start()
        yield
        over = time.monotonic()
        with counts.lock:
            had = len(counts.taps)
        while len(counts.taps) == had:
            time.sleep(0.01)
        first = time.monotonic() - over
        asker.join(40)
        time.sleep(3)
        with counts.lock:
            slowest = max([*counts.taps, *counts.polls])
            print(f"{name}: answers {dict(sorted(counts.status.items()))}; slowest {slowest:.1f} s; 5xx without "
                  f"Retry-After {counts.bare}; first score {first:.2f} s after")  # fmt: skip
        status, said, again = asker.told
        after = self.rows()
        left = {one: (before[one], after[one]) for one in before if before[one] != after[one]}
        print(f"  a sample plan: {status} after {asker.took:.1f} s, says that nothing is stored: {said}, Retry-After "
              f"{again}; rows more than before: {sum(b - a for a, b in left.values())}", flush=True)  # fmt: skip

    def missing(self) -> tuple[int, int]:
        """How many cells have an acknowledged score, and in how many the last of them is not there."""
        with closing(sqlite_module().connect(self.file)) as connection:
            query = "SELECT id, salt FROM workshop WHERE link = ?"
            ((workshop_id, salt),) = connection.execute(query, (self.link,)).fetchall()
            query = "SELECT voter, sequence, score FROM workshop_score WHERE workshop_id = ?"
            kept = {voter: (number, str(score)) for voter, number, score in connection.execute(query, (workshop_id,))}
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        lost = 0
        for phone in self.phones:
            token = phone.visitor.cookies["malrett_seat"]
            for cell, said in phone.acknowledged.items():
                name = voter_of(token, salt, is_named=False, round_=1, initiative=cell[0], statement=cell[1])
                lost += kept.get(name) != said
        return sum(len(phone.acknowledged) for phone in self.phones), lost


def hold(file: Path, seconds: float) -> None:
    """As another program that writes for so long."""
    with closing(sqlite_module().connect(file, isolation_level=None, timeout=10)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")


def fill(folder: Path, seconds: float) -> None:
    """To the last byte, for so long."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 1024, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
        time.sleep(seconds)
    filler.unlink()


def on_a_server(url: str, folder: Path, phones: int, act: Callable[[Room], None]) -> None:
    env: dict[str, Any] = {**os.environ, "MALRETT_DATA": str(folder), "MALRETT_DATABASE_URL": url}
    command = [sys.executable, "-m", "planner", "serve", "--port", "0"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert found
            room = Room(found[0], Path(url.removeprefix("sqlite:///")), phones)
            act(room)
            room.stop.set()
            for phone in room.phones:
                phone.join(20)
            cells, lost = room.missing()
            print(f"{room.counts.acknowledged} scores acknowledged, in {cells} cells; not there: {lost}", flush=True)
        finally:
            server.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--short", type=float, default=5)
    parser.add_argument("--long", type=float, default=30)
    args = parser.parse_args()
    print(f"other work on this machine: {os.getloadavg()[0]:.1f} processes wanted its {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)

        def locked(room: Room) -> None:
            time.sleep(3)
            for seconds in (args.short, args.long):
                with room.told(f"held for {seconds:.0f} s"):
                    hold(room.file, seconds)

        on_a_server(f"sqlite:///{folder / 'store.db'}", folder, args.phones, locked)
        disk = folder / "disk"
        disk.mkdir()
        mounted = (
            shutil.which("mount")
            and not subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True
            ).returncode
        )
        if not mounted:
            print("a full disk: not measured, no right to mount a small file system")
            return

        def full(room: Room) -> None:
            time.sleep(3)
            with room.told("disk full for 10 s"):
                fill(disk, 10)

        try:
            on_a_server(f"sqlite:///{disk / 'store.db'}", folder, args.phones, full)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)


if __name__ == "__main__":
    main()
