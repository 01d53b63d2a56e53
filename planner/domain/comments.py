"""What in a free text may tell who somebody is, and which texts are kept at all?

Numbers and addresses of the kinds AUTOMATIC are certain enough to go without asking; the others are suggestions that a
person decides on. Never says that a text without spans is safe: «hun som driver butikken» tells as much as a name.

Every text is read from left to right, however long: a pattern starts only where a word or a number starts, is bounded,
or does not give back what it has taken.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# number: 11 digits, a fødselsnummer or an account. Where two kinds overlap, the one named first is meant.
Kind = Literal["number", "email", "web", "phone", "handle", "address", "name"]
KINDS: tuple[Kind, ...] = ("number", "email", "web", "phone", "handle", "address", "name")
AUTOMATIC: frozenset[Kind] = frozenset({"number", "email", "web", "phone"})

# With fewer who wrote, or fewer texts, it is easily guessed who has written what.
LEAST = 10
# A longer one is no answer; a lost quotation mark can put half of a file into one cell.
LONGEST = 10_000
_NOTHING_SAID = frozenset({"", "nei", "ingen", "ingenting", "nei takk", "no", "none"})

_GAP = r"[ \u00a0\u2000-\u200a\u202f./\u00b7\u2212\u2010-\u2015-]"
_TLD = r"(?:no|com|net|org|info|eu|se|dk|io)"
_AT = r"(?:\s?[@＠]\s?|\s?[(\[{]\s?(?:at|@|krøllalfa|alfakrøll)\s?[)\]}]\s?|\s(?:krøllalfa|alfakrøll)\s)"
_DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|punktum)\s?[)\]}]\s?|\s(?:dot|punktum)\s)"


def _groups(*sizes: int) -> str:
    """Digits in groups of these sizes, with one or two signs between the groups."""
    return (_GAP + "{1,2}").join(rf"\d{{{size}}}" for size in sizes)


_ELEVEN = (_groups(11), _groups(6, 5), _groups(2, 2, 2, 5), _groups(2, 2, 2, 3, 2), _groups(6, 3, 2), _groups(4, 2, 5))
_EIGHT = (_groups(8), _groups(2, 2, 2, 2), _groups(3, 2, 3), _groups(3, 3, 2), _groups(*[1] * 8))
# «2025–2026» and «2026-11-24» are no telephones, and «45 000 000 kr» is none.
_NOT_A_YEAR = (_groups(4, 4), _groups(4, 2, 2))
_MOBILE = rf"(?=[49]){_groups(2, 3, 3)}(?!\s?(?:kr|mill))"
_PATTERNS: dict[Kind, str] = {
    "number": rf"(?<!\d)(?:{'|'.join((*_ELEVEN, _groups(*[1] * 11)))})(?!\d)",
    "email": (
        rf"(?<![\w.+%-])[\w.+%-]++(?:{_AT}(?:[\w-]++(?:\.[\w-]++)++|[\w-]++(?:{_DOT}[\w-]++){{0,2}}{_DOT}{_TLD}\b)"
        r"|[@＠][\w-]++)"
    ),
    "web": rf"https?://\S++|(?<![\w@.-])(?:www\.\S++|(?:[\w-]++\.)+{_TLD}\b(?:/\S*+)?)",
    "phone": (
        rf"(?:\(?[+＋]|(?<!\d)00)\(?\d(?:[()]?{_GAP}{{0,2}}[()]?\d){{7,14}}(?!\d)"
        rf"|(?<!\d)(?:\(?47\)?{_GAP}{{0,2}})?(?:{'|'.join((*_EIGHT, _MOBILE))}"
        rf"|(?!19|20)(?:{'|'.join(_NOT_A_YEAR)}))(?!\d)"
    ),
    "handle": r"(?<![\w@＠.])[@＠]\w[\w.]++",
}
_STREETS = (
    *("gata", "gate", "gaten", "gt", "vei", "veien", "veg", "vegen", "bakken", "bakkane", "stien", "allé", "alléen"),
    *("plass", "plassen", "torg", "torget", "svingen", "lia", "haugen", "haug", "tunet", "ringen", "kroken", "løkka"),
    *("jordet", "åsen", "neset", "vika", "bukta", "stranda", "brygge", "brygga", "flata", "grenda", "dalen", "bygda"),
)
_WORD_AND_NUMBER = re.compile(
    r"(?<![\w-])([^\W\d_][\w-]*+)\.?[ \u00a0]{1,2}(?:nr\.? ?)?\d{1,4}(?:[a-zA-Z]| [A-Z])?(?!\w)"
)
_NAMES_BEFORE = re.compile(r"(?:[A-ZÆØÅ][\w.-]* ){1,3}\Z")
_WORD = re.compile(r"[^\W\d_]++(?:['’-][^\W\d_]++)*+")
# Words that open a sentence before a name, or are written with a capital without being one.
_NO_NAMES = frozenset(
    {"at", "av", "da", "de", "den", "der", "det", "dette", "du", "eg", "en", "er", "et", "for", "fordi"}
    | {"fra", "få", "ha", "han", "har", "her", "hun", "hva", "hvis", "i", "ikke", "jeg", "kan", "kanskje"}
    | {"kommune", "kommunen", "man", "med", "men", "mer", "mest", "min", "mitt", "må", "nav", "norge"}
    | {"norges", "når", "og", "også", "om", "på", "savner", "skulle", "som", "så", "takk", "til", "veldig"}
    | {"vi", "vil", "vår", "vårt", "ønsker"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] is of this kind."""

    start: int
    end: int
    kind: Kind


