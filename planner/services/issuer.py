"""Who does the issuer say that this is, and is it to be believed? OpenID Connect's code flow with PKCE, at the one
issuer of the settings.

It asks for nothing but what the issuer's own document names, follows no answer elsewhere, and waits for no answer long.
What it finds wrong is told by one word: never by a token, a claim, or what somebody else has written.
"""

import ipaddress
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from planner.config import Oidc
from planner.services.identity import Attempt, Away, Identity, Refused

ALGORITHMS = ("RS256", "ES256")
"""Of signatures; never «none», and never one whose key is a secret that two share."""
SCOPE = "openid profile"
"""Who it is and what they are called; no address, since nobody is let in by an address."""
CLOCKS_DIFFER = 60
"""Seconds that the issuer's clock may differ from ours."""
_WAIT = (3.0, 5.0)  # seconds: for a connection, for an answer
_LARGEST = 512 * 1024  # bytes of a document or of its keys
_LASTS = 3600.0  # seconds that the document and the keys are kept
_KEYS_EVERY = 60.0  # seconds between two looks for a key that is not there: anybody can make up its name
_TROUBLE_LASTS = 15.0  # seconds in which an issuer that is away is not asked again
_TURNS, _TURN_WAIT = 3, 3.0  # so many ask at once: eight threads serve everybody, and an issuer may hang


@dataclass(frozen=True, slots=True)
class _Known:
    """What the issuer has said of itself, and when."""

    document: Mapping[str, Any]
    at: float
    keys: KeySet | None = None
    keys_at: float = 0.0


