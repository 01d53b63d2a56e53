"""What stands on a phone in the room? The way in, the cards, and one card; and a whole card kept at once, for a phone
without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.workshop import Item
from planner.domain.workshop_share import first_card
from planner.services import workshop_phone as phone
from planner.services.workshop_live import Live, Snapshot
from planner.services.workshop_phone import DONT_KNOW, Mine, Said
from planner.store.database import Database
from planner.wording import finding, gaps
from planner.wording import statements as names
from planner.wording import workshop as wording


@dataclass(frozen=True, slots=True)
class EnterView:
    """The way in. errors: by field; «» is for what no field can mend. lets_in: else there is nothing to fill in."""

    title: str
    is_rehearsal: bool
    link: str
    lets_in: bool
    state_text: str
    tables: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    asks_name: bool
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    status: int = 200
    frame: None = None


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
    code: str
    title: str
    place: int
    asked: tuple[Asked, ...]
    comment: str
    comment_sequence: int
    following: str


@dataclass(frozen=True, slots=True)
class CardMark:
    """A card in the list: how much of it is answered."""

    code: str
    title: str
    answered: int
    of: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class PhoneView:
    """options: (answer, text) of the scale, «vet ikke» last. version: what a poll sends back as «seen».

    cards: all of the phone's own, in its order. card: the one to show first; None when all are done.
    """

    title: str
    is_rehearsal: bool
    link: str
    state: str
    state_text: str
    round: int
    version: int
    question: str
    options: tuple[tuple[str, str], ...]
    marks: tuple[CardMark, ...]
    cards: tuple[Card, ...]
    card: Card | None
    done: int
    of: int
    takes_scores: bool
    frame: None = None


def page(database: Database, live: Live, link: str, token: str, card: str = "") -> EnterView | PhoneView | None:
    """The phone's page; None where there is no such workshop."""
    snapshot = live.snapshot(link)
    if snapshot is None:
        return None
    mine = phone.mine(database, live, snapshot, token)
    return enter_view(snapshot, {}, ()) if mine is None else _phone_view(snapshot, mine, card)


def enter_view(snapshot: Snapshot, typed: Mapping[str, str], findings: Sequence[Finding]) -> EnterView:
    workshop = snapshot.workshop
    segments = names.segments(snapshot.words.segments)
    wrong = {one.where: f"{said.what} {said.try_}".strip() for one in findings for said in (finding(one),)}
    return EnterView(
        title=workshop.settings.title,
        is_rehearsal=workshop.settings.is_rehearsal,
        link=workshop.link,
        lets_in=workshop.stage.lets_in,
        state_text=wording.phone_state(workshop.stage.state),
        tables=workshop.settings.tables,
        groups=tuple((id_, segments.get(id_, id_)) for id_ in workshop.settings.groups),
        asks_name=workshop.settings.is_named,
        typed=typed,
        errors=wrong,
        status=422 if findings else 200,
    )


def say_card(database: Database, live: Live, link: str, token: str, form: Mapping[str, str]) -> Said:
    """Keep what a card was left with: each answer that is another than the stored one, under the number after its."""
    snapshot = live.snapshot(link)
    mine = phone.mine(database, live, snapshot, token) if snapshot else None
    if snapshot is None or mine is None:
        return Said("gone" if snapshot is None else "nobody")
    code = form.get("initiative", "")
    item = snapshot.round_settings.item(code)
    last = Said("stands", state=snapshot.workshop.stage.state, round=snapshot.workshop.stage.round)
    for statement in item.statements if item else ():
        answer, there = form.get(f"answer-{statement}", ""), mine.scores.get((code, statement))
        if answer and (there is None or phone.typed_answer(there.score) != answer):
            number = str(there.sequence + 1 if there else 1)
            said = {**form, "statement": statement, "answer": answer, "sequence": number}
            last = phone.say(database, live, link, token, said)
            if last.outcome != "stands":
                return last
    comment = mine.comments.get(code)
    if form.get("text", "").strip() != (comment.text if comment else ""):
        number = str(comment.sequence + 1 if comment else 1)
        last = phone.write(database, live, link, token, {**form, "sequence": number})
    return last


def _phone_view(snapshot: Snapshot, mine: Mine, wanted: str) -> PhoneView:
    workshop, settings = snapshot.workshop, snapshot.round_settings
    codes = mine.seat.hand.initiatives if workshop.stage.round else ()
    ordered = sorted(codes, key=lambda code: first_card(code, codes, mine.seat.id))
    items = [item for code in ordered for item in settings.items if item.initiative == code]
    answered = {item.initiative: sum(cell[0] == item.initiative for cell in mine.scores) for item in items}
    unfinished = [one.initiative for one in items if answered[one.initiative] < len(one.statements)]
    current = wanted if wanted in ordered else next(iter(unfinished), "")
    cards = tuple(
        _card(snapshot, mine, one, place + 1, _following(ordered, place, unfinished)) for place, one in enumerate(items)
    )
    kind = settings.scale.kind
    return PhoneView(
        title=workshop.settings.title,
        is_rehearsal=workshop.settings.is_rehearsal,
        link=workshop.link,
        state=workshop.stage.state,
        state_text=wording.phone_state(workshop.stage.state),
        round=workshop.stage.round,
        version=workshop.version,
        question=wording.question(kind),
        options=(
            *((str(step), wording.step(kind, step)) for step in range(settings.scale.steps)),
            (DONT_KNOW, wording.dont_know()),
        ),
        marks=tuple(
            CardMark(
                one.initiative,
                _title(snapshot, one.initiative),
                answered[one.initiative],
                len(one.statements),
                one.initiative == current,
            )
            for one in items
        ),
        cards=cards,
        card=next((one for one in cards if one.code == current), None),
        done=len(mine.scores),
        of=mine.of,
        takes_scores=workshop.stage.takes_scores,
    )


def _following(ordered: Sequence[str], place: int, unfinished: Sequence[str]) -> str:
    """The next card after this one that is not done; «» when there is none."""
    return next((code for code in (*ordered[place + 1 :], *ordered[:place]) if code in unfinished), "")


def _card(snapshot: Snapshot, mine: Mine, item: Item, place: int, following: str) -> Card:
    asked = []
    for id_ in item.statements:
        statement, there = snapshot.words.statements.get(id_), mine.scores.get((item.initiative, id_))
        text = gaps.statement(statement) if statement else id_
        answer = phone.typed_answer(there.score) if there else ""
        asked.append(Asked(id_, f"answer-{id_}", text, answer, there.sequence if there else 0))
    comment = mine.comments.get(item.initiative)
    return Card(
        item.initiative,
        _title(snapshot, item.initiative),
        place,
        tuple(asked),
        comment.text if comment else "",
        comment.sequence if comment else 0,
        following,
    )


def _title(snapshot: Snapshot, code: str) -> str:
    candidate = snapshot.words.candidates.get(code)
    return candidate.title if candidate else code
