"""How does the public annex become one file? A page with its style and script inside, that asks nothing of any network.

The same annex always gives the same bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from planner.files import standalone
from planner.wording.annex import Annex


def write(annex: Annex, problem: Mapping[str, Any], result: Mapping[str, Any]) -> bytes:
    """The file. problem, result: malrett-problem/1 and malrett-result/1, as the program reads them again."""
    style, script = standalone.style(), standalone.own("annex.js")
    text: str = standalone.template("annex.html").render(
        view=annex,
        policy=standalone.policy(style, script),
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
