"""How does the council paper become a PDF? The same blocks as on the page, set by typst on A4.

What is said goes to typst as data, so that no text is ever read as markup. The file is PDF/UA: headings, lists, tables
with header rows and pictures with their words, in the paper's language, so that a screen reader follows it. It composes
no text and computes no figure.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from planner.files.letters import letters, written
from planner.files.typeset import FONTS, typeset
from planner.wording.paper import Block, Heading, Paper, Points, Table, Text
from planner.wording.paper import without_control as plain

LANGUAGES = frozenset({"nb", "nn", "en"})
# A table that is not broken over two pages has at most so many rows, fewer with texts in it, and so many letters.
KEPT_TOGETHER, KEPT_TOGETHER_WORDY, KEPT_LETTERS = 22, 8, 1800


def write(paper: Paper, pictures: Mapping[str, str], created: datetime) -> bytes:
    """The file. pictures: svg -> the same with its colours in it. created: when the plan was kept."""
    return typeset("saksframlegg.typ", "paper", _document(paper, pictures, created))


def _document(paper: Paper, pictures: Mapping[str, str], created: datetime) -> dict[str, Any]:
    at = created.astimezone(UTC)
    names = ("title", "subtitle", "author", "subject", "synthetic", "footer", "page_word")
    return {
        **{name: _words(getattr(paper, name)) for name in names},
        "language": paper.language if paper.language in LANGUAGES else "nb",
        "date": {"year": at.year, "month": at.month, "day": at.day},
        "sections": [
            {"heading": _words(one.heading), "blocks": [_block(block, pictures) for block in one.blocks]}
            for one in paper.sections
        ],
    }


def _block(block: Block, pictures: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"kind": "text", "text": _words(block.text), "quiet": block.quiet}
    if isinstance(block, Heading):
        return {"kind": "heading", "text": _words(block.text)}
    if isinstance(block, Points):
        listed = [{"text": _words(one.text), "below": [_words(line) for line in one.below]} for one in block.points]
        return {"kind": "points", "numbered": block.numbered, "points": listed}
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    words = {"caption": _words(block.caption), "alt": _words(block.alt)}
    return {"kind": "picture", "svg": _words(pictures[block.svg]), **words}


def _table(block: Table) -> dict[str, Any]:
    texts = [[_words(text) for text in row] for row in block.written()]
    letters = sum(len(text) for row in texts for text in row)
    rows = KEPT_TOGETHER_WORDY if block.is_wordy else KEPT_TOGETHER
    return {
        "caption": _words(block.caption),
        "note": _words(block.note),
        "together": len(texts) <= rows and letters <= KEPT_LETTERS,
        "columns": [{"name": _words(one.name), "width": one.width, "figures": one.is_figures} for one in block.columns],
        "rows": [{"role": row.role, "cells": cells} for row, cells in zip(block.rows, texts, strict=True)],
    }


def _words(text: str) -> str:
    """PDF/UA allows no letter that the font lacks, and no empty heading, caption or alt text: that is a dash."""
    told = written(plain(text), letters(FONTS / "Inter_400Regular.ttf"))
    return told if told.strip() or not text else "–"
