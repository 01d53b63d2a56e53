"""What does the paper say of the people concerned? Who took part, what it means for children, what councils said.

What the program knows it writes; what people must write themselves stands as they typed it, or as a bracket to fill in
with a note in the margin. Once the council has decided, what nobody wrote is told as that.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.paper_texts import COUNCILS, PaperTexts
from planner.domain.report import GroupRow, Report
from planner.domain.report_voices import Held
from planner.domain.segments import Segment, usual_id
from planner.wording import gaps, portfolio
from planner.wording.gaps import listed
from planner.wording.paper import Block, Heading, Note, Point, Points, Section, Text
from planner.wording.report_words import briefly, segment_names, to_fill_in

YOUNG = "unge"


def involvement(report: Report, held: Sequence[tuple[datetime, Held]], texts: PaperTexts) -> Section:
    """Medvirkning: the survey, the workshops, and whoever else staff know of."""
    blocks: list[Block] = []
    facts = report.basis.survey
    if facts is not None:
        answers = notation.number(facts.rows_used)
        told = ngettext(
            "%(n)s innbygger har sagt i undersøkelsen hva som er viktig, og hva de regner med å få her.",
            "%(n)s innbyggere har sagt i undersøkelsen hva som er viktig, og hva de regner med å få her.",
            facts.rows_used,
            n=answers,
        )
        made_up = _("I undersøkelsen er det %(n)s svar, laget av et program.", n=answers)
        blocks.append(Text(made_up if report.basis.is_sample else told))
    if held:
        blocks += [Text(_("Det er holdt verksted:")), Points(tuple(Point(_held(at, one, report)) for at, one in held))]
    else:
        blocks.append(Text(_("Det er ikke holdt verksted om virkningen av tiltakene. Den er anslått.")))
    blocks += _typed(texts, "involvement")
    notes = () if held or texts.involvement else (_note("involvement", _("Skriv hvem som har vært med, og hvordan.")),)
    return Section("involvement", _("Medvirkning"), tuple(blocks), notes)


def _held(at: datetime, one: Held, report: Report) -> str:
    people = (
        _("færre enn fem var med")
        if one.people is None
        else ngettext("%(n)s deltok", "%(n)s deltok", one.people, n=notation.number(one.people))
    )
    told = _(
        "«%(title)s», %(day)s: %(people)s, og %(initiatives)s ble vurdert i %(rounds)s.",
        title=one.title,
        day=notation.day(at),
        people=people,
        initiatives=ngettext("%(n)s tiltak", "%(n)s tiltak", one.initiatives, n=notation.number(one.initiatives)),
        rounds=ngettext("%(n)s runde", "%(n)s runder", one.rounds, n=notation.number(one.rounds)),
    )
    return " ".join([told, *_groups(one, report), *_taken(one)])


def _groups(one: Held, report: Report) -> Iterator[str]:
    names = segment_names(report.basis)
    groups = [names[group].lower() for group in one.groups if group in names]
    if groups:
        yield _("Deltakerne kunne si om de talte for %(groups)s.", groups=listed(groups))


def _taken(one: Held) -> Iterator[str]:
    if not one.effects:
        yield _("Ingen av virkningene i planen er tatt herfra.")
        return
    yield ngettext(
        "%(n)s anslag på virkning er tatt herfra, som det midterste av det folk svarte.",
        "%(n)s anslag på virkning er tatt herfra, som det midterste av det folk svarte.",
        one.effects,
        n=notation.number(one.effects),
    )
    if one.overridden:
        yield ngettext(
            "%(n)s av dem er satt til noe annet, med en begrunnelse.",
            "%(n)s av dem er satt til noe annet, med en begrunnelse.",
            one.overridden,
            n=notation.number(one.overridden),
        )


def children(report: Report, texts: PaperTexts, is_decided: bool = False) -> Section:
    """Konsekvenser for barn og unge: what is counted for them, and what somebody must weigh."""
    blocks: list[Block] = [Text(sentence) for sentence in _for_the_young(report)]
    blocks += _typed(texts, "children")
    notes = () if texts.children else (_note("children", _("Skriv hva planen betyr for barn og unge.")),)
    if not texts.children:
        nobody = _("En slik vurdering var ikke skrevet da saken ble vedtatt.")
        blocks.append(Text(nobody if is_decided else to_fill_in()))
    return Section("children", _("Konsekvenser for barn og unge"), tuple(blocks), notes)


def _for_the_young(report: Report) -> Iterator[str]:
    segments = [Segment(one.id, one.name) for one in report.basis.segments]
    young = {one.id for one in segments if usual_id(one) == YOUNG}
    rows = [one for one in report.segments if one.group in young]
    if not rows:
        yield _("Ingen av gruppene er skilt ut som unge, så planen kan ikke si hva den lukker for dem.")
        return
    called = gaps.inside(segments)
    for row in rows:
        yield from _for_a_group(report, row, called[row.group])
    yield _("De yngste har ikke svart selv. Hva planen betyr for barn, må vurderes for seg.")


def _for_a_group(report: Report, row: GroupRow, group: str) -> Iterator[str]:
    yield _(
        "Blant %(group)s lukker planen %(closed)s av %(points)s behovspoeng, %(share)s. For alle er det %(all)s av "
        "100.",
        group=group,
        closed=portfolio.points(row.closed),
        points=portfolio.points(row.points),
        share=notation.percent(row.share),
        all=portfolio.points(report.answer.value),
    )
    for_them = [one for one in report.initiatives if one.candidate.reaches(row.group)]
    if for_them:
        yield ngettext(
            "%(n)s tiltak når %(group)s: %(which)s.",
            "%(n)s tiltak når %(group)s: %(which)s.",
            len(for_them),
            group=group,
            n=notation.number(len(for_them)),
            which=briefly(for_them),
        )
    else:
        yield _("Ingen av tiltakene er rettet mot %(group)s.", group=group)


def statements(texts: PaperTexts, is_decided: bool = False) -> Section:
    """Uttalelser: what the three councils that are to be heard have said."""
    headings = {
        "youth_council": _("Ungdomsrådet"),
        "elders_council": _("Eldrerådet"),
        "disability_council": _("Rådet for personer med funksjonsnedsettelse"),
    }
    blank = _("Ingen uttalelse var ført inn da saken ble vedtatt.") if is_decided else to_fill_in()
    blocks: list[Block] = []
    notes = []
    for name in COUNCILS:
        blocks.append(Heading(headings[name]))
        blocks += _typed(texts, name) or [Text(blank)]
        if not getattr(texts, name):
            notes.append(_note(name, _("Mangler uttalelse: %(who)s.", who=headings[name])))
    return Section("statements", _("Uttalelser"), tuple(blocks), tuple(notes))


def others(texts: PaperTexts) -> list[Block]:
    """Public health, climate, equality and preparedness: as somebody wrote it, else that nobody has weighed it."""
    return _typed(texts, "others") or [
        Text(
            _(
                "Planen er ikke vurdert opp mot klima og miljø, folkehelse, universell utforming, likestilling eller "
                "beredskap. Tiltak der det betyr noe, må vurderes for seg før de settes i gang."
            )
        )
    ]


def _typed(texts: PaperTexts, name: str) -> list[Block]:
    return [Text(paragraph) for paragraph in texts.paragraphs(name)]


def _note(field: str, text: str) -> Note:
    return Note(text, field=field)
