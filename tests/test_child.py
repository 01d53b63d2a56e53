"""A function in a child process: every way it can end, and that nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise

import psutil
import pytest

from planner.child import Crashed, Finished, OutOfMemory, OutOfTime, Stopped, run_limited
from tests.forked import forked_children
from tests.run_in_child import (
    a_big_answer,
    abort_for_lack_of_memory,
    add,
    chatter,
    count,
    fail,
    hog,
    hog_in_small_pieces,
    hold_still,
    leave,
    own_pid,
    read_address_zero,
    sleep_with_a_grandchild,
    spin,
)

ROOM = {"memory_mb": 200, "seconds": 20.0}


def test_returns_the_value() -> None:
    assert run_limited(add, 2, 3, **ROOM) == Finished(5)


@pytest.mark.parametrize("function", [hog, hog_in_small_pieces])
def test_a_memory_hog_is_refused(function) -> None:
    assert run_limited(function, **ROOM) == OutOfMemory(200)


def test_an_abort_for_lack_of_memory_is_told_from_a_crash() -> None:
    assert run_limited(abort_for_lack_of_memory, **ROOM) == OutOfMemory(200)


def test_an_endless_loop_ends_at_the_limit() -> None:
    began = time.monotonic()
    assert run_limited(spin, memory_mb=200, seconds=0.5) == OutOfTime(0.5)
    assert time.monotonic() - began < 5


def test_an_exception_comes_back_with_its_traceback() -> None:
    outcome = run_limited(fail, **ROOM)
    assert isinstance(outcome, Crashed)
    assert outcome.signal is None
    assert "tre er for mye" in outcome.text


def test_a_segmentation_fault_names_the_signal_and_the_line() -> None:
    outcome = run_limited(read_address_zero, **ROOM)
    assert isinstance(outcome, Crashed)
    assert outcome.signal == signal.SIGSEGV
    assert "read_address_zero" in outcome.text


def test_leaving_without_an_answer_is_a_crash() -> None:
    assert run_limited(leave, **ROOM) == Crashed("", None)


def test_messages_arrive_in_order_before_the_value() -> None:
    seen: list[object] = []
    assert run_limited(count, 200, on_message=seen.append, **ROOM) == Finished("ferdig")
    assert seen == list(range(200))


def test_report_outside_a_child_does_nothing() -> None:
    assert count(3) == "ferdig"


def test_stop_kills_the_child_and_what_it_started() -> None:
    started: list[object] = []
    outcome = run_limited(
        sleep_with_a_grandchild, on_message=started.append, stop=lambda: bool(started), memory_mb=200, seconds=60
    )
    assert outcome == Stopped()
    gone = time.monotonic() + 3
    while time.monotonic() < gone and _alive(int(str(started[0]))):
        time.sleep(0.02)
    assert not _alive(int(str(started[0])))


def test_stop_is_asked_often() -> None:
    asked: list[float] = []

    def note() -> bool:
        asked.append(time.monotonic())
        return len(asked) == 6

    assert run_limited(hold_still, 30.0, stop=note, memory_mb=200, seconds=40) == Stopped()
    assert max(later - earlier for earlier, later in pairwise(asked)) < 0.3


def test_what_the_listener_raises_passes_through_and_nothing_is_left() -> None:
    def refuse(message: object) -> None:
        raise KeyError(message)

    with pytest.raises(KeyError):
        run_limited(count, 5, on_message=refuse, **ROOM)
    assert forked_children() == []


def test_no_secret_reaches_the_child() -> None:
    """Also not in the memory the process was started with, where /proc shows it."""
    script = (
        "from planner.child import run_limited; from tests.run_in_child import surroundings\n"
        "found, initial = run_limited(surroundings, memory_mb=200, seconds=20).value\n"
        "assert 'MALRETT_SECRET' not in found and b'hemmelig' not in initial, (found, initial)\n"
        "import os; assert os.environ['MALRETT_SECRET'] == 'hemmelig'\n"
        "assert 'hemmelig' in os.popen('echo $MALRETT_SECRET').read()\n"
    )
    surrounded = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "MALRETT_SECRET": "hemmelig"}
    subprocess.run([sys.executable, "-c", script], check=True, env=surrounded)


def test_printing_neither_blocks_nor_reaches_our_output(capfd) -> None:
    assert run_limited(chatter, **ROOM) == Finished(7)
    assert capfd.readouterr() == ("", "")


def test_a_large_answer_comes_whole() -> None:
    outcome = run_limited(a_big_answer, **ROOM)
    assert isinstance(outcome, Finished)
    assert len(outcome.value) == 20 << 20


def test_a_child_is_fresh_and_quick() -> None:
    run_limited(own_pid, **ROOM)
    began = time.monotonic()
    pids = {run_limited(own_pid, **ROOM).value for _ in range(5)}
    assert len(pids) == 5
    assert time.monotonic() - began < 5


def test_many_threads_at_once_each_get_their_own_outcome() -> None:
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        function, args = [(add, (number, 1)), (fail, ()), (leave, ())][number % 3]
        found[number] = run_limited(function, *args, **ROOM)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, outcome in found.items():
        if number % 3 == 0:
            assert outcome == Finished(number + 1)
        elif number % 3 == 1:
            assert isinstance(outcome, Crashed) and "tre er for mye" in outcome.text
        else:
            assert outcome == Crashed("", None)
    assert len(found) == 12
    assert forked_children() == []


def test_it_goes_on_after_the_mother_of_the_children_was_killed() -> None:
    """An administrator, or the kernel, may kill it; the next call starts another."""
    assert isinstance(run_limited(own_pid, **ROOM), Finished)
    mother = next(process for process in psutil.Process().children() if "forkserver" in " ".join(process.cmdline()))
    mother.kill()
    while _alive(mother.pid):
        time.sleep(0.01)
    assert isinstance(run_limited(own_pid, **ROOM), Finished)


def _alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
