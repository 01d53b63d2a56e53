"""Signing in at an issuer: the whole way through a real one, then what may be wrong with it, one thing at a time."""

import hmac
import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey, RSAKey
from werkzeug.test import TestResponse
from werkzeug.utils import redirect

from planner.config import Config
from planner.services import issuer as issuers
from planner.services import oidc as services
from planner.services import passwords
from planner.services.identity import Away, Refused
from planner.services.issuer import may_be_asked
from planner.store import people
from planner.store.database import Database
from tests import issuer_case
from tests.conftest import make_config
from tests.issuer_case import BACK, CLIENT, KEY, OTHER_KEY, OUTSIDE, Issuer, asked_of, encoded, signed
from tests.people_case import PASSWORD, town

EMAIL = "kari@x.no"
HEADER = {"alg": "ES256", "kid": "one"}


@pytest.fixture(scope="module")
def listening() -> Iterator[Issuer]:
    with issuer_case.issuer() as one:
        yield one


@pytest.fixture
def issuer(listening: Issuer) -> Issuer:
    listening.begin()
    return listening


@pytest.fixture
def config(tmp_path: Path, database_url: str, issuer: Issuer) -> Config:
    return make_config(
        tmp_path, database_url=database_url, access="server", external_url=OUTSIDE, oidc=issuer.settings
    )  # fmt: skip


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is not what is tried here: each would take a tenth of a second."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def kari(database: Database, issuer: Issuer) -> str:
    """The id of an account that is tied to the person at the issuer, and has no password."""
    with database.write() as session:
        people.add_municipality(session, "m1", "Prøvevik", "nb", services.now())
        people.put_account(
            session, people.Account("a1", EMAIL, "Kari", "", issuer.url, "person-1", ""), services.now()
        )  # fmt: skip
        people.put_member(session, "m1", "a1", "facilitator")
        session.commit()
    return "a1"


def left(client: FlaskClient, issuer: Issuer, path: str = "/sign-in/oidc") -> str:
    """The path that the issuer sends the browser back to."""
    answer = client.get(path)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return issuer.visit(answer.headers["Location"]).removeprefix(OUTSIDE)


def through(client: FlaskClient, issuer: Issuer, path: str = "/sign-in/oidc") -> TestResponse:
    return client.get(left(client, issuer, path))


def posted_through(client: FlaskClient, issuer: Issuer, path: str, **form: str) -> TestResponse:
    """By a form of ours, whose page leads on: the policy lets no form lead to the issuer."""
    page = client.post(path, data=form)
    assert page.status_code == 200 and 'content="0; url=/sign-in/oidc/leave"' in page.get_data(as_text=True)
    return through(client, issuer, "/sign-in/oidc/leave")


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def assert_refused(client: FlaskClient, answer: TestResponse, *, status: int = 422) -> None:
    page = answer.get_data(as_text=True)
    assert answer.status_code == status, page
    assert 'role="alert"' in page and "<h1" in page
    assert client.get_cookie("malrett_signin") is None and not is_in(client)


def test_the_whole_way(app: Flask, issuer: Issuer, kari: str) -> None:
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    assert "Logg inn med Prøvevik" in page and 'name="password"' in page
    answer = client.get("/sign-in/oidc?next=/account")
    asked = asked_of(answer.headers["Location"])
    assert (asked["scope"], asked["redirect_uri"], asked["response_type"]) == ("openid profile", BACK, "code")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    back = client.get(issuer.visit(answer.headers["Location"]).removeprefix(OUTSIDE))
    assert (back.status_code, back.headers["Location"]) == (303, "/account")
    assert EMAIL in client.get("/account").get_data(as_text=True)
    first = client.get_cookie("malrett_signin")
    assert client.post("/sign-out").status_code == 303 and not is_in(client)
    assert through(client, issuer).headers["Location"] == "/"
    second = client.get_cookie("malrett_signin")
    assert first is not None and second is not None and first.value != second.value
    assert issuer.asked == ["document", "token", "keys", "token"]


