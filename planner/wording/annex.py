"""What does the public annex say? The problem, the plan, its bound and each choice turned round, in a resident's words.

Made for somebody who has not seen the program and has only this one page. The figures are those of the council paper
(`planner.domain.report`), and nothing is told here that the paper, the workbook and the problem file do not tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.report import Report
from planner.domain.report_decided import Adopted
from planner.wording import report_money, report_needs, report_plan, report_stated
from planner.wording import why as why_words
from planner.wording.annex_answers import Answers, Held, answers, precision
from planner.wording.annex_plan import Year, after, examples, years
from planner.wording.paper import Block, Column, Paper, Picture, Row, Table, Text
from planner.wording.report_words import candidate_names

PAPER_ONLY = "method"
DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Annex:
    """The page, every sentence finished. held: initiatives that can be tried in or out. labels: words of the controls.
    proposal: above what is of the proposal alone, where the decision changed it. save: (text of the button, file name,
    which of the files) each."""

    language: str
    title: str
    subtitle: str
    synthetic: str
    answer: str
    decided: tuple[Block, ...]
    needs: tuple[Block, ...]
    examples: str
    years: tuple[Year, ...]
    after: str
    money: tuple[Block, ...]
    bound: tuple[str, ...]
    proposal: str
    customs: tuple[str, ...]
    held: tuple[Held, ...]
    precision: str
    missing: str
    left_out: tuple[Block, ...]
    check: tuple[str, ...]
    sha256: str
    save: tuple[tuple[str, str, str], ...]
    method: tuple[Block, ...]
    footer: str
    words: Mapping[str, str]


def annex(
    report: Report,
    paper: Paper,
    number: int,
    told: Mapping[str, Any] | None,
    pictures: Mapping[str, Picture],
    decided: Adopted | None = None,
) -> Annex:
    """The page in the reader's language. paper: made of the same report. told: why each is in or out, so far.

    decided: what the council made of it. The plan, its years and its money are then the decided ones; bound and answers
    rest on the proof of the proposal, and say so where the two differ.
    """
    replies = answers(report, told)
    stands = decided.tables if decided else report
    changed = bool(decided and decided.there.outcome.steps)
    return Annex(
        language=paper.language,
        title=paper.title,
        subtitle=_("Offentlig vedlegg til saken · %(municipality)s · %(which)s", municipality=paper.author,
                   which=paper.subject),
        synthetic=paper.synthetic,
        answer=_answer(stands),
        decided=next((section.blocks for section in paper.sections if section.id == DECIDED), ()),
        needs=_needs(report, pictures.get("needs")),
        examples=examples(stands),
        years=years(stands),
        after=after(stands),
        money=(report_money.totals(stands),),
        bound=_bound(report),
        proposal=_("Dette er regnet ut for forslaget, før endringene i vedtaket.") if changed else "",
        customs=why_words.customs((told or {}).get("customs", {}), report.answer.value),
        held=replies.held,
        precision=precision(replies.held),
        missing=replies.missing,
        left_out=_left_out(report, replies),
        check=_check(),
        sha256=report.answer.sha256,
        save=(
            (_("Lagre regnestykket"), f"malrett-problem-{number}.json", "problem"),
            (_("Lagre regnestykket med svaret"), f"malrett-plan-{number}.json", "decision"),
        ),
        method=next(section.blocks for section in paper.sections if section.id == PAPER_ONLY),
        footer=paper.footer,
        words=_words(),
    )  # fmt: skip


def _words() -> dict[str, str]:
    """Headings and labels, by what they are for."""
    return {
        "contents": _("Innhold"),
        "decided": _("Hva er vedtatt?"),
        "needs": _("Hva mangler folk?"),
        "plan": _("Hva vil kommunen gjøre, og når?"),
        "money": _("Hva koster det, og hva er rammen?"),
        "bound": _("Kunne en annen plan gjort mer?"),
        "customs": _("Mot slik det ofte gjøres"),
        "try": _("Prøv selv: hva om et tiltak var med, eller ikke?"),
        "try_about": _("Velg et tiltak, og om det skal være med eller ikke. Svaret er den beste planen som finnes da."),
        "which": _("Tiltak"),
        "choose": _("Velg et tiltak"),
        "in_plan": _("Med i planen"),
        "not_in_plan": _("Ikke med nå"),
        "way": _("Hva skal gjelde?"),
        "inside": _("Det må være med"),
        "outside": _("Det skal ikke være med"),
        "whole": _("Hele planen da"),
        "gone": _("Ut går"),
        "all": _("Alle svarene"),
        "without": _("Uten"),
        "with": _("Med"),
        "left_out": _("Hva er ikke med nå, og hvorfor?"),
        "check": _("Regn etter selv"),
        "fingerprint": _("Regnestykkets fingeravtrykk (SHA-256)"),
        "method": _("Slik er planen regnet ut"),
        "no_script": _("Knappene trenger skript. Alt de kan hente, står også på siden: regnestykket i kildekoden, i "
                       "elementene «problem» og «result»."),
        "saved": _("Filen er lagret der nettleseren legger nedlastede filer."),
    }  # fmt: skip


def _check() -> tuple[str, ...]:
    """How anybody can check the plan, step by step."""
    return (
        _("Hele regnestykket ligger i denne siden: behov, tiltak, rammer og regler. "
          "Der står ingenting om enkeltpersoner."),
        _("Lagre det, og løs det på en hvilken som helst maskin med programmet planen er laget med: "
          "«planner solve» og filnavnet. Samme regnestykke gir samme fingeravtrykk og samme plan."),
        _("Med «planner verify» og filen med svaret sier programmet om planen er den samme, eller hva som er ulikt."),
    )  # fmt: skip


def _answer(report: Report) -> str:
    chosen, all_ = len(report.initiatives), len(report.problem.initiatives)
    return ngettext(
        "Kommunen har vurdert %(all)s tiltak. %(count)s er med i planen for %(years)s. I snitt over %(horizon)s år "
        "lukker planen %(points)s av 100 behovspoeng.",
        "Kommunen har vurdert %(all)s tiltak. %(count)s er med i planen for %(years)s. I snitt over %(horizon)s år "
        "lukker planen %(points)s av 100 behovspoeng.",
        chosen,
        all=notation.number(all_),
        count=notation.number(chosen),
        years=f"{report.years[0]}–{report.years[-1]}",
        horizon=notation.number(report.problem.horizon),
        points=notation.number(report.answer.value, 1),
    )


def _needs(report: Report, picture: Picture | None) -> tuple[Block, ...]:
    facts = report.basis.survey
    if facts is None:
        about = [Text(sentence) for sentence in report_stated.facts(report.basis.stated)]
    else:
        about = [
            Text(
                _(
                    "Kommunen spurte innbyggerne om to ting: hva som er viktig for dem, og hva de tror de kan få her. "
                    "%(n)s svar er brukt. Når noe er viktig for en person, men lite sannsynlig å få her, er det et "
                    "udekket behov.",
                    n=notation.number(facts.rows_used),
                )
            )
        ]
    points = Text(
        _(
            "Alle udekkede behov deler 100 behovspoeng mellom seg. Et behov som flere mangler, har flere poeng. Slik "
            "kan tiltak som hjelper på ulike ting, måles mot hverandre."
        )
    )
    shown = [b for b in report_needs.needs(report, picture).blocks if not (isinstance(b, Text) and b.quiet)]
    return (*about, *shown, points)


# --- Could another have done more? -----------------------------------------------------------------------------------


def _bound(report: Report) -> tuple[str, ...]:
    answer = report.answer
    value = notation.number(answer.value, 1)
    as_estimated = _("Det gjelder når anslagene er som de er. Andre anslag kan gi en annen plan.")
    if answer.bound is None:
        return (_("Det er ikke bevist hvor mye en annen plan kunne lukket."), as_estimated)
    digits = 1 if answer.proven else 3
    most = _(
        "Ingen plan kan lukke mer enn %(bound)s av 100 behovspoeng med de samme pengene, de samme folkene og de samme "
        "kravene. Denne lukker %(value)s.",
        bound=notation.number(answer.bound, digits),
        value=value if answer.proven else notation.number(answer.value, digits),
    )
    proof = _(
        "Det er bevist ved utregning: et program har lett gjennom alle sammensetninger og startår. Du kan regne etter "
        "selv, se lenger ned."
    )
    return (most, proof, as_estimated) if answer.proven else (most, as_estimated)


def _left_out(report: Report, replies: Answers) -> tuple[Block, ...]:
    titles = candidate_names(report.basis)
    if not report.basis.left_out:
        return (Text(_("Alle tiltakene på listen er med.")),)
    return (
        Table(
            _("Tiltak som ikke er med nå"),
            (
                Column(_("Tiltak"), width=2.2),
                Column(_("Hvorfor"), width=3.4),
                Column(_("Hva som ville fått det inn"), width=3.4),
            ),
            tuple(
                Row(
                    (
                        titles.get(one.code, one.code),
                        report_plan.reason(one, titles, report.answer.proven),
                        replies.brings_in.get(one.code, notation.NOTHING),
                    )
                )
                for one in report.basis.left_out
            ),
        ),
    )


def file_stem(report: Report) -> str:
    return _("Offentlig vedlegg %(plan)s", plan=report.basis.plan_name)
