"""`planner worker` as a process, for tests; as a module, one whose children run a function of `solve_in_child`.

Call: python -m tests.worker_case FUNCTION
"""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil

from planner.config import Config

ROOT = Path(__file__).parent.parent


class RunningWorker:
    """A worker that has said that it works. function: what its children run; none: the solver, by the real command."""

    def __init__(self, config: Config, function: str = "") -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MALRETT_")}
        environment |= {
            "MALRETT_DATA": str(config.data_folder),
            "MALRETT_DATABASE_URL": config.database_url,
            "MALRETT_SOLVE_WORKERS": str(config.solve_workers),
            "MALRETT_SECRET_KEY": config.secret_key,
            "MALRETT_QUEUE": "worker",
        }
        module = ["tests.worker_case", function] if function else ["planner", "worker"]
        command = [sys.executable, "-m", *module]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None and "Målrett worker" in self.process.stdout.readline()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, signal: int) -> int:
        """Its exit code."""
        self.process.send_signal(signal)
        with self.process:
            return self.process.wait(timeout=20)


def _main(function: str) -> None:
    from planner import child
    from planner.config import from_environment
    from planner.work import KINDS, as_it_is
    from planner.worker import work

    # These children neither read files nor solve: what they are copies of, already there when `work` asks for it, need
    # not load what does.
    child.warm(("tests.solve_in_child",))
    KINDS["try"] = replace(KINDS["try"], function=f"tests.solve_in_child:{function}", finish=as_it_is)
    work(from_environment())


if __name__ == "__main__":
    _main(sys.argv[1])
