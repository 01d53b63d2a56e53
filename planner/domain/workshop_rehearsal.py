"""How would thirty made-up people answer, so that a facilitator can try an evening before there is one?

Each answer is drawn around what the plan believes already, by a seed of who and what: those whom an initiative is for
think a little better of it, a few statements part the room in two, and in a second round people come closer. Nothing
here is anybody's opinion, and the plan is given nothing of it (`services/workshop_adopt.py`, `workshop_raters.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from statistics import NormalDist

from planner.domain.candidates import Candidate
from planner.domain.panel import Score
from planner.domain.workshop import Item, Scale, WorkshopSettings
from planner.domain.workshop_typed import Ground, suggestion

PEOPLE, MOST_ITEMS, TABLES = 30, 8, 5
OWN_PHONES = 4  # of the facilitator and colleagues; with more, eight cards would no longer be on every phone
UNSURE = (0.12, 0.05)  # share of «vet ikke» in the first round, and later
WIDTH = (0.85, 0.5)  # in steps of four
TARGET_LEAN = 0.5
TWO_CAMPS = 0.15  # share of statements that part the room
COMMENTS_EVERY = 4
NORMAL = NormalDist()

Hands = Mapping[int, Sequence[str]]
"""The initiatives that each has cards for, by number of the person."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """One made-up person. token: as a phone would hold it; only a workshop that is a rehearsal has a seat for it."""

    number: int
    token: str
    table: str
    group: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What one of them says of one statement."""

    one: Simulated
    item: Item
    statement: str
    score: Score


def rehearsal(ground: Ground, title: str, *, room_for_own_phones: bool) -> WorkshopSettings | None:
    """A short evening to try, of few initiatives that everybody scores; None where there is nothing to score."""
    usual = suggestion(ground, title)
    if usual is None:
        return None
    return replace(
        usual,
        items=few_items(usual.items, ground.candidates),
        tables=tuple(f"{ground.table} {place}" for place in range(1, TABLES + 1)),
        size=PEOPLE + OWN_PHONES * room_for_own_phones,
        wanted=PEOPLE,
        is_rehearsal=True,
    )


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


def crowd(settings: WorkshopSettings) -> tuple[Simulated, ...]:
    """Those who come in: as many as there is room for, up to thirty, over all tables and groups."""
    tables, groups = settings.tables or ("",), (*settings.groups, "")
    return tuple(
        # Along the tables first: else groups and tables of equal number would go together.
        Simulated(
            at, f"rehearsal-{at:03d}-nobody-at-all", tables[at % len(tables)], groups[at // len(tables) % len(groups)]
        )
        for at in range(min(PEOPLE, settings.size))
    )


def answers(
    settings: WorkshopSettings, hands: Hands, round_: int, believed: Mapping[tuple[str, str], float]
) -> Iterator[Answered]:
    """Every card of everybody. believed: per cent of effect that the plan has now, by initiative and statement."""
    people = [(one, set(hands.get(one.number, ()))) for one in crowd(settings)]
    for item in settings.items:
        for statement in item.statements:
            percent = believed.get((item.initiative, statement), 0.0)
            middles = _middles(settings.scale, item, statement, percent)
            for one, hand in people:
                if item.initiative in hand:
                    score = _answer(settings.scale, item, statement, one, round_, middles[one.number % 2])
                    yield Answered(one, item, statement, score)


def remarks(settings: WorkshopSettings, hands: Hands) -> Iterator[tuple[Simulated, str, int]]:
    """Who writes something on which card, and which of the remarks."""
    for one in crowd(settings):
        for place, code in enumerate(hands.get(one.number, ())):
            if (one.number + place) % COMMENTS_EVERY == 0 and place < 2:
                yield one, code, one.number + place


def _middles(scale: Scale, item: Item, statement: str, percent: float) -> tuple[float, float]:
    """The steps that answers lie around: the same for all, or the two ends where the statement parts the room."""
    if _drawn("camps", item.initiative, statement) < TWO_CAMPS:
        return 0.0, float(scale.steps - 1)
    nearest = float(min(range(scale.steps), key=lambda step: abs(scale.percents[step] - percent)))
    return nearest, nearest


def _answer(scale: Scale, item: Item, statement: str, one: Simulated, round_: int, middle: float) -> Score:
    later = round_ > 1
    about = (item.initiative, statement, str(one.number))
    if _drawn("unsure", *about) < UNSURE[later]:
        return None
    width = NORMAL.inv_cdf(_drawn("width", *about))
    size = (scale.steps - 1) / 3
    lean = TARGET_LEAN * (one.group in item.targets)
    return max(0, min(scale.steps - 1, round(middle + size * (lean + width * WIDTH[later]))))


def _drawn(*about: str) -> float:
    """Between 0 and 1, by nothing but what it is about."""
    digest = blake2b("/".join(about).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) + 0.5) / 2**64
