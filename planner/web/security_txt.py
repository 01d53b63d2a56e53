"""Where does whoever finds a weakness tell of it? /.well-known/security.txt, as RFC 9116 has it.

It is there where MALRETT_SECURITY_CONTACT is set. It never goes out of date while the application runs: the date on
which it must be asked for anew is worked out each time.
"""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort

from planner.config import Config
from planner.web.pages import place

blueprint = Blueprint("security_txt", __name__)
PATH = "/.well-known/security.txt"
STANDS = timedelta(days=180)


@blueprint.get(PATH)
def file() -> Response:
    config = place().config
    if not config.security_contact:
        abort(404)
    return Response(_text(config, datetime.now(UTC)), content_type="text/plain; charset=utf-8")


def _text(config: Config, now: datetime) -> str:
    fields = [
        f"Contact: {config.security_contact}",
        f"Expires: {now + STANDS:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nb, nn, en",
    ]
    if config.external_url:
        fields.append(f"Canonical: {config.external_url}{PATH}")
    return "".join(f"{field}\n" for field in fields)
