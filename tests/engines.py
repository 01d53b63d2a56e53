"""On which database does a test stand? On both engines, each in its turn, unless the run or the test says otherwise.

A test that uses a database, by whichever fixture, is there once for each engine; `--database sqlite` or `postgresql`
takes one. What is true of one engine alone says so: `@pytest.mark.only_on("sqlite", "why")`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from planner.store.database import Database
from tests.postgres import Server
from tests.postgres import cluster as cluster
from tests.postgres import postgres as postgres
from tests.postgres import postgres_url as postgres_url

ENGINES = ("sqlite", "postgresql")
_USED = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(*ENGINES, "both"), default="both", help="the engines to test on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        only = metafunc.definition.get_closest_marker("only_on")
        engines = ENGINES if only is None else (only.args[0],)
        taken = [one for one in engines if wanted in (one, "both")]
        metafunc.parametrize("engine", taken, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a table."""
    return f"sqlite:///{tmp_path / 'store.db'}" if engine == "sqlite" else _server(request).empty()


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without a row, of this test alone."""
    if engine == "sqlite":
        file = tmp_path / "test.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
    else:
        server = _server(request)
        url = server.lend()
        yield url
        server.give_back(url)


@pytest.fixture
def superuser_url(engine: str, request: pytest.FixtureRequest, database_url: str) -> str:
    """The same database past every policy, with its files to be read; «» on SQLite, which has one file.

    Of the tests that had the database before, nothing is left in its files.
    """
    if engine == "sqlite":
        return ""
    url = _server(request).as_superuser(database_url)
    with psycopg.connect(url, autocommit=True) as connection:
        used = [name for (name,) in connection.execute(_USED)]
        if used:
            connection.execute(f"VACUUM FULL {', '.join(used)}".encode())
    return url


@pytest.fixture(scope="module")
def module_url(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, for all the tests of a module together."""
    if engine == "sqlite":
        file = request.getfixturevalue("migrated_file")
        yield f"sqlite:///{shutil.copy(file, tmp_path_factory.mktemp('module'))}"
    else:
        server = _server(request)
        url = server.lend()
        yield url
        server.give_back(url)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once, copied for each test: a migration takes as long as many a test."""
    file = tmp_path_factory.mktemp("migrated") / "test.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.scrub("plan")
    database.close()
    return file


def _server(request: pytest.FixtureRequest) -> Server:
    server = request.getfixturevalue("postgres")
    assert isinstance(server, Server)
    return server
