"""Two municipalities on one installation, with everybody who may ask for something."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from planner.services import installation
from planner.store.database import Database

PASSWORD = "blå hest under bordet"


@dataclass
class Town:
    """director: the client of who leads it; others come by `invited`."""

    app: Flask
    name: str
    director: FlaskClient

    def invited(self, email: str, role: str) -> FlaskClient:
        page = self.director.post("/people/invite", data={"email": email, "role": role}).get_data(as_text=True)
        return entered(self.app, "/invitation/" + page.split("/invitation/")[1].split('"')[0])


def entered(app: Flask, path: str) -> FlaskClient:
    """A browser in which the link was used."""
    client = app.test_client()
    answer = client.post(path, data={"name": "Kari Nordmann", "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def town(app: Flask, database: Database, name: str, email: str) -> Town:
    path = installation.add_municipality(database, name, "nb", email)
    assert path is not None
    return Town(app, name, entered(app, path))


def plan_of(client: FlaskClient) -> str:
    answer = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    assert answer.status_code == 303
    return str(answer.headers["Location"].split("/")[2])