def test_who_came_by_the_issuer_is_signed_out_there_too(app: Flask, issuer: Issuer, kari: str) -> None:
    """By a page of ours, since no form may lead elsewhere; the issuer sends them back where it has been told."""
    issuer.wrong_document = lambda said: said.update(end_session_endpoint=f"{issuer.url}/end?tenant=x")
    client = app.test_client()
    through(client, issuer)
    page = client.post("/sign-out")
    assert page.status_code == 200 and "/sign-in/oidc/leave" in page.get_data(as_text=True) and not is_in(client)
    there = client.get("/sign-in/oidc/leave").headers["Location"]
    assert there.startswith(f"{issuer.url}/end?tenant=x&")
    assert asked_of(there) == {
        "tenant": "x",
        "client_id": CLIENT,
        "post_logout_redirect_uri": f"{OUTSIDE}/sign-in",
    }
    assert client.get("/sign-in/oidc/leave").headers["Location"] == "/sign-in"


def test_others_are_signed_out_here_alone(app: Flask, issuer: Issuer, kari: str, database: Database) -> None:
    """Who came by a password; and everybody where the issuer names no such address, or one that is not to be asked."""
    with database.write() as session:
        account = people.account(session, kari)
        assert account is not None
        people.put_account(session, replace(account, password=passwords.hashed(PASSWORD)), services.now())
        session.commit()
    for end, by_password in ((f"{issuer.url}/end", True), (None, False), ("http://elsewhere.example.no/end", False)):
        app.extensions["planner"].issuer._known = None
        issuer.wrong_document = lambda said, end=end: said.update(end_session_endpoint=end)
        client = app.test_client()
        if by_password:
            client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        else:
            through(client, issuer)
        assert is_in(client)
        answer = client.post("/sign-out")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in") and not is_in(client)


def test_a_level_of_assurance_is_asked_for_and_must_be_told(app: Flask, issuer: Issuer, kari: str) -> None:
    kept = app.extensions["planner"].issuer
    kept.settings = replace(kept.settings, levels=("loa-substantial", "loa-high"))
    asked = asked_of(app.test_client().get("/sign-in/oidc").headers["Location"])
    assert asked["acr_values"] == "loa-substantial loa-high"
    for told, is_let_in in (("loa-high", True), ("loa-low", False), (None, False), (["loa-high"], False)):
        issuer.wrong_claims = lambda claims, told=told: claims.update(acr=told)
        client = app.test_client()
        answer = through(client, issuer)
        assert is_in(client) == is_let_in and answer.status_code == (303 if is_let_in else 422), told


def test_a_key_of_rsa_and_a_secret_in_the_header(app: Flask, issuer: Issuer, kari: str) -> None:
    key = RSAKey.generate_key(2048, {"kid": "rsa", "alg": "RS256", "use": "sig"})
    issuer.keys = [KEY, key]
    issuer.token = lambda claims: signed({"alg": "RS256", "kid": "rsa"}, claims, key)
    issuer.wrong_document = lambda said: said.pop("token_endpoint_auth_methods_supported")
    client = app.test_client()
    assert through(client, issuer).status_code == 303 and is_in(client)


# What the issuer, or somebody between, does wrong: each alone.
def _answer(**changes: str | None) -> Any:
    def change(said: dict[str, Any]) -> None:
        said.update(changes)
        for name in [name for name, value in said.items() if value is None]:
            del said[name]

    return change


def _claims(**changes: Any) -> Any:
    return lambda issuer: setattr(issuer, "wrong_claims", _answer(**changes))


def _in_address(**changes: Any) -> Any:
    return lambda issuer: setattr(issuer, "wrong_answer", _answer(**changes))


def _token(token: Any) -> Any:
    return lambda issuer: setattr(issuer, "token", token)


def _with_public_key(claims: dict[str, Any]) -> str:
    """Signed by HMAC, the public key being the secret: what a reader who takes any algorithm believes."""
    text = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims)}"
    mac = hmac.new(KEY.as_pem(private=False), text.encode(), sha256).digest()
    return f"{text}.{issuer_case.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _as_another(claims: dict[str, Any]) -> str:
    head, _body, signature = signed(HEADER, {**claims, "sub": "person-2"}).split(".")
    return f"{head}.{encoded(claims)}.{signature}"


