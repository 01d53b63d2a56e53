"""Under which address is the application reached, and from which address is it asked?

Whoever asks may send any Host and any X-Forwarded header. Believed are only those that the stated number of proxies
have put there, of them only who asked and over what; the host comes from the settings.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from planner.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def stand_behind(app: Flask, config: Config) -> None:
    """Have the application see itself as people outside do."""
    inner: Any = app.wsgi_app
    if config.external_url:
        inner = _at(config.external_url, inner)
    if config.proxies:
        inner = ProxyFix(inner, x_for=config.proxies, x_proto=config.proxies, x_host=0, x_port=0, x_prefix=0)
    app.wsgi_app = inner  # type: ignore[method-assign]


def _at(url: str, inner: "WSGIApplication") -> "Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]":
    parts = urlsplit(url)

    def outside(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        environ["HTTP_HOST"] = parts.netloc
        environ["wsgi.url_scheme"] = parts.scheme
        return inner(environ, start)

    return outside
