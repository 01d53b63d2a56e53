"""Serves on a port, and after each kill again, once for each line it is given: `python -m tests.served_again PORT`.

The program is read once and forked for each turn, so that twenty kills take seconds; what is killed is a whole server.
`serving` gives a test such a one.
"""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.config import from_environment
from planner.serving import serve


@dataclass
class Served:
    """One server after the other on the same folder and the same port."""

    keeper: subprocess.Popen[str]
    port: int
    pid: int = 0

    def start(self) -> None:
        assert self.keeper.stdin and self.keeper.stdout
        self.keeper.stdin.write("\n")
        self.keeper.stdin.flush()
        said = self.keeper.stdout.readline() + self.keeper.stdout.readline()
        self.pid = int(re.findall(r"^\d+$", said, re.MULTILINE)[0])
        assert f":{self.port}/" in said

    def start_took(self) -> float:
        """Processor time: of reading the program, which is done once here and forked, and of this server so far."""
        return processor_seconds(self.keeper.pid) + processor_seconds(self.pid)

    def kill(self) -> None:
        """As the machine does when it runs out of everything."""
        os.kill(self.pid, signal.SIGKILL)
        self.pid = 0

    def healthy(self) -> None:
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if ask(self.port, "GET", "/join")[0] == 200:
                    return
            time.sleep(0.02)
        raise AssertionError("does not answer")


def processor_seconds(pid: int) -> float:
    """That a process has used itself, all its threads, its children not."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(folder: Path, database_url: str) -> Iterator[Served]:
    """One that has started and answers, by the same setting as a new user's but for the folder and the database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.served_again", str(port)]
    with subprocess.Popen(
        command, env={**os.environ, "MALRETT_DATA": str(folder), "MALRETT_DATABASE_URL": database_url}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as keeper:  # fmt: skip
        served = Served(keeper, port)
        served.start()
        served.healthy()
        try:
            yield served
        finally:
            keeper.kill()
            if served.pid:
                served.kill()


def ask(
    port: int, method: str, path: str, cookies: dict[str, str] | None = None, body: str = "", token: str = ""
) -> tuple[int, str, list[str]]:
    """(status, text, cookies to set)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    if body:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get_all("Set-Cookie") or []
    finally:
        connection.close()


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            serve(from_environment(), "127.0.0.1", int(sys.argv[1]))
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
