"""A body over the limit: the application's page, before the body is read, over a real socket."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import create_app
from planner.too_large import answer_with_pages
from tests.conftest import make_config
from tests.html_contract import check_html
from tests.served import served

LIMIT = 1024 * 1024
FILE = "POST /plans/x/survey/upload HTTP/1.1"  # where a file is asked for


@pytest.fixture
def port(tmp_path: Path, database_url: str) -> Iterator[int]:
    answer_with_pages()
    config = make_config(tmp_path, database_url=database_url, access="local", upload_mb=1)
    with served(create_app(config), config) as port:
        yield port


def ask(port: int, head: str, body: bytes = b"") -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{head}\r\nHost: x\r\nConnection: close\r\n\r\n".encode() + body)
        answer = b""
        while True:
            try:
                more = connection.recv(65536)
            except ConnectionResetError:
                break
            if not more:
                break
            answer += more
    return answer.decode()


@pytest.mark.parametrize(("language", "says"), [("nb", "Filen er for stor"), ("en", 'lang="en"')])
def test_a_stated_size_is_refused_before_the_body_comes(port: int, language: str, says: str) -> None:
    answer = ask(port, f"{FILE}\r\nAccept-Language: {language}\r\nContent-Length: 300000000"
                 "\r\nContent-Type: multipart/form-data; boundary=b")  # fmt: skip
    assert answer.startswith("HTTP/1.1 413")
    assert says in answer
    check_html(answer.split("\r\n\r\n", 1)[1])


def test_a_body_without_a_size_is_stopped_at_the_limit(port: int) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    head = f"{FILE}\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b"
    answer = ask(port, head, chunk * (2 * LIMIT // 0x10000))
    assert answer.startswith("HTTP/1.1 413")
    assert "Filen er for stor" in answer


def test_other_bad_requests_keep_the_servers_own_answer(port: int) -> None:
    assert ask(port, "POST /plans HTTP/1.1\r\nContent-Length: many").startswith("HTTP/1.1 400")


def test_the_server_goes_on_afterwards(port: int) -> None:
    ask(port, "POST /plans HTTP/1.1\r\nContent-Length: 300000000\r\nContent-Type: multipart/form-data; boundary=b")
    assert ask(port, "GET / HTTP/1.1").startswith("HTTP/1.1 200")
