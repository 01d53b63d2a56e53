"""What does the paper say of what else could be chosen? Nothing new, and what the usual ways of choosing come to."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from planner import notation
from planner.domain.report import Report
from planner.domain.report_ways import Way
from planner.wording import portfolio
from planner.wording.gaps import listed
from planner.wording.paper import Block, Column, Heading, Row, Section, Table, Text
from planner.wording.report_words import candidate_names, period, texts

MOST_LEFT = 3  # needs named in the alternative of doing nothing
MOST_NAMED = 8  # initiatives told apart by name; beyond that, how many


def alternatives(report: Report, seen: Mapping[str, str]) -> Section:
    """seen: what has been found of closer questions about the plan, as sentences, by the question's word."""
    blocks: list[Block] = [_table(report)]
    blocks += [Text(sentence) for sentence in _others(report)]
    if seen.get("alternatives"):
        blocks += [Heading(_("Andre gode planer")), Text(seen["alternatives"])]
    blocks += [Heading(_("Ikke gjøre noe nytt")), Text(nothing(report))]
    return Section("alternatives", _("Alternativer"), tuple(blocks))


def _name(way: Way) -> str:
    return {
        "plan": _("Planen"),
        "greedy": _("Mest poeng per krone først, til rammen er full"),
        "little_for_all": _("Litt til alle: hvert tema får sitt beste etter tur"),
        "nothing": _("Ikke gjøre noe nytt"),
    }[way.kind]


def _table(report: Report) -> Table:
    return Table(
        _("Planen og andre måter å velge på (netto, 1000 kr)"),
        (
            Column(_("Måte å velge på"), width=2.5),
            Column(_("Tiltak"), "whole", 0.7),
            Column(_("Behovspoeng"), "points", 1.3),
            Column(_("Invest."), "whole", 0.9),
            Column(_("Drift"), "whole", 0.9),
            Column(_("Måneds\u00adverk"), "compact", 0.9),
        ),
        tuple(
            Row(
                (
                    _name(way),
                    way.initiatives,
                    way.value,
                    *(way.used.get(resource, 0) for resource in ("investment", "operating", "staff")),
                ),
                "sum" if way.kind == "plan" else "plain",
            )
            for way in report.ways
        ),
        _(
            "Alle holder de samme rammene og reglene i %(years)s. Behovspoeng er det som lukkes, av 100.",
            years=period(report),
        ),
    )


def _others(report: Report) -> Iterator[str]:
    """What the usual ways lose, and what they would have chosen instead."""
    titles, ours = candidate_names(report.basis), report.answer.value
    for way in report.ways:
        if way.kind not in ("greedy", "little_for_all"):
            continue
        told = {
            "greedy": _("Å ta det tiltaket som gir mest per krone først, og så det neste, er en vanlig måte."),
            "little_for_all": _("Å gi litt til alle betyr at hvert tema får det beste tiltaket sitt etter tur."),
        }[way.kind]
        moved = _moved(way, titles)
        yield " ".join(
            [
                told,
                _against(notation.difference(way.value, ours, 1)),
                moved or _("Tiltakene er de samme som i planen."),
            ]
        )


def _against(more: float) -> str:
    """more: points beyond the plan's, of the figures in the table; above 0 only where the plan is not proven."""
    if more < 0:
        return _("Det lukker %(less)s behovspoeng mindre enn planen.", less=portfolio.points(-more))
    if more > 0:
        return _("Det lukker %(more)s behovspoeng mer enn planen.", more=portfolio.points(more))
    return _("Det lukker om lag like mye som planen.")


def _moved(way: Way, titles: Mapping[str, str]) -> str:
    """Which initiatives differ; "" where none does."""

    def names(codes: tuple[str, ...]) -> str:
        return listed([f"{code} {titles.get(code, '')}".strip() for code in codes])

    if not way.enters and not way.leaves:
        return ""
    if len(way.enters) + len(way.leaves) > MOST_NAMED:
        return _(
            "%(more)s tiltak er med som ikke er i planen, og %(fewer)s av planens er ute.",
            more=notation.number(len(way.enters)),
            fewer=notation.number(len(way.leaves)),
        )
    enters = _("Da er dette med, som ikke er i planen: %(which)s.", which=names(way.enters)) if way.enters else ""
    leaves = _("Dette er i planen, men ikke med da: %(which)s.", which=names(way.leaves)) if way.leaves else ""
    return f"{enters} {leaves}".strip()


def nothing(report: Report) -> str:
    """The alternative of doing nothing: what stays."""
    told = texts(report.basis)
    largest = [row for row in report.needs if row.line.percent is not None][:MOST_LEFT]
    closes = (
        _(
            "Uten planen lukkes %(points)s av de 100 behovspoengene, av det som alt er i gang.",
            points=portfolio.points(report.value_of_nothing),
        )
        if report.running
        else _("Uten planen lukkes ingen av de 100 behovspoengene. Det koster ingenting på budsjettet.")
    )
    stays = listed(
        [
            _(
                "%(share)s mangler «%(need)s»",
                share=notation.percent((row.line.percent or 0) / 100),
                need=told[row.line.statement],
            )
            for row in largest
        ]
    )
    left = _("Også med planen står %(points)s av 100 behovspoeng igjen.", points=portfolio.points(report.left_open))
    stays = _("Behovene står da slik folk svarte: %(stays)s.", stays=stays)
    return f"{closes} {stays} {left}" if largest else f"{closes} {left}"
