"""Which version of a thing was a form made from? Compared by the services, never here."""

from flask import request

DIGITS = 9
"""No version has more, see `store/versions.py`; and a number past what a column holds would be no answer but 500."""


def form_version() -> int:
    """0, which nothing has, where the form does not say."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0
