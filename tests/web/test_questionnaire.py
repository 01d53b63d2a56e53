"""The questionnaire's page and files, as a browser gets them."""

from flask.testing import FlaskClient

from planner.domain.questionnaire import LANGUAGES, LENGTHS


def test_a_plan_without_a_survey_leads_to_it_and_every_file_is_there(client: FlaskClient, plan_id: str) -> None:
    url = f"/plans/{plan_id}/survey/questionnaire"
    assert url in client.get(f"/plans/{plan_id}/survey").get_data(as_text=True)
    page = client.get(url).get_data(as_text=True)
    starts = {"pdf": b"%PDF", "docx": b"PK", "txt": b"\xef\xbb\xbf"}
    for name in (f"{length}-{language}.{ending}" for length in LENGTHS for language in LANGUAGES for ending in starts):
        assert f"{url}/{name}" in page
        answer = client.get(f"{url}/{name}")
        assert answer.data.startswith(starts[name.rsplit(".")[1]])
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_there_is_not_is_not_found(client: FlaskClient, plan_id: str) -> None:
    for name in ("full-sv.pdf", "long-nb.pdf", "full-nb.exe"):
        assert client.get(f"/plans/{plan_id}/survey/questionnaire/{name}").status_code == 404
