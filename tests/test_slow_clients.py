"""Who sends slowly, or without end: nobody else waits for them, and what they send does not fill the disk.

Over real sockets, on the server as it is run. Nothing here goes by the clock: an answer comes, or the socket's own
limit of ten seconds fails the test.
"""

import contextlib
import os
import resource
import select
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from waitress.adjustments import Adjustments
from waitress.buffers import TempfileBasedBuffer

from planner import serving, too_slow
from planner.app import create_app
from planner.config import Config
from planner.too_large import answer_with_pages
from planner.too_slow import Timed
from tests.conftest import make_config
from tests.served import served

SLOW = 100
MB = 1024 * 1024
LIMIT = 2 * MB  # of the server, where the application's is one: server_of
MOST = LIMIT + 10 * MB
"""What is on its way when the answer is given is thrown away; it is not more than this."""


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="local", upload_mb=1)


@pytest.fixture
def port(config: Config) -> Iterator[int]:
    answer_with_pages()
    with served(create_app(config), config) as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def answer(connection: socket.socket) -> bytes:
    """Until the server closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def ask(port: int, path: str) -> bytes:
    with connect(port) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return answer(connection)


def test_two_hundred_slow_ones_hold_up_nobody(port: int) -> None:
    """Guards: a thread is given to whole requests only, and more connections are held than a hundred."""
    least = 2 * SLOW * 2 + 200  # both ends are this process's
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < least:
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, hard))
    with contextlib.ExitStack() as stack:
        heads = [stack.enter_context(connect(port)) for _ in range(SLOW)]
        bodies = [stack.enter_context(connect(port)) for _ in range(SLOW)]
        for one in heads:
            one.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Slow: ")
        for one in bodies:
            one.sendall(b"POST /plans HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\nname=")
        for _ in range(3):
            for one in (*heads, *bodies):
                one.sendall(b"x")
            assert ask(port, "/health").startswith(b"HTTP/1.1 200")
            assert ask(port, "/").startswith(b"HTTP/1.1 200")
        heads[0].sendall(b"\r\n\r\n")  # whoever comes to an end is answered like anybody
        assert answer(heads[0]).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "chunked"])
def test_a_body_without_end_is_refused_early_and_fills_no_disk(
    chunked: bool, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """300 MB are offered. Guard: max_request_body_size, without which 400 MB were spooled before the answer."""
    spooled: list[IO[bytes]] = []
    made = TempfileBasedBuffer.newfile

    def newfile(self: Any) -> IO[bytes]:
        spooled.append(made(self))
        return spooled[-1]

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", newfile)
    block = b"x" * 65536
    part = b"10000\r\n" + block + b"\r\n" if chunked else block
    size = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {300 * MB}"
    head = f"POST /plans HTTP/1.1\r\nHost: x\r\n{size}\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
    sent, most = 0, 0
    with connect(port) as connection:
        connection.sendall(head.encode())
        said = b""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while sent < 300 * MB and not said:
                connection.sendall(part)
                sent += len(part)
                most = max(most, sum(os.fstat(one.fileno()).st_size for one in spooled if not one.closed))
                if select.select([connection], [], [], 0)[0]:
                    said = connection.recv(65536)
        said += answer(connection)
    assert said.startswith(b"HTTP/1.1 413")
    assert sent <= MOST and most <= MOST
    assert ask(port, "/health").startswith(b"HTTP/1.1 200")


def test_who_sends_a_byte_now_and_then_is_closed(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: `close_who_drips`, without which each byte gives another minute. The limit is none at all here: who sends
    all at once is answered, and who is not done is closed when next looked at."""
    monkeypatch.setattr(too_slow, "FIRST_SECONDS", 0.0)
    heads = (
        b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /plans HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nn",
    )
    for head in heads:
        with connect(port) as connection:
            connection.sendall(head)
            assert answer(connection) == b""
    assert ask(port, "/health").startswith(b"HTTP/1.1 200")


def test_a_large_file_over_a_poor_line_is_waited_for(config: Config) -> None:
    request = Timed(Adjustments())
    request.body_bytes_received = 10 * MB
    assert not request.is_overdue(request.began + 60 + 5 * 3600)
    request.body_bytes_received = 1000
    assert not request.is_overdue(request.began + 61) and request.is_overdue(request.began + 63)


def test_the_limits_are_those_that_it_is_run_with(config: Config) -> None:
    assert serving.CONNECTIONS > 4 * SLOW and serving.THREADS < SLOW
