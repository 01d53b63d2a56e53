"""What is different about an initiative since it was written last? By what it is about, never in people's words."""

from dataclasses import fields
from typing import Literal

from planner.domain.candidates import Candidate

Part = Literal["said", "people", "reach", "effects", "chance", "years", "costs", "staff", "links"]

_PARTS: dict[Part, tuple[str, ...]] = {
    "said": ("title", "theme", "factor", "level", "deadline", "idea"),
    "people": ("responsible", "partners"),
    "reach": ("targets", "reach"),
    "effects": ("effects",),
    "chance": ("chance", "chance_source", "delay"),
    "years": ("earliest", "latest", "started"),
    "costs": ("costs",),
    "staff": ("staff_start", "staff_yearly"),
    "links": ("requires_all", "requires_any", "excludes"),
}
assert {name for names in _PARTS.values() for name in names} == {one.name for one in fields(Candidate)} - {"code"}


def changed_parts(before: Candidate, after: Candidate) -> tuple[Part, ...]:
    """In the order of the form; nothing: they say the same."""
    return tuple(
        part for part, names in _PARTS.items() if any(getattr(before, name) != getattr(after, name) for name in names)
    )
