"""How would thirty made-up people answer, so that a facilitator can try an evening before there is one?

Each answer is drawn around what the plan believes already, by a seed of who and what: those whom an initiative is for
think a little better of it, a few statements part the room in two, and in a second round people come closer. Nothing
here is anybody's opinion, and a workshop of this kind gives the plan nothing (`services/workshop_adopt.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from planner.domain.candidates import Candidate
from planner.domain.panel import Score
from planner.domain.workshop import Item, Scale, WorkshopSettings

PEOPLE, MOST_ITEMS = 30, 8
UNSURE = (0.12, 0.05)  # share of «vet ikke» in the first round, and later
WIDTH = (0.85, 0.5)  # in steps of four
TARGET_LEAN = 0.5
TWO_CAMPS = 0.15  # share of statements that part the room
COMMENTS_EVERY = 4


@dataclass(frozen=True, slots=True)
class Simulated:
    """One made-up person. token: as a phone would hold it; only a workshop that is a rehearsal has a seat for it."""

    number: int
    token: str
    table: str
    group: str


def crowd(settings: WorkshopSettings) -> tuple[Simulated, ...]:
    """Those who come in: as many as there is room for, up to thirty, over all tables and groups."""
    tables, groups = settings.tables or ("",), (*settings.groups, "")
    return tuple(
        Simulated(at, f"rehearsal-{at:03d}-nobody-at-all", tables[at % len(tables)], groups[at % len(groups)])
        for at in range(min(PEOPLE, settings.size))
    )


def answer(scale: Scale, item: Item, statement: str, one: Simulated, round_: int, believed: float) -> Score:
    """What one of them says. believed: per cent of effect that the plan has now."""
    later = round_ > 1
    about = f"{item.initiative}/{statement}"
    chance = Random(f"{about}/{one.number}")
    unsure, width = chance.random(), chance.gauss(0, 1)
    if unsure < UNSURE[later]:
        return None
    if Random(about).random() < TWO_CAMPS:
        middle = float((scale.steps - 1) * (one.number % 2))
    else:
        middle = float(min(range(scale.steps), key=lambda step: abs(scale.percents[step] - believed)))
    size = (scale.steps - 1) / 3
    lean = TARGET_LEAN * (one.group in item.targets)
    return max(0, min(scale.steps - 1, round(middle + size * (lean + width * WIDTH[later]))))


def writes(one: Simulated, place: int) -> bool:
    """Whether this person writes something on the card at this place."""
    return (one.number + place) % COMMENTS_EVERY == 0 and place < 2


def few_items(items: Sequence[Item], candidates: Sequence[Candidate]) -> tuple[Item, ...]:
    """Eight at the most for a first try, of as many themes as there are, in the order of the list."""
    theme = {one.code: one.theme for one in candidates}
    nth: dict[str, int] = {}
    turns = []
    for place, item in enumerate(items):
        of = theme[item.initiative]
        nth[of] = nth.get(of, 0) + 1
        turns.append((nth[of], place))
    chosen = sorted(place for _, place in sorted(turns)[:MOST_ITEMS])
    return tuple(items[place] for place in chosen)
