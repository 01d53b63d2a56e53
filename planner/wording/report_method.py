"""How does the paper explain itself? The method in plain words, and what it takes to check the plan again."""

from flask_babel import gettext as _

from planner import notation
from planner.domain.report import Answer, Report
from planner.domain.rules import Follows
from planner.wording import portfolio
from planner.wording.paper import Block, Column, Heading, Point, Points, Row, Section, Table, Text
from planner.wording.report_words import candidate_names, segment_names
from planner.wording.rules import follow, rule

KNOWN_OF_BOTH = 4
"""So many of the first sentences hold for any plan; the rest tell how the proposal was found."""


def method(report: Report, kept: str, log_head: str = "") -> Section:
    """The last section: for those who will check."""
    blocks: list[Block] = [Text(sentence) for sentence in _plain_words(report)]
    blocks += [Heading(_("Reglene planen holder seg til")), _rules(report)]
    blocks += [Heading(_("For den som vil kontrollere")), _facts(report, kept, log_head)]
    return Section("method", _("Slik er planen regnet ut"), tuple(blocks))


def _plain_words(report: Report) -> tuple[str, ...]:
    years = report.problem.horizon
    overlap = {
        "product": _(
            "Når flere tiltak virker på samme behov, virker hvert nytt tiltak bare på dem som fortsatt "
            "mangler noe. To tiltak "
            "som hver når en tredel, når derfor ikke to tredeler til sammen."
        ),
        "capped": _(
            "Når flere tiltak virker på samme behov, legges virkningene sammen, men aldri til mer enn hele behovet."
        ),
        "max": _("Når flere tiltak virker på samme behov, teller bare det som virker best."),
    }[report.problem.closure]
    return (
        _(
            "Alle udekkede behov deler 100 behovspoeng mellom seg. Et behov som flere mangler, har flere poeng. "
            "Kommunen bestemmer "
            "hvor mye hvert område og hver gruppe teller."
        ),
        _(
            "For hvert tiltak er det anslått hvor mange av dem som mangler noe, som får det dekket når "
            "tiltaket virker, hvor "
            "sikkert det er at det blir gjennomført, og hvor lang tid det tar før det virker."
        ),
        overlap,
        _(
            "Poengene er snittet over %(years)s år fra %(first)s. Et tiltak som starter tidlig, teller i "
            "flere år enn et som "
            "starter sent.",
            years=notation.number(years),
            first=report.years[0],
        ),
        _search(report.answer) + " " + _("Rammene er holdt helt ut: ingen sum er rundet av."),
        *([portfolio.ties(True)] if report.answer.proven and report.problem.gap == 0 else []),
    )


def _search(answer: Answer) -> str:
    """How the plan was found; that it closes most only where that is proven."""
    if answer.proven:
        return _(
            "Et program har lett gjennom alle sammensetninger og startår som holder rammene og reglene, og valgt den "
            "som lukker mest."
        )
    if answer.status == "optimal":
        return _(
            "Et program har lett blant sammensetninger og startår som holder rammene og reglene, til ingen kunne lukke "
            "stort mer. Andre planer kan være like gode."
        )
    return _(
        "Et program har lett blant sammensetninger og startår som holder rammene og reglene. Letingen ble stoppet før "
        "den var ferdig, så det kan finnes en plan som lukker mer."
    )


def _rules(report: Report) -> Block:
    titles, segments = candidate_names(report.basis), segment_names(report.basis)

    def name(code: str) -> str:
        return f"«{code} {titles[code]}»" if code in titles else code

    following: dict[tuple[str, ...], list[Follows]] = {}
    for one in report.problem.rules:
        if isinstance(one, Follows):
            following.setdefault(one.themes, []).append(one)
    alike = {themes for themes, rules in following.items() if len(rules) > 1}
    rules = [
        rule(one, name, lambda segment: segments.get(segment, segment))
        for one in report.problem.rules
        if not (isinstance(one, Follows) and one.themes in alike)
    ]
    rules += [follow(following[themes]) for themes in sorted(alike)]
    frames = _("Investering, drift og månedsverk holder seg innenfor rammen hvert år.")
    if report.problem.reserve:
        frames = _(
            "Investering, drift og månedsverk holder seg innenfor rammen hvert år, og %(share)s av hver ramme er holdt "
            "tilbake.",
            share=notation.percent(report.problem.reserve),
        )
    return Points(tuple(Point(sentence) for sentence in (frames, *rules)))


def _facts(report: Report, kept: str, log_head: str) -> Table:
    answer = report.answer
    rows = (
        (_("Navn"), kept),
        (_("Status"), _status(answer)),
        (_("Verdi"), _("%(points)s behovspoeng", points=notation.number(answer.value, 4))),
        (_("Øvre grense"), _bound(answer.bound)),
        (_("Avstand til grensen"), notation.percent(None if answer.gap is None else max(0.0, answer.gap), 4)),
        (_("Fingeravtrykk (SHA-256) av spørsmålet"), answer.sha256),
        (_("Program"), answer.program or notation.NOTHING),
        (_("Løser"), answer.solver or notation.NOTHING),
        *([(_("Siste fingeravtrykk (SHA-256) i loggen"), log_head)] if log_head else []),
    )
    return Table(
        _("Opplysninger om utregningen"),
        (Column(_("Opplysning"), width=1.6), Column(_("Innhold"), width=3.4)),
        tuple(Row(row) for row in rows),
        _again(answer.proven),
    )


def _status(answer: Answer) -> str:
    if answer.proven:
        return _("bevist: ingen plan er bedre")
    if answer.status == "optimal":
        return _("bevist innenfor avstanden under")
    return _("beste som ble funnet, ikke bevist")


def _again(proven: bool) -> str:
    told = _("Spørsmålet, med behov, tiltak, rammer og regler, er lagret sammen med planen.")
    if not proven:
        return told
    return told + " " + _("Den som løser det samme spørsmålet, får samme fingeravtrykk og samme plan.")


def _bound(bound: float | None) -> str:
    if bound is None:
        return notation.NOTHING
    return _("%(points)s behovspoeng", points=notation.number(bound, 4))
