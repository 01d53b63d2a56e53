"""Which headers does every response carry? All scripts and styles are our own files, so the policy needs no nonce."""

from flask import Flask, Response, request

from planner.web.pages import place

PAGE = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A file holds what people wrote. Should a browser show one all the same, it is an origin of its own, and nothing runs.
FILE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# Said only where the whole installation is behind TLS: a year of refusing plain HTTP cannot be taken back.
ONLY_TLS = "max-age=31536000"


def _is_page(response: Response) -> bool:
    taken_home = response.headers.get("Content-Disposition", "").startswith("attachment")
    return request.endpoint == "static" or (response.mimetype == "text/html" and not taken_home)


def _add(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PAGE if _is_page(response) else FILE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if place().config.secure_cookies:
        response.headers["Strict-Transport-Security"] = ONLY_TLS
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def register(app: Flask) -> None:
    app.after_request(_add)
