"""Is anybody's work lost when several people have the same things open? Three of them, in any order.

The model knows which version of each thing each person has seen. Nothing is overwritten by who has not seen it;
who comes second is told, keeps what they typed, and sees what stands; what is refused leaves nothing behind. With
`-m slow` 10,000 steps on each engine, else a few dozen on SQLite: too few to find every version that is not compared.
The test that stops one person before the commit, on PostgreSQL, finds those of weights and initiatives.
"""

import re
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session
from werkzeug.test import TestResponse

from planner.app import create_app
from planner.domain.candidates import Candidate
from planner.services import looks, portfolio, scenarios_saved
from planner.services.plans import now
from planner.store import initiatives, jobs, plans
from tests.at_work import KINDS, Person, prepared
from tests.conftest import make_config
from tests.postgres import Server

WHOLE = {"initiative": "/initiatives/new", "ends": "/initiatives/freed/new"}
NEW = {
    "initiative": {"code": "T1", "title": "", "theme": "bolig", "targets": "unge"},
    "ends": {"code": "S1", "title": "", "affected": "Tolv", "operating.value": "100", "first_year": "2028"},
}


@pytest.fixture
def versions_from_one() -> None:
    """Here they begin by chance, as they do."""


def application(folder: Path, url: str) -> Flask:
    app = create_app(make_config(folder, access="local", queue="worker", database_url=url))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


class AtWork(RuleBasedStateMachine):
    """Three people and the things of KINDS. now: each thing's text and how often it has changed, by its address."""

    app: Flask
    plan_id: str
    counter = 100
    done = 0

    @initialize()
    def begin(self) -> None:
        self.people = [Person(self.app, self.plan_id) for _ in range(3)]
        self.fresh = Person(self.app, self.plan_id)
        self.seen: dict[tuple[int, str], tuple[str, int]] = {}
        self.now: dict[str, tuple[str, int]] = {}

    def open(self, who: int, kind: str) -> None:
        if self.people[who].open(kind):
            thing = self._thing(who, kind)
            typed = plain(self.people[who].typed(kind))
            there = self.now.setdefault(thing, (typed, 0))
            assert typed == there[0], (kind, typed, there)
            self.seen[who, kind] = (thing, there[1])

    @rule(who=st.integers(0, 2), kind=st.sampled_from(sorted(KINDS)))
    def save(self, who: int, kind: str) -> None:
        """What they have open; whoever has not opened it yet does that, and is slower than the others."""
        if (who, kind) not in self.seen:
            return self.open(who, kind)
        AtWork.done += 1
        thing, seen = self.seen[who, kind]
        AtWork.counter += 1
        text = str(AtWork.counter)
        answer = self.people[who].save(kind, text)
        standing = self.now.get(thing)
        if standing is not None and seen == standing[1]:
            assert answer.status_code == 303, (kind, answer.status_code)
            self.now[thing] = (text, seen + 1)
            del self.seen[who, kind]  # the form is sent; what comes next is another page
            return
        assert answer.status_code == 409, (kind, answer.status_code)
        html = answer.get_data(as_text=True)
        assert text in html, f"what was typed is gone: {kind}"
        if standing is None:
            del self.seen[who, kind]
            return
        assert said(standing[0], html), f"what stands is not shown: {kind}"
        self.look(kind)
        self.seen[who, kind] = (thing, standing[1])  # both have been seen: saving again is a choice

    @rule(who=st.integers(0, 2), kind=st.sampled_from(sorted(WHOLE)))
    def remove(self, who: int, kind: str) -> None:
        """By whoever has it open; refused where it has changed since. Then somebody makes another of that name."""
        if (who, kind) not in self.seen:
            return self.open(who, kind)
        AtWork.done += 1
        thing, seen = self.seen[who, kind]
        action, fields = self.people[who].open_[kind]
        answer = self.people[who].client.post(f"{action}/remove", data={"version": fields["version"][-1]})
        if self.now.get(thing, ("", seen))[1] != seen:
            assert answer.status_code == 409
            return
        assert answer.status_code == 303
        AtWork.counter += 1
        again: Any = {**NEW[kind], "title": str(AtWork.counter)}
        made = self.fresh.client.post(f"/plans/{self.plan_id}{WHOLE[kind]}", data=again)
        assert made.status_code == 303
        self.now[thing] = (again["title"], self.now[thing][1] + 1)

    def look(self, kind: str) -> None:
        """What is stored is what the last who was let through wrote, and nothing of anybody else."""
        if self.fresh.open(kind):
            thing = self.fresh.open_[kind][0].split("?")[0]
            if thing in self.now:
                assert plain(self.fresh.typed(kind)) == self.now[thing][0]

    def _thing(self, who: int, kind: str) -> str:
        return self.people[who].open_[kind][0].split("?")[0]


