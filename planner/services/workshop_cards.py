"""Which cards has a phone, in which order, and what stands on each?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.workshop import Item
from planner.domain.workshop_share import first_card
from planner.services.workshop_live import Snapshot
from planner.services.workshop_phone import Mine, typed_answer
from planner.wording import gaps


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement of a card. answer: «» not given, x «vet ikke», else the step. sequence: of what is stored."""

    id: str
    field: str
    text: str
    answer: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Card:
    """number: of the initiative among all that are scored, the same on every phone. is_last: no other card waits."""

    number: int
    code: str
    title: str
    asked: tuple[Asked, ...]
    comment: str
    comment_sequence: int
    is_last: bool

    @property
    def is_blank(self) -> bool:
        """Nothing is said on it yet: then it is the same on every phone."""
        return not self.comment_sequence and not any(one.sequence for one in self.asked)


@dataclass(frozen=True, slots=True)
class CardMark:
    """A card in the list: how much of it is answered."""

    code: str
    title: str
    answered: int
    of: int
    is_current: bool


def items(snapshot: Snapshot, mine: Mine) -> list[Item]:
    """The phone's own, in its order."""
    codes = mine.seat.hand.initiatives if snapshot.workshop.stage.round else ()
    there = {item.initiative: item for item in snapshot.round_settings.items}
    ordered = sorted(codes, key=lambda code: first_card(code, codes, mine.seat.id))
    return [there[code] for code in ordered if code in there]


def unfinished(snapshot: Snapshot, mine: Mine) -> list[str]:
    answered = Counter(cell[0] for cell in mine.scores)
    return [one.initiative for one in items(snapshot, mine) if answered[one.initiative] < len(one.statements)]


def following(items: Sequence[Item], code: str, unfinished: Sequence[str]) -> str:
    """The next card after this one that is not done; «» when there is none."""
    codes = [one.initiative for one in items]
    place = codes.index(code) if code in codes else -1
    return next((one for one in (*codes[place + 1 :], *codes[: max(0, place)]) if one in unfinished), "")


def card(snapshot: Snapshot, mine: Mine, item: Item, unfinished: Sequence[str]) -> Card:
    asked = []
    for id_ in item.statements:
        statement, there = snapshot.words.statements.get(id_), mine.scores.get((item.initiative, id_))
        text = gaps.statement(statement) if statement else id_
        answer = typed_answer(there.score) if there else ""
        asked.append(Asked(id_, f"answer-{id_}", text, answer, there.sequence if there else 0))
    comment = mine.comments.get(item.initiative)
    candidate = snapshot.words.candidates.get(item.initiative)
    return Card(
        snapshot.round_settings.items.index(item) + 1,
        item.initiative,
        candidate.title if candidate else item.initiative,
        tuple(asked),
        comment.text if comment else "",
        comment.sequence if comment else 0,
        not any(other != item.initiative for other in unfinished),
    )
