"""What the tests of `planner.child` run there. Apart from them, so that a child need not load pytest."""

import ctypes
import os
import subprocess
import sys
import time

from planner import child


def add(a: int, b: int) -> int:
    return a + b


def hog() -> int:
    return len(bytearray(400 << 20))


def hog_in_small_pieces() -> int:
    kept: list[list[int]] = []
    while True:
        kept.append(list(range(1000)))


def spin() -> None:
    while True:
        pass


def sleep_with_a_grandchild() -> None:
    child.report(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)
    time.sleep(60)


def count(upto: int) -> str:
    for number in range(upto):
        child.report(number)
    return "ferdig"


def fail() -> None:
    raise ValueError("tre er for mye")


def read_address_zero() -> None:
    ctypes.string_at(0)


def abort_for_lack_of_memory() -> None:
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
    os.abort()


def leave() -> None:
    os._exit(3)


def surroundings() -> tuple[dict[str, str], bytes]:
    with open("/proc/self/environ", "rb") as initial:
        return dict(os.environ), initial.read()


def chatter() -> int:
    print("x" * 500_000, flush=True)
    return 7


def a_big_answer() -> bytes:
    return b"x" * (20 << 20)


def own_pid() -> int:
    return os.getpid()


def hold_still(seconds: float) -> None:
    time.sleep(seconds)
