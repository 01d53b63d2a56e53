"""Two web processes and two workers on one PostgreSQL, as an installation for many has them: together they are one.

Under load, and with PostgreSQL stopped meanwhile: `python -m bench.many`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from planner.services import installation, plans
from planner.store import jobs
from planner.store.database import Database
from tests import portfolio_case
from tests.at_work import Forms
from tests.many_processes import Processes
from tests.people_case import PASSWORD
from tests.test_jobs import ended, wait
from tests.test_worker import wait_for

pytestmark = pytest.mark.only_on("postgresql", "SQLite is for one web process")
EMAIL = "leder@provevik.example"


class Browser:
    """Somebody who signs in by the one process and is sent to either."""

    def __init__(self, address: str) -> None:
        self.session, self.token = requests.Session(), ""
        self.get(f"{address}/sign-in")
        assert self.post(f"{address}/sign-in", email=EMAIL, password=PASSWORD).status_code == 303

    def get(self, url: str) -> requests.Response:
        return self._take(self.session.get(url, allow_redirects=False))

    def post(self, url: str, fields: dict[str, Any] | None = None, **more: str) -> requests.Response:
        headers = {"X-CSRFToken": self.token}
        return self._take(self.session.post(url, {**(fields or {}), **more}, headers=headers, allow_redirects=False))

    def form(self, url: str, ends: str) -> dict[str, Any]:
        """What the form whose address ends so holds."""
        forms = Forms(self.get(url).text).forms
        return next(fields for action, fields in forms.items() if action.split("?")[0].endswith(ends))

    def plan(self, address: str) -> str:
        self.get(address)
        made = self.post(f"{address}/plans", name="Bolyst", municipality="Prøvevik")
        return made.headers["Location"].split("/")[2]

    def _take(self, answer: requests.Response) -> requests.Response:
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer


@pytest.fixture(scope="module")
def database(module_url: str) -> Iterator[Database]:
    database = Database(module_url)
    yield database
    database.close()


@pytest.fixture(scope="module")
def processes(module_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    settings = {"DATABASE_URL": module_url, "SECRET_KEY": "only for tests", "ACCESS": "server", "QUEUE": "worker"}
    processes = Processes(tmp_path_factory.mktemp("many"), settings | {"SOLVE_WORKERS": "2"})
    yield processes
    processes.close()


@pytest.fixture(scope="module")
def two(processes: Processes, database: Database) -> tuple[str, str]:
    """The addresses of two web processes, of which the first has let the director in."""
    here, there = (processes.start("serve")[1] for _ in range(2))
    path = installation.add_municipality(database, "Prøvevik kommune", "nb", EMAIL)
    with requests.Session() as session:
        found = re.search(r'name="csrf_token" value="([^"]+)"', session.get(f"{here}{path}").text)
        assert found is not None
        typed = {"csrf_token": found[1], "name": "Kari Nordmann", "password": PASSWORD, "again": PASSWORD}
        assert session.post(f"{here}{path}", typed, allow_redirects=False).status_code == 303
    return here, there


@pytest.fixture
def browser(two: tuple[str, str]) -> Iterator[Browser]:
    browser = Browser(two[0])
    with browser.session:
        yield browser


def test_what_is_saved_through_the_one_is_there_in_the_other_and_who_is_late_is_told(
    two: tuple[str, str], browser: Browser, database: Database
) -> None:
    here, there = two
    path = f"/plans/{browser.plan(here)}/initiatives/one/J1"
    portfolio_case.make(database, path.split("/")[2])
    form, same = (browser.form(f"{address}{path}", "/one/J1") for address in two)
    assert same["version"] == form["version"]
    assert browser.post(f"{here}{path}", {**form, "title": "Det første"}).status_code == 303
    assert "Det første" in browser.get(f"{there}{path}").text
    late = browser.post(f"{there}{path}", {**same, "title": "Det andre"})
    assert late.status_code == 409 and "Det første" in late.text and "Det andre" in late.text
    assert "Det andre" not in browser.get(f"{here}{path}").text


def test_who_signs_out_through_the_one_is_out_in_the_other(two: tuple[str, str], browser: Browser) -> None:
    here, there = two
    cookies = dict(browser.session.cookies)
    assert browser.get(f"{here}/account").status_code == browser.get(f"{there}/account").status_code == 200
    assert browser.post(f"{here}/sign-out").status_code == 303
    # By the same cookies, as a browser has them that was not told.
    kept = requests.get(f"{there}/account", cookies=cookies, allow_redirects=False)
    assert kept.status_code == 303 and "/sign-in" in kept.headers["Location"]


def test_each_job_is_run_once_and_that_of_a_killed_worker_once_more_by_the_other(
    two: tuple[str, str], browser: Browser, database: Database, processes: Processes
) -> None:
    """Guards: `jobs.begin` takes only what waits, and `jobs.take_over` what is silent: kill -9 leaves no last words."""
    asked = [browser.plan(address) for address in (*two, *two)]
    for plan_id in asked:
        portfolio_case.make(database, plan_id)
    workers = {processes.start("worker")[0] for _ in range(2)}
    stays = browser.plan(two[0])
    with database.write() as session:
        jobs.add(session, "stays", stays, "try", {"name": "stays", "stays": True}, plans.now())
        session.commit()
    wait_for(lambda: processes.begun.exists() and "stays" in processes.begun.read_text())
    killed = int(processes.begun.read_text().split()[1])
    for plan_id, address in zip(asked, (*two, *two), strict=True):
        portfolio = f"{address}/plans/{plan_id}/portfolio"
        assert browser.post(f"{portfolio}/attempt", browser.form(portfolio, "/attempt")).status_code == 303
    assert killed in workers
    processes.kill(killed)
    done = wait(database, "stays", ended)
    assert (done.state, done.begun, done.lost) == ("done", 2, 1)
    with database.read() as session:
        ids = [one.id for plan_id in asked if (one := jobs.latest(session, plan_id, "try")) is not None]
    others = [wait(database, one, ended) for one in ids]
    assert [one.state for one in others] == ["done"] * 4
    # One that the killed worker had just taken is begun twice too; else each once.
    lines = processes.begun.read_text().splitlines()
    assert Counter(line.split()[0] for line in lines)["asked"] <= sum(one.begun for one in others)
    assert [(one.begun, one.lost) for one in others].count((1, 0)) >= 3
    assert {int(line.split()[1]) for line in lines if "stays" in line} == workers
