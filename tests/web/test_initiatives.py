"""The pages of the initiatives step: status, what is kept of what was typed, with and without htmx."""

import io
import re

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.files import nasty

TYPED = {
    "code": "T50",
    "title": "Bålplass <script>alert(1)</script>",
    "theme": "Møteplass",
    "targets": ["unge", "voksne"],
    "reach.2.segment": "unge",
    "reach.2.percent": "40",
    "effects.0.statement": "s06",
    "effects.0.percent": "15",
    "costs.yearly.value": "20",
    "chance.percent": "90",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(plan_id: str) -> str:
    return f"/plans/{plan_id}/initiatives"


@pytest.fixture
def nb(client: FlaskClient) -> FlaskClient:
    client.set_cookie("malrett_language", "nb")
    return client


def upload(client: FlaskClient, url: str, data: bytes, name: str = "tiltak.xlsx"):  # type: ignore[no-untyped-def]
    return client.post(f"{url}/workbook", data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_the_empty_page_teaches(nb: FlaskClient, url: str) -> None:
    text = nb.get(url).get_data(as_text=True)
    assert "Hva kan vi gjøre?" in text
    assert f'href="{url}/bank"' in text
    assert "Gå videre" not in text


@pytest.mark.parametrize("typed", ["NaN", "-nan", "inf", "1e999"])
def test_a_chance_that_is_no_number_is_said_at_its_field_and_nothing_is_kept(
    nb: FlaskClient, url: str, typed: str
) -> None:
    """NaN is neither below nor above any limit: once in, it would be in every sum."""
    wrong = nb.post(f"{url}/new", data={**TYPED, "chance.percent": typed})
    assert wrong.status_code == 422 and f'value="{typed}"' in wrong.get_data(as_text=True)
    assert "T50" not in nb.get(url).get_data(as_text=True)


def test_from_the_bank_to_a_table(nb: FlaskClient, url: str) -> None:
    bank = nb.get(f"{url}/bank").get_data(as_text=True)
    codes = re.findall(r'name="code" value="(T\d\d)" checked', bank)
    assert len(codes) == 40
    response = nb.post(f"{url}/bank", data={"code": codes})
    assert response.status_code == 303
    text = nb.get(url).get_data(as_text=True)
    assert text.count('id="row-T') == 40
    assert "40 tiltak er lagt til." in text
    assert "40 tiltak er lagt til." not in nb.get(url).get_data(as_text=True)  # said once
    assert nb.get(f"{url}?theme=Arbeid").get_data(as_text=True).count('id="row-T') == 9
    assert "Alt i banken" in nb.get(f"{url}/bank").get_data(as_text=True)


def test_a_new_one_by_hand(nb: FlaskClient, url: str) -> None:
    assert nb.get(f"{url}/new").status_code == 200
    response = nb.post(f"{url}/new", data=TYPED)
    assert (response.status_code, response.headers["Location"]) == (303, f"{url}#row-T50")
    text = nb.get(url).get_data(as_text=True)
    assert "T50 er lagret." in text
    assert "&lt;script&gt;" in text
    form = nb.get(f"{url}/one/T50").get_data(as_text=True)
    assert re.search(r'name="reach.2.percent" value="40"', form)
    assert len(re.findall(r'name="targets"[^>]* checked', form)) == 2


def test_everything_typed_stays_when_something_is_wrong(nb: FlaskClient, url: str) -> None:
    response = nb.post(f"{url}/new", data={**TYPED, "title": "", "costs.yearly.value": "-5", "idea": "Frøya <3"})
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert 'value="Frøya &lt;3"' in text
    assert 'value="-5"' in text
    assert text.count('aria-invalid="true"') == 2
    assert "Må rettes" in text
    assert nb.get(f"{url}/one/T50").status_code == 404


def test_a_row_is_edited_in_place(nb: FlaskClient, url: str) -> None:
    nb.post(f"{url}/new", data=TYPED)
    edit = nb.get(f"{url}/one/T50/row/edit", headers=HTMX).get_data(as_text=True)
    assert edit.lstrip().startswith("<tr")
    bad = nb.post(f"{url}/one/T50/row", data={**TYPED, "version": "1", "delay": "snart"}, headers=HTMX)
    assert bad.status_code == 422
    assert 'value="snart"' in bad.get_data(as_text=True)
    good = nb.post(f"{url}/one/T50/row", data={**TYPED, "version": "1", "title": "Ny"}, headers=HTMX)
    assert good.status_code == 200
    assert 'data-announce="T50 er lagret."' in good.get_data(as_text=True)
    assert nb.get(f"{url}/one/T50/row").get_data(as_text=True).count("<tr") == 1


def test_without_javascript_the_same_on_a_page(nb: FlaskClient, url: str) -> None:
    nb.post(f"{url}/new", data=TYPED)
    assert nb.post(f"{url}/one/T50", data={**TYPED, "version": "1", "title": "Ny"}).status_code == 303
    late = nb.post(f"{url}/one/T50", data={**TYPED, "version": "1", "title": "For sent"})
    text = late.get_data(as_text=True)
    assert late.status_code == 409
    assert 'value="For sent"' in text
    assert "<dd>Ny</dd>" in text
    assert 'name="version" value="2"' in text


def test_removing(nb: FlaskClient, url: str) -> None:
    nb.post(f"{url}/bank", data={"code": ["T04"]})
    refused = nb.post(f"{url}/one/T01/remove")
    assert refused.status_code == 422
    assert "T04 krever det" in refused.get_data(as_text=True)
    assert nb.post(f"{url}/one/T04/remove").status_code == 409  # what was seen of it is not said
    assert nb.post(f"{url}/one/T04/remove", data={"version": "1"}).status_code == 303
    assert nb.post(f"{url}/one/T01/remove", data={"version": "1"}).status_code == 303
    assert "T01 er fjernet." in nb.get(url).get_data(as_text=True)


def test_the_workbook_goes_out_and_comes_back(nb: FlaskClient, url: str) -> None:
    nb.post(f"{url}/bank", data={"code": ["T20", "T21"]})
    response = nb.get(f"{url}/workbook")
    assert response.headers["Content-Disposition"] == "attachment; filename=tiltak.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    book["Tiltak"]["B2"] = "Frivilligsentral på nytt"
    out = io.BytesIO()
    book.save(out)
    assert upload(nb, url, out.getvalue()).status_code == 303
    text = nb.get(url).get_data(as_text=True)
    assert "1 byttet ut" in text
    assert "Frivilligsentral på nytt" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Filen er tom."),
        (b"%PDF-1.7 tiltak", "ikke en Excel-arbeidsbok"),
        (nasty.far_cell(), "kolonner"),
        (nasty.workbook(), "har ikke arket «Tiltak»"),
    ],
)
def test_a_bad_file_is_422_and_changes_nothing(nb: FlaskClient, url: str, data: bytes, said: str) -> None:
    response = upload(nb, url, data)
    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert "ingen tiltak ennå" in nb.get(url).get_data(as_text=True)


