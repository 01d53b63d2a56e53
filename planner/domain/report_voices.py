"""Who took part besides answering the survey? The workshops that were held, as a public paper may tell of them.

How many came, never who, and never how many of each group: a group's number less the others' would be somebody. What
anybody scored is not here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from planner.domain.adoption import Adopted
from planner.domain.workshop import WorkshopSettings
from planner.domain.workshop_display import may_show


@dataclass(frozen=True, slots=True)
class Held:
    """One workshop. people: None where so few came that they are not counted out. groups: ids that could be spoken for.

    effects: how many the plan's initiatives got from the room; overridden: how many somebody set otherwise, with a
    reason.
    """

    title: str
    people: int | None
    rounds: int
    initiatives: int
    groups: tuple[str, ...]
    effects: int
    overridden: int

    def to_document(self) -> dict[str, Any]:
        return asdict(self) | {"groups": list(self.groups)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Held":
        return cls(**{**document, "groups": tuple(document["groups"])})


def held(settings: WorkshopSettings, seats: Iterable[int], rounds: int, adopted: Iterable[Adopted]) -> Held:
    """seats: how many were there each time it was noted; the most is how many came."""
    came = max(seats, default=0)
    taken = tuple(adopted)
    return Held(
        title=settings.title,
        people=came if may_show(came) else None,
        rounds=rounds,
        initiatives=len(settings.items),
        groups=settings.groups,
        effects=len(taken),
        overridden=sum(bool(one.reason) for one in taken),
    )
