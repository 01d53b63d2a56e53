"""The list of new ideas that may be public: what is in it is chosen, and nobody is named in the files."""

import io
from datetime import UTC, datetime

import openpyxl
from flask.testing import FlaskClient

from planner.domain.candidates import Candidate
from planner.domain.proposals import Against, Verdict
from planner.store import proposals as store
from planner.store.database import Database
from tests.files.paper_case import PAYLOADS

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def idea(database: Database, plan_id: str, title: str, *, comes_in: bool = True, answered: bool = True) -> None:
    """One more, filled in by somebody from Ytre grend, and answered of decision 1."""
    with database.write() as session:
        number = store.next_number(session, plan_id)
        candidate = Candidate(code=f"N{number}", title=title, theme="bolig", idea="Kari Nordmann, 912 34 567")
        store.add(session, plan_id, store.StoredProposal(number, candidate, AT))
        if answered:
            against = Against("decision-1", "vedtaket 26. november 2026", "0" * 64, {"T2": "Boligveileder"})
            leaves = ("T2",) if comes_in else ()
            verdict = Verdict(comes_in, 2028 if comes_in else None, 1.5, (), leaves, True)
            store.answer(session, plan_id, number, against, verdict, AT)
        session.commit()


def page_of(client: FlaskClient, plan_id: str, language: str = "") -> str:
    response = client.get(f"/plans/{plan_id}/proposals/forslag.html", query_string={"language": language})
    assert response.status_code == 200 and response.headers["Content-Disposition"].startswith("attachment")
    return response.get_data(as_text=True)


def rows_of(client: FlaskClient, plan_id: str) -> list[list[object]]:
    data = client.get(f"/plans/{plan_id}/proposals/forslag.xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells), "only texts, and no links"
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_what_is_answered_is_in_it_and_where_it_came_from_is_not(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    idea(database, plan_id, "Leksehjelp")
    idea(database, plan_id, "Svømmehall", comes_in=False)
    idea(database, plan_id, "Venter på svar", answered=False)
    html, cells = page_of(client, plan_id), str(rows_of(client, plan_id))
    for told in (html, cells):
        assert "Leksehjelp" in told and "Kommer inn" in told and "Boligveileder" in told
        assert "Svømmehall" in told and "Ikke nå" in told and "27. november 2026" in told
        assert "Holdt opp mot vedtak 1 den 27. november 2026." in told
        assert "Kari" not in told and "912" not in told and "Venter på svar" not in told
    assert html == page_of(client, plan_id), "the same list, the same bytes"
    assert "http" not in html.replace("http-equiv", "") and "<script" not in html, "it fetches and runs nothing"
    assert "Held against decision 1" in page_of(client, plan_id, "en")
    assert "Halde opp mot vedtak 1" in page_of(client, plan_id, "nn")


def test_what_is_in_it_is_chosen_and_stays_chosen(client: FlaskClient, database: Database, plan_id: str) -> None:
    """A title that may name somebody is left out until a person has looked at it; one that came meanwhile is kept."""
    idea(database, plan_id, "Mer kultur")
    idea(database, plan_id, "Gi jobben til Kari Nordmann")
    assert "Kari" not in page_of(client, plan_id)
    page = client.get(f"/plans/{plan_id}/proposals/list").get_data(as_text=True)
    assert "Det kan stå hvem noen er i dette forslaget." in page and "1 av 2 forslag som har fått svar, er med." in page
    idea(database, plan_id, "Kom mens vi valgte")
    chosen = {"seen": ["1", "2"], "shown": ["2"]}
    assert client.post(f"/plans/{plan_id}/proposals/list", data=chosen).status_code == 303
    told = page_of(client, plan_id)
    assert "Kari" in told and "Mer kultur" not in told and "Kom mens vi valgte" in told
    client.post(f"/plans/{plan_id}/proposals/list", data={"seen": ["1", "2", "3"]})
    assert client.get(f"/plans/{plan_id}/proposals/forslag.html").status_code == 404
    assert "ingen liste å laste ned" in client.get(f"/plans/{plan_id}/proposals/list").get_data(as_text=True)


def test_hostile_titles_are_only_words(client: FlaskClient, database: Database, plan_id: str) -> None:
    titles = [*PAYLOADS, "<script>alert(1)</script>"]
    for title in titles:
        idea(database, plan_id, title)
    numbers = [str(number) for number in range(1, len(titles) + 1)]
    client.post(f"/plans/{plan_id}/proposals/list", data={"seen": numbers, "shown": numbers})
    html = page_of(client, plan_id)
    assert "<script" not in html and "&lt;script&gt;alert(1)" in html
    firsts = {str(row[0]).strip() for row in rows_of(client, plan_id)}
    assert {title.strip() for title in titles} <= firsts
