"""What can a person do with the free texts of a survey? Read them, take out of them, say what they are about, delete.

They stay in here: no other page, no paper and no file is made of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from sqlmodel import Session

from planner.domain.comment_pages import (
    MOST_STATEMENTS,
    NO_STATEMENT,
    Comment,
    Listing,
    Typed,
    as_typed,
    looked_at,
    read_typed,
)
from planner.domain.comments import LONGEST, Span, kept_texts, redaction_spans
from planner.domain.findings import Finding
from planner.domain.statements import Statement
from planner.services.plans import Frame, frame, now
from planner.store import log
from planner.store import plans as plan_store
from planner.store import survey_comments as store
from planner.store.database import Database
from planner.store.survey import latest_summary
from planner.wording import Sentence, finding
from planner.wording import statements as names
from planner.wording import survey_comments as wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. maybe: what it may be that tells who somebody is; "" for the rest."""

    text: str
    maybe: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """One text with its form. done: what just happened to it. gone: nothing to save it to. chosen: one a field."""

    id: int
    text: str
    state: str
    pieces: tuple[Piece, ...] = ()
    suggestions: tuple[Piece, ...] = ()
    chosen: tuple[str, ...] = ()
    done: str = ""
    gone: bool = False
    trouble: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Those that wait, or those about one statement. id: its value in the address."""

    id: str
    name: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class CommentsView:
    """comments: empty where there are too few to show any. options: (id, name) of the statements."""

    frame: Frame
    answer: str
    total: int
    shelves: tuple[Shelf, ...]
    about: str
    heading: str
    comments: tuple[CommentView, ...]
    page: int
    pages: int
    earlier: int
    later: int
    options: tuple[tuple[str, str], ...]
    slots: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was kept. comment: as it was typed, with the state of what is there now."""

    status: int
    comment: Comment
    state: str
    finding: Finding
    gone: bool = False


def keep(session: Session, plan_id: str, texts: Sequence[str], rng: Random, *, writers: int | None = None) -> int:
    """Keep the texts of a survey in place of those there; how many. The caller commits.

    rng: gives the order, so that none is told from it; secrets.SystemRandom() outside tests. writers: how many people
    wrote something, to be given where several columns were free text; else each text is one person's.
    """
    kept = kept_texts(texts, wording.marks(), rng.shuffle, len(texts) if writers is None else writers)
    store.put_all(session, plan_id, kept)
    return len(kept)


def page(
    database: Database,
    plan_id: str,
    *,
    about: str = "",
    number: int = 1,
    done: tuple[int, str] | None = None,
    refusal: Refusal | None = None,
) -> CommentsView:
    """about: which of them. number: of the page. done: (a text, «saved» or «removed»), as it just was."""
    with database.read() as session:
        framed = frame(session, plan_id, "survey")
        comments = store.listing(session, plan_id)
        summary = latest_summary(session, plan_id)
    statements = summary.statements if summary is not None else ()
    listing = looked_at(comments, about, number)
    shelves = _shelves(listing, statements, about)
    return CommentsView(
        frame=framed,
        answer=wording.answer(listing),
        total=listing.total,
        shelves=shelves if listing.enough else (),
        about=about,
        heading=next((shelf.name for shelf in shelves if shelf.is_current), ""),
        comments=_views(comments, listing, done, refusal),
        page=listing.page,
        pages=listing.pages,
        earlier=listing.earlier,
        later=listing.later,
        options=tuple((one.id, names.statement(one)) for one in statements),
        slots=tuple(wording.slot(place) for place in range(1, MOST_STATEMENTS + 1)),
        longest=LONGEST,
    )


