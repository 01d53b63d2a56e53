"""Does an installation of several processes hold together, also when one is killed and when PostgreSQL goes away?

    python -m bench.many [--phones 60] [--solves 4] [--away 30]

Starts a PostgreSQL of its own (settings as shipped: fsync), two web processes and two workers on it, each with a data
folder of its own as on machines of their own, and a room of phones that ask now the one web process and now the other,
as behind a balancer, with solves queued through both. Then, while that goes on: the worker that solves is killed, a web
process is killed and started again, PostgreSQL is stopped for `--away` seconds, and stopped as if its machine had lost
its power. Prints what was answered in each stretch and how fast, how soon what was done through the one web process is
seen through the other, how often each job was begun, and whether every acknowledged score is there. 127.0.0.1 only; it
ends by itself within five minutes.
"""

import argparse
import json
import os
import random
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg

from bench import workshop
from bench.installation import Installation
from bench.workshop import Counts, Fields, Leader, Phone, Visitor, told
from planner.domain.workshop_keys import voter_of
from tests.at_work import Forms
from tests.postgres import Cluster, Server

workshop.PACE = (0.5, 2.0)
LONGEST = 60.0


class Answers(Counts):
    """What all have met together. bare: 5xx other than a 503 that says when to come again. turned: had no answer from
    the one process, and one from the other."""

    bare = 0
    turned = 0


class Roaming(Visitor):
    """A browser behind a balancer: any of the web processes, and the other one when there is no answer."""

    def __init__(self, addresses: list[str], counts: Answers, seed: int) -> None:
        super().__init__(addresses[0])
        self.ways, self.counts = [Visitor(address) for address in addresses], counts
        self.random = random.Random(seed)

    def ask(self, method: str, path: str, form: Fields | None = None) -> tuple[int, str, str]:
        first, *_ = ways = self.random.sample(self.ways, len(self.ways))
        for way in ways:
            way.cookies, way.token = self.cookies, self.token
            answer = way.ask(method, path, form)
            self.token = way.token
            if answer[0]:
                break
        with self.counts.lock:
            self.counts.turned += way is not first and answer[0] > 0
            self.counts.bare += answer[0] >= 500 and not (answer[0] == 503 and way.retry_after)
        return answer


class Scorer(Phone):
    """A phone that sends each score until it is acknowledged, and remembers what was."""

    counts: Answers

    def __init__(self, addresses: list[str], link: str, counts: Answers, stop: threading.Event, seed: int) -> None:
        super().__init__(addresses[0], link, counts, stop, seed)
        self.visitor = Roaming(addresses, counts, seed)
        self.acknowledged: dict[tuple[str, str], tuple[int, str]] = {}

    def tap(self) -> None:
        cell, answer = self.random.choice(self.cells), self.random.choice("0123")
        self.number[cell] += 1
        form = {"round": 1, "initiative": cell[0], "statement": cell[1], "answer": answer}
        while not self.stop.is_set():
            began = time.monotonic()
            status, _, _ = self.visitor.ask("POST", f"/w/{self.link}/score", {**form, "sequence": self.number[cell]})
            with self.counts.lock:
                self.counts.status[status] += 1
                if status == 200:
                    self.counts.taps.append(time.monotonic() - began)
                    self.counts.acknowledged += 1
            if status == 200:
                self.acknowledged[cell] = self.number[cell], answer
                return
            self.stop.wait(self.random.uniform(0.3, 0.9))


