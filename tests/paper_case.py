"""Paper ballots of a workshop's first round, and somebody who types them."""

from dataclasses import dataclass

from werkzeug.test import TestResponse

from planner.domain.ballot_id import shown
from planner.domain.workshop_paper import Ballot
from planner.store import workshop_ballots
from tests.workshop_case import Room


@dataclass
class Paper:
    room: Room

    @property
    def url(self) -> str:
        return f"{self.room.url}/paper"

    def make(self, count: object = 3) -> list[Ballot]:
        assert self.room.client.post(self.url, data={"count": count}).status_code == 303
        return self.ballots()

    def ballots(self, round_: int = 1) -> list[Ballot]:
        with self.room.database.read() as session:
            return list(workshop_ballots.listing(session, self.room.now.id, round_))

    def find(self, ballot: Ballot) -> Ballot:
        with self.room.database.read() as session:
            found = workshop_ballots.find(session, self.room.now.id, ballot.id)
        assert found is not None
        return found

    def form(self, ballot: Ballot, answer: str = "2", form: str = "", **changes: str) -> dict[str, str]:
        """What one types: the same answer on every line."""
        typed = {"answer": answer, "comment": "", "group": "0", "table": "1", "name": "Kari"}
        fields = {one.name: typed[one.kind] for one in ballot.printed.fields()}
        return {
            "ballot": shown(ballot.id),
            "form": form,
            **fields,
            **{k.replace("_", "-"): v for k, v in changes.items()},
        }

    def type(self, ballot: Ballot, answer: str = "2", form: str = "", **changes: str) -> TestResponse:
        return self.room.client.post(f"{self.url}/entry", data=self.form(ballot, answer, form, **changes))

    def type_twice(self, ballot: Ballot, answer: str = "2", **changes: str) -> None:
        for form in ("one", "two"):
            assert self.type(ballot, answer, form, **changes).status_code == 303

    def html(self, path: str = "") -> str:
        return self.room.client.get(self.url + path).get_data(as_text=True)
