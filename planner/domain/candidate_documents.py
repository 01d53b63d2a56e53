"""How is a candidate, or a row of «noe vi slutter med», written down as plain text and numbers, and read again?

One shape for everything: what the database keeps, what a form sends (every leaf is text there) and what a workbook
holds. Reading collects every Finding, with `where` as the path to the value («costs.grants.0.name»), which is also the
name of the form field. Rows that are empty altogether are no rows. Unknown keys are left alone: a form has others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from planner.domain.candidates import Candidate, Effect, Partner, Reach, Staff
from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.findings import Finding, blocking
from planner.domain.freed import Freed
from planner.domain.initiatives import exact, plain
from planner.domain.typed import Refused, read_amount, read_list, read_number, read_whole, read_words

Document = Mapping[str, Any]
T = TypeVar("T")
LONGEST_ROWS = 60


def to_document(candidate: Candidate) -> dict[str, Any]:
    """JSON-ready; reading it back gives an equal candidate."""
    costs = candidate.costs
    names = ("code", "title", "theme", "factor", "level", "responsible", "deadline", "idea", "delay")
    plain_fields = {name: getattr(candidate, name) for name in (*names, "earliest", "latest", "started")}
    lists = {name: list(getattr(candidate, name)) for name in ("targets", "requires_all", "requires_any", "excludes")}
    return {
        **plain_fields,
        **lists,
        "partners": [_fields(partner, "name", "status") for partner in candidate.partners],
        "reach": [_fields(reach, "segment", "percent") for reach in candidate.reach],
        "effects": [_fields(effect, "statement", "percent", "source", "segment") for effect in candidate.effects],
        "chance": {"percent": candidate.chance, "source": candidate.chance_source},
        "staff_start": _staff(candidate.staff_start),
        "staff_yearly": _staff(candidate.staff_yearly),
        "costs": {
            "one_time": _fields(costs.one_time, "value", "source"),
            "yearly": _fields(costs.yearly, "value", "source"),
            **_fields(costs, "budget", "one_time_years", "extra_source", "price_year"),
            "extra_investment": list(costs.extra_investment),
            "extra_operating": list(costs.extra_operating),
            "grants": [_fields(grant, *_GRANT_FIELDS) for grant in costs.grants],
            "loan": _fields(costs.loan, "share", "interest", "years") if costs.loan else None,
        },
    }


def from_document(document: Document) -> tuple[Candidate | None, tuple[Finding, ...]]:
    """The candidate, or None with the errors that stand in its way. Warnings and notes come beside a candidate too."""
    reader = _Reader(document)
    parts: dict[str, Any] = {
        name: reader.words(name) for name in ("code", "title", "theme", "factor", "responsible", "deadline", "idea")
    }
    parts |= {name: reader.list(name) for name in ("targets", "requires_all", "requires_any", "excludes")}
    parts |= {name: reader.whole(name) for name in ("earliest", "latest", "started")}
    parts["level"] = reader.words("level") or "kommune"
    parts["delay"] = reader.whole("delay") or 0
    chance = reader.below("chance")
    given = chance.number("percent")
    parts["chance"] = 90.0 if given is None else float(given)
    parts["chance_source"] = chance.source()
    parts["partners"] = reader.rows("partners", _partner, ("name",))
    parts["reach"] = reader.rows("reach", _reach, ("percent",), zero_says=True)
    parts["effects"] = reader.rows("effects", _effect, ("statement", "percent"))
    parts["staff_start"] = reader.part("staff_start", _read_staff)
    parts["staff_yearly"] = reader.part("staff_yearly", _read_staff)
    parts["costs"] = reader.part("costs", _costs)
    return reader.made(Candidate, {name: value for name, value in parts.items() if value is not _BAD})


def freed_to_document(freed: Freed) -> dict[str, Any]:
    """JSON-ready; reading it back gives an equal row."""
    return {
        **_fields(freed, "code", "title", "affected", "first_year", "last_year", "counted"),
        "operating": _fields(freed.operating, "value", "source"),
        "investment": _fields(freed.investment, "value", "source"),
        "staff": _staff(freed.staff),
    }


def freed_from_document(document: Document) -> tuple[Freed | None, tuple[Finding, ...]]:
    """The row, or None with the errors that stand in its way."""
    reader = _Reader(document)
    parts: dict[str, Any] = {name: reader.words(name) for name in ("code", "title", "affected")}
    first = reader.whole("first_year")
    if first is None and not reader.failed("first_year"):
        reader.findings.append(Finding("candidate_text_missing", where="first_year"))
    parts["first_year"] = 2000 if first is None else first
    parts["last_year"] = reader.whole("last_year")
    parts["counted"] = document.get("counted") not in (False, None, "", "nei", "0")
    for name in ("operating", "investment"):
        parts[name] = reader.part(name, lambda row: Cost(row.amount("value", cost=False), row.source()))
    parts["staff"] = reader.part("staff", _read_staff)
    return reader.made(Freed, {name: value for name, value in parts.items() if value is not _BAD})


# --- Parts -------------------------------------------------------------------------------------------------------

_GRANT_FIELDS = (
    *("name", "status", "one_time_share", "one_time_amount", "yearly_share", "yearly_amount"),
    *("years", "last_year", "source"),
)
_BAD: Any = object()


def _fields(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _staff(staff: Staff) -> dict[str, Any]:
    return {"value": plain(staff.value), "source": staff.source}


def _partner(row: "_Reader") -> Partner:
    return Partner(row.words("name"), row.words("status") or "spurt")  # type: ignore[arg-type]  # checked by Partner


def _reach(row: "_Reader") -> Reach:
    return Reach(row.words("segment"), float(row.number("percent") or 0))


def _effect(row: "_Reader") -> Effect:
    percent = row.number("percent")
    if percent is None and not row.failed("percent"):
        row.findings.append(Finding("effect_without_size", where=row.at("percent")))
    return Effect(row.words("statement"), float(percent or 0), row.source(), row.words("segment"))


def _read_staff(row: "_Reader") -> Staff:
    return Staff(exact(row.number("value") or 0), row.source())


def _grant(row: "_Reader") -> Grant:
    return Grant(
        name=row.words("name"),
        status=row.words("status") or "søkt",  # type: ignore[arg-type]  # checked by Grant
        one_time_share=float(row.number("one_time_share") or 0),
        one_time_amount=row.amount("one_time_amount", cost=False),
        yearly_share=float(row.number("yearly_share") or 0),
        yearly_amount=row.amount("yearly_amount", cost=False),
        years=row.whole("years"),
        last_year=row.whole("last_year"),
        source=row.source(),
    )


def _loan(row: "_Reader") -> Loan:
    years = row.whole("years")
    interest = row.number("interest")
    usual = Loan()
    return Loan(
        share=float(row.number("share") or 0),
        interest=usual.interest if interest is None else float(interest),
        years=usual.years if years is None else years,
    )


def _costs(reader: "_Reader") -> Costs:
    loan = reader.below("loan")
    parts: dict[str, Any] = {
        "one_time": reader.part("one_time", lambda row: Cost(row.amount("value"), row.source())),
        "yearly": reader.part("yearly", lambda row: Cost(row.amount("value"), row.source())),
        "budget": reader.words("budget") or "operating",
        "one_time_years": reader.whole("one_time_years") or 1,
        "extra_investment": reader.amounts("extra_investment"),
        "extra_operating": reader.amounts("extra_operating"),
        "extra_source": reader.words("extra_source") or "egen",
        "grants": reader.rows("grants", _grant, _GRANT_FIELDS[:1] + _GRANT_FIELDS[2:6]),
        # A loan of nothing is no loan: the form shows its fields always.
        "loan": reader.part("loan", _loan) if loan.says("share") else None,
        "price_year": reader.whole("price_year"),
    }
    return Costs(**{name: value for name, value in parts.items() if value is not _BAD})


class _Reader:
    """One level of a document, and the findings of all levels."""

    def __init__(self, document: Document, path: str = "", findings: list[Finding] | None = None) -> None:
        self.document = document
        self.path = path
        self.findings: list[Finding] = [] if findings is None else findings

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def failed(self, name: str) -> bool:
        return any(finding.where == self.at(name) for finding in self.findings)

    def words(self, name: str) -> str:
        return read_words(self.document.get(name))

    def list(self, name: str) -> tuple[str, ...]:
        return read_list(self.document.get(name))

    def whole(self, name: str) -> int | None:
        return read_whole(self.document.get(name), self.at(name), self.findings)

    def number(self, name: str) -> Any:
        return read_number(self.document.get(name), self.at(name), self.findings)

    def says(self, name: str) -> bool:
        """Whether something other than nothing or zero stands there."""
        unsaid: list[Finding] = []
        return bool(read_number(self.document.get(name), "", unsaid) or unsaid)

    def amount(self, name: str, *, cost: bool = True) -> int:
        return read_amount(self.document.get(name), self.at(name), self.findings, cost=cost)

    def amounts(self, name: str) -> tuple[int, ...]:
        """Amounts by year: a list, or text with semicolons between."""
        raw = self.document.get(name) or ()
        parts: Sequence[object] = raw.split(";") if isinstance(raw, str) else raw
        return tuple(read_amount(part, self.at(name), self.findings) for part in parts)

    def source(self) -> Any:
        return self.words("source") or "egen"

    def below(self, name: str) -> "_Reader":
        inner = self.document.get(name)
        return _Reader(inner if isinstance(inner, Mapping) else {}, self.at(name), self.findings)

    def part(self, name: str, read: Callable[["_Reader"], T]) -> T:
        """What `read` makes of the level below; `_BAD` when it was refused, so that its default stands in."""
        return self._try(read, self.below(name))

    def rows(
        self, name: str, read: Callable[["_Reader"], T], says: tuple[str, ...], *, zero_says: bool = False
    ) -> tuple[T, ...]:
        """The rows that say something in one of the fields `says`. Holes in the numbering are kept in the paths."""
        rows = self.document.get(name) or ()
        made = []
        for index, row in enumerate(rows[:LONGEST_ROWS] if isinstance(rows, Sequence) else ()):
            reader = _Reader(row if isinstance(row, Mapping) else {}, f"{self.at(name)}.{index}", self.findings)
            if any(reader.says(field) or (zero_says and reader.words(field) not in ("", "-")) for field in says):
                made.append(self._try(read, reader))
        return tuple(row for row in made if row is not _BAD)

    def _try(self, read: Callable[["_Reader"], T], reader: "_Reader") -> T:
        try:
            return read(reader)
        except Refused as refused:
            for finding in refused.findings:
                self.findings.append(replace(finding, where=reader.at(finding.where)))
            bad: T = _BAD
            return bad

    def made(self, kind: Callable[..., T], parts: dict[str, Any]) -> tuple[T | None, tuple[Finding, ...]]:
        """The whole, unless something in it is wrong; its own findings beside those of its parts."""
        try:
            whole = kind(**parts)
        except Refused as refused:
            known = {(finding.code, finding.where) for finding in self.findings}
            self.findings += [found for found in refused.findings if (found.code, found.where) not in known]
            return None, tuple(self.findings)
        return None if blocking(self.findings) else whole, tuple(self.findings)
