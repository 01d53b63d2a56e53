"""People who each have a page open on the same plan: they open a form as it stands, type one thing into it, and save.

What is sent is what the page held, hidden fields and all, so that a version the page forgets is a version that is gone.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.domain.candidates import Candidate, Effect
from planner.store import initiatives, survey_comments
from planner.store.database import Database
from tests import gap_survey

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Kind:
    """Something two people can have open. page: its address. action: how its form's address ends. field: what is typed
    into. also: what has to be chosen for that to count."""

    page: str
    action: str
    field: str
    also: tuple[tuple[str, str], ...] = ()


KINDS = {
    "initiative": Kind("/initiatives/one/T1", "/one/T1", "title"),
    "ends": Kind("/initiatives/freed/one/S1", "/freed/one/S1", "title"),
    "weights": Kind("/gaps", "/gaps/weights", "factor-", (("factors", "own"),)),
    "texts": Kind("/report/texts", "/report/texts", "officer"),
    "frame": Kind("/portfolio", "/portfolio/attempt", "limit-investment-"),
    "workshop": Kind("/workshop/1/edit", "/1/edit", "title"),
    "comment": Kind("/survey/comments", "", "text"),
}


class Forms(HTMLParser):
    """Every form of a page: its address, and what its fields hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self._own: dict[str, str] = {}
        self._now = self._area = self._select = ""
        self._first = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._now = given.get("action", "")
            self._own[given.get("id", "")] = self._now
            self.forms.setdefault(self._now, {})
        elif tag == "input" and given.get("name") and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._put(given["name"], given.get("value", ""))
        elif tag == "textarea":
            self._area = given.get("name", "")
            self._put(self._area, "")
        elif tag == "select":
            self._select, self._first = given.get("name", ""), ""
        elif tag == "option" and self._select and ("selected" in given or not self._first):
            fields, self._first = self.forms.get(self._now, {}), "there"
            if "selected" in given:
                fields[self._select] = [*fields.get(self._select, [])[:-1], given.get("value", "")]
            else:
                self._put(self._select, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[self._now][self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._now = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def _put(self, name: str, value: str) -> None:
        self.forms.setdefault(self._now, {}).setdefault(name, []).append(value)


class Person:
    """One of those at work, with the forms they have open."""

    def __init__(self, app: Flask, plan_id: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.base = f"/plans/{plan_id}"
        self.open_: dict[str, tuple[str, Fields]] = {}

    def open(self, kind: str) -> bool:
        """Open its form; False when there is none any more."""
        return self._take(kind, self.client.get(self.base + KINDS[kind].page))

    def typed(self, kind: str) -> str:
        """What stands in the field of the open form."""
        _, fields = self.open_[kind]
        return fields[self._field(kind)][-1].lstrip("\n")

    def save(self, kind: str, text: str) -> TestResponse:
        """Send the open form with this in its field. What comes back instead of a redirect is what is open then."""
        action, fields = self.open_[kind]
        data: Any = {**fields, **{name: [value] for name, value in KINDS[kind].also}, self._field(kind): [text]}
        response = self.client.post(action, data=data)
        if response.status_code != 303:
            self._take(kind, response)
        return response

    def _field(self, kind: str) -> str:
        wanted, fields = KINDS[kind].field, self.open_[kind][1]
        return wanted if not wanted.endswith("-") else next(name for name in fields if name.startswith(wanted))

    def _take(self, kind: str, response: TestResponse) -> bool:
        ends = KINDS[kind].action
        forms = Forms(response.get_data(as_text=True)).forms
        found = [
            (action, fields)
            for action, fields in forms.items()
            if (action.split("?")[0].endswith(ends) if ends else "state" in fields)
        ]
        if found:
            self.open_[kind] = found[0]
        return bool(found)


def prepared(app: Flask, database: Database) -> str:
    """A plan with one of each kind of thing; its id. The installation is one where all share."""
    client = app.test_client()
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    plan_id = made.headers["Location"].split("/")[2]
    gap_survey.keep(database, plan_id)
    effects = tuple(Effect(one.id, 10.0) for one in gap_survey.STATEMENTS)
    with database.write() as session:
        for code in ("T1", "T2"):
            one = Candidate(code=code, title=f"Tiltak {code}", theme="bolig", targets=("unge",), effects=effects)
            initiatives.put(session, plan_id, one)
        session.commit()
    ends = {"code": "S1", "title": "0", "affected": "Tolv lånere", "operating.value": "100", "first_year": "2028"}
    assert client.post(f"/plans/{plan_id}/initiatives/freed/new", data=ends).status_code == 303
    new = Forms(client.get(f"/plans/{plan_id}/workshop/new").get_data(as_text=True)).forms
    form: Any = next(fields for action, fields in new.items() if action.endswith("/new"))
    assert client.post(f"/plans/{plan_id}/workshop/new", data=form).status_code == 303
    with database.write() as session:
        survey_comments.put_all(session, plan_id, [f"Tekst {number}" for number in range(12)])
        session.commit()
    return plan_id
