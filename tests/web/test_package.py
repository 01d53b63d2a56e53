"""The package for the archive: made while the page tells how far it has come, stopped, fetched, and gone in an hour."""

import io
import re
import time
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.child import Crashed, Finished, Stopped
from planner.services import package
from planner.services.plans import now
from planner.store import jobs, packages
from planner.store import plans as plan_store
from planner.store import report as report_store
from planner.store.database import Database
from planner.store.packages import Ready
from tests.services.test_report import keep

FETCH = "Last ned arkivpakken"


def page(client: FlaskClient, plan_id: str, number: int = 1) -> str:
    """The part of the Plan page that is about the package."""
    html = client.get(f"/plans/{plan_id}/report?number={number}").get_data(as_text=True)
    return re.search(r'<section class="panel stack" id="package".*?</section>', html, re.DOTALL)[0]  # type: ignore[index]


def settled(client: FlaskClient, plan_id: str, number: int = 1) -> str:
    """Reload as somebody without a script does, until nothing is going on."""
    for _ in range(300):
        html = page(client, plan_id, number)
        if "Se om den er ferdig" not in html:
            return html
        time.sleep(0.1)
    raise AssertionError("the package is still being made after half a minute")


def queue(database: Database, plan_id: str, number: int = 1, job_id: str = "job") -> None:
    with database.write() as session:
        jobs.add(session, job_id, plan_id, package.KIND, {"number": number}, now())
        session.commit()


def lay(database: Database, plan_id: str, *, ago: timedelta = timedelta(0)) -> None:
    """A package that was made a while ago, by a job that is done."""
    queue(database, plan_id)
    with database.write() as session:
        jobs.begin(session, "job", now())
        jobs.end(session, jobs.Turn("job", 1), "done", now())
        packages.put(session, plan_id, Ready(1, "Arkivpakke.zip", 3, now(), now() - ago), b"zip")
        session.commit()


