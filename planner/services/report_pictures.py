"""Which pictures stand in the council paper? The needs, and what the plan closes of each bli-faktor, as SVG.

The page shows the SVG, the Word file the same one as PNG.
"""

from collections.abc import Mapping

from planner.charts.gaps import GapLine, GapWords, gap_picture, narrow_gap_picture
from planner.charts.portfolio import Bar, bars, narrow_bars
from planner.domain.report import NeedRow, Report
from planner.domain.statements import BLI_FACTORS
from planner.wording import gap_panel, portfolio, report_needs
from planner.wording.paper import Picture, without_control
from planner.wording.report_words import texts
from planner.wording.statements import factor


def pictures(report: Report) -> Mapping[str, Picture]:
    """By the section they stand in; none for needs when no figure may be shown."""
    found = {"assessment": _factors(report)}
    rows = report_needs.largest(report)
    return {"needs": _needs(report, rows), **found} if rows else found


def _needs(report: Report, rows: tuple[NeedRow, ...]) -> Picture:
    # SVG holds no control characters, and a statement's text may be a heading out of somebody's file.
    told = {statement: without_control(text) for statement, text in texts(report.basis).items()}
    caption, alt = report_needs.picture_caption(), without_control(report_needs.picture_alt(report))
    words = GapWords(caption, alt, *gap_panel.picture_words())
    lines = [_line(row, told[row.line.statement]) for row in rows]
    wide, narrow = gap_picture(lines, words, "picture-needs"), narrow_gap_picture(lines, words, "picture-needs-narrow")
    return Picture(wide, alt, caption, narrow)


def _line(row: NeedRow, text: str) -> GapLine:
    line = row.line
    return GapLine(
        label=text,
        factor=factor(line.factor),
        about=report_needs.about(row),
        importance=line.importance,
        likelihood=line.likelihood,
        unmet=_share(line.percent),
        low=_share(line.low),
        high=_share(line.high),
        share=report_needs.percent(line.percent),
        interval=report_needs.interval(row),
        answers=report_needs.answers(row),
        told=report_needs.told(row, text),
    )


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100


def _factors(report: Report) -> Picture:
    rows = []
    for code in BLI_FACTORS:
        share = next((group.share for group in report.factors if group.group == code), 0.0)
        count = report.in_factor(code)
        rows.append(Bar(factor(code), share, portfolio.factor_bar(share, count), warning=not count))
    caption = portfolio.factor_picture()
    alt = "; ".join(f"{row.label}: {row.value}" for row in rows)
    narrow = narrow_bars("picture-factors-narrow", caption, alt, rows)
    return Picture(bars("picture-factors", caption, alt, rows), alt, caption, narrow)
