"""Who sends more than a person writes is told so, before the machine has taken it apart."""

import inspect

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.web.sizes import FILES, FORM_BYTES, FORM_FIELDS, SMALL_BYTES

FORM = "application/x-www-form-urlencoded"


def test_exactly_the_addresses_that_read_a_file_take_a_large_one(app: Flask) -> None:
    views = {name: inspect.unwrap(view) for name, view in app.view_functions.items() if name != "static"}
    assert {name for name, view in views.items() if "request.files" in inspect.getsource(view)} == FILES


@pytest.mark.parametrize(
    ("path", "most"),
    [("/join", SMALL_BYTES), ("/plans", FORM_BYTES), ("/plans/{}/survey/upload", FORM_BYTES)],
)
def test_a_form_is_no_file(client: FlaskClient, plan_id: str, path: str, most: int) -> None:
    """Neither where a file is asked for, since it does not come as a form."""
    answer = client.post(path.format(plan_id), data=b"a=" + b"b" * most, content_type=FORM)
    assert answer.status_code == 413
    assert "Skjemaet er for stort" in answer.get_data(as_text=True)
    assert client.post(path.format(plan_id), data=b"a=" + b"b" * (most - 2), content_type=FORM).status_code == 422


def test_a_form_of_parts_is_no_file_either(client: FlaskClient) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 99_000 + b"\r\n"
    answer = client.post("/plans", data=body * 11 + b"--b--\r\n", content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


def test_a_form_of_too_many_fields_is_not_taken_apart(client: FlaskClient) -> None:
    assert client.post("/plans", data="&" * FORM_FIELDS, content_type=FORM).status_code == 413
    assert client.post("/plans", data="&" * (FORM_FIELDS - 1), content_type=FORM).status_code == 422