def _other_verifier(issuer: Issuer) -> None:
    issuer.wrong_answer = lambda said: issuer.codes[said["code"]].update(code_challenge="x" * 43)


def _without(name: str) -> Any:
    return lambda issuer: setattr(issuer, "wrong_claims", lambda claims: claims.pop(name))


def _issuer_with_slash(issuer: Issuer) -> None:
    issuer.wrong_claims = lambda claims: claims.update(iss=issuer.url + "/")


def _answer_with_slash(issuer: Issuer) -> None:
    issuer.wrong_answer = lambda said: said.update(iss=issuer.url + "/")


def _key_of_unknown_name(issuer: Issuer) -> None:
    key = ECKey.generate_key("P-256", {"kid": "nobody's"})
    issuer.token = lambda claims: signed({"alg": "ES256", "kid": "nobody's"}, claims, key)


WRONG: dict[str, Any] = {
    "state: another": _in_address(state="s" * 43),
    "state: none": _in_address(state=None),
    "state: empty": _in_address(state=""),
    "code: none": _in_address(code=None),
    "code: another": _in_address(code="made-up"),
    "code_verifier: another": _other_verifier,
    "iss in the answer: another": _in_address(iss="https://issuer.example.no"),
    "iss in the answer: a slash too many": _answer_with_slash,
    "iss in the answer: none, though promised": _in_address(iss=None),
    "cancelled": _in_address(error="access_denied", code=None),
    "an error": _in_address(error="server_error"),
    "nonce: another": _claims(nonce="n" * 43),
    "nonce: none": _without("nonce"),
    "nonce: empty": _claims(nonce=""),
    "iss: another": _claims(iss="https://issuer.example.no"),
    "iss: a slash too many": _issuer_with_slash,
    "iss: none": _without("iss"),
    "aud: another": _claims(aud="another-client"),
    "aud: others": _claims(aud=["another-client", "a-third"], azp=CLIENT),
    "aud: none": _without("aud"),
    "azp: another": _claims(azp="another-client"),
    "azp: none, with two in aud": _claims(aud=[CLIENT, "another-client"]),
    "exp: past": _claims(exp=int(time.time()) - 3600),
    "exp: none": _without("exp"),
    "exp: no number": _claims(exp="tomorrow"),
    "iat: to come": _claims(iat=int(time.time()) + 3600),
    "iat: none": _without("iat"),
    "nbf: to come": _claims(nbf=int(time.time()) + 3600),
    "sub: none": _without("sub"),
    "sub: empty": _claims(sub=""),
    "sub: a number": _claims(sub=7),
    "sub: too long": _claims(sub="x" * 256),
    "at_hash: of another": _claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "signature: by another key": _token(lambda claims: signed(HEADER, claims, OTHER_KEY)),
    "signature: of other claims": _token(_as_another),
    "signature: none": _token(lambda claims: signed(HEADER, claims).rpartition(".")[0] + "."),
    "key: of unknown name": _key_of_unknown_name,
    "alg: none": _token(lambda claims: f"{encoded({'alg': 'none'})}.{encoded(claims)}."),
    "alg: HS256 by the public key": _token(_with_public_key),
    "token: no token": _token(lambda _claims: "not a token"),
    "token: none": _token(lambda _claims: None),
    "token: claims that are none": _token(lambda _claims: signed(HEADER, ["sub"])),
}


def test_what_is_wrong_lets_nobody_in(app: Flask, issuer: Issuer, kari: str) -> None:
    failed = {}
    for name, wrong in WRONG.items():
        issuer.begin()
        wrong(issuer)
        client = app.test_client()
        answer = through(client, issuer)
        page = answer.get_data(as_text=True)
        refused = answer.status_code == 422 and 'role="alert"' in page and "secret words" not in page
        refused = refused and "Ingen konto her" not in page  # it is not even asked whose it would be
        if not refused or client.get_cookie("malrett_signin") is not None or is_in(client):
            failed[name] = answer.status_code
        issuer.begin()
        if through(client, issuer).status_code != 303 or not is_in(client):
            failed[name] = "not right afterwards"
    assert len(WRONG) > 40 and failed == {}