def redaction_spans(text: str, kinds: Collection[Kind] = KINDS) -> tuple[Span, ...]:
    """What may tell who somebody is, in order of place; no two overlap."""
    taken = bytearray(len(text))
    found = []
    for kind in KINDS:
        for start, end in _FINDERS[kind](text) if kind in kinds else ():
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(Span(start, end, kind))
    return tuple(sorted(found, key=lambda span: span.start))


def redacted(text: str, spans: Iterable[Span], marks: Mapping[Kind, str]) -> str:
    """The text with the mark of its kind in place of each span."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], marks[span.kind]]
        done = span.end
    return "".join((*pieces, text[done:]))


def without_automatic(text: str, marks: Mapping[Kind, str]) -> str:
    return redacted(text, redaction_spans(text, AUTOMATIC), marks)


def kept_texts(
    texts: Sequence[str], marks: Mapping[Kind, str], shuffle: Callable[[list[str]], None], writers: int
) -> tuple[str, ...]:
    """The texts fit to be kept, in an order that says nothing; none where too few wrote.

    Those that say nothing are gone, what is AUTOMATIC is taken out, equal ones stand once. writers: how many people
    wrote something, when that is fewer than the texts. shuffle: puts them in order by chance, in place.
    """
    said = [text for text in map(tidy, texts) if not _says_nothing(text)]
    kept = list(dict.fromkeys(without_automatic(text, marks) for text in said if not _only_removed(text)))
    if min(writers, len(said), len(kept)) < LEAST:
        return ()
    shuffle(kept)
    return tuple(kept)


def tidy(text: str) -> str:
    """Without signs that are not seen: they would part a number so that it is not found, and some cannot be stored."""
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n")[:LONGEST]
    return "".join(one for one in whole if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cf", "Cs")).strip()


def _says_nothing(text: str) -> bool:
    return text.casefold().strip(" \n\t.,!?…_–—-") in _NOTHING_SAID


def _only_removed(text: str) -> bool:
    return _says_nothing(without_automatic(text, dict.fromkeys(KINDS, "")))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    def find(text: str) -> Iterator[tuple[int, int]]:
        for found in pattern.finditer(text):
            yield found.start(), found.start() + len(found[0].rstrip(".,;:!?)»\"'"))

    return find


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """«Storgata 12 B», «Kong Olavs gate 3»."""
    for found in _WORD_AND_NUMBER.finditer(text):
        if found[1].casefold().endswith(_STREETS):
            before = _NAMES_BEFORE.search(text[max(0, found.start() - 60) : found.start()])
            yield found.start() - (len(before[0]) if before else 0), found.end()


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Two words or more with capitals, side by side: «Kari Nordmann», «Per-Arne Ås», «Kari N.»."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and (text[run[-1].end() : word.start()] != " " or not _like_a_name(word[0])):
            yield from _whole_name(run)
            run = []
        if _like_a_name(word[0]):
            run.append(word)
    yield from _whole_name(run)


def _like_a_name(word: str) -> bool:
    """Not «VIKTIG», and no word that is often first in a sentence."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper()) and word.casefold() not in _NO_NAMES


def _whole_name(run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if len(run) >= 2 and len(run[0][0]) > 1:
        yield run[0].start(), run[-1].end()


_FINDERS: dict[Kind, Callable[[str], Iterator[tuple[int, int]]]] = {
    **{kind: _matches(re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS.items()},
    "address": _addresses,
    "name": _names,
}
