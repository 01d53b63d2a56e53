"""What stands in the form of one initiative, or of one thing that ends? Fields with their values and errors, in groups.

Made from what is stored or from what was typed, so that a form comes back as it was sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.candidate_fields import Fields, rows_in
from planner.domain.candidate_links import Terms
from planner.domain.findings import Finding
from planner.services.plans import Frame
from planner.wording import Sentence, finding
from planner.wording import initiative_form as form_wording
from planner.wording import initiatives as wording
from planner.wording.initiative_form import FormKind

BLANK_ROWS = {"effects": 3, "costs.grants": 1, "partners": 1}
NUMBERS = (".value", ".percent", "_share", "_amount", ".share", ".interest", "years", "delay", "_year")
YEARS = ("earliest", "latest", "started", "first_year", "last_year", "price_year")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. kind: text, number, select or area. name: the path; id: unique on the page. options: (value, text)."""

    name: str
    id: str
    label: str
    value: str
    kind: str = "text"
    help: str = ""
    unit: str = ""
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    locked: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form. rows: of a list, the last ones empty. folded: shown closed, since nothing in it is needed."""

    id: str
    title: str
    about: str
    fields: tuple[Field, ...] = ()
    rows: tuple[tuple[Field, ...], ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class TargetField:
    """A segment: a box for reaching it, and how much of it when not all."""

    segment: str
    name: str
    checked: bool
    position: int
    percent: Field


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of one code; code is empty for a new one.

    theirs: (field, value) of what somebody else has stored meanwhile, where it differs from what is typed.
    """

    frame: Frame
    code: str
    title: str
    version: int
    groups: tuple[Group, ...]
    targets: tuple[TargetField, ...]
    findings: tuple[Sentence, ...] = ()
    theirs: tuple[tuple[str, str], ...] = ()
    status: int = 200


class FormMaker:
    """Makes fields out of typed or stored values, the terms of the plan and what was found wrong."""

    def __init__(self, code: str, fields: Fields, findings: Sequence[Finding], kind: FormKind = "candidate") -> None:
        self.code = code
        self.kind = kind
        self.fields = fields
        self.findings = findings

    def field(
        self, name: str, kind: str = "", options: tuple[tuple[str, str], ...] = (), required: bool = False
    ) -> Field:
        errors = [f for f in self.findings if f.severity == "error" and f.where == name]
        said = finding(errors[0]) if errors else None
        numeric = name.endswith(NUMBERS) or name in YEARS
        return Field(
            name=name,
            id=f"{self.code or 'new'}-{name}".replace(".", "-"),
            label=form_wording.label(name, self.kind),
            value=self.fields.get(name, ""),
            kind=kind or ("select" if options else "number" if numeric else "text"),
            help=form_wording.help_(name),
            unit=form_wording.unit(name),
            error=f"{said.what} {said.try_}".strip() if said else "",
            options=self._with_value(options, name),
            required=required,
        )

    def _with_value(self, options: tuple[tuple[str, str], ...], name: str) -> tuple[tuple[str, str], ...]:
        """A value that is not among the choices stays visible, so that the form never changes it silently."""
        value = self.fields.get(name, "")
        known = not options or not value or value in {option for option, _text in options}
        return options if known else (*options, (value, value))

    def amount(self, name: str) -> tuple[Field, Field]:
        """An amount and where it comes from."""
        return self.field(f"{name}.value"), self.field(f"{name}.source", options=wording.sources())

    def group(
        self, id_: str, fields: Sequence[Field] = (), rows: Sequence[tuple[Field, ...]] = (), *, foldable: bool = False
    ) -> Group:
        title, about = form_wording.group(id_)
        everything = [*fields, *(field for row in rows for field in row)]
        used = any(field.error or (field.value and field.kind != "select") for field in everything)
        return Group(id_, title, about, tuple(fields), tuple(rows), foldable and not used)

    def rows(self, path: str) -> range:
        return range(rows_in(self.fields, path) + BLANK_ROWS[path])

    def sentences(self) -> tuple[Sentence, ...]:
        """Every finding with the name of its field, in the order of the form."""
        ordered = sorted(self.findings, key=lambda one: form_wording.position(one.where))
        return tuple(replace(finding(one), where=form_wording.where(one.where, self.kind)) for one in ordered)


