"""What does the council paper say? The whole paper, section by section, from the figures of a kept plan.

Written for a councillor who has not seen the program: short sentences, amounts in kroner, tables in 1000 kr. Every
figure comes from `planner.domain.report`; none is computed here. What a person must still fill in stands in brackets
in the text and as a note in the margin; in a paper that was decided, that it was not filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from planner import notation
from planner.domain.paper_texts import NOTHING_WRITTEN, PaperTexts
from planner.domain.report import Report
from planner.domain.report_decided import Adopted
from planner.domain.report_voices import Held
from planner.wording import (
    N_,
    report_alternatives,
    report_decided,
    report_decision,
    report_method,
    report_money,
    report_needs,
    report_people,
    report_plan,
    report_risk,
    report_sheets,
    report_survey,
)
from planner.wording.paper import Paper, Picture

FINDINGS: dict[str, tuple[str, str]] = {
    "report_initiative_differs": (
        N_("Tallene for dette tiltaket er ikke de samme som planen ble regnet ut med (%(resource)s)."),
        N_("Finn planen på nytt under Prioritering, ta vare på den, og lag saken av den nye."),
    ),
    "report_sum_differs": (
        N_("Summen av tiltakene er ikke den samme som i planen som ble tatt vare på."),
        N_("Finn planen på nytt under Prioritering, ta vare på den, og lag saken av den nye."),
    ),
    "report_value_differs": (
        N_("Behovspoengene er ikke de samme som i planen som ble tatt vare på."),
        N_("Finn planen på nytt under Prioritering, ta vare på den, og lag saken av den nye."),
    ),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """Which kept plan the paper is made from. log_head: the hash that the plan's log ends with, to be printed."""

    number: int
    name: str
    kept_at: datetime
    log_head: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the paper tells besides the kept plan. texts: what people wrote. held: workshops and when, the first first.

    seen: what has been found of closer questions about the plan, as sentences, by the question's word.
    """

    texts: PaperTexts = NOTHING_WRITTEN
    held: tuple[tuple[datetime, Held], ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)


def paper(
    report: Report,
    kept: Kept,
    pictures: Mapping[str, Picture],
    around: Around | None = None,
    decided: Adopted | None = None,
) -> Paper:
    """The paper in the reader's language. pictures: by the section's id; a missing one is left out.

    decided: where the council has decided the plan. Then nothing is to be filled in, and the margin is empty.
    """
    made = _paper(report, kept, pictures, around, decided)
    if decided is None:
        return made
    sections = tuple(replace(one, notes=()) for one in made.sections)
    stands = report_decided.standing(decided)
    return replace(
        made,
        subject=f"{made.subject} · {stands}",
        footer=f"{made.footer} · {stands}",
        sections=(report_decided.section(decided), *sections),
    )


def _paper(
    report: Report,
    kept: Kept,
    pictures: Mapping[str, Picture],
    around: Around | None,
    decided: Adopted | None,
) -> Paper:
    basis, around = report.basis, around or Around()
    texts, seen = around.texts, around.seen
    years = f"{report.years[0]}–{report.years[-1]}"
    method = report_method.method(report, kept.name, kept.log_head)
    return Paper(
        language=getattr(get_locale(), "language", "nb"),
        title=_title(basis.plan_name, years),
        subtitle=_("Saksframlegg · %(municipality)s", municipality=basis.municipality),
        author=basis.municipality,
        subject=_("Plan %(number)s, tatt vare på %(day)s", number=kept.number, day=notation.day(kept.kept_at)),
        synthetic=synthetic() if basis.is_sample else "",
        footer=f"{basis.municipality} · {basis.plan_name}",
        page_word=_("Side"),
        sections=(
            report_decision.proceedings(report, texts, decided.there if decided else None),
            report_decision.decision(report),
            report_decision.in_short(report),
            report_decision.background(report),
            report_survey.survey(report),
            report_needs.needs(report, pictures.get("needs")),
            report_plan.assessment(report, pictures.get("assessment")),
            report_alternatives.alternatives(report, seen),
            report_plan.left_out(report),
            report_money.economy(report),
            report_people.involvement(report, around.held, texts),
            report_people.children(report, texts, decided is not None),
            report_plan.groups(report, texts),
            report_people.statements(texts, decided is not None),
            report_risk.risk(report, seen, texts),
            report_plan.carrying_out(report, decided is not None),
            method,
        ),
        sheets=report_sheets.sheets(decided.tables if decided else report, method, decided, report),
    )


def _title(plan: str, years: str) -> str:
    """The plan's own name, with the years unless it has them already."""
    return plan if years in plan else _("%(plan)s, handlingsplan %(years)s", plan=plan, years=years)


def synthetic() -> str:
    """On every page and every sheet of a sample."""
    return _("Eksempel. Svarene er laget av et program og alle kostnader er eksempeltall. Ikke fakta om en kommune.")


# --- The page around the paper -------------------------------------------------------------------------------------


def question(decided: Adopted | None = None) -> str:
    return _("Hva skal kommunestyret vedta?") if decided is None else _("Hva er vedtatt?")


def answer(report: Report, missing: int, decided: Adopted | None = None) -> str:
    """What the paper is, and how much is left to fill in."""
    if decided is not None:
        return report_decided.answer(decided)
    told = _(
        "Saken foreslår %(count)s tiltak for %(years)s. Den er skrevet av tallene i planen og kan lastes ned i Word og "
        "som PDF.",
        count=notation.number(len(report.initiatives)),
        years=f"{report.years[0]}–{report.years[-1]}",
    )
    left = _("Merknadene i margen sier hva som mangler: %(n)s ting.", n=notation.number(missing)) if missing else ""
    return f"{told} {left}".strip()


def empty() -> str:
    return _("Her blir planen til en sak for kommunestyret, med innstilling, tabeller og metode.")


def choice(kept: Kept) -> str:
    """A kept plan in the list to choose from."""
    return _("Plan %(number)s: %(name)s (%(day)s)", number=kept.number, name=kept.name, day=notation.day(kept.kept_at))


def file_stem(report: Report, decided: Adopted | None = None) -> str:
    """The name of the downloaded files, without the ending."""
    return _of_decision(_("Saksframlegg %(plan)s", plan=report.basis.plan_name), decided)


def book_stem(report: Report, decided: Adopted | None = None) -> str:
    return _of_decision(_("Handlingsdel %(plan)s", plan=report.basis.plan_name), decided)


def _of_decision(name: str, decided: Adopted | None) -> str:
    return name if decided is None else _("%(name)s, vedtak %(number)s", name=name, number=decided.there.number)
