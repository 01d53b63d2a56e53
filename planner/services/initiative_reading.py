"""What does somebody read of one initiative, or of one thing that ends, who may not change it? The form as text.

Empty fields are left out, and where a figure that is not there would be from. Never a field: what is typed comes in
by `initiative_form`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.services.initiative_form import Field, FormView, Group, TargetField
from planner.services.plans import Frame

Said = tuple[tuple[str, str], ...]
"""(name, text) of what is filled in."""


@dataclass(frozen=True, slots=True)
class Part:
    """title: as in the form. lists: one for the fields, and one for each row that is filled in."""

    title: str
    lists: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """reached: the groups it reaches, with how much of each. anchor: where it stands on the page of all."""

    frame: Frame
    title: str
    anchor: str
    parts: tuple[Part, ...]
    reached: tuple[str, ...]


def reading(form: FormView, anchor: str) -> ReadingView:
    parts = tuple(part for part in (_part(group) for group in form.groups) if part.lists)
    return ReadingView(
        form.frame, form.title, anchor, parts, tuple(_reached(one) for one in form.targets if one.checked)
    )


def _part(group: Group) -> Part:
    rows = (row for row in group.rows if any(one.value and one.kind != "select" for one in row))
    lists = (_said(group.fields), *(_said(row) for row in rows))
    return Part(group.title, tuple(some for some in lists if some))


def _said(fields: Sequence[Field]) -> Said:
    shown = (one for one in fields if one.value and not _is_source_of_nothing(one, fields))
    return tuple((f"{one.label} ({one.unit})" if one.unit else one.label, _text(one)) for one in shown)


def _is_source_of_nothing(field: Field, fields: Sequence[Field]) -> bool:
    """«costs.yearly.source» is of «costs.yearly.value», «costs.extra_source» of all that begins with «costs.extra_»."""
    if not field.name.endswith("source"):
        return False
    figures = [one for one in fields if one.kind != "select" and one.name.startswith(field.name.removesuffix("source"))]
    return bool(figures) and not any(one.value for one in figures)


def _text(field: Field) -> str:
    """What was chosen in words; else as it was typed."""
    return dict(field.options).get(field.value, field.value)


def _reached(target: TargetField) -> str:
    return f"{target.name}: {target.percent.value}\u00a0%" if target.percent.value else target.name
