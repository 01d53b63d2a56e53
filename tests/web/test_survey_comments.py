"""Free text: off by default, kept apart and in no order, redacted, tied to statements by hand, in no export."""

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from planner.config import Config
from planner.store import initiatives, portfolio, survey_answers
from planner.store import survey_comments as store
from planner.store.database import Database
from tests.exports import keep_plan, text_of
from tests.portfolio_case import SETTINGS, candidate
from tests.web.test_survey import SAMPLE, get, post, upload

TEXTS = [f"Vi trenger bussen til {place}, ring 912 34 5{n:02}" for n, place in enumerate("ABCDEFGHIJKLMN")]


def with_texts(texts: list[str]) -> bytes:
    """The sample with a column of free text; most leave it empty."""
    lines = SAMPLE.decode("utf-8-sig").split("\r\n")
    made = [lines[0] + ";Hva vil du si til kommunen?"]
    made += [f'{line};"{texts[n] if n < len(texts) else ""}"' for n, line in enumerate(lines[1:-1])]
    return "\r\n".join([*made, ""]).encode()


def named(data: bytes) -> bytes:
    """The file with a first column of names."""
    first, *lines = data.decode().split("\r\n")
    return "\r\n".join(
        [f"Navn;{first}", *(f"Kari Navnesen{n};{line}" for n, line in enumerate(lines) if line)]
    ).encode()


def confirmed(client: FlaskClient, plan_id: str, texts: list[str], chosen: bool = True) -> None:
    data = with_texts(texts)
    upload(client, plan_id, data)
    place = data.decode().split("\r\n")[0].count(";")
    version = "1"
    if chosen:
        assert post(client, plan_id, "columns", version="1", **{f"column.{place}": "comment"}).status_code == 303
        version = "2"
    assert post(client, plan_id, "confirm", version=version, keep="1").status_code == 303


def kept(database: Database, plan_id: str) -> list[str]:
    with database.read() as session:
        return [one.text for one in store.listing(session, plan_id)]


def test_off_by_default(client: FlaskClient, database: Database, plan_id: str) -> None:
    confirmed(client, plan_id, TEXTS, chosen=False)
    assert kept(database, plan_id) == []
    assert "Ingen fritekster" in get(client, plan_id, "")


def test_kept_apart_without_what_tells_who_wrote_it(client: FlaskClient, database: Database, plan_id: str) -> None:
    confirmed(client, plan_id, TEXTS)
    texts = kept(database, plan_id)
    assert len(texts) == len(TEXTS) and not any("912" in text for text in texts)
    assert sorted(texts) != texts, "in the order of the file it could be told who wrote what"
    assert "bussen til" in get(client, plan_id, "comments")


def test_few_texts_are_not_shown(client: FlaskClient, database: Database, plan_id: str) -> None:
    confirmed(client, plan_id, TEXTS[:9])
    assert "bussen til" not in get(client, plan_id, "comments")


def test_a_text_is_redacted_tied_and_deleted(client: FlaskClient, database: Database, plan_id: str) -> None:
    confirmed(client, plan_id, TEXTS)
    page = get(client, plan_id, "comments")
    number, state = re.search(r"/comments/(\d+)\b", page)[1], re.search(r'name="state" value="([^"]*)"', page)[1]
    form = {"text": "Vi trenger bussen.", "statement": "s27", "state": state}
    assert post(client, plan_id, f"comments/{number}", **form).status_code == 303
    assert "Vi trenger bussen." in kept(database, plan_id)
    assert "Vi trenger bussen." in get(client, plan_id, "comments?about=s27")
    stale = post(client, plan_id, f"comments/{number}", **{**form, "text": "Noe annet."})
    assert stale.status_code == 409 and "Noe annet." in stale.get_data(as_text=True)
    late = post(client, plan_id, f"comments/{number}/remove", state=state)
    assert late.status_code == 409 and "så den er ikke slettet" in late.get_data(as_text=True)
    assert "Vi trenger bussen." in kept(database, plan_id)
    now = re.search(r'name="state" value="([^"]*)"', get(client, plan_id, "comments?about=s27"))[1]
    assert post(client, plan_id, f"comments/{number}/remove", state=now).status_code == 303
    assert "Vi trenger bussen." not in kept(database, plan_id)
    assert post(client, plan_id, "comments/remove").status_code == 303
    assert kept(database, plan_id) == []


def test_no_page_and_no_export_holds_a_text_or_a_name(
    app: Flask, client: FlaskClient, database: Database, config: Config, plan_id: str
) -> None:
    """With a kept plan, so that the paper, the workbook and the problem file are there to be looked into."""
    upload(client, plan_id, named(with_texts([f"hemmeligtekst {text}" for text in TEXTS])))
    columns = client.get(f"/plans/{plan_id}/survey/columns").get_data(as_text=True)
    assert "Navnesen" not in columns
    place = SAMPLE.decode("utf-8-sig").split("\r\n")[0].count(";") + 2
    assert post(client, plan_id, "columns", version="1", **{f"column.{place}": "comment"}).status_code == 303
    assert post(client, plan_id, "confirm", version="2", keep="1").status_code == 303
    assert len(kept(database, plan_id)) == len(TEXTS)
    targets = ("innvandrere", "tilflyttere", "unge", "voksne")
    with database.write() as session:
        initiatives.put(session, plan_id, replace(candidate("T1", "tjenester", "s27", 20, 300), targets=targets))
        portfolio.save_settings(session, plan_id, SETTINGS)
        session.commit()
    keep_plan(app, database, plan_id, "Førsteutkast")
    parts = (
        *("survey", "gaps", "gaps?view=map", "gaps?view=groups", "gaps?strict=1", "gaps?group=unge"),
        *("initiatives", "initiatives/workbook", "portfolio", "portfolio/kept/1/problem.json"),
        *("report", "report/1/saksframlegg.docx", "report/1/handlingsdel.xlsx"),
    )
    for part in parts:
        response = client.get(f"/plans/{plan_id}/{part}")
        assert response.status_code == 200, part
        text = text_of(response.data)
        assert len(text) > 1000 and "hemmeligtekst" not in text and "Navnesen" not in text, part
    assert "hemmeligtekst" in get(client, plan_id, "comments"), "else there was nothing to find"
    stored = [one for one in config.data_folder.rglob("*") if one.is_file()]
    assert not [one.name for one in stored if b"Navnesen" in one.read_bytes()]


def test_the_needs_are_the_same_when_the_answers_are_deleted(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    plan_id = client.post("/plans/sample").headers["Location"].split("/")[2]
    parts = ("gaps", "gaps?view=groups", "portfolio", "report")

    def seen() -> list[str]:
        pages = [client.get(f"/plans/{plan_id}/{part}").get_data(as_text=True) for part in parts]
        return [re.sub(r"[\w.-]{40,}", "", page) for page in pages]  # tokens of forms

    before = seen()
    with database.read() as session:
        assert survey_answers.are_kept(session, plan_id)
    assert "Slett svarene til hver enkelt" in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)
    assert client.post(f"/plans/{plan_id}/survey/forget").status_code == 303
    with database.read() as session:
        assert not survey_answers.are_kept(session, plan_id)
    assert seen() == before
    assert "Slett svarene til hver enkelt" not in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)
