"""The page shows the paper and its margin; the files come with safe names; nobody else's plan can be had."""

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from planner.store.database import Database
from tests.report_case import BASIS, with_text
from tests.services.test_report import keep
from tests.web.test_portfolio_reasons import wait_for


def test_the_empty_page_leads_to_prioritering(client: FlaskClient, plan_id: str) -> None:
    html = client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    assert f'data-variant="primary" href="/plans/{plan_id}/portfolio"' in html
    assert "ta vare på den" in html


def test_the_page_is_the_paper_with_its_margin(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    response = client.get(f"/plans/{plan_id}/report")
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    for text in (
        "Kommunedirektørens innstilling",
        "Økonomiske konsekvenser",
        "2\u202f133\u202f000\xa0kr netto til drift",
        "Uten ansvarlig: B.",
        "Boligveileder",
        "Kommunen har bestemt på forhånd at det ikke skal med.",
    ):
        assert text in html
    assert html.count('data-variant="primary"') == 1 and "Last ned Word" in html
    assert re.search(r'<select[^>]*name="number"', html) is None  # one plan is no choice


def test_two_kept_plans_are_a_choice(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id, "Første")
    keep(database, plan_id, "Andre")
    html = client.get(f"/plans/{plan_id}/report?number=1").get_data(as_text=True)
    assert '<option value="1" selected>Plan 1: Første (23. november 2026)</option>' in html
    assert f"/plans/{plan_id}/report/1/saksframlegg.docx" in html


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "", "1.5", "9" * 30, "¹"])
def test_a_number_that_is_not_there_is_404(client: FlaskClient, database: Database, plan_id: str, number: str) -> None:
    keep(database, plan_id)
    assert client.get(f"/plans/{plan_id}/report?number={number}").status_code == 404


@pytest.mark.parametrize(
    ("path", "name", "inside"),
    [
        ("saksframlegg.docx", "Saksframlegg%20Bolyst%20i%20Pr%C3%B8vevik.docx", "word/document.xml"),
        ("handlingsdel.xlsx", "Handlingsdel%20Bolyst%20i%20Pr%C3%B8vevik.xlsx", "xl/workbook.xml"),
    ],
)
def test_a_download_has_its_name_in_both_ways(
    client: FlaskClient, database: Database, plan_id: str, path: str, name: str, inside: str
) -> None:
    keep(database, plan_id)
    response = client.get(f"/plans/{plan_id}/report/1/{path}")
    header = response.headers["Content-Disposition"]
    assert header.startswith("attachment;") and f"filename*=UTF-8''{name}" in header
    assert "no-store" in response.headers["Cache-Control"]
    assert inside in zipfile.ZipFile(io.BytesIO(response.data)).namelist()
    assert client.get(f"/plans/{plan_id}/report/2/{path}").status_code == 404


def test_a_name_full_of_tricks_stays_inside_the_header(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id, basis=with_text('x"\r\nSet-Cookie: a=b; <script>alert(1)</script>'))
    response = client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx")
    assert response.status_code == 200 and "Set-Cookie: a" not in str(response.headers).split("Content-Disp")[0]
    assert "\n" not in response.headers["Content-Disposition"]
    page = client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_a_paper_that_does_not_agree_says_so_and_stays(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id, value=15.0)
    page = client.get(f"/plans/{plan_id}/report")
    assert page.status_code == 200 and "Last ned Word" not in page.get_data(as_text=True)
    for path in ("saksframlegg.docx", "handlingsdel.xlsx"):
        refused = client.get(f"/plans/{plan_id}/report/1/{path}")
        assert refused.status_code == 422 and refused.mimetype == "text/html"
        assert "Behovspoengene er ikke de samme" in refused.get_data(as_text=True)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_paper_speaks_the_readers_language(
    client: FlaskClient, database: Database, plan_id: str, language: str
) -> None:
    keep(database, plan_id)
    client.get(f"/language/{language}")
    response = client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx")
    styles = zipfile.ZipFile(io.BytesIO(response.data)).read("word/styles.xml").decode()
    assert f'w:val="{ {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language] }"' in styles
    assert client.get(f"/plans/{plan_id}/report").status_code == 200


def test_a_sample_says_so_on_the_paper(client: FlaskClient, database: Database, plan_id: str) -> None:
    from dataclasses import replace

    keep(database, plan_id, basis=replace(BASIS, is_sample=True))
    assert "Svarene er laget av et program" in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)


def test_the_annex_is_taken_home_in_the_plans_language_or_another(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    keep(database, plan_id)
    client.get("/language/en")
    response = client.get(f"/plans/{plan_id}/report/1/vedlegg.html")
    assert response.mimetype == "text/html" and response.headers["Content-Disposition"].startswith("attachment;")
    assert '<html lang="nb">' in response.get_data(as_text=True)
    assert "Offentlig%20vedlegg%20Bolyst" in response.headers["Content-Disposition"]
    other = client.get(f"/plans/{plan_id}/report/1/vedlegg.html?language=nn").get_data(as_text=True)
    assert '<html lang="nn">' in other and "Kva manglar folk?" in other
    assert '<html lang="nb">' in client.get(f"/plans/{plan_id}/report/1/vedlegg.html?language=x").get_data(as_text=True)
    assert client.get(f"/plans/{plan_id}/report/2/vedlegg.html").status_code == 404


def test_the_answers_of_the_annex_are_asked_for_on_the_page_and_followed(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    keep(database, plan_id)
    page, answers = f"/plans/{plan_id}/report", f"/plans/{plan_id}/report/1/answers"
    assert "Regn ut svarene for hvert tiltak" in client.get(page).get_data(as_text=True)
    assert client.post(answers).headers["Location"].endswith("/report?number=1#annex")
    found = wait_for(database, plan_id, "annex")
    assert found.state == "done" and found.result is not None
    html = client.get(answers).get_data(as_text=True)
    assert "Regn ut svarene" not in html and "hx-get" not in html and "Last ned vedlegget" in html
    assert "Uten «Boligveileder»" in client.get(f"/plans/{plan_id}/report/1/vedlegg.html").get_data(as_text=True)
    for method in (client.get, client.post):
        assert method(f"/plans/{plan_id}/report/2/answers").status_code in (204, 404)


def test_a_plan_that_does_not_agree_has_no_annex(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id, value=15.0)
    refused = client.get(f"/plans/{plan_id}/report/1/vedlegg.html")
    assert refused.status_code == 422 and "Behovspoengene er ikke de samme" in refused.get_data(as_text=True)
    assert "Offentlig vedlegg" not in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