def test_no_file_chosen(nb: FlaskClient, url: str) -> None:
    response = nb.post(f"{url}/workbook", data={}, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "Ingen fil er valgt." in response.get_data(as_text=True)


def test_what_ends(nb: FlaskClient, url: str) -> None:
    ends = {"code": "S1", "title": "Bokbussen", "affected": "", "operating.value": "400", "first_year": "2028"}
    assert nb.get(f"{url}/freed/new").status_code == 200
    bad = nb.post(f"{url}/freed/new", data=ends)
    assert bad.status_code == 422
    assert 'value="Bokbussen"' in bad.get_data(as_text=True)
    good = nb.post(f"{url}/freed/new", data={**ends, "affected": "Tolv lånere", "counted": "ja"})
    assert (good.status_code, good.headers["Location"]) == (303, f"{url}#freed")
    assert "Tolv lånere" in nb.get(url).get_data(as_text=True)
    assert nb.get(f"{url}/freed/one/S1").status_code == 200
    changed = nb.post(f"{url}/freed/one/S1", data={**ends, "affected": "Andre", "counted": "nei", "version": "1"})
    assert changed.status_code == 303
    assert nb.post(f"{url}/freed/one/S1/remove", data={"version": "2"}).status_code == 303
    assert "Bokbussen" not in nb.get(url).get_data(as_text=True)


@pytest.mark.parametrize("path", ["one/T99", "one/T99/row", "one/T99/row/edit", "freed/one/S9"])
def test_what_is_not_there_is_404(nb: FlaskClient, url: str, path: str) -> None:
    assert nb.get(f"{url}/{path}").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_in_every_language(client: FlaskClient, url: str, language: str) -> None:
    client.set_cookie("malrett_language", language)
    client.post(f"{url}/bank", data={"code": ["T20", "T32"]})
    for path in ("", "/new", "/one/T20", "/one/T20/row", "/one/T20/row/edit", "/bank", "/freed/new"):
        assert client.get(url + path).status_code == 200
