"""What does the paper say may go wrong? Where estimates carry the plan, where money may fail, where others decide."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from planner import notation
from planner.domain.initiatives import Amount
from planner.domain.paper_texts import PaperTexts
from planner.domain.report import Report
from planner.domain.report_money import FrameRow
from planner.wording import portfolio
from planner.wording.gaps import listed
from planner.wording.paper import Block, Point, Points, Section, Text
from planner.wording.report_words import amount, briefly

DOUBTFUL = 80  # per cent: an initiative less sure than this to be carried out is named
TIGHT = 0.05  # of a frame: less than this left in a year is tight
FRAGILE = 0.02  # of all points: what one initiative alone must carry to be named as leaned on


def risk(report: Report, seen: Mapping[str, str], texts: PaperTexts) -> Section:
    """seen: what has been found of closer questions about the plan, as sentences, by the question's word."""
    found = [*_estimates(report, seen), *_money(report), *_people(report)]
    blocks: list[Block] = [Points(tuple(Point(sentence) for sentence in found))]
    blocks += [Text(paragraph) for paragraph in texts.paragraphs("risk")]
    return Section("risk", _("Risiko"), tuple(blocks))


def _estimates(report: Report, seen: Mapping[str, str]) -> Iterator[str]:
    if seen.get("robust"):
        yield _("Anslagene kan være feil.") + " " + seen["robust"]
    else:
        yield _("Anslagene kan være feil. Det er ikke prøvd om planen står seg når de varieres.")
    if seen.get("disagreement"):
        yield seen["disagreement"]
    unsure = [row for row in report.initiatives if row.candidate.chance < DOUBTFUL]
    if unsure:
        yield _(
            "Det er usikkert om disse blir gjennomført (sjanse under %(share)s): %(which)s.",
            share=notation.percent(DOUBTFUL / 100),
            which=briefly(unsure),
        )
    most = max((row for row in report.initiatives if row.adds), key=lambda row: row.adds or 0, default=None)
    if most is not None and (most.adds or 0) > FRAGILE * 100:
        yield _(
            "Planen lener seg mest på %(which)s: faller det bort og ingenting kommer i stedet, lukkes %(points)s "
            "behovspoeng mindre.",
            which=briefly([most]),
            points=portfolio.points(most.adds or 0),
        )


def _money(report: Report) -> Iterator[str]:
    for frame in report.frames:
        years = [str(year) for year, tight in zip(report.years, _tight(frame), strict=True) if tight]
        if years:
            yield _(
                "Det er lite igjen av rammen for %(resource)s i %(years)s. En overskridelse der må dekkes av andre "
                "tiltak.",
                resource=portfolio.resource(frame.resource).lower(),
                years=listed(years),
            )
    ends = [row for row in report.initiatives if any(_stops(part.income.years) for part in row.budgets)]
    if ends:
        yield _(
            "Tilskuddet faller bort mens tiltaket går videre, og kommunen betaler alt selv: %(which)s.",
            which=briefly(ends),
        )
    if report.examples:
        yield _("Kostnadene kan bli andre: %(n)s av %(all)s tiltak bygger på eksempeltall.",
                n=notation.number(len(report.examples)), all=notation.number(len(report.initiatives)))  # fmt: skip


def _tight(frame: FrameRow) -> Iterator[bool]:
    for limit, left in zip(frame.limit, frame.left, strict=True):
        yield bool(limit) and left is not None and left < TIGHT * float(limit or 0)


def _stops(income: tuple[Amount, ...]) -> bool:
    """Money comes in in one year and none in the last."""
    return any(income) and not income[-1]


def _people(report: Report) -> Iterator[str]:
    waiting = [row for row in report.initiatives if any(p.status != "bekreftet" for p in row.candidate.partners)]
    if waiting:
        yield _("Noen utenfor kommunen må bli med, og har ikke svart: %(which)s.", which=briefly(waiting))
    staffed = [row for row in report.initiatives if row.staff.total]
    if staffed:
        first = max(zip(report.years, report.staff.years, strict=True), key=lambda pair: pair[1])
        yield _(
            "Folk som alt er ansatt, må bruke %(amount)s i %(year)s, det året det trengs mest. Blir noen borte, kommer "
            "tiltak senere i gang.",
            amount=amount(first[1], "staff"),
            year=first[0],
        )