def candidate_groups(
    make: FormMaker, terms: Terms, factors: Mapping[str, str], themes: Sequence[str]
) -> tuple[Group, ...]:
    """The whole form of an initiative, without its targets."""
    chosen_factors = (("", "–"), *factors.items())
    statements = (("", "–"), *terms.statements.items())
    basic = [
        replace(make.field("code", required=True), locked=bool(make.code)),
        replace(make.field("title", required=True), wide=True),
        replace(make.field("theme", required=True), kind="list", options=tuple((theme, theme) for theme in themes)),
        make.field("factor", "select", chosen_factors),
        make.field("level", options=wording.levels()),
        *(make.field(name) for name in ("responsible", "deadline", "idea")),
    ]
    effects = [
        (
            make.field(f"effects.{row}.statement", options=statements),
            make.field(f"effects.{row}.percent"),
            make.field(f"effects.{row}.source", options=wording.sources()),
            make.field(f"effects.{row}.segment", options=(("", wording.everyone()), *terms.segments.items())),
        )
        for row in make.rows("effects")
    ]
    cost = [
        (*make.amount("costs.one_time"), make.field("costs.budget", options=wording.budgets()),
         make.field("costs.one_time_years")),
        (*make.amount("costs.yearly"), make.field("costs.price_year")),
        (*make.amount("staff_start"), *make.amount("staff_yearly")),
    ]  # fmt: skip
    return (
        make.group("basic", basic),
        make.group("effects", rows=effects),
        make.group("cost", rows=cost),
        make.group("grants", rows=[_grant(make, row) for row in make.rows("costs.grants")], foldable=True),
        make.group("time", [make.field("chance.percent"), make.field("chance.source", options=wording.sources()),
                            *(make.field(name) for name in ("delay", "earliest", "latest", "started"))]),
        make.group("links", [make.field(name) for name in ("requires_all", "requires_any", "excludes")],
                   [_partner(make, row) for row in make.rows("partners")], foldable=True),
        make.group("years", [
            *(make.field(name) for name in ("costs.extra_investment", "costs.extra_operating")),
            make.field("costs.extra_source", options=wording.sources()),
            *(make.field(f"costs.loan.{name}") for name in ("share", "interest", "years")),
        ], foldable=True),
    )  # fmt: skip


def targets(make: FormMaker, terms: Terms) -> tuple[TargetField, ...]:
    """One line a segment. A segment that is reached in part only counts as one of the targets here."""
    chosen = {word.strip() for word in make.fields.get("targets", "").split(",")}
    partly = {
        make.fields.get(f"reach.{row}.segment", ""): make.fields.get(f"reach.{row}.percent", "")
        for row in range(rows_in(make.fields, "reach"))
    }
    lines = []
    for position, (segment, name) in enumerate(terms.segments.items()):
        field = replace(make.field(f"reach.{position}.percent"), value=partly.get(segment, ""))
        lines.append(TargetField(segment, name, segment in chosen or segment in partly, position, field))
    return tuple(lines)


def differences(stored: Fields, typed: Fields, kind: FormKind = "candidate") -> tuple[tuple[str, str], ...]:
    """What is stored where it is not what was typed, by the name of the field."""
    return tuple(
        (form_wording.where(name, kind), value)
        for name, value in stored.items()
        if name in typed and typed[name].strip() != value and not name.startswith("reach.")
    )


def freed_groups(make: FormMaker) -> tuple[Group, ...]:
    """The form of something that ends."""
    basic = [
        replace(make.field("code", required=True), locked=bool(make.code)),
        replace(make.field("title", required=True), wide=True),
        make.field("affected", "area", required=True),
    ]
    freed = [
        *(field for name in ("operating", "investment", "staff") for field in make.amount(name)),
        make.field("first_year", required=True),
        make.field("last_year"),
        make.field("counted", options=wording.yes_no()),
    ]
    return (make.group("ends", basic), make.group("freed", freed))


def _grant(make: FormMaker, row: int) -> tuple[Field, ...]:
    path = f"costs.grants.{row}"
    amounts = ("one_time_share", "one_time_amount", "yearly_share", "yearly_amount", "years", "last_year")
    return (
        replace(make.field(f"{path}.name"), wide=True),
        make.field(f"{path}.status", options=wording.grant_statuses()),
        make.field(f"{path}.source", options=wording.sources()),
        *(make.field(f"{path}.{name}") for name in amounts),
    )


def _partner(make: FormMaker, row: int) -> tuple[Field, ...]:
    path = f"partners.{row}"
    return (make.field(f"{path}.name"), make.field(f"{path}.status", options=wording.partner_statuses()))
