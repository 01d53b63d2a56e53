"""Which initiatives does each phone get, and how many people and minutes does that take?

Cards are dealt so that counts never differ by more than one, whenever people stop coming in; who speaks for a group
gets, of those that are equally short of people, the ones that are for that group and that fewest of it have got.
Never looks at what anybody answered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from planner.domain.workshop import LEAST_PEOPLE, Item

READ_SECONDS, SCORE_SECONDS = 25, 10
"""To read what an initiative is, and to answer for one statement. A comment comes out of what is left over."""
EVENING_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Shares:
    """per_phone: initiatives on each phone. people: the fewest for each initiative to be scored by as many as wanted.

    minutes: what one phone takes. each: by how many each initiative is scored when everyone there is room for comes.
    """

    per_phone: int
    people: int
    minutes: int
    each: int


def shares(items: Sequence[Item], wanted: int, size: int) -> Shares:
    """What it takes for each of the items to be scored by `wanted` of `size` people."""
    per_phone = _per_phone(len(items), wanted, size)
    people = _people(len(items), wanted, per_phone)
    return Shares(per_phone, people, _minutes(items, per_phone), size * per_phone // max(1, len(items)))


def suggested_wanted(items: Sequence[Item], size: int, minutes: int = EVENING_MINUTES) -> int:
    """As many raters an initiative as `size` people have time for; never fewer than what may be shown."""
    for wanted in range(size, LEAST_PEOPLE, -1):
        if _minutes(items, _per_phone(len(items), wanted, size)) <= minutes:
            return wanted
    return LEAST_PEOPLE


def _per_phone(items: int, wanted: int, size: int) -> int:
    return min(items, ceil(items * min(wanted, size) / size))


def _people(items: int, wanted: int, per_phone: int) -> int:
    return ceil(items * wanted / per_phone) if per_phone else 0


def _minutes(items: Sequence[Item], per_phone: int) -> int:
    """By the longest cards, so that nobody is promised too little."""
    longest = sorted((len(one.statements) for one in items), reverse=True)[:per_phone]
    return ceil(sum(READ_SECONDS + SCORE_SECONDS * statements for statements in longest) / 60)


@dataclass(frozen=True, slots=True)
class Hand:
    """What one phone has: the group it speaks for («» for none) and the initiatives it got."""

    group: str
    initiatives: tuple[str, ...]


def deal(items: Sequence[Item], per_phone: int, hands: Sequence[Hand], group: str, had: Sequence[str] = ()) -> Hand:
    """The hand of one more phone. hands: those dealt already. had: what this phone got in the round before."""
    all_got = Counter(code for hand in hands for code in hand.initiatives)
    group_got = Counter(code for hand in hands if hand.group == group for code in hand.initiatives)
    order = {one.initiative: place for place, one in enumerate(items)}

    def shortest(one: Item) -> tuple[int, bool, bool, int, int]:
        code = one.initiative
        return all_got[code], code not in had, not (group and group in one.targets), group_got[code], order[code]

    chosen = sorted(items, key=shortest)[: min(per_phone, len(items))]
    return Hand(group, tuple(sorted((one.initiative for one in chosen), key=order.__getitem__)))


def deal_all(items: Sequence[Item], per_phone: int, seats: Mapping[str, Hand]) -> dict[str, Hand]:
    """A hand for every seat, anew; each keeps of what it had what fits. seats: by id, with what each had before."""
    dealt: dict[str, Hand] = {}
    for seat, before in sorted(seats.items()):
        dealt[seat] = deal(items, per_phone, tuple(dealt.values()), before.group, before.initiatives)
    return dealt


def first_card(code: str, codes: Sequence[str], seat: str) -> int:
    """Where a card stands on one phone: each phone begins at another place, so that none is always last."""
    start = int(seat[:8], 16) % len(codes) if codes else 0
    return (codes.index(code) - start) % len(codes)