def test_a_code_is_used_once_and_in_its_own_browser(app: Flask, issuer: Issuer, kari: str) -> None:
    client, other = app.test_client(), app.test_client()
    back = left(client, issuer)
    assert_refused(other, other.get(back))
    assert client.get(back).status_code == 303 and is_in(client)
    again = client.get(back)
    assert again.status_code == 422 and "i en annen nettleser" in again.get_data(as_text=True)
    client.post("/sign-out")
    assert_refused(client, client.get(back))
    # Also where the browser is made to believe that it left just now: the issuer knows its codes.
    left(client, issuer)
    with client.session_transaction() as kept:
        kept["oidc"]["state"] = asked_of(OUTSIDE + back)["state"]
        kept.modified = True
    assert_refused(client, client.get(back))


def test_what_one_left_with_is_used_once(app: Flask, issuer: Issuer, kari: str) -> None:
    """Also when the first answer was refused: the issuer is asked again, and gives a good code for the same state."""
    client = app.test_client()
    there = client.get("/sign-in/oidc").headers["Location"]
    issuer.wrong_claims = _answer(nonce="another")
    assert_refused(client, client.get(issuer.visit(there).removeprefix(OUTSIDE)))
    issuer.wrong_claims = issuer_case.nothing
    assert_refused(client, client.get(issuer.visit(there).removeprefix(OUTSIDE)))


