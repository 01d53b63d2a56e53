"""How is one function run where it can neither exhaust, freeze nor crash the program?

In a fresh process with a ceiling on memory and time, which is killed when its caller says stop. Files that strangers
made are parsed here, and plans are solved here: a 4.6 kB workbook can keep a reader busy for minutes, and a solver is
C++ that nobody can interrupt politely. The caller waits in its own thread; no other thread is held up.

This module knows nothing of what it runs and imports nothing of the project. It never retries, and it never makes a
sentence: the caller turns an outcome into words.
"""

import faulthandler
import fcntl
import math
import multiprocessing
import os
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")

# Loaded once in the process that children are copies of: 1.8 s for the first, then 20 ms for each (2 cores, Debian 12).
PRELOAD = ("numpy", "pandas", "openpyxl", "pyarrow.csv", "planner.cli", "planner.files.survey", "planner.domain.solver")
# All that a child sees of our surroundings: neither the database address nor the session key.
_KEPT_NAMES = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
_KEPT_PREFIXES = ("LC_", "PYTHON")
_POLL_SECONDS = 0.2
_NOISE_BYTES = 8_000
# Left to a child that is out of memory, so that it can say so.
_LAST_WORDS_BYTES = 32 << 20
_NO_MEMORY = ("bad_alloc", "Resource temporarily unavailable")

_children = threading.Lock()
_answers: Connection | None = None


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """The function returned."""

    value: T


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """It asked for more than it was given."""

    memory_mb: int


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """It was killed at the limit."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """The caller's `stop` said so, and it was killed."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """An exception (signal is None, text its traceback) or a death by signal (text what it printed last)."""

    text: str
    signal: int | None = None


Outcome = Finished[T] | OutOfMemory | OutOfTime | Stopped | Crashed


def run_limited(
    function: Callable[..., T],
    *args: object,
    memory_mb: int,
    seconds: float,
    on_message: Callable[[object], None] | None = None,
    stop: Callable[[], bool] | None = None,
    preload: Sequence[str] = PRELOAD,
) -> Outcome[T]:
    """Run `function(*args)` in a child process and say how it went; safe to call from many threads at once.

    function: importable by name (top level of a module); args, its value and its messages must pickle.
    memory_mb: what it may take on top of what the child starts with. seconds: wall clock from its first instruction.
    on_message: called in this thread with each value the function gives to `report`.
    stop: asked at least every 0.3 s; once true, the child is killed and the outcome is Stopped.
    preload: modules loaded beforehand; counts in the first call of the program's life only (see `warm`).
    Errors: none of the function's own; whatever `stop` or `on_message` raise passes through, after the kill.
    """
    warm(preload)
    context = multiprocessing.get_context("forkserver")
    answers, answers_end = context.Pipe(duplex=False)
    noise, noise_end = context.Pipe(duplex=False)
    work = (function, args, memory_mb, seconds, answers_end, noise_end)
    with answers, noise:
        process = context.Process(target=_work, args=work, daemon=True)
        try:
            with answers_end, noise_end, _children:
                try:
                    process.start()
                except (EOFError, ConnectionError):
                    # The mother is dying: there is no child, and once her last thread is gone, asking starts another.
                    time.sleep(_POLL_SECONDS)
                    process = context.Process(target=_work, args=work, daemon=True)
                    process.start()
            return _follow(process, answers, noise, memory_mb, seconds, on_message, stop)
        finally:
            _bury(process)


def warm(preload: Sequence[str] = PRELOAD) -> None:
    """Start the process that children are copies of, so that the first of them need not wait for its imports.

    Its environment is stripped before it starts: what was never handed over cannot leak. `os.unsetenv` changes only
    what a new process inherits; `os.environ` of this one stays whole for the other threads.
    """
    with _children:
        multiprocessing.get_context("forkserver").set_forkserver_preload(list(preload))
        hidden = [name for name in os.environ if not _harmless(name)]
        for name in hidden:
            os.unsetenv(name)
        # One thread of linear algebra: more of them only take address space from the ceiling.
        os.putenv("OPENBLAS_NUM_THREADS", "1")
        try:
            forkserver.ensure_running()
        finally:
            os.unsetenv("OPENBLAS_NUM_THREADS")
            for name in (*hidden, "OPENBLAS_NUM_THREADS"):
                if name in os.environ:
                    os.putenv(name, os.environ[name])


def report(message: object) -> None:
    """Send a message to the caller's `on_message`. Does nothing when the function is not running in a child."""
    if _answers is not None:
        _answers.send(("message", message))


# --- In the caller ---------------------------------------------------------------------------------------------------


