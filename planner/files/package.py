"""How are the files of a case made and put into one package? One after the other, saying which is begun.

Everything that is to stand in them is given; nothing is looked up. The same order gives the same bytes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.charts.png import to_png, with_colours
from planner.domain.findings import Finding
from planner.files import annex, archive, arkivmelding, handlingsdel, saksframlegg, saksframlegg_pdf
from planner.files import saksframlegg_template as template
from planner.files.archive import Part
from planner.files.file import DOCX, HTML, PDF, TEXT, XLSX
from planner.wording.annex import Annex
from planner.wording.paper import Paper


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A municipality's own Word file, not to be trusted."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """What a package is made of. titles: of every file, by name. others: the files that are written already."""

    paper: Paper
    kept_at: datetime
    own: OwnTemplate | None
    annex: Annex
    problem: Mapping[str, Any]
    result: Mapping[str, Any]
    titles: Mapping[str, str]
    others: tuple[Part, ...]
    read_me: str
    case: arkivmelding.Case


def make(order: Order, begun: Callable[[str], None]) -> bytes | tuple[Finding, ...]:
    """The zip; or what is wrong with the municipality's own Word file. begun: told each stage after the first."""
    begun("word")
    images = {picture.svg: to_png(picture.svg) for picture in order.paper.pictures}
    word = _word(order, images)
    if isinstance(word, tuple):
        return word
    begun("pdf")
    drawn = {picture.svg: with_colours(picture.svg) for picture in order.paper.pictures}
    pdf = saksframlegg_pdf.write(order.paper, drawn, order.kept_at)
    begun("book")
    book = handlingsdel.write(order.paper, order.kept_at)
    begun("annex")
    public = annex.write(order.annex, order.problem, order.result)
    begun("pack")
    made = (
        ("saksframlegg.pdf", PDF, pdf),
        ("saksframlegg.docx", DOCX, archive.steady(word)),
        ("handlingsdel.xlsx", XLSX, book),
        ("offentlig-vedlegg.html", HTML, public),
    )
    parts = [Part(name, kind, order.titles[name], content) for name, kind, content in made]
    read_me = Part("LES-MEG.txt", TEXT, order.titles["LES-MEG.txt"], order.read_me.encode("utf-8"))
    parts += [*order.others, read_me]
    about = Part("arkivmelding.xml", "application/xml", "", arkivmelding.write(order.case, parts))
    return archive.write([*parts, about])


def _word(order: Order, images: Mapping[str, bytes]) -> bytes | tuple[Finding, ...]:
    """In the municipality's own file where there is one."""
    if order.own is None:
        return saksframlegg.write(order.paper, images, order.kept_at)
    failed = Finding("paper_template_failed", where=order.own.filename)
    try:
        filled = template.fill(order.own.content, order.paper, images, order.kept_at)
    except Exception:  # a stranger's file: whatever its reader raises
        return (failed,)
    return filled if isinstance(filled, bytes) else (*filled, failed)
