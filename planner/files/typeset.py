"""How is anything set as a PDF? By typst, with the program's own letters, as PDF/UA.

What is said goes to the layout as data, so that no text is ever read as markup.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "charts" / "fonts"


def typeset(layout: str, name: str, data: Mapping[str, Any]) -> bytes:
    """layout: a file beside this one. name: what it reads its data as. Raises TypstError for a bad layout."""
    return _pdf((HERE / layout).read_bytes(), {name: json.dumps(data)})


def trial() -> bytes:
    """A line of text as PDF, to see that it can be done. Raises what typst raises."""
    line = '#set document(title: "Prøve")\n#set text(lang: "nb", font: "Inter")\nÆrlig øving på å skrive.'
    return _pdf(line.encode(), {})


def _pdf(source: bytes, inputs: dict[str, str]) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its types want folders of fonts as bytes where the source is
        source,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
    )
    return bytes(made)
