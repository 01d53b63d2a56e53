"""The needs page as it is read: the answer first, nothing that is held back, nothing that runs, every way to weigh."""

import re

import pytest
from flask.testing import FlaskClient

from planner.store.database import Database
from tests import gap_survey

GROUPS = [f"?group={group.id}{view}" for group in gap_survey.SEGMENTS for view in ("", "&view=map")]
VIEWS = ("", "?view=map", "?view=groups", *GROUPS)
FORM = {"segments": "population", "factors": "equal", "version": "0"}


@pytest.fixture
def page(client: FlaskClient, plan_id: str, database: Database) -> str:
    """The address of the needs page of a plan with a survey."""
    gap_survey.keep(database, plan_id)
    return f"/plans/{plan_id}/gaps"


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"Accept-Language": "nb"})
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_before_a_survey_the_page_teaches_and_leads_to_it(client: FlaskClient, plan_id: str) -> None:
    text = read(client, f"/plans/{plan_id}/gaps")
    assert "Hva mangler folk mest?" in text and "rangering" in text
    assert re.search(rf'data-variant="primary" href="/plans/{plan_id}/survey"', text)


def test_the_answer_comes_first_then_the_cards_the_picture_the_weights_and_the_next_step(
    client: FlaskClient, page: str
) -> None:
    text = read(client, page)
    order = ["Flest mangler jobbmuligheter (47", "bli-faktorene", 'id="gap-panel"', 'id="weights"',
             "Slik er dette regnet ut", 'data-variant="primary"']  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "Gå videre til tiltakene" in text


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_whole_page_with_its_picture(client: FlaskClient, page: str, view: str) -> None:
    text = read(client, page + view)
    pictured = "groups" not in view and "innvandrere" not in view
    assert ("<svg" in text.split('id="gap-panel"')[1].split('id="weights"')[0]) == pictured


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_held_back_stands_nowhere(client: FlaskClient, page: str, view: str) -> None:
    """Not as text, not in a title, and not as a place in a picture."""
    text = read(client, page + view)
    for number in gap_survey.HELD_BACK:
        assert not re.search(rf"(?<![\d,.–]){number}\s*%", text), number
    # The bar or mark of a hidden share would be as long as the share: only shown rows have any.
    shown = text.split('id="gap-panel"')[1].split('id="weights"')[0]
    if "innvandrere" in view:
        assert "<circle" not in shown and "pic-bar" not in shown


def test_words_of_the_method_stay_in_the_fold(client: FlaskClient, page: str) -> None:
    text = re.sub(r"<[^>]+>", " ", read(client, page)).lower()
    for jargon in ("n_eff", "negativ", "konfidens", "signifikan", "wilson", "kovarians", "p-verdi", "bootstrap"):
        assert jargon not in text


def test_the_table_has_the_pictures_order(client: FlaskClient, page: str) -> None:
    for group in ("", "?group=voksne"):
        text = read(client, page + group)
        labels = [statement.text for statement in gap_survey.STATEMENTS]
        wide = text.split('id="gaps-wide"')[1].split("</svg>")[0].split("</desc>")[1]
        table = text.split("Tallene i en tabell")[1]
        assert sorted(labels, key=wide.index) == sorted(labels, key=table.index)


def test_texts_from_people_are_text(client: FlaskClient, plan_id: str, database: Database) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}} 100 % %(x)s"
    gap_survey.keep(database, plan_id, gap_survey.named(nasty, segment="<b>Unge</b>%s"))
    for view in VIEWS:
        text = read(client, f"/plans/{plan_id}/gaps{view}")
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>Unge" not in text
        assert "49 100" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_weights_are_kept_by_a_plain_form(client: FlaskClient, page: str) -> None:
    response = client.post(f"{page}/weights", data={**FORM, "segments": "equal"})
    assert response.status_code == 303 and response.headers["Location"].startswith(page)
    text = read(client, response.headers["Location"])
    assert "Lagret." in text and "grupper: likt" in text
    assert re.search(r'value="equal" checked', text) and 'name="version" value="1"' in text


def test_htmx_follows_the_same_redirect_and_takes_its_part_of_the_page(client: FlaskClient, page: str) -> None:
    response = client.post(f"{page}/weights", data={**FORM, "segments": "equal"}, headers={"HX-Request": "true"})
    assert response.status_code == 303 and "HX-Redirect" not in response.headers
    text = read(client, response.headers["Location"])
    assert 'hx-select="#needs"' in text and text.count('id="needs"') == 1
    # The saved message is what is announced, not the title of the picture.
    assert re.findall(r'data-announce="([^"]+)"', text)[0].startswith("Vektene er lagret.")


def test_trouble_is_shown_with_everything_typed_in_place(client: FlaskClient, page: str) -> None:
    typed = {**FORM, "segments": "own", "segment-unge": "mye", "segment-voksne": "-2", "factors": "own"}
    response = client.post(f"{page}/weights", data=typed, headers={"Accept-Language": "nb"})
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "«mye» er ikke et tall" in text and "-2 er mindre enn 0" in text and "Alle tallene er 0" in text
    assert 'value="mye"' in text and 'aria-invalid="true"' in text
    assert len(re.findall(r'value="own" checked', text)) == 2


def test_a_form_from_before_someone_elses_change_gets_409_and_both(client: FlaskClient, page: str) -> None:
    client.post(f"{page}/weights", data={**FORM, "segments": "equal"})
    response = client.post(
        f"{page}/weights", data={**FORM, "factors": "per_statement"}, headers={"Accept-Language": "nb"}
    )
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Nå er de: grupper: likt, temaer: likt" in text
    assert re.search(r'value="per_statement" checked', text) and 'name="version" value="1"' in text


def test_nonsense_in_the_form_is_refused_kindly(client: FlaskClient, page: str) -> None:
    assert client.post(f"{page}/weights", data={}).status_code == 422
    assert client.post(f"{page}/weights", data={**FORM, "segments": "x" * 5000}).status_code == 422
    assert client.post(f"{page}/weights", data={**FORM, "version": "x"}).status_code == 409


def test_english_readers_get_english_statements(client: FlaskClient, page: str) -> None:
    text = client.get(page, headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "Many job opportunities" in text and "Et sted å bo" in text  # the second has no English text


def test_what_goes_with_staying_is_told_and_outlives_the_answers(client: FlaskClient) -> None:
    opened = client.post("/plans/sample", follow_redirects=True)
    plan = opened.request.path.split("/")[2]
    before = read(client, f"/plans/{plan}/gaps")
    assert "Henger sammen med å bli" in before and "Drømmejobben min finnes i kommunen" in before
    assert "Dette er en sammenheng, ikke en årsak." in before
    assert "ser tvilsomme ut" in read(client, f"/plans/{plan}/survey")
    client.post(f"/plans/{plan}/survey/forget")
    section = re.search(r'<section[^>]*aria-labelledby="stay".*?</section>', before, re.DOTALL)
    assert section is not None and section.group() in read(client, f"/plans/{plan}/gaps")


def test_a_survey_that_never_asked_about_staying_says_nothing_of_it(client: FlaskClient, page: str) -> None:
    assert "Henger sammen med å bli" not in read(client, page)