def _shelves(listing: Listing, statements: Sequence[Statement], about: str) -> tuple[Shelf, ...]:
    known = {one.id: names.statement(one) for one in statements}
    found = [("", wording.waiting(), listing.waiting)]
    found += [(id_, name, listing.by_statement[id_]) for id_, name in known.items() if id_ in listing.by_statement]
    found += [(id_, id_, count) for id_, count in sorted(listing.by_statement.items()) if id_ not in known]
    found.append((NO_STATEMENT, wording.about_no(), listing.about_no))
    return tuple(
        Shelf(id_, name, count, id_ == about) for id_, name, count in found if count or id_ == about or not id_
    )


def _views(
    comments: Sequence[Comment], listing: Listing, done: tuple[int, str] | None, refusal: Refusal | None
) -> tuple[CommentView, ...]:
    """Those of the page; first the one that something just happened to, wherever it now belongs."""
    views = [_view(one) for one in listing.shown]
    first: CommentView | None = None
    if refusal is not None:
        there = replace(_view(refusal.comment), state=refusal.state, gone=refusal.gone)
        first = replace(there, trouble=(finding(refusal.finding),))
    elif done is not None and listing.enough:
        first = _done(comments, *done)
    if first is None:
        return tuple(views)
    return (first, *(view for view in views if view.id != first.id))


def _done(comments: Sequence[Comment], number: int, what: str) -> CommentView | None:
    there = next((one for one in comments if one.id == number), None)
    if what == "removed":
        return CommentView(number, "", "", done=wording.removed(), gone=True) if there is None else None
    return replace(_view(there), done=wording.saved()) if there is not None and there.is_read else None


def _view(comment: Comment) -> CommentView:
    spans = redaction_spans(comment.text)
    chosen = (*comment.statements, *[""] * MOST_STATEMENTS)[:MOST_STATEMENTS]
    pieces = _pieces(comment.text, spans)
    marked = dict.fromkeys(piece for piece in pieces if piece.maybe)
    return CommentView(comment.id, comment.text, comment.state, pieces, tuple(marked), chosen)


def _pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    pieces, done = [], 0
    for span in spans:
        pieces += [Piece(text[done : span.start], ""), Piece(text[span.start : span.end], wording.maybe(span.kind))]
        done = span.end
    return (*(piece for piece in pieces if piece.text), Piece(text[done:], ""))


def change(database: Database, plan_id: str, number: int, typed: Typed) -> Refusal | None:
    """Keep what was typed of one text, which is then read; None when it is done."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find(session, plan_id, number)
        if there is None:
            return Refusal(409, as_typed(Comment(number, ""), typed), "", Finding("comment_gone", "warning"), gone=True)
        if there.state != typed.state:
            changed = Finding("comment_changed", "warning", details={"now": there.text})
            return Refusal(409, as_typed(there, typed), there.state, changed)
        summary = latest_summary(session, plan_id)
        known = frozenset(one.id for one in summary.statements) if summary is not None else frozenset()
        said = read_typed(typed, known | set(there.statements), wording.marks())
        if isinstance(said, Finding):
            return Refusal(422, as_typed(there, typed), there.state, said)
        new = Comment(number, *said, is_read=True)
        store.change(session, plan_id, new)
        if new.text != there.text:
            log.append(session, plan_id, now(), "comment_changed")
        session.commit()
    database.scrub("survey_comment")
    return None


def remove(database: Database, plan_id: str, number: int, state: str) -> Refusal | None:
    """Delete one text; not where somebody has changed it since its `state` was seen. None when it is gone."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find(session, plan_id, number)
        if there is not None and there.state != state:
            return Refusal(409, there, there.state, Finding("comment_changed_not_deleted", "warning"))
        if there is not None:
            store.remove(session, plan_id, number)
            log.append(session, plan_id, now(), "comment_deleted")
        session.commit()
    database.scrub("survey_comment")
    return None


def remove_all(database: Database, plan_id: str) -> None:
    with database.write() as session:
        plan_store.hold(session, plan_id)
        store.remove_all(session, plan_id)
        log.append(session, plan_id, now(), "comments_deleted")
        session.commit()
    database.scrub("survey_comment")
