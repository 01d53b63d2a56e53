"""A large survey file: its page while it is read, stopping it, what is left of it when the program dies."""

import threading
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.raw_table import RawTable
from planner.files.regular import regular_table
from planner.files.survey import read_table
from planner.reading import AT_ONCE
from planner.services import survey_upload
from planner.services.plans import now
from planner.store import jobs
from planner.store import survey as store
from planner.store.database import Database
from tests.domain.raw import as_rows
from tests.files.nasty import delimited
from tests.test_jobs import wait
from tests.web.test_survey import SAMPLE, post, upload

ROWS = SAMPLE.split(b"\r\n")
LARGE = b"\r\n".join([ROWS[0], *ROWS[1:-1] * 30, b""])


def settled(client: FlaskClient, plan_id: str) -> str:
    """Poll as the page does until the file is read; the page one is then sent to."""
    for _ in range(300):
        response = client.get(f"/plans/{plan_id}/survey/reading")
        if response.status_code == 303:
            return response.headers["Location"]
        assert "Leser filen" in response.get_data(as_text=True) or "Alt er lest" in response.get_data(as_text=True)
        time.sleep(0.1)
    raise AssertionError("the file is still being read after half a minute")


def test_a_large_file_is_read_while_a_page_says_how_far_it_is(client: FlaskClient, plan_id: str) -> None:
    assert len(LARGE) >= survey_upload.LARGE
    response = upload(client, plan_id, LARGE)
    assert response.status_code == 303 and response.headers["Location"].endswith("/survey/reading")
    assert client.get(f"/plans/{plan_id}/survey").headers["Location"].endswith("/survey/reading")
    assert settled(client, plan_id).endswith("/survey/columns")
    text = client.get(f"/plans/{plan_id}/survey/findings").get_data(as_text=True)
    assert "12\u202f600 rader" in text.replace("\xa0", "\u202f") or "12 600" in text.replace("\xa0", " ")


def test_a_large_file_that_is_none_says_so_where_one_is_sent(client: FlaskClient, plan_id: str) -> None:
    upload(client, plan_id, b"%PDF-1.7 " + bytes(survey_upload.LARGE))
    assert settled(client, plan_id).endswith("/survey")
    assert "PDF" in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)


def test_stopping_leaves_nothing(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
    place = app.extensions["planner"]
    with database.write() as session:
        jobs.add(session, "job", plan_id, survey_upload.KIND, {"filename": "stor.csv"}, now())
        turn = jobs.begin(session, "job", now())
        session.commit()
    assert turn is not None
    post(client, plan_id, "reading/stop")
    place.jobs.readings.start(turn, survey_upload.Upload(plan_id, "stor.csv", LARGE, "x", ()))
    place.jobs.readings.close()
    with database.read() as session:
        assert store.find_draft(session, plan_id, now() - survey_upload.WAITS) is None
    assert "Lesingen ble stoppet" in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)


def test_a_program_that_died_while_reading_says_so(client: FlaskClient, database: Database, plan_id: str) -> None:
    with database.write() as session:
        jobs.add(session, "job", plan_id, survey_upload.KIND, {"filename": "stor.csv"}, now())
        jobs.begin(session, "job", now() - 2 * jobs.SILENT)
        jobs.take_over(session, now())
        session.commit()
    assert "Last opp filen en gang til" in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)


def test_a_file_that_waits_to_be_read_is_not_taken_for_left_behind(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    """Guard: whoever has the bytes is heard from meanwhile, so that another web process that starts lets it be."""
    readings, busy = app.extensions["planner"].jobs.readings, threading.Event()
    for _ in range(AT_ONCE):
        readings._threads.submit(busy.wait)
    upload(client, plan_id, LARGE)
    with database.write() as session:
        job = jobs.latest(session, plan_id, survey_upload.KIND)
        assert job is not None and job.state == "running"
        jobs.take_over(session, now())  # as whoever starts does, at the most
        session.commit()
    wait(database, job.id, lambda one: one.heartbeat_at != job.heartbeat_at)
    app.extensions["planner"].jobs._closing.set()
    busy.set()
    readings.close()
    assert "Last opp filen en gang til" in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)


