"""What tests of the queue run in place of a solve. Apart from them, so that a child need not load pytest."""

import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from planner import child
from planner.domain.portfolio import Plan, Result
from planner.domain.problem_file import parse, problem_sha256

Document = dict[str, Any]
STARTS = {"J1": 2027}


def prove(request: Document, seconds: float) -> Document:
    """At once, one initiative, as if proven."""
    problem = parse(request["problem"]).problem
    assert problem is not None
    plan = Plan(problem, STARTS)
    return Result("optimal", plan, plan.value, problem_sha256=problem_sha256(problem)).as_json()


def give_up(request: Document, seconds: float) -> Document:
    """A plan, but no proof of it."""
    return {**prove(request, seconds), "status": "best_found", "bound": 99.0}


def search_on(request: Document, seconds: float) -> None:
    """A plan at once, and then no end."""
    child.report({"value": 1.5, "bound": 3.0, "starts": STARTS, "seconds": 0.1})
    time.sleep(600)


def search_in_vain(request: Document, seconds: float) -> None:
    child.report({"value": None, "bound": 3.0, "starts": None, "seconds": 0.1})
    time.sleep(600)


def tell_often(request: Document, seconds: float) -> Document:
    """Something new a hundred times a second for 1.5 s."""
    for number in range(150):
        child.report({"value": number / 100, "bound": 3.0, "starts": STARTS, "seconds": number / 100})
        time.sleep(0.01)
    return prove(request, seconds)


def be_killed(request: Document, seconds: float) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash(request: Document, seconds: float) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(request: Document, seconds: float) -> None:
    raise ValueError("tre er for mye")


def hog(request: Document, seconds: float) -> int:
    return len(bytearray(900 << 20))


def take_long(request: Document, seconds: float) -> Document:
    """Half a second of work."""
    time.sleep(0.5)
    return prove(request, seconds)


def clock_in(request: Document, seconds: float) -> Document:
    """Says when it began and ended, and whose child it is."""
    began = time.monotonic()
    time.sleep(0.8)  # longer than it takes any worker to look
    return {"began": began, "ended": time.monotonic(), "mother": os.getppid()}


def prompt(request: Document, seconds: float) -> Document:
    """Of any request."""
    return {"status": "optimal"}


def no_solver() -> str:
    raise ImportError("No module named 'highspy'")


def no_proof() -> str:
    return "the answer was «unknown», not proven"


def write_down(request: Document, seconds: float) -> Document:
    """Name of the job and process of the worker, into a file that outlives both. One that is to stay does so the first
    time it is begun."""
    file, name = Path(tempfile.gettempdir(), "begun"), request.get("name", "asked")
    known = name in file.read_text().split() if file.exists() else False
    with file.open("a") as begun:
        begun.write(f"{name} {psutil.Process(os.getppid()).ppid()}\n")
    if request.get("stays") and not known:
        time.sleep(600)
    return {"status": "optimal"}