def said(text: str, html: str) -> bool:
    return text in plain(html)


def plain(text: str) -> str:
    """Without the space that stands between thousands: the counter goes past them in a long run."""
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text)


def run(app: Flask, examples: int, steps: int) -> int:
    """So many rounds of so many steps, the same ones each time; how many saves and removals there were."""
    AtWork.app, AtWork.done = app, 0
    AtWork.plan_id = prepared(app, app.extensions["planner"].database)
    run_state_machine_as_test(
        AtWork,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return AtWork.done


def test_nothing_is_overwritten_by_somebody_who_has_not_seen_it(tmp_path: Path) -> None:
    app = application(tmp_path / "data", f"sqlite:///{tmp_path / 'work.db'}")
    assert run(app, 2, 40) >= 20
    app.extensions["planner"].close()


@pytest.mark.parametrize("kind", ["initiative", "ends"])
def test_a_form_of_what_was_removed_does_not_touch_what_has_its_name_now(tmp_path: Path, kind: str) -> None:
    """T1 is removed and another T1 made: who has the first one open neither overwrites nor removes the second."""
    app = application(tmp_path / "data", f"sqlite:///{tmp_path / 'work.db'}")
    plan_id = prepared(app, app.extensions["planner"].database)
    late, quick = (Person(app, plan_id) for _ in range(2))
    assert late.open(kind) and quick.open(kind)
    action, fields = quick.open_[kind]
    assert quick.client.post(f"{action}/remove", data={"version": fields["version"][-1]}).status_code == 303
    again: Any = {**NEW[kind], "title": "Et nytt"}
    assert quick.client.post(f"/plans/{plan_id}{WHOLE[kind]}", data=again).status_code == 303
    action, fields = late.open_[kind]  # before it is shown what stands now
    assert late.save(kind, "Det gamle").status_code == 409
    assert late.client.post(f"{action}/remove", data={"version": fields["version"][-1]}).status_code == 409
    assert quick.open(kind) and quick.typed(kind) == "Et nytt"
    app.extensions["planner"].close()


@pytest.mark.slow
def test_the_same_ten_thousand_times_on_each_engine(empty_url: str, tmp_path: Path) -> None:
    app = application(tmp_path / "data", empty_url)
    assert run(app, 160, 120) >= 10_000
    app.extensions["planner"].close()


# --- In the very same moment ------------------------------------------------------------------------------------------


@pytest.fixture
def on_postgresql(postgres: Server, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """An application on PostgreSQL, where two may write at once; its database's address."""
    url = postgres.empty()
    app = application(tmp_path / "data", url)
    yield app, url
    app.extensions["planner"].close()


def test_who_reads_while_another_is_about_to_commit_waits_for_that(
    on_postgresql: tuple[Flask, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Berit saves while Anne's change is written and not yet committed. Without a lock before the version is read,
    Berit's request reads the old version, finds nothing wrong, and overwrites what Anne is told is saved."""
    app, url = on_postgresql
    plan_id = prepared(app, app.extensions["planner"].database)
    for number, kind in enumerate(sorted(KINDS)):
        anne, berit, fresh = (Person(app, plan_id) for _ in range(3))
        assert anne.open(kind) and berit.open(kind)
        answers = _one_inside_the_other(url, monkeypatch, anne, berit, kind, str(700 + number))
        assert [one.status_code for one in answers] == [303, 409], kind
        assert said(str(700 + number), answers[1].get_data(as_text=True)), kind
        if kind != "comment":  # which is read now, and stands on another page
            assert fresh.open(kind) and fresh.typed(kind) == str(700 + number)


def _one_inside_the_other(
    url: str, monkeypatch: pytest.MonkeyPatch, anne: Person, berit: Person, kind: str, text: str
) -> list[TestResponse]:
    """Anne stops just before her commit, until Berit is done or waits for a lock. No time is measured."""
    at_commit, go_on, commit = threading.Event(), threading.Event(), Session.commit
    answers: dict[str, TestResponse] = {}

    def slowly(session: Session) -> None:
        if threading.current_thread().name == "anne" and not at_commit.is_set():
            session.flush()
            at_commit.set()
            go_on.wait()
        commit(session)

    def save(person: Person, name: str, typed: str) -> None:
        answers[name] = person.save(kind, typed)

    monkeypatch.setattr(Session, "commit", slowly)
    first = threading.Thread(target=save, args=(anne, "anne", text), name="anne")
    second = threading.Thread(target=save, args=(berit, "berit", str(int(text) + 100)), name="berit")
    first.start()
    assert at_commit.wait(30), kind
    second.start()
    with psycopg.connect(url, autocommit=True) as watching:
        while second.is_alive() and not _somebody_waits(watching):
            second.join(0.01)
    go_on.set()
    first.join()
    second.join()
    monkeypatch.undo()
    return [answers["anne"], answers["berit"]]


def test_who_asks_for_work_decides_by_what_another_was_about_to_commit(
    on_postgresql: tuple[Flask, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeping a try, proving a scenario and asking a look read after the plan is held: a second press finds the first.

    Guard: `hold` before anything is read, in each of the three. Else two proofs are started, and the look is of before.
    """
    app, url = on_postgresql
    database = app.extensions["planner"].database
    plan_id = prepared(app, database)
    there: Any = SimpleNamespace(basis=SimpleNamespace(to_document=dict), problem={}, name="A", problem_sha256="")
    look = SimpleNamespace(ask=lambda session, plan, *_: {"there": len(initiatives.candidates(session, plan))})
    monkeypatch.setattr(scenarios_saved.store, "find", lambda *_: there)
    monkeypatch.setattr(looks.store, "find_kept", lambda *_: there)
    monkeypatch.setitem(looks.LOOKS, "robust", cast(Any, look))

    def meanwhile(change: Callable[[Session], object], command: Callable[[], Any]) -> Any:
        """What the command answers when it begins before the change is committed."""
        answers: list[Any] = []

        def ask() -> None:
            with app.test_request_context():
                answers.append(command())

        second = threading.Thread(target=ask)
        with database.write() as session:
            plans.hold(session, plan_id)
            change(session)
            session.flush()
            second.start()
            with psycopg.connect(url, autocommit=True) as watching:
                while second.is_alive() and not _somebody_waits(watching):
                    second.join(0.01)
            session.commit()
        second.join()
        return answers[0]

    added = meanwhile(
        lambda session: initiatives.put(session, plan_id, Candidate(code="T9", title="Ny", theme="bolig")),
        lambda: looks.ask(database, plan_id, "robust", 1, {}),
    )
    with database.read() as session:
        asked = jobs.latest(session, plan_id, "robust")
        assert asked is not None and asked.id == added
        assert asked.request["there"] == len(initiatives.candidates(session, plan_id))

    def prove(session: Session) -> None:
        jobs.add(session, secrets.token_hex(8), plan_id, "keep", {}, now())

    refused = meanwhile(prove, lambda: portfolio.keep(database, plan_id, "", "Planen"))
    assert [one.code for one in refused.findings] == ["portfolio_being_kept"]
    with database.write() as session:
        jobs.ask_to_stop(session, plan_id, "keep", now())
        session.commit()
    assert meanwhile(prove, lambda: scenarios_saved.prove(database, plan_id, 1)) is None


def _somebody_waits(connection: psycopg.Connection[Any]) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    row = connection.execute(waiting).fetchone()
    return row is not None and row[0] > 0
