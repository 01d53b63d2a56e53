"""What no page of ours ever sends: each is answered as the trouble it is, never with an unexpected error."""

from flask.testing import FlaskClient

from tests.web.test_survey import SAMPLE, post, upload


def test_a_plan_with_a_number_that_no_database_holds_is_not_there(client: FlaskClient, plan_id: str) -> None:
    for number in ("1000000000", "9" * 20, "9" * 400):
        assert client.get(f"/plans/{plan_id}/portfolio/kept/{number}/problem.json").status_code == 404


def test_a_field_name_with_thousands_of_points(client: FlaskClient, plan_id: str) -> None:
    for form in ("initiatives/new", "initiatives/freed/new"):
        assert client.post(f"/plans/{plan_id}/{form}", data={"a." * 3000 + "b": "1"}).status_code == 422


def test_a_column_with_thousands_of_digits_is_no_column(client: FlaskClient, plan_id: str) -> None:
    assert upload(client, plan_id, SAMPLE).status_code == 303
    for name in ("column." + "9" * 5000, "cell." + "9" * 5000 + ".Ja", "column.²", "column."):
        assert post(client, plan_id, "columns", version="1", **{name: "ignore"}).status_code == 303