def _follow(
    process: BaseProcess,
    answers: Connection,
    noise: Connection,
    memory_mb: int,
    seconds: float,
    on_message: Callable[[object], None] | None,
    stop: Callable[[], bool] | None,
) -> Outcome[T]:
    deadline = time.monotonic() + seconds
    printed = b""
    open_ends = [answers, noise]
    while True:
        if stop is not None and stop():
            return Stopped()
        left = deadline - time.monotonic()
        if left <= 0:
            return OutOfTime(seconds)
        ready = wait(open_ends, timeout=min(left, _POLL_SECONDS))
        if noise in ready:
            more = os.read(noise.fileno(), 65536)
            printed = (printed + more)[-_NOISE_BYTES:]
            if not more:
                open_ends.remove(noise)
        if answers in ready:
            try:
                kind, content = answers.recv()
            except (EOFError, OSError):
                printed += _rest(noise) if noise in open_ends else b""
                return _death(process, printed.decode(errors="replace"), memory_mb, seconds)
            if kind == "value":
                return Finished(content)
            if kind == "memory":
                return OutOfMemory(memory_mb)
            if kind == "error":
                return Crashed(content)
            if on_message is not None:
                on_message(content)


def _rest(noise: Connection) -> bytes:
    return os.read(noise.fileno(), _NOISE_BYTES) if noise.poll(_POLL_SECONDS) else b""


def _death(process: BaseProcess, printed: str, memory_mb: int, seconds: float) -> Outcome[T]:
    """Why a child that gave no answer is gone."""
    wait([process.sentinel], timeout=1)
    with _children:
        process.join(0)
        code = process.exitcode
    killed_by = -code if code is not None and code < 0 else None
    if killed_by in (signal.SIGXCPU, signal.SIGALRM):
        return OutOfTime(seconds)
    # We did not send that SIGKILL: the machine was out of memory. C++ can only abort, and prints why; a thread whose
    # stack cannot be had is told «temporarily unavailable».
    if killed_by == signal.SIGKILL or any(sign in printed for sign in _NO_MEMORY):
        return OutOfMemory(memory_mb)
    return Crashed(printed, killed_by)


def _bury(process: BaseProcess) -> None:
    """Leave no child behind. The lock is needed: `start` in another thread polls every child, and two polls of the same
    one read its exit status twice, the second time as 255."""
    if process.pid is None:
        return
    if not wait([process.sentinel], timeout=0.05):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    wait([process.sentinel], timeout=5)
    with _children:
        process.join(5)
        process.close()


# --- In the child ----------------------------------------------------------------------------------------------------


def _work(
    function: Callable[..., object],
    args: tuple[object, ...],
    memory_mb: int,
    seconds: float,
    answers: Connection,
    noise: Connection,
) -> None:
    global _answers
    # Own session: the terminal's Ctrl-C goes to the caller alone, and a kill reaches programs the function started.
    os.setsid()
    _end_with_caller()
    # Nothing a library prints may end up in the caller's standard output, which can be one JSON object.
    os.dup2(noise.fileno(), 1)
    os.dup2(noise.fileno(), 2)
    faulthandler.enable(file=2)
    for name in [name for name in os.environ if not _harmless(name)]:
        del os.environ[name]
    _answers = answers
    try:
        _limit(memory_mb, seconds)
        answer = ("value", function(*args))
        answers.send(answer)
    except MemoryError:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        answers.send(("memory", None))
    except BaseException:
        with suppress(BrokenPipeError):
            answers.send(("error", traceback.format_exc()))
    finally:
        answers.close()
        # Not `sys.exit`: tearing down a large heap takes longer than many a solve.
        os._exit(0)


def _end_with_caller() -> None:
    """The kernel ends this session when the caller's end of its pipe closes: a caller killed leaves no solve behind."""
    caller = multiprocessing.parent_process().sentinel  # type: ignore[union-attr]  # a child has one
    fcntl.fcntl(caller, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(caller, fcntl.F_SETFL, fcntl.fcntl(caller, fcntl.F_GETFL) | os.O_ASYNC)
    if wait([caller], timeout=0):
        os._exit(1)


def _limit(memory_mb: int, seconds: float) -> None:
    """Ceilings that hold even when the caller is gone: memory, processor and wall time; no core dump of answers."""
    ceiling = _address_space() + (memory_mb << 20)
    # macOS knows the limit but refuses to set it; there only time is limited.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling + _LAST_WORDS_BYTES))
    processor = math.ceil(seconds * (os.cpu_count() or 1)) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(math.ceil(seconds) + 5)


def _address_space() -> int:
    """Bytes of address space taken already, by the interpreter and the preloaded modules."""
    try:
        with open("/proc/self/statm", encoding="ascii") as status:
            return int(status.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30


def _harmless(name: str) -> bool:
    return name in _KEPT_NAMES or name.startswith(_KEPT_PREFIXES) or name == "OPENBLAS_NUM_THREADS"
