"""How does a room of phones feel? A real server on this machine, phones that score and ask, a board and a wall.

    python -m bench.workshop [--phones 200] [--minutes 10] [--database postgresql://…]

Sets up a sample municipality with a workshop, lets the phones in (all of them within a minute, from one address), opens
a round, and has every phone score its cards at human pace while it asks for news. Prints: 5xx and
other unexpected answers, the time a score takes (median, 95 %), how long after «close» and «reveal» the last phone
has it on its screen, and that every acknowledged score is there once. Bounded in time; talks to 127.0.0.1 only.
"""

import argparse
import http.client
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

PACE = (3.0, 9.0)
"""Seconds between two taps of one person."""
POLL = 0.9
"""Seconds between two questions for news, as static/phone.js asks."""

Fields = Mapping[str, object] | Sequence[tuple[str, object]]
"""What a form holds."""


class Visitor:
    """One browser: its cookies, its token against forgery, one connection that is made anew when it breaks."""

    def __init__(self, address: str) -> None:
        self.host, self.cookies, self.token = urlsplit(address).netloc, dict[str, str](), ""
        self.connection = http.client.HTTPConnection(self.host, timeout=30)
        self.retry_after: str | None = None

    def ask(self, method: str, path: str, form: Fields | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if method == "POST":
            body = urlencode(form or {})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        for _ in range(2):
            try:
                self.connection.request(method, path, body, headers)
                response = self.connection.getresponse()
                text = response.read().decode()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
        else:
            return 0, "", ""
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        self.retry_after = response.headers["Retry-After"]
        return response.status, text, response.headers.get("Location", "")


@dataclass
class Counts:
    """What all threads have met together."""

    status: Counter[int] = field(default_factory=Counter)
    taps: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    heard: dict[str, list[float]] = field(default_factory=dict)
    shown: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Phone(threading.Thread):
    def __init__(self, address: str, link: str, counts: Counts, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.visitor, self.link, self.counts, self.stop, self.random = (
            Visitor(address),
            link,
            counts,
            stop,
            random.Random(seed),
        )
        self.seen, self.state, self.cells, self.entered = "", "", list[tuple[str, str]](), False
        self.number = Counter[tuple[str, str]]()

    def enter(self) -> None:
        self.visitor.ask("GET", f"/w/{self.link}")
        status, _, _ = self.visitor.ask("POST", f"/w/{self.link}/enter", {"table": "", "group": ""})
        self.entered = status == 303
        with self.counts.lock:
            self.counts.status[status] += 1

    def run(self) -> None:
        ask, tap = time.monotonic() + self.random.uniform(0, POLL), time.monotonic() + self.random.uniform(*PACE)
        while not self.stop.is_set():
            now = time.monotonic()
            if now >= ask:
                self.poll()
                ask = now + POLL
            if now >= tap and self.cells:
                self.tap()
                tap = now + self.random.uniform(*PACE)
            self.stop.wait(max(0.01, min(ask, tap) - time.monotonic()))

    def poll(self) -> None:
        began = time.monotonic()
        status, text, _ = self.visitor.ask("GET", f"/w/{self.link}/news?seen={self.seen}")
        took = time.monotonic() - began
        with self.counts.lock:
            self.counts.status[status] += 1
            self.counts.polls.append(took)
        if status == 200:
            news = json.loads(text)
            self.seen = str(news["sequence"])
            if news["state"] != self.state:
                self.state = news["state"]
                status, html, _ = self.visitor.ask("GET", f"/w/{self.link}/now")
                with self.counts.lock:
                    self.counts.heard.setdefault(f"{self.state} {news['round']}", []).append(time.monotonic())
                    self.counts.status[status] += 1
                self.cells = []
                if self.state == "open":
                    for card in re.findall(r'data-card="([^"]+)".*?</form>', html, re.DOTALL):
                        part = html[html.index(f'data-card="{card}"') :]
                        part = part[: part.index("</form>")]
                        self.cells += [(card, one) for one in re.findall(r'data-statement="([^"]+)"', part)]

    def tap(self) -> None:
        cell = self.random.choice(self.cells)
        self.number[cell] += 1
        form = {"round": 1, "initiative": cell[0], "statement": cell[1], "answer": self.random.choice("0123x")}
        began = time.monotonic()
        status, _, _ = self.visitor.ask("POST", f"/w/{self.link}/score", {**form, "sequence": self.number[cell]})
        with self.counts.lock:
            self.counts.status[status] += 1
            self.counts.taps.append(time.monotonic() - began)
            self.counts.acknowledged += status == 200


class Leader:
    """The one who leads it, with a board and a wall that ask for news."""

    def __init__(self, address: str, counts: Counts) -> None:
        self.visitor, self.counts = Visitor(address), counts
        self.visitor.ask("GET", "/")
        status, _, where = self.visitor.ask("POST", "/plans/sample")
        assert status == 303, status
        self.plan = where.split("/plans/")[1].split("/")[0]
        self.number = ""

    def set_up(self, size: int) -> str:
        """A workshop of everything that is suggested; its link."""
        base = f"/plans/{self.plan}/workshop"
        _, html, _ = self.visitor.ask("GET", f"{base}/new")
        form: list[tuple[str, object]] = [
            ("title", "Bolystkveld"),
            ("size", size),
            ("rounds", 2),
            ("tables", ""),
            ("scale", "steps"),
        ]
        form += [(f"map-{n}", value) for n, value in enumerate((0, 5, 15, 30))]
        for tag in re.findall(r"<input[^>]*checked[^>]*>", html):
            name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and value and name[1].startswith(("item", "statement-")):
                form.append((name[1], value[1]))
        status, text, where = self.visitor.ask("POST", f"{base}/new", form)
        assert status == 303, text[:2000]
        self.number = where.rsplit("/", 1)[1]
        self.act("gather")
        _, html, _ = self.visitor.ask("GET", f"{base}/{self.number}")
        found = re.search(r"/w/([\w-]+)", html)
        assert found
        return found[1]

    def act(self, action: str) -> float:
        base = f"/plans/{self.plan}/workshop/{self.number}"
        _, html, _ = self.visitor.ask("GET", base)
        version = re.search(r'name="version" value="(\d+)"', html)
        assert version
        status, text, _ = self.visitor.ask("POST", f"{base}/act", {"action": action, "version": version[1]})
        assert status == 303, text[:500]
        return time.monotonic()

    def watch(self, stop: threading.Event) -> None:
        """Board and wall."""
        seen = {"board": "", "projector/news": ""}
        visitor = Visitor("http://" + self.visitor.host)
        visitor.cookies = dict(self.visitor.cookies)
        while not stop.is_set():
            for path in seen:
                query = f"?seen={seen[path]}"
                status, html, _ = visitor.ask("GET", f"/plans/{self.plan}/workshop/{self.number}/{path}{query}")
                found = re.search(r"seen=([\w.-]+)", html)
                seen[path] = found[1] if found else seen[path]
                with self.counts.lock:
                    self.counts.status[status] += 1
                    if status == 200:
                        self.counts.shown.setdefault(path, []).append(time.monotonic())
            stop.wait(POLL)


def told(values: list[float], unit: float) -> str:
    if not values:
        return "none"
    some = sorted(values)
    return f"median {unit * some[len(some) // 2]:.2f}, 95 % {unit * some[int(0.95 * (len(some) - 1))]:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--database", default="")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "MALRETT_DATA": folder}
        if args.database:
            env["MALRETT_DATABASE_URL"] = args.database
        command = [sys.executable, "-m", "planner", "serve", "--port", "0"]
        print(f"other work on this machine: {os.getloadavg()[0]:.1f} processes wanted its {os.cpu_count()} cores")
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            assert server.stdout
            try:
                found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
                assert found
                run(found[0], args.phones, args.minutes)
            finally:
                server.terminate()
        used, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
        print(f"processor: server {used.ru_utime + used.ru_stime:.0f} s, phones {own.ru_utime + own.ru_stime:.0f} s")


