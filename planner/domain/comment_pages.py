"""Which free texts does somebody look at now: those that wait to be read, or those about one statement, and which page?

Never by group: a text is not known to be of one.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.comments import LEAST, Kind, redacted, redaction_spans, tidy, without_automatic
from planner.domain.findings import Finding

PER_PAGE = 20
# How many statements a text can be said to be about; more is about none in particular.
MOST_STATEMENTS = 3
NO_STATEMENT = "none"


@dataclass(frozen=True, slots=True)
class Comment:
    """One free text. statements: ids of those it is about, chosen by hand. is_read: somebody has looked it over."""

    id: int
    text: str
    statements: tuple[str, ...] = ()
    is_read: bool = False

    @property
    def state(self) -> str:
        """Another one as soon as anything of it has changed."""
        said = json.dumps([self.text, self.statements, self.is_read])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Listing:
    """shown: those on this page. page: 1 is the first. about_no, by_statement: of those read. enough: may be shown."""

    enough: bool
    total: int
    waiting: int
    shown: tuple[Comment, ...]
    page: int
    pages: int
    by_statement: dict[str, int]
    about_no: int

    @property
    def earlier(self) -> int:
        """The page before this one; 0 for none."""
        return self.page - 1

    @property
    def later(self) -> int:
        """The page after this one; 0 for none."""
        return self.page + 1 if self.page < self.pages else 0


def looked_at(comments: Sequence[Comment], about: str, page: int) -> Listing:
    """about: "" for those that wait, NO_STATEMENT, or a statement's id. A page that is not there gives the nearest."""
    read = [one for one in comments if one.is_read]
    waiting = [one for one in comments if not one.is_read]
    if not about:
        chosen = waiting
    elif about == NO_STATEMENT:
        chosen = [one for one in read if not one.statements]
    else:
        chosen = [one for one in read if about in one.statements]
    pages = max(1, -(-len(chosen) // PER_PAGE))
    page = min(max(page, 1), pages)
    enough = len(comments) >= LEAST
    return Listing(
        enough=enough,
        total=len(comments),
        waiting=len(waiting),
        shown=tuple(chosen[(page - 1) * PER_PAGE : page * PER_PAGE]) if enough else (),
        page=page,
        pages=pages,
        by_statement=dict(Counter(statement for one in read for statement in one.statements)),
        about_no=sum(not one.statements for one in read),
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form of one text says. take_out: what was marked and is to go. state: of the text it was made of."""

    text: str
    statements: tuple[str, ...]
    take_out: frozenset[str]
    state: str


def read_typed(typed: Typed, known: frozenset[str], marks: Mapping[Kind, str]) -> tuple[str, tuple[str, ...]] | Finding:
    """(text, statements) to keep; or what is wrong. known: ids of the statements that were asked about."""
    text = tidy(typed.text)
    spans = [span for span in redaction_spans(text) if text[span.start : span.end] in typed.take_out]
    text = without_automatic(redacted(text, spans, marks), marks)
    if not text:
        return Finding("comment_empty")
    chosen = tuple(dict.fromkeys(one for one in typed.statements if one))[:MOST_STATEMENTS]
    strange = [one for one in chosen if one not in known]
    return Finding("choice_unknown", details={"choice": strange[0]}) if strange else (text, chosen)


def as_typed(comment: Comment, typed: Typed) -> Comment:
    """For the form to come back as it was sent."""
    return replace(comment, text=typed.text, statements=typed.statements)
