"""How does the public annex become one file? A page with its style and script inside, that asks nothing of any network.

The policy in it names that one style and that one script by their fingerprints and nothing else, so that a browser
runs nothing a title may bring, and fetches nothing. The same annex always gives the same bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.wording.annex import Annex
from planner.wording.paper import without_control

HERE = Path(__file__).parent
PACKAGE = HERE.parent
FONT = "inter-latin-wght-normal.woff2"


def write(annex: Annex, problem: Mapping[str, Any], result: Mapping[str, Any]) -> bytes:
    """The file. problem, result: malrett-problem/1 and malrett-result/1, as the program reads them again."""
    style, script = _style(), _own("annex.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_fingerprint(style)}'",
            f"script-src 'sha256-{_fingerprint(script)}'",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    text = _template().render(
        view=annex,
        policy=policy,
        style=Markup(style),  # our own file
        script=Markup(script),  # our own file
        problem=embedded(problem),
        result=embedded(result),
    )
    return text.encode("utf-8")


def embedded(data: Mapping[str, Any]) -> Markup:
    """JSON that can stand inside a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029\ufeff\ufffe\uffff\0" + "".join(map(chr, range(0x7F, 0xA0))):
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # no letter of markup is left in it


@cache
def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").strip()


@cache
def _style() -> str:
    """With the letters inside: the pictures are drawn to their width, and the page may fetch nothing."""
    inside = PACKAGE / "static"
    font = (inside if inside.exists() else PACKAGE.parent / "static") / "vendor" / FONT
    return _own("annex.css").replace("@font@", base64.b64encode(font.read_bytes()).decode("ascii"))


def _fingerprint(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _template() -> Any:
    surroundings = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return surroundings.get_template("annex.html")


def _printable(value: Any) -> Any:
    """Without letters that a page may not hold; what is markup already is ours."""
    return without_control(value) if isinstance(value, str) and not isinstance(value, Markup) else value
