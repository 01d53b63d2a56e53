"""How does a page become one file that asks nothing of any network? With its style inside, and a policy that names it.

It names that style, and the script there is, by their fingerprints and nothing else, so that a browser runs nothing a
title may bring, and fetches nothing. Writes no page itself.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.files.shipped import shipped
from planner.wording.paper import without_control

HERE = Path(__file__).parent
FONT = "inter-latin-wght-normal.woff2"


def policy(style: str, script: str = "") -> str:
    """What stands in the page's head. script: "" for a page that runs none."""
    runs = (f"script-src 'sha256-{_fingerprint(script)}'",) if script else ()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_fingerprint(style)}'",
            *runs,
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def own(name: str) -> str:
    """A file of ours beside this one."""
    return (HERE / name).read_text(encoding="utf-8").strip()


@cache
def style() -> str:
    """With the letters inside: pictures are drawn to their width, and the page may fetch nothing."""
    font = shipped("static") / "vendor" / FONT
    return own("annex.css").replace("@font@", base64.b64encode(font.read_bytes()).decode("ascii"))


@cache
def template(name: str) -> Any:
    surroundings = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return surroundings.get_template(name)


def _fingerprint(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _printable(value: Any) -> Any:
    """Without letters that a page may not hold; what is markup already is ours."""
    return without_control(value) if isinstance(value, str) and not isinstance(value, Markup) else value
