"""What does the paper say about the plan itself? What is in it and why, what is not, and what happens without it."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from planner import notation
from planner.domain.basis import REACHES, LeftOut, Reach, Unreached
from planner.domain.paper_texts import PaperTexts
from planner.domain.report import InitiativeRow, Report
from planner.wording import portfolio, report_people
from planner.wording.gaps import in_words, listed
from planner.wording.paper import (
    Block,
    Column,
    Heading,
    Note,
    Picture,
    Point,
    Points,
    Row,
    Section,
    Table,
    Text,
)
from planner.wording.report_words import (
    briefly,
    candidate_names,
    cell_to_fill_in,
    initiatives,
    labels,
    named,
    partner_status,
    period,
    segment_names,
    texts,
)
from planner.wording.statements import factor

MOST_UNREACHED = 5  # needs of each kind; the workbook has them all


def assessment(report: Report, picture: Picture | None) -> Section:
    """Vurdering: what the plan gives, how sure it is, and what is in it."""
    answer = report.answer
    blocks: list[Block] = [
        Text(
            _(
                "Alle udekkede behov til sammen er 100 behovspoeng. Planen er ventet å lukke %(points)s av dem i snitt "
                "over %(years)s år, og %(last)s i %(year)s, når det meste virker.",
                points=portfolio.points(answer.value),
                years=in_words(report.problem.horizon),
                last=portfolio.points(answer.value_by_year[-1]),
                year=report.years[-1],
            )
        ),
        Text(_how_sure(report)),
    ]
    if picture is not None:
        blocks.append(picture)
    blocks += [Heading(_("Tiltak som er med")), _chosen(report)]
    return Section("assessment", _("Vurdering"), tuple(blocks), tuple(_notes(report)))


def _how_sure(report: Report) -> str:
    if report.answer.proven:
        return _(
            "Ingen annen sammensetning av tiltakene på listen lukker mer innenfor de samme rammene, slik virkning og "
            "kostnader er anslått. Anslagene er usikre. Er de feil, kan en annen plan være bedre."
        )
    if report.answer.status == "optimal" and report.answer.bound is not None:
        return _(
            "Ingen sammensetning av tiltakene på listen kan lukke mer enn %(bound)s behovspoeng innenfor de samme "
            "rammene, slik virkning og kostnader er anslått. Anslagene er usikre.",
            bound=notation.number(report.answer.bound, 2),
        )
    return _("Dette er den beste planen som ble funnet før utregningen ble stoppet. Det kan finnes en bedre.")


def _chosen(report: Report) -> Table:
    short, everything = labels(report.basis), len(report.examples) == len(report.initiatives)
    return Table(
        _("Tiltakene i planen. Kostnad er netto for %(years)s i 1000 kr.", years=period(report)),
        (
            Column(_("Tiltak"), width=2.9),
            Column(_("Starter"), "year", 1),
            Column(_("Virker fra"), "year", 0.9),
            Column(_("Hjelper mest på"), width=2.2),
            Column(_("Kostnad"), "whole", 1.1),
            Column(_("Måneds\u00adverk"), "compact", 1.1),
        ),
        tuple(
            Row(
                (
                    named(row) + ("\u00a0*" if row.examples and not everything else ""),
                    row.start,
                    row.works_from,
                    ", ".join(short.get(one, one) for one in row.closest),
                    row.net_total,
                    row.staff.total,
                )
            )
            for row in report.initiatives
        ),
        _about_examples(report, everything),
    )


def _about_examples(report: Report, everything: bool) -> str:
    if not report.examples:
        return ""
    return _("Alle bygger på minst ett eksempeltall.") if everything else _("* bygger på minst ett eksempeltall.")


def _notes(report: Report) -> Iterator[Note]:
    ownerless = [row.candidate.code for row in report.initiatives if not row.candidate.responsible]
    if ownerless:
        yield Note(_("Uten ansvarlig: %(codes)s.", codes=", ".join(ownerless)), "initiatives")
    effectless = [row.candidate.code for row in report.initiatives if not row.closest]
    if effectless:
        yield Note(_("Uten anslått virkning: %(codes)s.", codes=", ".join(effectless)), "initiatives")


def left_out(report: Report) -> Section:
    """Every initiative that is not in the plan, with its reason; then the needs the plan does not reach."""
    titles = candidate_names(report.basis)
    blocks: list[Block] = []
    if report.basis.left_out:
        blocks.append(
            Table(
                _("Tiltak som ikke er med nå"),
                (Column(_("Tiltak"), width=2.2), Column(_("Stoppes av"), width=0.9), Column(_("Hvorfor"), width=3.4)),
                tuple(
                    Row(
                        (
                            f"{one.code} {titles.get(one.code, '')}".strip(),
                            portfolio.reason_kind(one),
                            reason(one, titles, report.answer.proven),
                        )
                    )
                    for one in report.basis.left_out
                ),
            )
        )
    else:
        blocks.append(Text(_("Alle tiltakene på listen er med.")))
    blocks += _unreached(report)
    return Section("left_out", _("Ikke nå"), tuple(blocks))


def reason(one: LeftOut, titles: Mapping[str, str], proven: bool) -> str:
    """As the page says it, but the paper speaks of the municipality, not to it."""
    if one.reason == "must_not":
        return _("Kommunen har bestemt på forhånd at det ikke skal med.")
    return portfolio.reason(one, titles, proven)


def _unreached(report: Report) -> Iterator[Block]:
    if not report.basis.unreached:
        return
    yield Heading(_("Behov planen ikke når"))
    points = []
    for reason in REACHES:
        needs = [unreached_need(report, one) for one in report.basis.unreached if one.reason == reason]
        if needs:
            more = len(needs) - MOST_UNREACHED
            rest = (_("og %(n)s til, se regnearket", n=notation.number(more)),) if more > 0 else ()
            points.append(Point(_why_unreached(reason), (*needs[:MOST_UNREACHED], *rest)))
    yield Points(tuple(points))


def _why_unreached(reason: Reach) -> str:
    return {
        "no_initiative": _("Ingen tiltak på listen virker på dette:"),
        "others_decide": _("Tiltakene som virker på dette, er ikke med, og det er fylke eller stat som rår over dem:"),
        "not_chosen": _("Tiltakene som virker på dette, er ikke med:"),
    }[reason]


def unreached_need(report: Report, one: Unreached) -> str:
    """The need, and in which groups where it is not all of them."""
    names = segment_names(report.basis)
    need = texts(report.basis).get(one.statement, one.statement)
    if len(one.segments) == len(names):
        return need
    return f"{need} ({listed([names.get(segment, segment).lower() for segment in one.segments])})"


def groups(report: Report, texts: PaperTexts) -> Section:
    """What it means for each group and each area."""
    names = segment_names(report.basis)
    columns = (
        Column(_("Behovspoeng"), "points", 1),
        Column(_("Planen lukker"), "points", 1),
        Column(_("Andel"), "percent", 0.8),
    )
    by_group = Table(
        _("Hva planen lukker, etter gruppe"),
        (Column(_("Gruppe"), width=2.4), *columns),
        tuple(Row((names.get(one.group, one.group), one.points, one.closed, one.share)) for one in report.segments),
    )
    by_factor = Table(
        _("Hva planen lukker, etter område"),
        (Column(_("Område"), width=2.4), *columns),
        tuple(Row((factor(one.group), one.points, one.closed, one.share)) for one in report.factors),
    )
    notes = (
        ()
        if texts.others
        else (
            Note(
                _("Skriv om klima og miljø, folkehelse, universell utforming, likestilling og beredskap."),
                field="others",
            ),
        )
    )
    return Section(
        "groups", _("Konsekvenser for grupper og områder"), (by_group, by_factor, *report_people.others(texts)), notes
    )


def carrying_out(report: Report, is_decided: bool = False) -> Section:
    """Gjennomføring: who does what when, who must join, which deadlines there are."""
    blank = cell_to_fill_in(is_decided)
    rows = tuple(
        Row((str(row.start), named(row), row.candidate.responsible or blank, _with_whom(row)))
        for row in report.initiatives
    )
    table = Table(
        _("Hvem gjør hva"),
        (
            Column(_("Start"), width=0.7),
            Column(_("Tiltak"), width=2.5),
            Column(_("Ansvarlig"), width=1.9),
            Column(_("Sammen med, og frister"), width=2.4),
        ),
        rows,
    )
    blocks: list[Block] = [table]
    waiting = [row for row in report.initiatives if any(p.status != "bekreftet" for p in row.candidate.partners)]
    notes: tuple[Note, ...] = ()
    if waiting:
        blocks.append(
            Text(
                _(
                    "Kommunen klarer ikke alt alene. Disse tiltakene venter på svar fra noen utenfor: %(which)s.",
                    which=briefly(waiting),
                )
            )
        )
        codes = ", ".join(row.candidate.code for row in waiting)
        notes = (Note(_("Partnere er spurt, men har ikke svart: %(codes)s.", codes=codes), "initiatives"),)
    blocks.append(Text(_("Kommunedirektøren melder status til kommunestyret hvert år.") + " " + _rolled(report)))
    return Section("carrying_out", _("Gjennomføring"), tuple(blocks), notes)


def _rolled(report: Report) -> str:
    """What is looked at when the plan is rolled on."""
    after = _("Et nytt tiltak tas inn når det gir mer enn det som må ut.")
    if not report.basis.left_out:
        return _("Når planen rulleres, vurderes nye forslag.") + f" {after}"
    told = _(
        "Når planen rulleres, vurderes %(count)s som ikke er med nå, sammen med nye forslag.",
        count=initiatives(len(report.basis.left_out)),
    )
    return f"{told} {after}"


def _with_whom(row: InitiativeRow) -> str:
    partners = [f"{partner.name} ({partner_status(partner.status)})" for partner in row.candidate.partners]
    deadline = [_("frist: %(when)s", when=row.candidate.deadline)] if row.candidate.deadline else []
    return "; ".join([*partners, *deadline]) or notation.NOTHING
