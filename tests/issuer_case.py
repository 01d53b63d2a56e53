"""A real issuer of OpenID Connect on the loopback, small and strict; a test says what is to be wrong with it."""

import hashlib
import json
import secrets
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jws
from joserfc.jwk import ECKey
from werkzeug.serving import WSGIRequestHandler, make_server

from planner.config import Oidc

CLIENT, SECRET = "malrett-test", "hemmelig:på æøå +%"
OUTSIDE = "https://malrett.example.no"
BACK = OUTSIDE + "/sign-in/oidc/callback"
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
OTHER_KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
Change = Callable[[dict[str, Any]], object]


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: a test's output is its own."""


def nothing(_said: dict[str, Any]) -> None:
    return None


def encoded(said: object) -> str:
    return urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def signed(header: dict[str, Any], claims: dict[str, Any], key: Any = KEY) -> str:
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=["ES256", "RS256", "HS256"])


class Issuer:
    """Listens until it is closed. Somebody with these `claims` is always signed in there. back: the client's address.

    wrong_*: what a test has it do wrong: to the document, to the answer in the address, to the claims of a token, to
    the token itself. asked: what was asked for, in order.
    """

    def __init__(self, back: str = BACK) -> None:
        self._back = back
        app = Flask("issuer")
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.settings = Oidc(self.url, CLIENT, SECRET, "Prøvevik")
        self._browser = app.test_client()
        self.begin()
        app.get("/.well-known/openid-configuration")(self._document)
        app.get("/authorize")(self._authorize)
        app.post("/token")(self._token)
        app.get("/keys")(self._keys)
        app.get("/elsewhere")(self._elsewhere)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """As it is when nothing is wrong with it."""
        self.claims: dict[str, Any] = {"sub": "person-1", "name": "Kari Nordmann"}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.keys = [KEY]
        self.wrong_document: Change = nothing
        self.wrong_answer: Change = nothing
        self.wrong_claims: Change = nothing
        self.token: Callable[[dict[str, Any]], str] = lambda claims: signed({"alg": "ES256", "kid": "one"}, claims)
        self.instead: dict[str, Response] = {}

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def visit(self, url: str) -> str:
        """A browser follows our address to the issuer: the address that it is sent back to."""
        assert url.startswith(self.url + "/authorize?"), url
        answer = self._browser.get(url.removeprefix(self.url))
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return str(answer.headers["Location"])

    def _document(self) -> Response:
        self.asked.append("document")
        said: dict[str, Any] = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }
        self.wrong_document(said)
        return self.instead.get("document") or jsonify(said)

    def _authorize(self) -> Response:
        asked = request.args
        wanted = {
            "client_id": CLIENT,
            "redirect_uri": self._back,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        lacking = [name for name, value in wanted.items() if asked.get(name) != value]
        lacking += [name for name in ("state", "nonce", "code_challenge") if len(asked.get(name, "")) < 43]
        if lacking or "openid" not in asked["scope"].split():
            return Response(f"lacking: {lacking}", 400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked.to_dict()
        answer = {"code": code, "state": asked["state"], "iss": self.url}
        self.wrong_answer(answer)
        return redirect(f"{self._back}?{urlencode(answer)}")

    def _token(self) -> Response:
        self.asked.append("token")
        form = request.form
        kept = self.codes.pop(form.get("code", ""), None)
        in_header = "Basic " + b64encode(f"{CLIENT}:{SECRET}".encode("latin1")).decode()
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if "token" in self.instead:
            return self.instead["token"]
        if not (known or request.headers.get("Authorization") == in_header):
            return self._no("invalid_client")
        if kept is None or form.get("redirect_uri") != self._back or form.get("grant_type") != "authorization_code":
            return self._no("invalid_grant")
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(hashed).rstrip(b"=").decode() != kept["code_challenge"]:
            return self._no("invalid_grant")
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": kept["nonce"], **self.claims}
        self.wrong_claims(claims)
        return jsonify(access_token="opaque-access-token", token_type="Bearer", id_token=self.token(claims))

    def _no(self, error: str) -> Response:
        answer = jsonify(error=error, error_description="<b>secret words of the issuer</b>")
        answer.status_code = 400
        return answer

    def _keys(self) -> Response:
        self.asked.append("keys")
        return self.instead.get("keys") or jsonify(keys=[key.as_dict(private=False) for key in self.keys])

    def _elsewhere(self) -> Response:
        self.asked.append("elsewhere")
        return jsonify({})


@contextmanager
def issuer(back: str = BACK) -> Iterator[Issuer]:
    one = Issuer(back)
    try:
        yield one
    finally:
        one.close()


def asked_of(url: str) -> dict[str, str]:
    """What an address asks for, by name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