class Evening:
    """A round that is open, on two web processes and two workers. url: of the database, for whoever may see all."""

    def __init__(self, there: Installation, cluster: Cluster, url: str, phones: int) -> None:
        self.there, self.cluster, self.url, self.counts, self.stop = there, cluster, url, Answers(), threading.Event()
        self.webs = [there.web(), there.web()]
        self.workers = [there.start("worker")[0] for _ in range(2)]
        self.addresses = [address for _, address in self.webs]
        self.leaders = [Leader(address, self.counts) for address in self.addresses]
        self.link = self.leaders[0].set_up(max(30, phones))
        self.phones = [Scorer(self.addresses, self.link, self.counts, self.stop, seed) for seed in range(phones)]
        for phone in self.phones:
            phone.enter()
        print(f"{sum(one.entered for one in self.phones)} of {phones} phones in", flush=True)
        self.leaders[0].act("open")
        for phone in self.phones:
            phone.start()

    def stretch(self, name: str, seconds: float) -> None:
        """Let it go on for a while, and say what came of it."""
        self.forget()
        time.sleep(seconds)
        counts = self.counts
        with counts.lock:
            scores, news = told(counts.taps, 1000), told(counts.polls, 1000)
            print(f"{name}, {seconds:.0f} s: {len(counts.taps)} scores acknowledged, {scores} ms; news {news} ms")
            print(
                f"  answers {dict(sorted(counts.status.items()))}; 5xx without Retry-After {counts.bare}; no answer "
                f"from one, and one from the other {counts.turned}; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )

    def forget(self) -> None:
        with self.counts.lock:
            self.counts.status.clear()
            self.counts.taps.clear()
            self.counts.polls.clear()
            self.counts.bare = self.counts.turned = 0

    def first_score(self, moment: float) -> float:
        """Seconds from that moment to the next acknowledged score."""
        while not self.counts.taps and time.monotonic() < moment + LONGEST:
            time.sleep(0.02)
        return time.monotonic() - moment

    def seen_through_the_other(self, times: int) -> None:
        """From the answer of the one web process until the other tells a phone that asks all the time."""
        took, other = [], Visitor(self.addresses[1])
        other.cookies = dict(self.phones[0].visitor.cookies)
        for _ in range(times):
            for action, state in (("close", "closed"), ("reopen", "open")):
                done = self.leaders[0].act(action)
                while json.loads(other.ask("GET", f"/w/{self.link}/news?seen=")[1])["state"] != state:
                    time.sleep(0.02)
                took.append(time.monotonic() - done)
        print(
            f"seen through the other process: {told(took, 1)} s, slowest {max(took):.2f} s of {len(took)}", flush=True
        )

    def solve(self, count: int) -> None:
        """So many plans, each with a try in the queue, asked for through the one and the other in turn."""
        for number in range(count):
            visitor = self.leaders[number % 2].visitor
            plan = visitor.ask("POST", "/plans/sample")[2].split("/plans/")[1].split("/")[0]
            forms = Forms(visitor.ask("GET", f"/plans/{plan}/portfolio")[1]).forms
            fields = next(fields for action, fields in forms.items() if action.split("?")[0].endswith("/attempt"))
            form: Fields = [(name, value) for name, values in fields.items() for value in values]
            status, text, _ = visitor.ask("POST", f"/plans/{plan}/portfolio/attempt", form)
            assert status == 303, text[:2000]

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(question.encode()).fetchall()

    def jobs(self) -> None:
        columns = "kind, state, begun, lost, coalesce(cause, '')"
        found = self.ask(f"SELECT {columns}, count(*) FROM job GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3")
        for kind, state, begun, lost, cause, number in found:
            print(f"  jobs: {number} {kind} {state} {cause}, begun {begun}, process gone {lost}", flush=True)

    def begun_again(self, moment: float) -> float | None:
        """Seconds until what the killed worker had is begun by the other."""
        while time.monotonic() < moment + LONGEST:
            if self.ask("SELECT 1 FROM job WHERE lost = 1 AND begun > 1 AND state <> 'queued'"):
                return time.monotonic() - moment
            time.sleep(0.1)
        return None

    def missing(self) -> tuple[int, int]:
        """How many cells have an acknowledged score, and in how many the last of them is not there."""
        (workshop_id, salt), *_ = self.ask(f"SELECT id, salt FROM workshop WHERE link = '{self.link}'")
        found = self.ask(f"SELECT voter, sequence, score FROM workshop_score WHERE workshop_id = '{workshop_id}'")
        kept = {voter: (sequence, str(score)) for voter, sequence, score in found}
        lost = 0
        for phone in self.phones:
            token = phone.visitor.cookies["malrett_seat"]
            for cell, said in phone.acknowledged.items():
                name = voter_of(token, str(salt), is_named=False, round_=1, initiative=cell[0], statement=cell[1])
                there = kept.get(name, (0, ""))
                lost += there[0] < said[0] or (there[0] == said[0] and there[1] != said[1])
        return sum(len(phone.acknowledged) for phone in self.phones), lost


def run(args: argparse.Namespace, cluster: Cluster, there: Installation, url: str) -> None:
    evening = Evening(there, cluster, url, args.phones)
    evening.stretch("at rest", 12)
    evening.seen_through_the_other(4)
    evening.solve(args.solves)
    evening.stretch(f"with {args.solves} solves", 8)
    killed = there.kill(max(evening.workers, key=there.descendants))
    evening.forget()
    print(f"a worker killed; what it had is begun again after {evening.begun_again(killed) or -1:.1f} s", flush=True)
    evening.stretch("a worker killed", 10)
    second, address = evening.webs[1]
    there.kill(second)
    evening.stretch("a web process killed", 10)
    there.web(int(address.rsplit(":", 1)[1]))
    there.start("worker")
    evening.stretch("both there again", 8)
    evening.jobs()
    evening.solve(2)
    away(evening, args.away)
    evening.stretch("afterwards", 8)
    cluster.stop("immediate")
    cluster.start()
    up = time.monotonic()
    evening.forget()
    print(f"stopped as by a power cut, and started: first score {evening.first_score(up):.2f} s after", flush=True)
    evening.stretch("afterwards", 8)
    evening.stop.set()
    for phone in evening.phones:
        phone.join(10)
    cells, lost = evening.missing()
    print(f"{evening.counts.acknowledged} scores acknowledged, in {cells} cells; not there: {lost}")
    evening.jobs()


def away(evening: Evening, seconds: float) -> None:
    """PostgreSQL is stopped in an orderly way, and started at the same address."""
    stopping = threading.Thread(target=evening.cluster.stop)
    stopping.start()
    began = time.monotonic()
    evening.stretch("PostgreSQL stopped", max(1.0, seconds - 1))
    page, ready = Visitor(evening.addresses[0]), Visitor(evening.addresses[1])
    print(f"  a page meanwhile: {page.ask('GET', '/')[0]}, Retry-After {page.retry_after}", end="; ")
    print(f"/health {ready.ask('GET', '/health')[0]}, /ready {ready.ask('GET', '/ready')[0]}")
    stopping.join()
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    evening.cluster.start()
    up = time.monotonic()
    evening.forget()
    print(f"  first score {evening.first_score(up):.2f} s after it accepted connections", end="; ")
    while Counter(Visitor(one).ask("GET", "/ready")[0] for one in evening.addresses)[200] < 2:
        time.sleep(0.02)
    print(f"both web processes ready after {time.monotonic() - up:.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--solves", type=int, default=4)
    parser.add_argument("--away", type=float, default=30)
    args = parser.parse_args()
    print(f"other work on this machine: {os.getloadavg()[0]:.1f} processes wanted its {os.cpu_count()} cores")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        cluster = Cluster(Path(home), ("max_connections=100",))
        cluster.start()
        server = Server(cluster.url)
        url = server.migrated()
        there = Installation(url, Path(folder))
        try:
            run(args, cluster, there, server.as_superuser(url))
        finally:
            there.end()
            cluster.stop("immediate")
        print("errors in the logs:", *(f"\n  {count} × {line}" for line, count in there.errors().most_common(8)))


if __name__ == "__main__":
    main()
