"""What does the paper say about the needs? What people lack most, how sure it is, and what is good today."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.report import NeedRow, Report
from planner.domain.strengths import is_strength
from planner.wording import gaps, report_stated
from planner.wording.paper import Block, Column, Heading, Picture, Row, Section, Table, Text
from planner.wording.report_words import texts
from planner.wording.statements import factor

LARGEST = 10  # needs in the paper; the workbook has them all
STRENGTHS = 5


def needs(report: Report, picture: Picture | None) -> Section:
    """What people lack most, as a sentence, a picture and a table, and what the plan does with it."""
    shown, text = _shown(report), texts(report.basis)
    blocks: list[Block] = []
    if shown:
        named = gaps.listed([f"«{text[row.line.statement]}» ({percent(row.line.percent)})" for row in shown[:3]])
        blocks.append(Text(_("Flest mangler %(named)s.", named=named)))
    if picture is not None:
        blocks.append(picture)
    if shown:
        blocks.append(_table(largest(report), text))
    elif report.basis.survey is None and report.needs:
        blocks += report_stated.of_points(report, LARGEST)
    rest = len(shown) - LARGEST
    if rest > 0:
        told = ngettext(
            "Det siste står i regnearket.", "De andre %(n)s står i regnearket.", rest, n=notation.number(rest)
        )
        blocks.append(Text(told, quiet=True))
    blocks += _strengths(report, text)
    return Section("needs", _("Behovene"), tuple(blocks))


def _strengths(report: Report, text: dict[str, str]) -> Iterator[Block]:
    """What is important to people and likely here, the likeliest first: worth keeping when money is moved."""
    told = [
        (row.line, row.line.importance, row.line.likelihood)
        for row in report.needs
        if row.line.importance is not None and row.line.likelihood is not None
    ]
    good = [
        line
        for place, (line, important, likely) in enumerate(told, 1)
        if is_strength(important, likely, place, len(told))
    ]
    good = sorted(good, key=lambda line: (-(line.likelihood or 0), line.statement))[:STRENGTHS]
    if not good:
        return
    yield Heading(_("Det som er bra i dag"))
    yield Text(
        _(
            "Dette er viktig for folk, og de regner med å få det her: %(which)s. Det bør en ta vare på når penger og "
            "folk flyttes.",
            which=gaps.listed([f"«{text[line.statement]}»" for line in good[:3]]),
        )
    )
    yield Table(
        _("Styrkene: viktig, og sannsynlig her (snitt på skalaen fra 1 til 7)"),
        (
            Column(_("Det folk har"), width=3.4),
            Column(_("Område"), width=1.3),
            Column(_("Viktig"), "points", 0.8),
            Column(_("Sannsynlig"), "points", 1),
        ),
        tuple(Row((text[line.statement], factor(line.factor), line.importance, line.likelihood)) for line in good),
    )


def largest(report: Report) -> tuple[NeedRow, ...]:
    """The needs that are named in the paper, the largest first."""
    return tuple(_shown(report)[:LARGEST])


def _shown(report: Report) -> list[NeedRow]:
    """Those that have a figure that may be shown."""
    return [row for row in report.needs if row.line.percent is not None]


def _table(rows: tuple[NeedRow, ...], text: dict[str, str]) -> Table:
    return Table(
        _("De største udekkede behovene, og hvor mye planen lukker"),
        (
            Column(_("Behov"), width=3.4),
            Column(_("Område"), width=1.3),
            Column(_("Mangler det"), "whole", 0.9),
            Column(_("Trolig mellom"), "whole", 0.9),
            Column(_("Svar"), "whole", 0.6),
            Column(_("Planen lukker"), "percent", 0.8),
        ),
        tuple(
            Row(
                (
                    text[row.line.statement],
                    factor(row.line.factor),
                    percent(row.line.percent),
                    interval(row),
                    row.line.n,
                    row.share,
                )
            )
            for row in rows
        ),
        _(
            "Mangler det: andelen som har et udekket behov. Planen lukker: andelen av behovspoengene som "
            "planen er ventet å "
            "lukke, i snitt over årene."
        ),
    )


def is_whole(row: NeedRow) -> bool:
    return None not in (row.line.percent, row.line.low, row.line.high)


def percent(whole: int | None) -> str:
    return notation.NOTHING if whole is None else notation.percent(whole / 100)


def interval(row: NeedRow) -> str:
    if row.line.low is None or row.line.high is None:
        return notation.NOTHING
    return f"{notation.number(row.line.low)}–{percent(row.line.high)}"


# --- The picture -----------------------------------------------------------------------------------------------------


def picture_caption() -> str:
    return _("Hva folk mangler mest: viktig for dem, men lite sannsynlig her")


def picture_alt(report: Report) -> str:
    text = texts(report.basis)
    return " ".join(f"{text[row.line.statement]}: {percent(row.line.percent)}." for row in largest(report))


def answers(row: NeedRow) -> str:
    return notation.number(row.line.n)


def about(row: NeedRow) -> str:
    """The quiet line under a need on a telephone."""
    return _("%(factor)s · %(n)s svar", factor=factor(row.line.factor), n=answers(row))


def told(row: NeedRow, text: str) -> str:
    """A row of the picture as a sentence."""
    return _(
        "%(text)s: %(share)s mangler det (%(interval)s), av %(n)s svar.",
        text=text,
        share=percent(row.line.percent),
        interval=interval(row),
        n=answers(row),
    )
