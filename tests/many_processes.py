"""An installation of several processes: for each line it is given, one more that serves or works.

`python -m tests.many_processes`; a line is «serve FOLDER» or «worker FOLDER». The program is read once and forked for
each, so that four processes cost little more than one; each has a data folder of its own, as on machines of their own.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent


class Processes:
    """Those that run, and `begun`: the file in which their jobs are written down (`solve_in_child.write_down`)."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder, self._pids = folder, list[int]()
        self.begun = folder / "begun"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MALRETT_")}
        environment |= {f"MALRETT_{name}": value for name, value in settings.items()} | {"TMPDIR": str(folder)}
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.many_processes"], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, what: str) -> tuple[int, str]:
        """Its process, and its address where it serves."""
        assert self._keeper.stdin and self._keeper.stdout
        self._keeper.stdin.write(f"{what} {tempfile.mkdtemp(dir=self._folder)}\n")
        self._keeper.stdin.flush()
        said = self._keeper.stdout.readline() + self._keeper.stdout.readline()
        self._pids.append(int(re.findall(r"^\d+$", said, re.MULTILINE)[0]))
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        return self._pids[-1], found[0] if found else ""

    def kill(self, pid: int) -> None:
        self._pids.remove(pid)
        os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._keeper.kill()
        with self._keeper:
            self._keeper.wait()


def main() -> None:
    from planner.config import from_environment
    from planner.serving import serve
    from planner.work import KINDS, as_it_is
    from planner.worker import work

    KINDS["try"] = replace(KINDS["try"], function="tests.solve_in_child:write_down", finish=as_it_is)
    for line in sys.stdin:
        what, folder = line.split()
        child = os.fork()
        if not child:
            os.environ["MALRETT_DATA"] = folder
            os._exit(serve(from_environment(), "127.0.0.1", 0) if what == "serve" else work(from_environment()))
        print(child, flush=True)


if __name__ == "__main__":
    main()