def test_the_page_in_english(client: FlaskClient, database: Database, plan_id: str) -> None:
    with database.write() as session:
        jobs.add(session, "job", plan_id, survey_upload.KIND, {"filename": "stor.csv"}, now())
        jobs.begin(session, "job", now())
        jobs.progress(session, jobs.Turn("job", 1), {"share": 0.42}, now())
        session.commit()
    client.set_cookie("malrett_language", "en")
    text = client.get(f"/plans/{plan_id}/survey/reading").get_data(as_text=True)
    assert "42" in text and "Leser filen" not in text
    poll = client.get(f"/plans/{plan_id}/survey/reading/progress?seen=job-3")
    assert poll.status_code == 204


def test_the_same_file_again_is_recognised(client: FlaskClient, database: Database, plan_id: str) -> None:
    upload(client, plan_id, SAMPLE)
    post(client, plan_id, "columns", version="1", missing="8")
    upload(client, plan_id, SAMPLE)
    with database.read() as session:
        draft = store.find_draft(session, plan_id, now() - survey_upload.WAITS)
    assert draft is not None and draft.version == 2  # the choices made about it still stand
    assert post(client, plan_id, "confirm", version="2", keep="1").status_code == 303
    upload(client, plan_id, SAMPLE)
    assert "Denne filen er den som allerede er lagret" in client.get(f"/plans/{plan_id}/survey/columns").get_data(
        as_text=True
    )


def test_next_years_file_of_the_same_form_is_read_as_this_years(client: FlaskClient, plan_id: str) -> None:
    odd = SAMPLE.replace("Født utenfor Norge".encode(), "Spørsmål 6 (2026)".encode(), 1)
    upload(client, plan_id, odd, "svar 2026.csv")
    place = odd.decode("utf-8-sig").split("\r\n")[0].split(";").index("Spørsmål 6 (2026)")
    post(client, plan_id, "columns", version="1", **{f"column.{place}": "segment"})
    post(client, plan_id, "columns", version="2", segments="Innvandrere\nTilflyttere\nUnge\nVoksne")
    post(client, plan_id, "columns", version="3", **{f"cell.{place}.Ja": "innvandrere"})
    assert post(client, plan_id, "confirm", version="4", remember="1").status_code == 303
    upload(client, plan_id, odd.replace(b"(2026)", b"(2027)").replace(b"\r\n7;", b"\r\n9007;", 1), "svar 2027.csv")
    text = client.get(f"/plans/{plan_id}/survey/columns").get_data(as_text=True)
    assert "svar 2026.csv" in text and "som sist" in text
    assert "Spørsmål 6 (2027)" in text and "Innvandrere" in text


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_fast_reading_gives_what_the_careful_one_gives(quoted: bool, encoding: str, separator: str) -> None:
    """Short rows, long rows and blank ones included: a piece that is not regular is read with care."""
    rows = [("id", "Å bo her", "b", "c"), *[(str(n), f"æ{n % 7}", "Vet ikke", "x y") for n in range(2_000)]]
    rows[700:700] = [("1", "for", "mange", "celler", "her"), ("kort", "rad"), ("", "", "", "")]
    if quoted:
        rows[900:900] = [("2", 'med "anførsel"', "to\nlinjer", "slutt")]
    data = delimited(tuple(rows), separator, encoding, quoted=quoted)
    fast, careful = regular_table(data, None), read_table(data, "svar.csv")
    assert fast is not None and isinstance(careful, RawTable)
    assert (fast.headings, as_rows(fast)) == (careful.headings, as_rows(careful))
    assert fast.numbers.tolist() == careful.numbers.tolist() and fast.broken == careful.broken
    assert [one.code for one in fast.notes] == [one.code for one in careful.notes]
