"""The page shows the paper and its margin; the files come with safe names; nobody else's plan can be had."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from planner.store import report as report_store
from planner.store.database import Database
from tests.exports import text_of
from tests.report_case import BASIS, with_text
from tests.services.test_report import KEPT_AT, keep
from tests.web.test_portfolio_reasons import wait_for
from tests.workshop_case import Room, put_initiatives


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


def test_the_pdf_has_its_name_and_its_words(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    response = client.get(f"/plans/{plan_id}/report/1/saksframlegg.pdf")
    assert response.mimetype == "application/pdf" and response.data.startswith(b"%PDF-")
    header = response.headers["Content-Disposition"]
    assert header.startswith("attachment;") and "Saksframlegg%20Bolyst%20i%20Pr%C3%B8vevik.pdf" in header
    assert "Kommunedirektørensinnstilling" in text_of(response.data)  # without spaces: see text_of
    assert client.get(f"/plans/{plan_id}/report/2/saksframlegg.pdf").status_code == 404


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
    for path in ("saksframlegg.docx", "saksframlegg.pdf", "handlingsdel.xlsx"):
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


def test_what_people_write_stands_in_the_paper_and_nobody_overwrites_unseen(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    keep(database, plan_id)
    texts = f"/plans/{plan_id}/report/texts"
    assert f'href="{texts}#youth_council"' in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    said = {"youth_council": "Vi vil ha <b>buss</b>.\n\nOg en klubb.", "officer": "Kari Nordmann", "version": "0"}
    assert client.post(texts, data=said).status_code == 303
    paper = client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    assert "<p>Vi vil ha &lt;b&gt;buss&lt;/b&gt;.</p>" in paper and "<p>Og en klubb.</p>" in paper
    assert "Tekstene er lagret" in paper and f'href="{texts}#youth_council"' not in paper
    word = zipfile.ZipFile(io.BytesIO(client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx").data))
    assert "Kari Nordmann" in word.read("word/document.xml").decode()
    # Another window still has version 0.
    late = client.post(texts, data={"youth_council": "Nei takk.", "officer": "Kari Nordmann", "version": "0"})
    html = late.get_data(as_text=True)
    assert late.status_code == 409 and "Nei takk." in html and html.count("Dette er lagret nå:") == 1
    assert 'name="version" value="1"' in html and "Og en klubb." in html
    assert "Og en klubb." in client.get(texts).get_data(as_text=True)


def test_a_text_that_is_too_long_is_told_at_its_field_and_nothing_is_lost(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    long = "å" * 6001
    refused = client.post(f"/plans/{plan_id}/report/texts", data={"risk": long, "children": "Bra.", "version": "0"})
    html = refused.get_data(as_text=True)
    assert refused.status_code == 422 and long in html and "Bra." in html
    assert 'id="risk" name="risk" rows="5" aria-invalid="true"' in html and "6000 tegn" not in html
    assert "Bra." not in client.get(f"/plans/{plan_id}/report/texts").get_data(as_text=True)


def test_the_workshops_that_were_held_stand_there_with_how_many_came(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    keep(database, plan_id)
    page = f"/plans/{plan_id}/report"
    assert "Det er ikke holdt verksted" in client.get(page).get_data(as_text=True)
    room.act("gather")
    phones = [*room.phones(4), *room.phones(2, group="unge")]
    room.act("open")
    for phone in phones:
        phone.score_all("1")
    room.act("close", "reveal", "end")
    html = client.get(page).get_data(as_text=True)
    assert re.search(r"«Bolystkvelden», [^:]+: 6 deltok, og 3 tiltak ble vurdert i 1 runde\.", html)
    # Four of the one group and two of the other are never counted out.
    assert "Deltakerne kunne si om de talte for unge og voksne." in html and "4 voksne" not in html
    # An evening tried with made-up people is nobody's participation.
    assert client.post(f"/plans/{plan_id}/workshop/rehearse").status_code == 303
    replace(room, number=2).act("gather", "open", "close", "reveal")
    assert client.get(page).get_data(as_text=True).count("ble vurdert i") == 1


def seen_in(html: str) -> str:
    return str(re.search(r'name="seen" value="([^"]*)"', html)[1])  # type: ignore[index]


def test_the_paper_is_set_in_the_municipalitys_own_file(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    page, example = f"/plans/{plan_id}/report/template", f"/plans/{plan_id}/report/template/example.docx"
    assert "{{innstilling-tekst}}" in client.get(page).get_data(as_text=True)
    assert client.post(page, data={}).status_code == 422
    refused = client.post(page, data={"file": (io.BytesIO(b"hei"), "mal.docx")}, content_type="multipart/form-data")
    assert refused.status_code == 422 and "kan ikke leses som et Word-dokument" in refused.get_data(as_text=True)
    document = Document(io.BytesIO(client.get(example).data))
    document.add_paragraph("Med hilsen Kåre")
    files: list[bytes] = []
    for sent, (name, extra, status) in enumerate((("Mal.docx", "", 303), ("<b>.docx", "{{feil}}", 422))):
        document.add_paragraph(extra)
        file = io.BytesIO()
        document.save(file)
        file.seek(0)
        files.append(file.getvalue())
        seen = seen_in(client.get(page).get_data(as_text=True))
        answer = client.post(page, data={"file": (file, name), "seen": seen}, content_type="multipart/form-data")
        assert answer.status_code == status, sent
    assert "{{feil}}" in answer.get_data(as_text=True)  # refused, and the one before it stands
    kept = client.get(page).get_data(as_text=True)
    assert "I bruk nå:" in kept and "Mal.docx" in kept
    word = Document(io.BytesIO(client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx").data))
    assert "Med hilsen Kåre" in [paragraph.text for paragraph in word.paragraphs]
    assert "Kommunedirektørens innstilling" in [paragraph.text for paragraph in word.paragraphs]
    # Who opened the page before there was one neither replaces nor removes it.
    late = client.post(page, data={"file": (io.BytesIO(files[0]), "Min.docx"), "seen": ""})
    assert late.status_code == 422 and "Den står urørt" in late.get_data(as_text=True)
    assert "Mal.docx" in (kept := client.get(page).get_data(as_text=True)) and "Min.docx" not in kept
    late = client.post(f"{page}/remove", data={"seen": ""})
    assert late.status_code == 409 and "Den står urørt" in late.get_data(as_text=True)
    assert client.post(f"{page}/remove", data={"seen": seen}).status_code == 303
    plain = Document(io.BytesIO(client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx").data))
    assert "Med hilsen Kåre" not in [paragraph.text for paragraph in plain.paragraphs]


def test_a_file_that_cannot_be_filled_any_longer_is_told_of(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    keep(database, plan_id)
    with database.write() as session:
        report_store.put_template(session, plan_id, report_store.StoredTemplate("Mal.docx", b"PK", KEPT_AT))
        session.commit()
    answer = client.get(f"/plans/{plan_id}/report/1/saksframlegg.docx")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Malen kunne ikke fylles ut." in html
    assert f'href="/plans/{plan_id}/report/template"' in html
