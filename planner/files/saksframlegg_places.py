"""Which places may a municipality's own Word file have? Names in double braces, and what is set there.

`{{innstilling}}` alone in a paragraph, or as the tag of a content control, is where a section goes, with its heading;
`{{innstilling-tekst}}` is the section without it, for a file with headings of its own. `{{tittel}}` may stand anywhere
in a text. The names are the same in every language of the paper.
"""

import re
from dataclasses import dataclass
from typing import Literal

SECTIONS = {
    "vedtaket": "decided",
    "saksgang": "proceedings",
    "innstilling": "decision",
    "saken_kort": "in_short",
    "bakgrunn": "background",
    "saksopplysninger": "survey",
    "behov": "needs",
    "vurdering": "assessment",
    "alternativer": "alternatives",
    "ikke_naa": "left_out",
    "okonomi": "economy",
    "medvirkning": "involvement",
    "barn_og_unge": "children",
    "grupper": "groups",
    "uttalelser": "statements",
    "risiko": "risk",
    "gjennomforing": "carrying_out",
    "metode": "method",
}
"""Name of the place -> id of the section, in the paper's order."""
DECIDED = "vedtaket"
"""Empty until the council has decided. A file without it gets the decision before its first place: it is never lost."""
REST = "resten"
"""Every section that has no place of its own, in the paper's order."""
INLINE = ("tittel", "undertittel", "kommune", "plan", "merknad")
MUST = "innstilling"
"""Without it there is nothing to vote over."""
BARE = "-tekst"
PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")

Kind = Literal["section", "rest", "inline", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """name: as it stands between the braces, without «-tekst». bare: without the heading."""

    name: str
    kind: Kind
    bare: bool = False

    @property
    def is_block(self) -> bool:
        return self.kind in ("section", "rest")


def place(written: str) -> Place:
    """What stands between braces, or in the tag of a content control."""
    name = written.strip().lower()
    bare = name.endswith(BARE) and name.removesuffix(BARE) in SECTIONS
    name = name.removesuffix(BARE) if bare else name
    kind: Kind = (
        "section" if name in SECTIONS else "rest" if name == REST else "inline" if name in INLINE else "unknown"
    )
    return Place(name, kind, bare)
