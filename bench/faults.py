"""How soon is a killed server back, and is anything lost? kill -9 in the middle of an evening, again and again.

    python -m bench.faults [--kills 20] [--phones 30] [--database postgresql://…]

A sample municipality with a workshop; phones that score as fast as they are answered and send again what got no answer,
as static/phone.js does, and never load their page again. The whole program is killed and started anew, as a service
manager would. Prints a row for each kill, then: scores that were acknowledged and lost (each looked up in the database
under the phone's own names while the server is down), the wall clock from the start of the program until it answers,
and until the last phone has an answer again. `tests/web/test_workshop_killed.py` holds what does not go by the clock;
the seconds are for a machine at rest, and are here. Bounded in time; talks to 127.0.0.1 only.
"""

import argparse
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.workshop import Counts, Leader, Visitor
from planner.domain.workshop_keys import voter_of
from planner.store import workshop as workshops
from planner.store import workshop_scores
from planner.store.database import Database

Cell = tuple[str, str]
GOAL = 5.0
"""Seconds until a killed server is healthy."""
LONGEST = 60.0


@dataclass
class Server:
    """The program, started anew on the same port and the same data."""

    env: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until it answers."""
        began = time.monotonic()
        command = [sys.executable, "-m", "planner", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while time.monotonic() - began < LONGEST:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/join")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            finally:
                connection.close()
        raise SystemExit(f"does not answer within {LONGEST:.0f} s")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@dataclass
class Phone:
    """acknowledged: of each cell the number of the last answer that the server said it has. answered: when it said so
    last."""

    address: str
    link: str
    seed: int
    cells: list[Cell] = field(default_factory=list)
    numbers: dict[Cell, int] = field(default_factory=dict)
    acknowledged: dict[Cell, int] = field(default_factory=dict)
    taps: int = 0
    refused: int = 0
    sent: float = 0.0
    answered: float = 0.0

    def __post_init__(self) -> None:
        self.visitor, self.random = Visitor(self.address), random.Random(self.seed)

    def enter(self) -> None:
        self.visitor.ask("GET", f"/w/{self.link}")
        status, text, _ = self.visitor.ask("POST", f"/w/{self.link}/enter", {"table": "", "group": ""})
        assert status == 303, text[:500]

    def go_on(self, stop: threading.Event) -> None:
        while not stop.is_set():
            cell, answer = self.random.choice(self.cells), self.random.choice("0123x")
            self.numbers[cell] = number = self.numbers.get(cell, 0) + 1
            form = {"round": 1, "initiative": cell[0], "statement": cell[1], "answer": answer, "sequence": number}
            while True:
                sent = time.monotonic()
                status = self.visitor.ask("POST", f"/w/{self.link}/score", form)[0]
                if status == 200:
                    break
                self.refused += status != 0
                time.sleep(0.05)
            self.acknowledged[cell] = number
            self.sent, self.answered, self.taps = sent, time.monotonic(), self.taps + 1
            time.sleep(self.random.uniform(0.02, 0.1))

    def lost(self, database: Database, acknowledged: dict[Cell, int]) -> int:
        """How many of these the database does not have, nor anything later."""
        with database.read() as session:
            workshop = workshops.by_link(session, self.link)
            assert workshop is not None
            token = self.visitor.cookies["malrett_seat"]
            names = {
                voter_of(token, workshop.salt, is_named=False, round_=1, initiative=code, statement=one): (code, one)
                for code, one in acknowledged
            }
            found = workshop_scores.own(session, workshop.id, 1, names)
        kept = {cell: one.sequence for (cell, _), one in found.items()}
        return sum(kept.get(cell, 0) < number for cell, number in acknowledged.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--database", default="")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        url = args.database or f"sqlite:///{Path(folder) / 'store.db'}"
        server = Server({**os.environ, "MALRETT_DATA": folder, "MALRETT_DATABASE_URL": url}, port)
        print(f"other work on this machine: {os.getloadavg()[0]:.1f} processes wanted its {os.cpu_count()} cores")
        print(f"the first start, with an empty folder: {server.start():.2f} s", flush=True)
        try:
            run(server, Database(url), args.phones, args.kills)
        finally:
            server.kill()


def run(server: Server, database: Database, count: int, kills: int) -> None:
    address = f"http://127.0.0.1:{server.port}"
    leader = Leader(address, Counts())
    link = leader.set_up(count)
    phones = [Phone(address, link, seed) for seed in range(count)]
    for phone in phones:
        phone.enter()
    leader.act("open")
    with database.read() as session:
        workshop = workshops.by_link(session, link)
        assert workshop is not None
        items = workshop.settings.items
    stop, chance = threading.Event(), random.Random(1)
    for phone in phones:
        hand = phone.visitor.ask("GET", f"/w/{link}/now")[1]
        phone.cells = [
            (i.initiative, one) for i in items if f'data-card="{i.initiative}"' in hand for one in i.statements
        ]
    threads = [threading.Thread(target=phone.go_on, args=(stop,), daemon=True) for phone in phones]
    for thread in threads:
        thread.start()
    healthy, recovered, lost = [], [], 0
    print("kill | acknowledged | lost | healthy, s | all phones, s")
    for kill in range(1, kills + 1):
        time.sleep(chance.uniform(1.0, 2.0))
        server.kill()
        killed = time.monotonic()
        missing = sum(phone.lost(database, dict(phone.acknowledged)) for phone in phones)
        looked = time.monotonic()
        healthy.append(server.start())
        while any(phone.sent < killed for phone in phones) and time.monotonic() - looked < LONGEST:
            time.sleep(0.01)
        recovered.append(max(phone.answered for phone in phones) - looked)
        lost += missing
        taps = sum(phone.taps for phone in phones)
        print(f"{kill:4} | {taps:12} | {missing:4} | {healthy[-1]:10.2f} | {recovered[-1]:13.2f}", flush=True)
    stop.set()
    for thread in threads:
        thread.join(15)
    lost += sum(phone.lost(database, dict(phone.acknowledged)) for phone in phones)
    taps, refused = sum(phone.taps for phone in phones), sum(phone.refused for phone in phones)
    print(f"{kills} kills, {count} phones: {taps} scores acknowledged, {lost} lost, {refused} refused")
    print(f"healthy after {median(healthy):.2f} s (median), {max(healthy):.2f} s (slowest); the goal is {GOAL:.0f} s")
    print(f"the last phone has an answer after {median(recovered):.2f} s (median), {max(recovered):.2f} s (slowest)")


if __name__ == "__main__":
    main()
