"""A plan with three initiatives and a workshop of them, and phones that come in and score."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.domain.candidates import Candidate, Effect
from planner.store import initiatives
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop

CODES = ("T1", "T2", "T3")
STATEMENTS = ("s01", "s02", "s03")


def put_initiatives(database: Database, plan_id: str) -> None:
    with database.write() as session:
        for code in CODES:
            effects = tuple(Effect(one, 10.0) for one in STATEMENTS)
            one = Candidate(code=code, title=f"Tiltak {code}", theme="bolig", targets=("unge",), effects=effects)
            initiatives.put(session, plan_id, one)
        session.commit()


def typed(**changes: object) -> dict[str, object]:
    """The form of a workshop as it is sent."""
    form: dict[str, object] = {
        "title": "Bolystkvelden",
        "item": list(CODES),
        "scale": "steps",
        "map-0": "0",
        "map-1": "5",
        "map-2": "15",
        "map-3": "30",
        "named": "",
        "tables": "2",
        "group": ["unge", "voksne"],
        "rounds": "2",
        "size": "30",
        "wanted": "",
    }
    form |= {f"statement-{code}": list(STATEMENTS) for code in CODES}
    return form | changes


@dataclass
class Room:
    """A workshop seen by the one who leads it."""

    app: Flask
    client: FlaskClient
    database: Database
    plan_id: str
    number: int = 1

    @property
    def url(self) -> str:
        return f"/plans/{self.plan_id}/workshop/{self.number}"

    @property
    def now(self) -> StoredWorkshop:
        with self.database.read() as session:
            found = store.find(session, self.plan_id, self.number)
        assert found is not None
        return found

    def set_up(self, **changes: object) -> TestResponse:
        return self.client.post(f"/plans/{self.plan_id}/workshop/new", data=typed(**changes))

    def act(self, *actions: str) -> None:
        for action in actions:
            done = self.client.post(f"{self.url}/act", data={"action": action, "version": self.now.version})
            assert done.status_code == 303, (action, done.get_data(as_text=True))

    def html(self) -> str:
        return self.client.get(self.url).get_data(as_text=True)

    def phones(self, count: int, group: str = "voksne", **entered: str) -> list["Phone"]:
        return [Phone(self).enter(group=group, **entered) for _ in range(count)]


class Phone:
    def __init__(self, room: Room) -> None:
        self.client = room.app.test_client()
        self.link = room.now.link

    @property
    def url(self) -> str:
        return f"/w/{self.link}"

    def enter(self, **entered: str) -> "Phone":
        form: Mapping[str, str] = {"table": "Bord 1", "group": "", "name": "", **entered}
        assert self.client.post(f"{self.url}/enter", data=form).status_code == 303
        return self

    def score(self, initiative: str, statement: str, answer: str, sequence: int = 1, round_: int = 1) -> TestResponse:
        form = {"initiative": initiative, "statement": statement, "answer": answer}
        return self.client.post(f"{self.url}/score", data={**form, "sequence": sequence, "round": round_})

    def score_all(self, answer: str, round_: int = 1) -> None:
        for code in CODES:
            for statement in STATEMENTS:
                assert self.score(code, statement, answer, round_=round_).status_code == 200

    def html(self, card: str = "") -> str:
        return self.client.get(self.url, query_string={"card": card}).get_data(as_text=True)

    def checked(self, card: str) -> list[str]:
        return re.findall(r'name="answer-\w+" value="(\w+)" checked', self.html(card))
