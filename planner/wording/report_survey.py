"""What does the paper say of the survey? Who answered, how they are weighted, and how far to trust the figures."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.basis import SegmentFacts, SurveyFacts
from planner.domain.mapping import Segment
from planner.domain.report import Report
from planner.domain.suppression import SHOWN_FROM
from planner.wording import N_, gaps, report_stated
from planner.wording.paper import Block, Column, Heading, Note, Row, Section, Table, Text
from planner.wording.report_needs import interval, is_whole, percent
from planner.wording.report_words import segment_names
from planner.wording.statements import factor

_SET_ASIDE = {
    "row_blank": N_("tomme"),
    "row_broken": N_("ødelagte"),
    "row_bad_weight": N_("uten brukbar vekt"),
    "row_no_pair": N_("uten svar på både viktighet og sannsynlighet"),
    "row_few_answers": N_("med svar på under halvparten"),
    "row_repeated_respondent": N_("levert på nytt av samme person"),
}


def survey(report: Report) -> Section:
    """Saksopplysninger: how many, who, how weighted, and how far the figures can be trusted."""
    basis, names = report.basis, segment_names(report.basis)
    blocks: list[Block] = [Heading(_("Undersøkelsen"))]
    blocks += [Text(sentence) for sentence in _facts(report)]
    hidden = any(one.respondents < SHOWN_FROM for one in basis.segments)
    sources = [(segment, source) for need in basis.needs for segment, _percent, source in need.by_segment]
    groups = Table(
        _("Hvem som svarte, og hvor mye gruppene teller i planen"),
        (
            Column(_("Gruppe"), width=2.4),
            Column(_("Svar"), "whole", 1),
            Column(_("Teller"), "percent", 1),
            Column(_("Tallene deres"), width=2.6),
        ),
        tuple(
            Row(
                (
                    names[one.id],
                    _count(one, hidden),
                    one.share,
                    _whose(one, Counter(source for segment, source in sources if segment == one.id)),
                )
            )
            for one in basis.segments
        ),
    )
    blocks += [groups, *(Text(sentence) for sentence in _weights(report))]
    called = gaps.inside(Segment(one.id, one.name) for one in basis.segments)
    few = [called[one.id] for one in basis.segments if one.few]
    notes = []
    if few:
        blocks.append(
            Text(
                ngettext(
                    "For få har svart i gruppen %(groups)s til at tallene deres kan vises. Gruppen teller likevel "
                    "med, med tallene for hele kommunen. Et eget verksted med dem vil gi et bedre grunnlag.",
                    "For få har svart i gruppene %(groups)s til at tallene deres kan vises. Gruppene teller likevel "
                    "med, med tallene for hele kommunen. Egne verksteder med dem vil gi et bedre grunnlag.",
                    len(few),
                    groups=gaps.listed(few),
                )
            )
        )
        notes.append(Note(_("For få svar fra %(groups)s. Hold et verksted med dem.", groups=gaps.listed(few)), "gaps"))
    blocks += [Heading(_("Slik leses tallene")), *(Text(sentence) for sentence in _reading(report))]
    return Section("survey", _("Saksopplysninger"), tuple(blocks), tuple(notes))


def _weights(report: Report) -> Iterator[str]:
    """How groups and factors were made to count; nothing where an older plan does not say."""
    weights = report.basis.weights
    if weights is None:
        return
    groups = {
        "population": _by_people(weights.people),
        "equal": _("Gruppene teller likt."),
        "own": _("Gruppene teller slik kommunen har bestemt."),
    }[weights.segments]
    numbers = gaps.listed([f"{factor(id_)} {notation.compact(number)}" for id_, number in weights.own])
    factors = {
        "equal": _("Områdene teller likt."),
        "per_statement": _("Hvert utsagn teller likt, så et område det er spurt mye om, teller mest."),
        "own": _("Områdene teller slik kommunen har bestemt: %(numbers)s.", numbers=numbers),
    }[weights.factors]
    yield f"{groups} {factors}"


def _by_people(known: bool | None) -> str:
    if known is None:
        return _("Gruppene teller etter hvor mange de er.")
    if known:
        return _("Gruppene teller etter hvor mange som bor i kommunen i hver av dem.")
    return _("Gruppene teller så mye som svarene deres veier: innbyggertallet i hver gruppe er ikke lagt inn.")


def _count(group: SegmentFacts, hidden: bool) -> str | int:
    """The paper is public: a group too small to show is not counted out, and the others are rounded to the nearest
    five, so that the total less the rest does not give it away.
    """
    if group.respondents < SHOWN_FROM:
        return _("under 10")
    return _("om lag %(n)s", n=notation.number(5 * round(group.respondents / 5))) if hidden else group.respondents


def _whose(group: SegmentFacts, sources: Counter[str]) -> str:
    """sources: on how many statements the group's figures are its own, shown with others', or the municipality's."""
    if group.few:
        return _("kommunens, for få svar")
    asked, others = sum(sources.values()), []
    if sources["pooled"] == asked > 0:
        return _("vist sammen med en annen gruppe")
    if sources["pooled"]:
        some = _of(sources["pooled"], asked)
        others.append(_("vist sammen med en annen gruppe på %(some)s utsagn", some=some))
    if sources["borrowed"]:
        others.append(_("kommunens på %(some)s utsagn", some=_of(sources["borrowed"], asked)))
    return gaps.listed(others) if others else _("egne")