def test_an_answer_that_comes_late_or_says_things_twice(
    app: Flask, issuer: Issuer, kari: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    back = left(client, issuer)
    assert_refused(client, client.get(f"{back}&iss=https://issuer.example.no"))
    back, then = left(client, issuer), services.now() + services.ATTEMPT_LASTS + timedelta(seconds=1)
    monkeypatch.setattr("planner.web.oidc.now", lambda: then)
    assert_refused(client, client.get(back))
    assert_refused(client, client.get("/sign-in/oidc/callback"))
    assert_refused(client, client.get("/sign-in/oidc/callback?state=&code=x"))


def test_an_equal_address_is_nobody(app: Flask, database: Database, issuer: Issuer) -> None:
    town(app, database, "Prøvevik", EMAIL)
    issuer.claims |= {"email": EMAIL, "email_verified": True, "preferred_username": EMAIL, "upn": EMAIL}
    client = app.test_client()
    answer = through(client, issuer)
    assert_refused(client, answer)
    assert "Ingen konto her er knyttet til" in answer.get_data(as_text=True)
    with database.read() as session:
        account = people.by_email(session, EMAIL)
    assert account is not None and account.issuer is None


def test_the_same_subject_elsewhere_is_nobody(app: Flask, database: Database, issuer: Issuer, kari: str) -> None:
    with database.write() as session:
        account = people.account(session, kari)
        assert account is not None
        people.put_account(session, replace(account, issuer=issuer.url + "/"), services.now())
        session.commit()
    client = app.test_client()
    assert_refused(client, through(client, issuer))


def test_an_invitation_and_then_the_way_out(app: Flask, database: Database, issuer: Issuer) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    page = here.director.post("/people/invite", data={"email": EMAIL, "role": "viewer"}).get_data(as_text=True)
    path = "/invitation/" + page.split("/invitation/")[1].split('"')[0]
    client = app.test_client()
    assert "Logg inn med Prøvevik" in client.get(path).get_data(as_text=True)
    issuer.wrong_claims = lambda claims: claims.update(nonce="another")
    refused = posted_through(client, issuer, f"{path}/oidc")
    assert_refused(client, refused)
    assert "Du er invitert til" in refused.get_data(as_text=True)
    issuer.begin()
    assert posted_through(client, issuer, f"{path}/oidc").status_code == 303
    mine = client.get("/account").get_data(as_text=True)
    assert EMAIL in mine and "Kari Nordmann" in mine and "Du har ikke noe passord her" in mine
    assert "Bytt passord" not in mine and client.get(path).status_code == 404
    assert client.post("/account/oidc/remove", data={"tie": PASSWORD}).status_code == 422  # nothing to come in by
    # Another link opens no second account for the same person, and takes over none.
    page = here.director.post("/people/invite", data={"email": "to@x.no", "role": "director"}).get_data(as_text=True)
    other, second = "/invitation/" + page.split("/invitation/")[1].split('"')[0], app.test_client()
    taken = posted_through(second, issuer, f"{other}/oidc")
    assert_refused(second, taken)
    assert "knyttet til en annen konto" in taken.get_data(as_text=True)
    # Whoever is let go is out at the next click, and finds the way in closed.
    ids = re.findall(r"/people/([0-9a-f]{16})/remove", here.director.get("/people").get_data(as_text=True))
    assert len(ids) == 1 and here.director.post(f"/people/{ids[0]}/remove", data={"was": "viewer"}).status_code == 303
    assert not is_in(client)
    client = app.test_client()
    assert_refused(client, through(client, issuer))


def test_an_account_is_tied_by_its_password_and_set_free_again(app: Flask, database: Database, issuer: Issuer) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    me, elsewhere = here.director, app.test_client()
    elsewhere.post("/sign-in", data={"email": "leder@x.no", "password": PASSWORD})
    wrong = me.post("/account/oidc", data={"tie": "feil passord her"})
    assert wrong.status_code == 422 and "passordet er feil" in wrong.get_data(as_text=True)
    assert issuer.asked == []
    # Somebody else's answer, and one's own that is wrong, tie nothing.
    issuer.wrong_claims = lambda claims: claims.update(aud="another-client")
    refused = posted_through(me, issuer, "/account/oidc", tie=PASSWORD)
    assert refused.status_code == 422 and "Kontoen din" in refused.get_data(as_text=True)
    issuer.begin()
    old = me.get_cookie("malrett_signin")
    assert posted_through(me, issuer, "/account/oidc", tie=PASSWORD).headers["Location"] == "/account"
    new = me.get_cookie("malrett_signin")
    assert old is not None and new is not None and old.value != new.value
    assert "er knyttet til innloggingen din hos Prøvevik" in me.get("/account").get_data(as_text=True)
    assert not is_in(elsewhere)
    assert through(elsewhere, issuer).status_code == 303 and is_in(elsewhere)
    other = here.invited("to@x.no", "viewer")
    taken = posted_through(other, issuer, "/account/oidc", tie=PASSWORD)
    assert taken.status_code == 422 and "knyttet til en annen konto" in taken.get_data(as_text=True)
    assert me.post("/account/oidc/remove", data={"tie": "feil passord her"}).status_code == 422
    assert me.post("/account/oidc/remove", data={"tie": PASSWORD}).status_code == 303 and is_in(me)
    assert not is_in(elsewhere)
    elsewhere = app.test_client()
    assert_refused(elsewhere, through(elsewhere, issuer))


def test_of_two_who_are_tied_to_one_person_in_the_same_moment_the_second_is_told(
    app: Flask, database: Database, issuer: Issuer, kari: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = town(app, database, "Annenvik", "leder@x.no")
    with monkeypatch.context() as patched:
        patched.setattr(people, "by_identity", lambda *_: None)  # what the second saw before the first was stored
        taken = posted_through(here.director, issuer, "/account/oidc", tie=PASSWORD)
    assert taken.status_code == 422 and "knyttet til en annen konto" in taken.get_data(as_text=True)
    client = app.test_client()
    assert through(client, issuer).status_code == 303 and EMAIL in client.get("/account").get_data(as_text=True)


def test_an_account_without_a_password_stays_tied_whatever_was_asked_first(
    app: Flask, issuer: Issuer, kari: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No password fits it, so the question for one is the first wall; here it is gone."""
    client = app.test_client()
    assert through(client, issuer).status_code == 303
    monkeypatch.setattr(services, "may_tie", lambda *_: None)
    said = client.post("/account/oidc/remove", data={"tie": ""})
    assert said.status_code == 200 and "Du har ikke noe passord her" in said.get_data(as_text=True)
    client = app.test_client()
    assert through(client, issuer).status_code == 303 and is_in(client)


def test_who_looks_the_installation_over_is_told_what_is_wrong_with_the_issuer(issuer: Issuer) -> None:
    """What `planner doctor` asks; its own test has the answers made up."""

    def look() -> None:
        issuers.Issuer(issuer.settings, "").look()

    look()
    assert issuer.asked == ["document", "keys"]
    issuer.wrong_document = _answer(issuer="https://issuer.example.no")
    with pytest.raises(Refused, match=r"^issuer$"):
        look()
    issuer.begin()
    issuer.instead["keys"] = issuer_case.Response("busy", 503)
    with pytest.raises(Away):
        look()


def test_what_one_left_for_is_done_for_oneself_only(app: Flask, database: Database, issuer: Issuer) -> None:
    """Somebody else signs in, in the same browser, before the answer comes."""
    here = town(app, database, "Prøvevik", "leder@x.no")
    other = here.invited("to@x.no", "viewer").get_cookie("malrett_signin")
    assert other is not None and here.director.post("/account/oidc", data={"tie": PASSWORD}).status_code == 200
    back = left(here.director, issuer, "/sign-in/oidc/leave")
    here.director.set_cookie("malrett_signin", other.value)
    assert here.director.get(back).status_code == 422
    client = app.test_client()
    assert_refused(client, through(client, issuer))


def test_it_leads_nowhere_else(app: Flask, issuer: Issuer, kari: str) -> None:
    for wanted in ("//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "x" * 2000):
        client = app.test_client()
        answer = client.get("/sign-in/oidc", query_string={"next": wanted})
        back = client.get(issuer.visit(answer.headers["Location"]).removeprefix(OUTSIDE))
        assert (back.status_code, back.headers["Location"]) == (303, "/")
        assert client.get("/sign-in/oidc", query_string={"next": wanted}).headers["Location"] == "/"


def forgotten(app: Flask) -> None:
    """As after a start: nothing is known of the issuer."""
    app.extensions["planner"].issuer._known = app.extensions["planner"].issuer._trouble = None


def test_no_answer_is_followed_elsewhere(app: Flask, issuer: Issuer, kari: str) -> None:
    for where in ("document", "keys", "token"):
        forgotten(app)
        issuer.begin()
        client = app.test_client()
        issuer.instead[where] = redirect(issuer.url + "/elsewhere", 307)
        answer = client.get("/sign-in/oidc") if where == "document" else through(client, issuer)
        assert_refused(client, answer)
        assert where in issuer.asked and "elsewhere" not in issuer.asked


def test_a_document_that_is_not_believed(app: Flask, issuer: Issuer, kari: str) -> None:
    for said in (
        {"issuer": "https://issuer.example.no"},
        {"issuer": issuer.url + "/"},
        {"token_endpoint": "http://169.254.169.254/latest"},
        {"jwks_uri": "https://127.0.0.1:8443/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ):
        forgotten(app)
        issuer.begin()
        issuer.wrong_document = _answer(**said)
        client = app.test_client()
        assert_refused(client, client.get("/sign-in/oidc"))
        assert_refused(client, client.get("/sign-in/oidc"))
        assert issuer.asked == ["document"]  # not asked again at once


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://login.example.no/token", True),
        ("https://keys.example.org/keys", True),
        ("http://login.example.no/token", False),
        ("https://127.0.0.1/token", False),
        ("https://10.0.0.1/token", False),
        ("https://[::1]/token", False),
        ("https://127.1/token", False),
        ("https://localhost/token", False),
        ("https://db/token", False),
        ("https://db.internal/token", False),
        ("https://user@keys.example.org/", False),
        ("https://login.example.no\n.evil.example/", False),
        ("file:///etc/passwd", False),
        ("//keys.example.org", False),
        ("https://[", False),
        (7, False),
    ],
)
def test_what_may_be_asked(url: object, may: bool) -> None:
    assert may_be_asked(url, "https://login.example.no") is may


def test_a_new_key_is_looked_for_but_seldom(app: Flask, issuer: Issuer, kari: str) -> None:
    client = app.test_client()
    assert through(client, issuer).status_code == 303
    client.post("/sign-out")
    new = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
    issuer.keys = [new]
    issuer.token = lambda claims: signed({"alg": "ES256", "kid": "two"}, claims, new)
    assert_refused(client, through(client, issuer))  # the keys were asked for just now
    client.post("/sign-out")
    place = app.extensions["planner"]
    place.issuer._known = replace(place.issuer._known, keys_at=-issuers._KEYS_EVERY)
    assert through(client, issuer).status_code == 303 and is_in(client)
    client.post("/sign-out")
    _key_of_unknown_name(issuer)
    for _ in range(3):
        assert_refused(client, through(client, issuer))
    assert issuer.asked.count("keys") == 2


def test_where_the_issuer_is_away_passwords_let_in(app: Flask, database: Database, issuer: Issuer) -> None:
    town(app, database, "Prøvevik", "leder@x.no")
    client = app.test_client()
    issuer.instead["document"] = issuer_case.Response("busy", 502)
    answer = client.get("/sign-in/oidc?next=/account")
    assert_refused(client, answer, status=503)
    page = answer.get_data(as_text=True)
    assert "Prøvevik svarer ikke akkurat nå" in page and 'name="next" value="/account"' in page
    signed_in = client.post("/sign-in", data={"email": "leder@x.no", "password": PASSWORD, "next": "/account"})
    assert signed_in.headers["Location"] == "/account"
    assert client.post("/account/oidc", data={"tie": PASSWORD}).status_code == 200
    said = client.get("/sign-in/oidc/leave")
    assert said.status_code == 503 and "Kontoen din" in said.get_data(as_text=True) and is_in(client)
    assert client.get("/sign-in/oidc/leave").headers["Location"] == "/sign-in"


def test_an_issuer_that_hangs_or_is_not_there(
    app: Flask, issuer: Issuer, kari: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuers, "_WAIT", (0.1, 0.1))
    client, place = app.test_client(), app.extensions["planner"]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        hanging = issuers.Issuer(replace(issuer.settings, issuer=f"http://127.0.0.1:{port}"), BACK)
        app.extensions["planner"] = replace(place, issuer=hanging)
        assert_refused(client, client.get("/sign-in/oidc"), status=503)
    hanging._trouble = None
    assert_refused(client, client.get("/sign-in/oidc"), status=503)  # nobody listens there any more
    app.extensions["planner"] = place
    back = left(client, issuer)
    issuer.instead["token"] = issuer_case.Response("busy", 503)
    assert_refused(client, client.get(back), status=503)
    del issuer.instead["token"]
    issuer.instead["keys"] = issuer_case.Response("[]", 200)
    assert_refused(client, through(client, issuer))
    del issuer.instead["keys"]
    place.issuer._turns = issuers.threading.BoundedSemaphore(1)
    place.issuer._turns.acquire()
    monkeypatch.setattr(issuers, "_TURN_WAIT", 0.01)
    assert_refused(client, through(client, issuer), status=503)  # all who may ask are asking


def test_nothing_of_tokens_or_people_is_written_down(
    app: Flask, issuer: Issuer, kari: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, told = app.test_client(), []
    back = left(client, issuer)
    told += asked_of(OUTSIDE + back).values()
    issuer.wrong_claims = lambda claims: told.append(json.dumps(claims)) or claims.update(sub="")
    assert_refused(client, client.get(back))
    issuer.begin()
    assert through(client, issuer).status_code == 303
    written = caplog.text
    assert "not signed in by the issuer: sub" in written
    for secret in (*told, "person-1", EMAIL, issuer_case.SECRET, "opaque-access-token", "eyJ"):
        assert secret == issuer.url or secret not in written


def test_where_no_issuer_is_set_there_is_no_such_way(
    tmp_path: Path, app: Flask, database: Database, issuer: Issuer
) -> None:
    place = app.extensions["planner"]
    app.extensions["planner"] = replace(place, config=replace(place.config, oidc=None), issuer=None)
    here = town(app, database, "Prøvevik", "leder@x.no")
    assert "Logg inn med" not in app.test_client().get("/sign-in").get_data(as_text=True)
    assert "/account/oidc" not in here.director.get("/account").get_data(as_text=True)
    gets, posts = (
        ("/sign-in/oidc", BACK.removeprefix(OUTSIDE)),
        ("/invitation/x/oidc", "/account/oidc", "/account/oidc/remove"),
    )
    assert {here.director.get(path).status_code for path in gets} == {404}
    assert {here.director.post(path).status_code for path in posts} == {404}