def run(address: str, count: int, minutes: float) -> None:
    counts, stop = Counts(), threading.Event()
    leader = Leader(address, counts)
    link = leader.set_up(count)
    phones = [Phone(address, link, counts, stop, seed) for seed in range(count)]
    began = time.monotonic()
    for phone in phones:
        phone.enter()
    print(f"{sum(phone.entered for phone in phones)} of {count} in, {time.monotonic() - began:.1f} s", flush=True)
    watcher = threading.Thread(target=leader.watch, args=(stop,), daemon=True)
    for thread in (*phones, watcher):
        thread.start()
    opened = leader.act("open")
    time.sleep(minutes * 60)
    closed = leader.act("close")
    time.sleep(5)
    revealed = leader.act("reveal")
    time.sleep(5)
    stop.set()
    for thread in (*phones, watcher):
        thread.join(10)
    for at, name in ((opened, "open 1"), (closed, "closed 1"), (revealed, "revealed 1")):
        after = [moment - at for moment in counts.heard.get(name, [])]
        print(
            f"{name}: on the screen of {len(after)}, the last after {max(after, default=0):.2f} s, {told(after, 1)} s"
        )
        for path, moments in counts.shown.items():
            print(f"  {path}: {min((one - at for one in moments if one > at), default=float('nan')):.2f} s")
    print(f"{len(counts.taps)} scores: {told(counts.taps, 1000)} ms, slowest {1000 * max(counts.taps):.0f} ms")
    print(f"{len(counts.polls)} polls: {told(counts.polls, 1000)} ms")
    failed = sum(n for code, n in counts.status.items() if code >= 500 or code == 0)
    print(f"answers: {dict(sorted(counts.status.items()))}; acknowledged {counts.acknowledged}; 5xx or none: {failed}")


if __name__ == "__main__":
    main()
