"""How much may be sent to each address? A file where one is asked for, else what people can write.

A form is taken apart in memory before anybody is asked who they are: 20 MB of it took a stranger 2 GB and 18 seconds
of the machine's. Never asks what stands in it.
"""

from flask import Flask, Request, request
from werkzeug.exceptions import RequestEntityTooLarge

from planner.web import rights

# Where a file is sent; as large as the installation takes it (`upload_mb`).
FILES = frozenset(
    {"survey.upload", "survey_weighting.save", "initiatives.upload", "workshop_paper.upload", "report.upload_template"}
)
# The longest form of ours, with every text as long as it may be, is a quarter of this.
FORM_BYTES = 1_000_000
FORM_FIELDS = 20_000
# Signing in, and the phones: a name, a password, an idea.
SMALL_BYTES = 100_000
_SMALL = (rights.PUBLIC, rights.ROOM, rights.ACCOUNT)


def takes_file(asked: Request) -> bool:
    """Whether this is the way that a file comes."""
    return asked.endpoint in FILES and asked.mimetype == "multipart/form-data"


def check_fields(asked: Request) -> None:
    """Stop before a form of hundreds of thousands of fields is taken apart."""
    if asked.mimetype == "application/x-www-form-urlencoded" and asked.get_data().count(b"&") >= FORM_FIELDS:
        raise RequestEntityTooLarge


def _limit() -> None:
    if request.endpoint is None or takes_file(request):
        return
    most = SMALL_BYTES if rights.LEAST[request.endpoint] in _SMALL else FORM_BYTES
    request.max_content_length = min(most, request.max_content_length or most)


def register(app: Flask) -> None:
    """Before anything reads a form."""
    app.before_request(_limit)
