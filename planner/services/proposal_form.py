"""What stands in the form for a new idea? The fewest fields that a plan can be asked with; two minutes to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.domain.candidate_fields import Fields
from planner.domain.candidate_links import Terms
from planner.domain.findings import Finding
from planner.services import plans
from planner.services.initiative_form import Field, FormMaker
from planner.services.initiative_rows import factors, ground
from planner.services.plans import Frame
from planner.wording import Sentence
from planner.wording import initiatives as choices
from planner.wording import proposals as words

ROWS = 3
NAMES = ("title", "factor", "idea", "costs.one_time.value", "costs.budget", "costs.yearly.value", "staff_yearly.value")


@dataclass(frozen=True, slots=True)
class FormView:
    """basic: what it is. effects: (statement, how many get it) a row. targets: (id, name, ticked). cost: fields.

    has_plan: there is a plan to hold it against.
    """

    frame: Frame
    has_plan: bool
    basic: tuple[Field, ...]
    effects: tuple[tuple[Field, Field], ...]
    targets: tuple[tuple[str, str, bool], ...]
    cost: tuple[Field, ...]
    findings: tuple[Sentence, ...]
    status: int


def whole(typed: Fields, code: str, terms: Terms) -> dict[str, str]:
    """All that an initiative needs, out of the few fields of this form. The theme is the factor's."""
    effects = {f"effects.{row}.{part}" for row in range(ROWS) for part in ("statement", "percent")}
    fields = {name: text for name, text in typed.items() if name in effects or name in NAMES}
    for row in range(ROWS):
        if not fields.get(f"effects.{row}.statement"):
            # How many it helps, of nothing, is a choice that stood in the field from the start.
            fields.pop(f"effects.{row}.percent", None)
    factor = typed.get("factor", "")
    return fields | {"code": code, "theme": factors().get(factor, factor), "targets": typed.get("targets", "")}


def form_view(
    session: Session, plan_id: str, typed: Fields, findings: Sequence[Finding], *, has_plan: bool
) -> FormView:
    base = ground(session, plan_id)
    usual = {f"effects.{row}.percent": "15" for row in range(ROWS)} | {"targets": ",".join(base.terms.segments)}
    make = FormMaker("", usual | dict(typed), [_as_factor(one) for one in findings])
    statements = (("", "–"), *base.terms.statements.items())
    ticked = {one.strip() for one in make.fields.get("targets", "").split(",")}
    return FormView(
        frame=plans.frame(session, plan_id, "report"),
        has_plan=has_plan,
        basic=(
            replace(make.field("title", required=True), wide=True),
            replace(make.field("factor", "select", (("", "–"), *factors().items()), required=True), help=""),
            replace(make.field("idea"), help=""),
        ),
        effects=tuple(
            (
                make.field(f"effects.{row}.statement", options=statements),
                replace(
                    make.field(f"effects.{row}.percent", options=choices.effect_steps()[1:]),
                    label=words.how_many(),
                    unit="",
                ),
            )
            for row in range(ROWS)
        ),
        targets=tuple((id_, name, id_ in ticked) for id_, name in base.terms.segments.items()),
        cost=(
            make.field("costs.one_time.value"),
            make.field("costs.budget", options=choices.budgets()),
            make.field("costs.yearly.value"),
            make.field("staff_yearly.value"),
        ),
        findings=make.sentences(),
        status=422 if findings or (typed and not has_plan) else 200,
    )


def _as_factor(finding: Finding) -> Finding:
    """The theme is chosen as a factor here."""
    return replace(finding, where="factor") if finding.where == "theme" else finding


def typed_fields(form: Mapping[str, str], targets: Sequence[str]) -> dict[str, str]:
    """A form with boxes as flat fields."""
    return {**form, "targets": ",".join(targets)}