def _of(n: int, all_: int) -> str:
    return _("%(n)s av %(of)s", n=notation.number(n), of=notation.number(all_))


def _facts(report: Report) -> Iterator[str]:
    facts = report.basis.survey
    if report.basis.is_sample:
        yield _("Dette er et eksempel: svarene er laget av et program, og ingen innbygger har svart.")
    if facts is None:
        yield from report_stated.facts(report.basis.stated)
        return
    used = ngettext(
        "%(used)s svar er brukt, av %(rows)s rader i filen.",
        "%(used)s svar er brukt, av %(rows)s rader i filen.",
        facts.rows_used,
        used=notation.number(facts.rows_used),
        rows=notation.number(facts.rows_in),
    )
    aside = [
        f"{notation.number(count)} {_(_SET_ASIDE[code]) if code in _SET_ASIDE else code}"
        for code, count in facts.set_aside
    ]
    set_aside = _("Satt til side: %(which)s.", which=gaps.listed(aside))
    yield f"{used} {set_aside}" if aside else used
    yield _weighted(facts)


def _weighted(facts: SurveyFacts) -> str:
    if facts.weighting == "raked" and facts.weighted_by:
        by = gaps.listed([f"«{heading}»" for heading in facts.weighted_by])
        told = _("Svarene er vektet etter %(by)s, så de samlet ligner befolkningen der.", by=by)
        source = (
            _("Innbyggertallene er fra %(source)s.", source=facts.people_from.rstrip("."))
            if facts.people_from
            else _("Hvor innbyggertallene er fra, er ikke oppgitt.")
        )
        return f"{told} {source}"
    return {
        "none": _("Svarene er ikke vektet: hvert svar teller likt innenfor gruppen sin."),
        "file": _("Hvert svar teller med vekten det har i filen fra undersøkelsen."),
        "raked": _("Svarene er vektet slik at de samlet ligner befolkningen på de kjennetegnene vi kjenner."),
    }.get(facts.weighting, facts.weighting)


def _reading(report: Report) -> Iterator[str]:
    if report.basis.survey is None:
        yield from report_stated.reading(report.basis.stated)
        return
    yield _(
        "Hvert utsagn er vurdert to ganger på en skala fra 1 til 7: hvor viktig det er, og hvor sannsynlig "
        "det er at en "
        "får det her. Et behov er udekket når det er viktig for en person, men lite sannsynlig."
    )
    example = next((row for row in report.needs if is_whole(row)), None)
    if example is not None:
        yield _(
            "Andelene er anslag. %(share)s med %(interval)s bak betyr at andelen trolig ligger mellom disse "
            "tallene, hvis de "
            "som svarte, ligner på dem som ikke svarte. Det siste vet vi ikke.",
            share=percent(example.line.percent),
            interval=interval(example),
        )
    yield _("Tall for grupper der færre enn ti har svart, vises ikke.")