def test_it_is_made_fetched_and_made_anew(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    url = f"/plans/{plan_id}/report/1/package"
    assert FETCH not in page(client, plan_id) and "Lag arkivpakken" in page(client, plan_id)
    asked = client.post(url)
    assert asked.status_code == 303 and asked.headers["Location"].endswith("number=1#package")
    ready = settled(client, plan_id)
    assert FETCH in ready and "Arkivpakke Bolyst i Prøvevik.zip er klar" in ready and "endret etter" not in ready
    response = client.get(f"{url}/arkivpakke.zip", headers={"Accept-Language": "en"})
    assert response.mimetype == "application/zip" and "no-store" in response.headers["Cache-Control"]
    assert "Pr%C3%B8vevik.zip" in response.headers["Content-Disposition"]  # in the plan's language, not the reader's
    with zipfile.ZipFile(io.BytesIO(response.data)) as opened:
        assert {"SHA256SUMS", "saksframlegg.pdf", "handlingsdel.xlsx"} <= set(opened.namelist())
    assert app.test_client().get(f"{url}/arkivpakke.zip").status_code == 404  # somebody else's browser
    assert client.get(f"/plans/{plan_id}/report/2/package/arkivpakke.zip").status_code == 303
    with database.write() as session:
        plan_store.touch(session, plan_id, now())
        session.commit()
    assert "Planen er endret etter at pakken ble laget" in page(client, plan_id)


def test_its_page_tells_each_stage_and_asks_for_news_only(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    keep(database, plan_id)
    queue(database, plan_id)
    with database.write() as session:
        jobs.begin(session, "job", now() + timedelta(hours=1))  # however slow this machine is, it is heard from
        jobs.progress(session, jobs.Turn("job", 1), {"stage": "pdf"}, now() + timedelta(hours=1))
        session.commit()
    html = page(client, plan_id)
    assert "Saksframlegget lages som PDF … 3 av 6" in html and "Stopp" in html and "Se om den er ferdig" in html
    poll = re.search(r'hx-get="([^"]+)"', html)[1].replace("&amp;", "&")  # type: ignore[index]
    assert client.get(poll).status_code == 204
    with database.write() as session:
        jobs.progress(session, jobs.Turn("job", 1), {"stage": "pack"}, now() + timedelta(hours=1))
        session.commit()
    client.set_cookie("malrett_language", "en")
    assert "6 of 6" in client.get(poll).get_data(as_text=True)


def test_one_at_a_time(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    keep(database, plan_id, "En annen")
    lay(database, plan_id)
    first = package.ask(database, plan_id, 1)
    assert first and package.file(database, plan_id, 1) is None  # an old one is not taken for the new one
    assert package.ask(database, plan_id, 1) == ""
    other = package.ask(database, plan_id, 2)
    with database.read() as session:
        before, after = jobs.find(session, first), jobs.find(session, other or "")
    assert before is None or before.state == "stopped"
    assert after is not None and after.state == "queued"
    assert package.ask(database, plan_id, 3) is None


def test_stopping_leaves_nothing(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    queue(database, plan_id)
    assert client.post(f"/plans/{plan_id}/report/1/package/stop").status_code == 303
    packings = app.extensions["planner"].jobs.packings
    packings.start("job")
    packings.close()
    assert package.file(database, plan_id, 1) is None
    assert "Pakken ble stoppet. Ingenting er lagret." in page(client, plan_id)


def test_one_that_is_stopped_as_its_files_are_ready_leaves_nothing_either(
    app: Flask, client: FlaskClient, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(database, plan_id)
    queue(database, plan_id)

    def made_as_somebody_stops_it(*_: object, **__: object) -> Finished[bytes]:
        package.stop(database, plan_id)
        return Finished(b"zip")

    monkeypatch.setattr("planner.packing.run_limited", made_as_somebody_stops_it)
    packings = app.extensions["planner"].jobs.packings
    packings.start("job")
    packings.close()
    assert package.file(database, plan_id, 1) is None
    assert "Pakken ble stoppet. Ingenting er lagret." in page(client, plan_id)


def test_it_is_gone_after_an_hour(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    lay(database, plan_id, ago=package.LIES - timedelta(minutes=1))
    package.forget_old(database)
    assert package.file(database, plan_id, 1) is not None and FETCH in page(client, plan_id)
    lay(database, plan_id, ago=package.LIES + timedelta(minutes=1))
    assert FETCH not in page(client, plan_id)
    fetched = client.get(f"/plans/{plan_id}/report/1/package/arkivpakke.zip")
    assert fetched.status_code == 303 and fetched.headers["Location"].endswith("#package")
    package.forget_old(database)
    with database.read() as session:
        assert packages.find(session, plan_id, now() - timedelta(days=365)) is None


def test_what_a_process_that_died_has_left(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    queue(database, plan_id)
    with database.write() as session:
        for _ in range(2):
            jobs.begin(session, "job", now() - 2 * jobs.SILENT)
            jobs.take_over(session, now())
        session.commit()
    assert "Maskinen som laget pakken, stanset to ganger" in page(client, plan_id)
    queue(database, plan_id, job_id="next")
    app.extensions["planner"].jobs.keeper.round()  # which any web process does: whatever waits is begun
    assert FETCH in settled(client, plan_id)


def test_one_that_is_being_made_when_its_process_ends_waits_for_another(
    app: Flask, database: Database, client: FlaskClient, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(database, plan_id)
    queue(database, plan_id)
    here = app.extensions["planner"].jobs

    def end(*_: object, **__: object) -> Stopped:
        here._closing.set()
        return Stopped()

    monkeypatch.setattr("planner.packing.run_limited", end)
    here.packings.start("job")
    here.packings.close()
    with database.read() as session:
        job = jobs.latest(session, plan_id, package.KIND)
    assert job is not None and (job.state, job.begun, job.lost) == ("queued", 1, 0)


def test_of_what_does_not_agree_none_is_made(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id, value=15.0)
    assert client.post(f"/plans/{plan_id}/report/1/package").status_code == 303
    app.extensions["planner"].jobs.packings.close()
    with database.read() as session:
        job = jobs.latest(session, plan_id, package.KIND)
    assert job is not None and (job.state, job.cause) == ("failed", "differs")
    assert package.file(database, plan_id, 1) is None


def test_where_its_making_crashed_is_logged_and_not_what_was_said(
    app: Flask,
    client: FlaskClient,
    database: Database,
    plan_id: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    keep(database, plan_id)
    queue(database, plan_id)
    crashed = Crashed('  File "/x/package.py", line 7, in make\nValueError: Kari Nordmann')
    monkeypatch.setattr("planner.packing.run_limited", lambda *_, **__: crashed)
    packings = app.extensions["planner"].jobs.packings
    packings.start("job")
    packings.close()
    assert "package.py:7" in caplog.text and "Nordmann" not in caplog.text


def test_why_there_is_none_is_told(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    with database.write() as session:
        report_store.put_template(session, plan_id, report_store.StoredTemplate("mal.docx", b"not a Word file", now()))
        session.commit()
    client.post(f"/plans/{plan_id}/report/1/package")
    html = settled(client, plan_id)
    assert "mal.docx" in html and FETCH not in html
