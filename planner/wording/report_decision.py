"""What is the council asked to decide, and why? The head of the paper and the points that are voted over."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.costs import BUDGETS
from planner.domain.decision_document import Decided
from planner.domain.paper_texts import PaperTexts
from planner.domain.report import Report
from planner.wording.gaps import listed
from planner.wording.paper import Block, Column, Note, Point, Points, Row, Section, Table, Text
from planner.wording.portfolio import points
from planner.wording.report_money import investment_after
from planner.wording.report_words import amount, by_year, cell_to_fill_in, initiatives, named, period, resting, texts

MOST_LACKED = 3


def proceedings(report: Report, own: PaperTexts, decided: Decided | None = None) -> Section:
    """Where the matter is treated, who wrote it, what is enclosed. decided: fills in the meeting where it was."""
    blank = cell_to_fill_in(decided is not None)
    heard = (
        _("Ungdomsrådet (uttalelse)"),
        _("Eldrerådet (uttalelse)"),
        _("Rådet for personer med funksjonsnedsettelse (uttalelse)"),
    )
    # Who decided is typed in bokmål or in the language of the paper.
    deciding = ((_("Formannskapet"), "formannskapet"), (_("Kommunestyret"), "kommunestyret"))
    bodies = [*((one, one) for one in heard), *deciding]
    by = decided.by.casefold() if decided else None
    if decided and not any(by in (body.casefold(), nb) for body, nb in bodies):
        bodies.append((decided.by, decided.by.casefold()))
    way = Table(
        _("Behandling"),
        (Column(_("Utvalg"), width=2.2), Column(_("Møtedato"), width=1.4), Column(_("Saksnummer"), width=1.4)),
        tuple(
            Row((body, *(_meeting(decided) if decided and by in (body.casefold(), nb) else (blank, blank))))
            for body, nb in bodies
        ),
    )
    facts = Table(
        _("Om saken"),
        (Column(_("Opplysning"), width=1.4), Column(_("Innhold"), width=3.6)),
        (
            Row((_("Saksbehandler"), own.officer or blank)),
            Row((_("Arkivsaksnummer"), own.case_number or blank)),
            Row((_("Vedlegg"), _("Handlingsdel %(years)s (regneark)", years=period(report)))),
        ),
    )
    notes = [Note(_("Møtedato og saksnummer i hvert utvalg fylles inn i Word."))]
    if not own.officer or not own.case_number:
        notes.append(Note(_("Skriv saksbehandler og arkivsaksnummer."), field="officer"))
    return Section("proceedings", _("Saksgang"), (way, facts), tuple(notes))


def _meeting(decided: Decided) -> tuple[str, str]:
    return notation.day(date.fromisoformat(decided.on)), decided.case or cell_to_fill_in(True)


def decision(report: Report) -> Section:
    """Kommunedirektørens innstilling: numbered points with amounts and years."""
    blocks: tuple[Block, ...] = (
        Text(_("Kommunedirektøren rår kommunestyret til å gjøre slikt vedtak:")),
        Points(tuple(_points(report)), numbered=True),
    )
    return Section("decision", _("Kommunedirektørens innstilling"), blocks, tuple(_notes(report)))


def in_short(report: Report) -> Section:
    """Saken kort: what it gives, costs and binds, for whoever has two minutes."""
    lacked = [row.line for row in report.needs if row.line.percent is not None][:MOST_LACKED]
    told, blocks = texts(report.basis), list[Block]()
    if lacked:
        needs = listed([f"«{told[line.statement]}»" for line in lacked])
        blocks.append(Text(_("Innbyggerne mangler mest %(needs)s.", needs=needs)))
    gives = _("Planen har %(count)s og er ventet å lukke %(points)s av 100 behovspoeng.",
              count=initiatives(len(report.initiatives)), points=points(report.answer.value))  # fmt: skip
    costs = _(
        "Den koster kommunen %(investment)s til investering og %(operating)s til drift i %(years)s. Den binder "
        "%(after)s til drift i %(year)s.",
        investment=amount(report.total("investment").net.total, "investment"),
        operating=amount(report.total("operating").net.total, "operating"),
        years=period(report),
        after=amount(report.total("operating").net.after, "operating"),
        year=report.after,
    )
    blocks.append(Text(f"{gives} {costs}"))
    if report.answer.proven:
        blocks.append(Text(_("Ingen annen plan med de samme rammene og anslagene lukker mer.")))
    if report.examples:
        blocks.append(
            Text(
                ngettext(
                    "%(n)s av tiltakene bygger på eksempeltall. Kommunen må legge inn egne tall før det settes i gang.",
                    "%(n)s av tiltakene bygger på eksempeltall. Kommunen må legge inn egne tall før de settes i gang.",
                    len(report.examples),
                    n=notation.number(len(report.examples)),
                )
            )
        )
    return Section("in_short", _("Saken kort"), tuple(blocks))


def _points(report: Report) -> Iterator[Point]:
    going_on = [_("Går videre: %(which)s", which=named(row)) for row in report.running]
    new = [f"{year}: {named(row)}" for year in report.years for row in report.starting(year)]
    yield Point(
        _(
            "Kommunestyret vedtar «%(plan)s» med %(count)s og disse startårene:",
            plan=report.basis.plan_name,
            count=initiatives(len(report.initiatives)),
        ),
        (*going_on, *new),
    )
    yield Point(_money(report, "investment"))
    yield Point(_money(report, "operating"))
    if any(report.total(budget).gross for budget in BUDGETS):
        yield Point(
            _(
                "Beløpene innarbeides i økonomiplanen for %(years)s. Pengene bevilges i årsbudsjettet for hvert år.",
                years=period(report),
            )
        )
    if report.staff:
        yield Point(
            _(
                "Tiltakene tar %(all)s av dem som alt er ansatt: %(years)s.",
                all=amount(report.staff.total, "staff"),
                years=by_year(report.staff, report.years, "staff"),
            )
        )
    yield from _bound(report)
    yield from _frames(report)
    if report.basis.left_out:
        yield Point(_("Tiltakene som ikke er med nå, vurderes på nytt når planen rulleres. Grunnene står i saken."))
    yield Point(_("Kommunedirektøren melder status for hvert tiltak til kommunestyret en gang i året."))


def _money(report: Report, budget: str) -> str:
    total = report.total(budget)  # type: ignore[arg-type]  # called with the two budgets
    if not total.gross:
        return {
            "investment": _("Planen krever ingen bevilgning til investering."),
            "operating": _("Planen krever ingen bevilgning til drift."),
        }[budget]
    figures = {
        "net": amount(total.net.total, budget),
        "gross": amount(total.gross.total, budget),
        "years": by_year(total.net, report.years, budget),
    }
    told = {
        "investment": _("Det settes av %(net)s netto til investering: %(years)s.", **figures),
        "operating": _("Det settes av %(net)s netto til drift: %(years)s.", **figures),
    }[budget]
    if not total.income.total:
        return told
    pays = _(
        "Brutto er det %(gross)s. Tilskudd det er gitt tilsagn om, dekker %(income)s.",
        gross=figures["gross"],
        income=amount(total.income.total, budget),
    )
    return f"{told} {pays}"


def _bound(report: Report) -> Iterator[Point]:
    binds = report.total("operating").net.after
    if binds:
        yield Point(
            _(
                "Tiltakene binder %(amount)s netto til drift i %(year)s, det første året etter planen. Det "
                "innarbeides i "
                "neste økonomiplan.",
                amount=amount(binds, "operating"),
                year=report.after,
            )
        )
    if investment_after(report):
        yield Point(investment_after(report))


def _frames(report: Report) -> Iterator[Point]:
    counted = [row for row in report.basis.freed if row.counted]
    if counted:
        yield Point(
            _("Kommunen slutter med dette for å gi rom for planen:"),
            tuple(
                _("%(title)s. Hvem det gjelder: %(who)s.", title=r.title, who=r.affected.rstrip(".")) for r in counted
            ),
        )
    if report.problem.reserve:
        yield Point(
            _(
                "%(share)s av rammene holdes tilbake som mulighetspott. Kommunestyret bestemmer senere hva "
                "den brukes til.",
                share=notation.percent(report.problem.reserve),
            )
        )
    if report.examples:
        yield Point(
            _("Tiltak som bygger på eksempeltall, settes ikke i gang før kommunen har lagt inn egne tall.")
            + " "
            + resting(report)
        )


def _notes(report: Report) -> Iterator[Note]:
    if report.examples:
        yield Note(
            _(
                "%(n)s av %(all)s tiltak bygger på eksempeltall. Bytt dem ut, eller skriv hvorfor de kan brukes.",
                n=notation.number(len(report.examples)),
                all=notation.number(len(report.initiatives)),
            ),
            "initiatives",
        )
    if not report.answer.proven:
        yield Note(
            _("Det er ikke bevist at planen er den beste. La utregningen gå ferdig før saken sendes."), "portfolio"
        )
    free = [row for row in report.initiatives if "cost" in row.candidate.lacks()]
    if free:
        yield Note(_("Uten kostnad og månedsverk: %(which)s.", which=listed([named(r) for r in free])), "initiatives")


def _chosen_how(report: Report) -> str:
    if report.answer.proven:
        return _(
            "Tiltakene er valgt slik at de til sammen lukker mest mulig av behovet innenfor rammene for investering, "
            "drift og månedsverk."
        )
    return _(
        "Tiltakene er valgt for at de til sammen skal lukke mye av behovet innenfor rammene for investering, drift og "
        "månedsverk."
    )


def background(report: Report) -> Section:
    """Why this is before the council, in the words of the problem."""
    all_, chosen = len(report.basis.candidates), len(report.initiatives)
    came = (
        _(
            "Innbyggerne er spurt om to ting: hva som er viktig for dem, og hvor sannsynlig de tror det er "
            "at de får det her."
        )
        if report.basis.survey or (report.basis.stated is not None and report.basis.stated.kind != "workshop")
        else _("Behovene i saken er vektet av folk som har møttes i et verksted. Det er ikke gjort noen undersøkelse.")
    )
    return Section(
        "background",
        _("Bakgrunn for saken"),
        (
            Text(
                _(
                    "Kommunen har flere gode forslag enn den har penger og folk til. Uten en samlet "
                    "vurdering blir det lett "
                    "til at den løper etter hver ny idé. Denne saken legger forslagene ved siden av "
                    "hverandre og spør hvilke "
                    "som dekker mest av det innbyggerne mangler."
                )
            ),
            Text(came),
            Text(
                _(
                    "Listen hadde %(all)s. Planen har med %(chosen)s av dem, hvert med et startår.",
                    all=initiatives(all_),
                    chosen=notation.number(chosen),
                )
                + " "
                + _chosen_how(report)
            ),
            Text(
                _(
                    "Det som får folk til å bli, henger sammen. Arbeid, bolig, godt oppvekstmiljø og et godt sosialt "
                    "miljø kalles bli-faktorene, og steder som lykkes, arbeider med flere av dem samtidig."
                )
            ),
        ),
    )
