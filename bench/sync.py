"""Is every answered score on the disk before it is answered? Shown by the order of the server's own system calls.

    python -m bench.sync [--scores 1000]

Needs strace and SQLite on a real file system. A server runs under strace; one phone gives its scores one after the
other, so that whatever the server does between two answers belongs to the later one. An answer counts when the
write-ahead log was written for it, and synced (fdatasync, ended with 0) after the last of those writes. What kill -9
cannot tell apart, since the page cache outlives a process, this can: with synchronous=NORMAL the count is 0.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from bench.workshop import Counts, Leader, Phone

CALLS = "pwrite64,write,fdatasync,fsync,sendto,sendmsg"
_LINE = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(?:\((\d+)<([^>]*)>)?(.*)$")


@dataclass
class Order:
    """Reads the calls in their order. unsynced: the log has been written since it was last synced."""

    wrote: bool = False
    unsynced: bool = False
    kept: int = 0
    answers: int = 0

    def call(self, name: str, path: str, rest: str) -> None:
        if name in ("pwrite64", "write") and path.endswith("-wal"):
            self.wrote = self.unsynced = True
        elif name in ("fdatasync", "fsync") and path.endswith("-wal") and rest.rstrip().endswith("= 0"):
            self.unsynced = False
        elif name in ("sendto", "sendmsg") and '"HTTP/1.1 200' in rest:
            self.answers += 1
            self.kept += self.wrote and not self.unsynced
            self.wrote = False


def order_of(trace: str) -> Order:
    """Of a trace of several threads, in which a call that was interrupted stands on two lines."""
    order, waiting = Order(), dict[tuple[str, str], str]()
    for line in trace.splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        thread, name, _, path, rest = found.groups()
        if rest.endswith("<unfinished ...>"):
            waiting[thread, name] = path or ""
            if name not in ("fdatasync", "fsync"):  # a write counts when it begins, a sync when it has ended
                order.call(name, path or "", rest)
        elif " resumed" in rest:
            if name in ("fdatasync", "fsync"):
                order.call(name, waiting.pop((thread, name), ""), rest)
        else:
            order.call(name, path or "", rest)
    return order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=int, default=1000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        command = ["strace", "-f", "-y", "-s", "16", "-e", f"trace={CALLS}", "-o", str(trace)]
        command += [sys.executable, "-m", "planner", "serve", "--port", "0"]
        env = {**os.environ, "MALRETT_DATA": folder}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True) as server:
            assert server.stdout
            try:
                found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
                assert found
                begun, ended, given = score(found[0], args.scores, trace)
            finally:
                os.killpg(server.pid, signal.SIGTERM)
        with trace.open("rb") as file:
            file.seek(begun)
            order = order_of(file.read(ended - begun).decode(errors="replace"))
    print(f"{given} scores given, {order.answers} answers 200 seen; synced before the answer: {order.kept} of {given}")
    sys.exit(0 if order.kept == given == order.answers else 1)


def score(address: str, count: int, trace: Path) -> tuple[int, int, int]:
    """Where in the trace the scoring begins and ends, and how many were answered 200."""
    leader = Leader(address, Counts())
    phone = Phone(address, leader.set_up(30), leader.counts, threading.Event(), 1)
    phone.enter()
    leader.act("open")
    phone.poll()
    begun, given = trace.stat().st_size, 0
    for number in range(1, count + 1):
        card, statement = phone.cells[number % len(phone.cells)]
        form = {"round": 1, "initiative": card, "statement": statement, "answer": str(number % 4), "sequence": number}
        status, _, _ = phone.visitor.ask("POST", f"/w/{phone.link}/score", form)
        given += status == 200
    return begun, trace.stat().st_size, given


if __name__ == "__main__":
    main()
