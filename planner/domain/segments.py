"""Which groups do the respondents fall into? The segments, and what a file's own columns can say about them.

Never decides: a person confirms the segments and their order. Never puts a respondent in two.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.columns import ColumnGuess, spoken
from planner.domain.raw_table import RawTable
from planner.domain.scales import plain, words


@dataclass(frozen=True, slots=True)
class Segment:
    """One group of the partition. id goes into need ids («s06/unge»); name is shown."""

    id: str
    name: str

    def __post_init__(self) -> None:
        if not self.id or not self.name or "/" in self.id:
            raise ValueError("a segment needs a name and an id without a slash")


DEFAULT_SEGMENTS = (
    Segment("innvandrere", "Innvandrere"),
    Segment("tilflyttere", "Tilflyttere"),
    Segment("unge", "Unge"),
    Segment("voksne", "Voksne"),
)

_YES = frozenset({"ja", "yes", "1", "true", "sann"})
_NO = frozenset({"nei", "no", "0", "false", "usann"})
_AGES = re.compile(r"(\d{1,3})(?:\s*(?:[-–—]|til|to)\s*(\d{1,3}))?")
_CODE_BEFORE = re.compile(r"^\d{1,2} (?=\D*\d{1,3}\b)")
_CODE_ONLY = re.compile(r"^\d{1,2}\s+(?=[^\W\d])")
_ABROAD = re.compile(r"(utlandet|utenfor|utanfor|annet land|anna land|abroad|outside|another country)")
YOUNG_UNTIL = 29
MOST_OWN_GROUPS = 8
# What a heading asks about, and which of the usual segments that can tell.
_QUESTIONS = (
    ("unge", re.compile(r"\b(alder\w*|age|ages|age group)\b")),
    ("tilflyttere", re.compile(r"flytt|\bmoved\b|\bnewcomer")),
    ("innvandrere", re.compile(r"\b(innvandr\w*|født\w*|fødd\w*|fødeland|landbakgrunn|born|immigra\w*)")),
)
# Groups by name, in the forms they are written.
_NAMES = {
    "ung": "unge", "unge": "unge", "ungdom": "unge", "ungdommer": "unge", "barn og unge": "unge",
    "tilflytter": "tilflyttere", "tilflyttere": "tilflyttere", "tilflyttar": "tilflyttere",
    "nyinnflyttet": "tilflyttere",
    "innvandrer": "innvandrere", "innvandrere": "innvandrere", "innvandrar": "innvandrere",
    "voksen": "voksne", "voksne": "voksne", "vaksen": "voksne", "vaksne": "voksne",
}  # fmt: skip


def segments_asked_about(table: RawTable, guesses: Sequence[ColumnGuess]) -> tuple[Segment, ...]:
    """The usual segments that some column can tell of, with the default; all of them where no column does.

    A column of groups under other names («Bygda», «Sentrum») makes those the segments, the largest last.
    """
    asked = {DEFAULT_SEGMENTS[-1].id}
    for guess in guesses:
        if guess.role != "segment":
            continue
        heading = words(guess.heading)
        about = {segment for segment, question in _QUESTIONS if question.search(heading)}
        cells: Counter[str] = Counter()
        for cell, count in spoken(table.columns[guess.index]).items():
            if plain(cell):
                cells[words(cell)] += count
        known = {_NAMES[cell] for cell in cells if cell in _NAMES}
        if not about and not known and 2 <= len(cells) <= MOST_OWN_GROUPS:
            # The largest group comes last, as the one left over.
            own = sorted(cells, key=lambda cell: (cells[cell], cell))
            return tuple(Segment(cell.replace(" ", "_"), cell.capitalize()) for cell in own)
        asked |= about | known
    return tuple(segment for segment in DEFAULT_SEGMENTS if segment.id in asked or len(asked) == 1)


def segment_values(table: RawTable, guess: ColumnGuess, segments: Sequence[Segment]) -> tuple[tuple[str, str], ...]:
    """(cell, segment id) for each cell of a segment column that says something about one of the segments."""
    if guess.role != "segment":
        return ()
    cells = sorted({plain(cell) for cell in spoken(table.columns[guess.index])} - {""})
    heading = words(guess.heading)
    ids = {segment.id for segment in segments}
    named = _NAMES | {words(segment.name): segment.id for segment in segments}
    pairs = ((cell, _segment_of(cell, heading, named)) for cell in cells)
    return tuple((cell, segment) for cell, segment in pairs if segment in ids)


def usual_id(segment: Segment) -> str:
    """The id of the usual segment that a municipality's own group is by its name («Ungdom»), else its own."""
    return _NAMES.get(words(segment.name), segment.id)


def _segment_of(cell: str, heading: str, named: dict[str, str]) -> str:
    """The segment one cell speaks of, "" for none."""
    cell = _CODE_ONLY.sub("", cell) or cell
    if words(cell) in named:
        return named[words(cell)]
    about = next((segment for segment, question in _QUESTIONS if question.search(heading)), "")
    if about == "unge":
        # «2 30–49 år»: the code of the answer before it, as a file with labels has it.
        ages = _AGES.search(_CODE_BEFORE.sub("", cell))
        upper = int(ages[2] or ages[1]) if ages is not None else 999
        return about if upper <= YOUNG_UNTIL and not re.search(r"over|\+|eldre", cell) else ""
    if about == "innvandrere":
        born_here = re.search(r"(født|fødd) i (norge|noreg)|born in norway", heading) is not None
        return about if cell in (_NO if born_here else _YES) or _ABROAD.match(cell) else ""
    return about if about and cell in _YES else ""
