"""What are the things of a paper called in the middle of its sentences? Amounts over years, initiatives, needs."""

from collections.abc import Sequence

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.basis import Basis
from planner.domain.candidates import PartnerStatus
from planner.domain.costs import Budget, GrantStatus, Source
from planner.domain.initiatives import Amount
from planner.domain.mapping import Segment
from planner.domain.report import InitiativeRow, Report
from planner.domain.report_money import ByYear
from planner.domain.statements import Statement
from planner.wording import portfolio, statements
from planner.wording.gaps import listed


def to_fill_in() -> str:
    """Where somebody has to write."""
    return _("[fylles inn]")


def cell_to_fill_in(is_decided: bool = False) -> str:
    """The same in a table; once the council has decided, that nobody did."""
    return _("ikke utfylt") if is_decided else _("[fylles inn]")


def budget(name: Budget) -> str:
    return portfolio.resource(name)


def status(code: GrantStatus) -> str:
    """How certain a grant is."""
    return {"søkt": _("søkt"), "tilsagn": _("tilsagn"), "muntlig": _("muntlig lovet")}[code]


def partner_status(code: PartnerStatus) -> str:
    """Whether a partner has said yes."""
    return {"spurt": _("spurt"), "bekreftet": _("bekreftet")}[code]


def source(code: Source) -> str:
    """Where a figure comes from."""
    return {
        "eksempelbank": _("eksempelbank"),
        "egen": _("egne tall"),
        "verksted": _("verksted"),
        "avtale": _("avtale"),
    }[code]


def initiatives(count: int) -> str:
    return ngettext("%(n)s tiltak", "%(n)s tiltak", count, n=notation.number(count))


def named(row: InitiativeRow) -> str:
    """«T20 Frivilligsentral»."""
    return f"{row.candidate.code} {row.candidate.title}"


def full(statement: Statement) -> str:
    """The statement as it was asked, in the paper's language where it has a form in it."""
    forms = {"nn": statement.text_nn, "en": statement.text_en}
    return forms.get(getattr(get_locale(), "language", "nb")) or statement.text


def texts(basis: Basis) -> dict[str, str]:
    """Statement id -> as it was asked."""
    return {one.id: full(one) for one in basis.statements}


def labels(basis: Basis) -> dict[str, str]:
    """Statement id -> a word or two."""
    return {one.id: statements.statement(one) for one in basis.statements}


def segment_names(basis: Basis) -> dict[str, str]:
    return statements.segments(Segment(one.id, one.name) for one in basis.segments)


def candidate_names(basis: Basis) -> dict[str, str]:
    """Code -> title, for sentences that name others."""
    return {candidate.code: candidate.title for candidate in basis.candidates}


def by_year(amounts: ByYear, years: Sequence[int], resource: str) -> str:
    """«2 000 000 kr i 2027 og 500 000 kr i 2028», «400 000 kr hvert år»; the years with nothing are left out."""
    if len(set(amounts.years)) == 1 and len(years) > 1:
        return _("%(amount)s hvert år", amount=portfolio.amount(resource, _plain(amounts.years[0])))
    return listed(
        [
            _("%(amount)s i %(year)s", amount=portfolio.amount(resource, _plain(amount)), year=year)
            for year, amount in zip(years, amounts.years, strict=True)
            if amount
        ]
    )


def amount(value: Amount, resource: str) -> str:
    return portfolio.amount(resource, _plain(value))


def _plain(value: Amount) -> float:
    return value if isinstance(value, int) else float(value)


def period(report: Report) -> str:
    return f"{report.years[0]}–{report.years[-1]}"


MOST_NAMED = 6  # beyond that, ids alone: nobody reads a paragraph of titles


def resting(report: Report) -> str:
    """Which initiatives rest on example figures, as a sentence."""
    rows = [row for row in report.initiatives if row.examples]
    if len(rows) == len(report.initiatives):
        return _("Det gjelder alle tiltakene i planen.")
    return _("Det gjelder %(which)s.", which=briefly(rows))


def briefly(rows: Sequence[InitiativeRow]) -> str:
    """By id and title where they are few, else by id."""
    return listed([named(row) if len(rows) <= MOST_NAMED else row.candidate.code for row in rows])


def of_group(percent: int, where: str) -> str | int:
    """A group's share in per cent; with a word when it is not the group's own."""
    if where == "borrowed":
        return _("%(n)s (lånt)", n=notation.number(percent))
    return _("%(n)s (sammen med andre)", n=notation.number(percent)) if where == "pooled" else percent
