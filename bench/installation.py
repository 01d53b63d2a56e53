"""How are the processes of one installation started, killed and ended? For measurements that need several of them."""

import os
import re
import secrets
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil

Process = subprocess.Popen[str]


class Installation:
    """`planner serve` and `planner worker` on one database, each with a data folder of its own, as on machines of their
    own."""

    def __init__(self, url: str, folder: Path) -> None:
        self._folder, self._all = folder, list[Process]()
        self._environment = {
            **os.environ,
            "MALRETT_DATABASE_URL": url,
            "MALRETT_QUEUE": "worker",
            "MALRETT_SECRET_KEY": secrets.token_hex(32),
            "MALRETT_SOLVE_WORKERS": "2",
        }

    def start(self, *words: str) -> tuple[Process, str]:
        """A process, and what it says first."""
        place = self._folder / f"{len(self._all)}"
        place.mkdir()
        with (place / "log").open("w") as log:
            one = subprocess.Popen([sys.executable, "-m", "planner", *words], text=True, stdout=subprocess.PIPE,
                                   stderr=log, env=self._environment | {"MALRETT_DATA": str(place)})  # fmt: skip
        self._all.append(one)
        assert one.stdout
        return one, one.stdout.readline()

    def web(self, port: int = 0) -> tuple[Process, str]:
        """A web process, and its address."""
        one, said = self.start("serve", "--port", str(port))
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said
        return one, found[0]

    def kill(self, one: Process) -> float:
        """When."""
        one.kill()
        one.wait()
        return time.monotonic()

    def descendants(self, one: Process) -> int:
        """More of them where something is worked on."""
        return len(psutil.Process(one.pid).children(recursive=True))

    def errors(self) -> Counter[str]:
        """Lines of the logs that tell of an error, alike but for figures, with how many of each."""
        lines = [line for log in self._folder.glob("*/log") for line in log.read_text().splitlines()]
        told = [line for line in lines if line[:1].strip() and ("Error" in line or "error" in line)]
        return Counter(re.sub(r"[0-9a-f]{8,}|\d+", "…", line)[:150] for line in told)

    def end(self) -> None:
        for one in self._all:
            if one.poll() is None:
                one.terminate()
        for one in self._all:
            one.wait(20)