class Issuer:
    """The issuer of one installation. back: the address of ours that it sends people to."""

    def __init__(self, settings: Oidc, back: str) -> None:
        self.settings, self._back = settings, back
        self._known: _Known | None = None
        self._trouble: tuple[Away | Refused, float] | None = None
        self._lock, self._turns = threading.Lock(), threading.BoundedSemaphore(_TURNS)

    def leave(self, language: str = "") -> tuple[str, Attempt]:
        """The address at the issuer to send somebody to, and what to keep until they are back. Raises Away, Refused."""
        attempt = Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))
        document = self._document()
        with self._client(document) as client:
            url, _state = client.create_authorization_url(
                document["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                ui_locales=language or None,
                acr_values=" ".join(self.settings.levels) or None,
            )
        return url, attempt

    def who(self, attempt: Attempt, answer: Mapping[str, str]) -> Identity:
        """Whoever came back with this answer of the issuer's in their address. Raises Away, Refused."""
        if not secrets.compare_digest(attempt.state.encode(), answer.get("state", "").encode()):
            raise Refused("state")
        document = self._document()
        named = answer.get("iss")  # RFC 9207: whose answer it is
        if named is None and document.get("authorization_response_iss_parameter_supported") is True:
            raise Refused("iss")
        if named is not None and named != self.settings.issuer:
            raise Refused("iss")
        if "error" in answer:
            raise Refused("cancelled" if answer["error"] == "access_denied" else "error")
        if not answer.get("code"):
            raise Refused("code")
        return self._identity(self._tokens(document, answer["code"], attempt.verifier), attempt.nonce)

    def farewell(self, back: str) -> str:
        """The address at the issuer that signs whoever follows it out there too, and sends them to `back` of ours; «»
        where the issuer has none. No token is kept that could be shown there: it is told which client asks (OpenID
        Connect RP-Initiated Logout 1.0), and may ask the person. Raises Away, Refused.
        """
        there = self._document().get("end_session_endpoint")
        if not may_be_asked(there, self.settings.issuer):
            return ""
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back}
        return f"{there}{'&' if urlsplit(str(there)).query else '?'}{urlencode(asked)}"

    def look(self) -> None:
        """Ask for document and keys, for whoever looks the installation over. Raises Away, Refused."""
        self._document()
        self._keys()

    def _identity(self, tokens: Mapping[str, Any], nonce: str) -> Identity:
        settings = self.settings
        try:
            token = self._read_token(tokens.get("id_token"))
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": settings.issuer},
                    "aud": {"essential": True, "value": settings.client_id},
                    "sub": {"essential": True},
                },
                {"nonce": nonce, "client_id": settings.client_id, "access_token": tokens.get("access_token")},
            )
            claims.validate(leeway=CLOCKS_DIFFER)
            if settings.levels and claims.get("acr") not in settings.levels:
                raise Refused("acr")
        except ClaimError as error:
            raise Refused(error.claim) from None
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Refused(type(error).__name__) from None
        subject, name = claims["sub"], claims.get("name")
        if not (0 < len(subject) <= 255 and subject.isascii() and subject.isprintable()):
            raise Refused("sub")
        return Identity(settings.issuer, subject, name if isinstance(name, str) else "")

    def _read_token(self, raw: object) -> jwt.Token:
        """The token, its signature found good. A key that is not known is looked for once more, but seldom."""
        if not isinstance(raw, str):
            raise Refused("id_token")
        rules = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(raw, self._keys(), registry=rules)
        except InvalidKeyIdError:
            return jwt.decode(raw, self._keys(anew=True), registry=rules)

    def _tokens(self, document: Mapping[str, Any], code: str, verifier: str) -> Mapping[str, Any]:
        try:
            with self._turn(), self._client(document) as client:
                found: Mapping[str, Any] = client.fetch_token(
                    document["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
                return found
        except AuthlibBaseError:
            raise Refused("code") from None
        except OSError:  # all that requests raises for the network and for an answer of 5xx
            raise Away from None
        except (ValueError, TypeError):
            raise Refused("token") from None

    def _client(self, document: Mapping[str, Any]) -> OAuth2Session:
        """Speaks as this installation. The secret goes in the form where the issuer takes it: in the header, issuers
        differ in how its special letters are written."""
        ways = document.get("token_endpoint_auth_methods_supported")
        in_form = isinstance(ways, list) and "client_secret_post" in ways
        client = OAuth2Session(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            token_endpoint_auth_method="client_secret_post" if in_form else "client_secret_basic",
            scope=SCOPE,
            redirect_uri=self._back,
            code_challenge_method="S256",
            default_timeout=_WAIT,
        )
        client.trust_env = not self.settings.is_here
        return client

    def _document(self) -> Mapping[str, Any]:
        """What the issuer says of itself. One that is away, or is not who it says, is not asked again at once."""
        known = self._known
        if known is not None and time.monotonic() - known.at < _LASTS:
            return known.document
        trouble = self._trouble
        if trouble is not None and time.monotonic() - trouble[1] < _TROUBLE_LASTS:
            raise type(trouble[0])(*trouble[0].args)
        with self._turn(), self._lock:
            known = self._known
            if known is None or time.monotonic() - known.at >= _LASTS:
                try:
                    known = _Known(self._look_up(), time.monotonic())
                except (Away, Refused) as error:
                    self._trouble = error, time.monotonic()
                    raise
                self._known, self._trouble = known, None
            return known.document

    def _look_up(self) -> Mapping[str, Any]:
        issuer = self.settings.issuer
        document = self._fetch(issuer.removesuffix("/") + "/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            raise Refused("issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not may_be_asked(document.get(name), issuer):
                raise Refused(name)
        return document

    def _keys(self, *, anew: bool = False) -> KeySet:
        """The keys that it signs with. anew: one was named that is not among them."""
        document = self._document()
        keys = self._kept_keys(anew)
        if keys is None:
            with self._turn(), self._lock:
                keys = self._kept_keys(anew)
                if keys is None:
                    fetched = self._fetch(document["jwks_uri"])
                    try:
                        keys = KeySet.import_key_set(fetched)  # type: ignore[arg-type]
                    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                        raise Refused("keys") from None
                    moment = time.monotonic()
                    self._known = replace(self._known or _Known(document, moment), keys=keys, keys_at=moment)
        return keys

    def _kept_keys(self, anew: bool) -> KeySet | None:
        """None where they have to be asked for."""
        known = self._known
        if known is None or (anew and time.monotonic() - known.keys_at >= _KEYS_EVERY):
            return None
        return known.keys

    def _fetch(self, url: str) -> Mapping[str, Any]:
        """A document in JSON, at that very address."""
        try:
            with requests.Session() as line:
                line.trust_env = not self.settings.is_here
                with line.get(url, timeout=_WAIT, allow_redirects=False, stream=True) as answer:
                    if answer.status_code >= 500:
                        raise Away
                    if answer.status_code != 200:
                        raise Refused("moved" if answer.is_redirect else "document")
                    raw = b""
                    for piece in answer.iter_content(64 * 1024):
                        raw += piece
                        if len(raw) > _LARGEST:
                            raise Refused("document")
            document = json.loads(raw)
        except OSError:
            raise Away from None
        except ValueError:
            raise Refused("document") from None
        if not isinstance(document, dict):
            raise Refused("document")
        return document

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_TURN_WAIT):
            raise Away
        try:
            yield
        finally:
            self._turns.release()


def may_be_asked(url: object, issuer: str) -> bool:
    """Whether an address that the issuer's document names is one to ask, or to send people to: at the issuer itself, or
    over TLS at a name elsewhere; never by figures or by a name of the inner network, whoever wrote the document."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable():
        return False
    try:
        there, home = urlsplit(url), urlsplit(issuer)
        if (there.scheme, there.netloc) == (home.scheme, home.netloc):
            return True
        host, _port = there.hostname or "", there.port
    except ValueError:
        return False
    return there.scheme == "https" and there.username is None and _is_outside(host)


def _is_outside(host: str) -> bool:
    if "." not in host or host.rstrip(".").endswith((".localhost", ".local", ".internal")):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return not host.rpartition(".")[2].isdigit()  # 127.1 is an address too
    return False
