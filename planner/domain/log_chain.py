"""What was done with a plan, in an order that cannot be changed afterwards without its being seen?

A chain: each entry holds the SHA-256 of the one before it, so an entry that is edited, removed, put in or moved breaks
every link after it. A cut tail is told by the length and hash that are kept apart from the chain (its head), and a
chain that was made anew from the beginning by the head that stands printed in a paper: `planner/files/verify_log.py`
checks all of it without this program.

**The canonical form.** An entry is one JSON object with the keys format, plan, sequence, at, what, facts, content and
previous, written as RFC 8785 says: keys sorted, no spaces, only the escapes JSON demands, UTF-8. Keys are ASCII and
numbers are whole, so any JSON library that sorts keys writes the same bytes. The entry's hash is over those bytes.

**What people wrote** (names, reasons, titles) is never in an entry: only a hash of it with a salt of 256 bits, over the
canonical form of {"content", "salt"}. The content and its salt lie beside the chain and may be deleted; the chain stays
whole, and what is left says nothing of what was there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from planner.domain.findings import Finding

FORMAT = "malrett-log/1"
BEGINNING = "0" * 64
"""What the first entry has in the place of the hash before it."""

Fact = str | int | bool
Facts = Mapping[str, Fact]
_KEYS = frozenset(("format", "plan", "sequence", "at", "what", "facts", "content", "previous"))


@dataclass(frozen=True, slots=True)
class Content:
    """What people wrote, beside the entry that commits to it. salt: 64 hexadecimal digits drawn by chance."""

    salt: str
    words: Mapping[str, str]

    @property
    def commitment(self) -> str:
        return _hash(_canonical({"content": dict(self.words), "salt": self.salt}))


@dataclass(frozen=True, slots=True)
class Head:
    """How long a chain is, and the hash of its last entry."""

    sequence: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """at: UTC, as «2026-11-26T02:10:00Z». what: a word. facts: whole numbers, hashes and codes, never what people
    wrote. content: the commitment to that, or None. previous: the hash of the entry before."""

    plan: str
    sequence: int
    at: str
    what: str
    facts: Facts
    content: str | None
    previous: str

    @property
    def text(self) -> str:
        """The canonical form."""
        return _canonical(
            {
                **{"format": FORMAT, "plan": self.plan, "sequence": self.sequence, "at": self.at, "what": self.what},
                **{"facts": dict(self.facts), "content": self.content, "previous": self.previous},
            }
        )

    @property
    def sha256(self) -> str:
        return _hash(self.text)


@dataclass(frozen=True, slots=True)
class Link:
    """A stored entry as it lies there, which may be another than was written."""

    sequence: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Chain:
    """All that is stored of one plan's log. contents: by the sequence of the entry they belong to."""

    plan: str
    links: tuple[Link, ...]
    head: Head | None
    contents: Mapping[int, Content]


def follow(
    plan: str, head: Head | None, at: str, what: str, facts: Facts | None = None, content: Content | None = None
) -> Entry:
    """The entry that comes after `head`."""
    before = head or Head(0, BEGINNING)
    commitment = content.commitment if content is not None else None
    return Entry(plan, before.sequence + 1, at, what, dict(facts or {}), commitment, before.sha256)


def read(text: str) -> Entry | None:
    """The entry of a canonical text; None for anything that this program did not write so."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.keys() != _KEYS or found["format"] != FORMAT:
            return None
        entry = Entry(**{key: found[key] for key in found if key != "format"})
        return entry if entry.text == text else None
    except (ValueError, TypeError):
        return None


def findings(chain: Chain) -> tuple[Finding, ...]:
    """What is wrong with a chain, in its order; nothing: it is whole."""
    found: list[Finding] = []
    before = Head(0, BEGINNING)
    for link in chain.links:
        where = str(link.sequence)
        entry = read(link.text)
        if entry is None or _hash(link.text) != link.sha256:
            found.append(Finding("log_edited", where=where))
        elif (entry.plan, entry.sequence) != (chain.plan, link.sequence) or link.sequence != before.sequence + 1:
            found.append(Finding("log_out_of_place", where=where))
        elif entry.previous != before.sha256:
            found.append(Finding("log_broken_link", where=where))
        elif link.sequence in chain.contents and chain.contents[link.sequence].commitment != entry.content:
            found.append(Finding("log_content_changed", where=where))
        before = Head(link.sequence, link.sha256)
    found += (Finding("log_content_stray", where=str(one)) for one in sorted(_strays(chain)))
    if chain.head is not None and chain.head != before:
        code = "log_cut" if chain.head.sequence > before.sequence else "log_other_head"
        found.append(Finding(code, details={"there": before.sequence, "should": chain.head.sequence}))
    if chain.head is None and chain.links:
        found.append(Finding("log_no_head"))
    return tuple(found)


def document(chain: Chain) -> dict[str, Any]:
    """The log as one file, for `verify_log.py` and for whoever wants to read it."""
    return {
        "format": FORMAT,
        "plan": chain.plan,
        "head": {"sequence": chain.head.sequence, "sha256": chain.head.sha256} if chain.head else None,
        "entries": [{"entry": json.loads(link.text), "sha256": link.sha256} for link in chain.links],
        "contents": {
            str(sequence): {"content": dict(one.words), "salt": one.salt}
            for sequence, one in sorted(chain.contents.items())
        },
    }


def _strays(chain: Chain) -> Sequence[int]:
    return [one for one in chain.contents if one not in {link.sequence for link in chain.links}]


def _canonical(value: dict[str, Any]) -> str:
    _only_whole(value)
    return rfc8785.dumps(value).decode("utf-8")


def _only_whole(value: Any) -> None:
    """Raises TypeError for what another JSON library might write otherwise."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise TypeError(f"{key!r} is no key for the log")
            _only_whole(inner)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"{value!r} has no place in the log")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
