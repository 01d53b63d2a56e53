"""What stands on a phone in the room? The way in, and the page with its cards; and a whole card kept at once, for a
phone without scripts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.services import workshop_cards as cards
from planner.services import workshop_phone as phone
from planner.services.workshop_cards import Card, CardMark
from planner.services.workshop_live import Live, Snapshot
from planner.services.workshop_phone import DONT_KNOW, Mine, Outcome, Said
from planner.services.workshop_points import ShareView, share_view
from planner.services.workshop_proposals import ProposeView, propose_view
from planner.store.database import Database
from planner.wording import finding, workshop_results
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
class NowView:
    """What is another when the workshop goes on to its next stage; what a phone with scripts takes in place of it.

    options: (answer, text) of the scale, «vet ikke» last. version: what a poll sends back as «seen».
    cards: all of the phone's own, in its order. card: the one to show first; None when all are done. stands: that what
    was said in a round before stands, «» in the first.
    """

    title: str
    link: str
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
    stands: str
    share: ShareView | None
    live_state: str


@dataclass(frozen=True, slots=True)
class PhoneView:
    title: str
    is_rehearsal: bool
    link: str
    now: NowView
    propose: ProposeView
    status: int = 200
    frame: None = None


def page(
    database: Database,
    live: Live,
    link: str,
    token: str,
    card: str = "",
    typed: Mapping[str, str] | None = None,
    findings: Sequence[Finding] = (),
) -> EnterView | PhoneView | None:
    """The phone's page; None where there is no such workshop. typed, findings: of a proposal, or of points, that
    were refused."""
    snapshot = live.snapshot(link)
    if snapshot is None:
        return None
    mine = phone.mine(database, live, snapshot, token)
    if mine is None:
        return enter_view(snapshot, {}, ())
    is_share = "kind" in (typed or {})
    propose = propose_view(database, snapshot, token, {} if is_share else typed or {}, () if is_share else findings)
    shown = _now(database, snapshot, mine, token, card, typed or {}, findings if is_share else ())
    settings = snapshot.workshop.settings
    return PhoneView(settings.title, settings.is_rehearsal, link, shown, propose, 422 if findings else 200)


def now(database: Database, live: Live, link: str, token: str, card: str = "") -> NowView | Outcome:
    """The part of the page that is another in each stage, or why there is none: «gone», or «nobody»."""
    snapshot = live.snapshot(link)
    if snapshot is None:
        return "gone"
    if snapshot.workshop.stage.takes_scores:
        mine = phone.mine(database, live, snapshot, token)
    else:  # a stage that shows none of its answers: two hundred phones ask in the same second
        seat = phone.seat_in(database, snapshot, token)
        mine = None if seat is None else Mine(seat, {}, {}, 0)
    return "nobody" if mine is None else _now(database, snapshot, mine, token, card, {}, ())


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


def say_card(database: Database, live: Live, link: str, token: str, form: Mapping[str, str]) -> tuple[Said, str]:
    """Keep what a card was left with: each answer that is another than the stored one, under the number after its.

    With the card that comes then: the next that is not done, «» when there is none.
    """
    snapshot = live.snapshot(link)
    mine = phone.mine(database, live, snapshot, token) if snapshot else None
    if snapshot is None or mine is None:
        return Said("gone" if snapshot is None else "nobody"), ""
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
                return last, ""
    comment = mine.comments.get(code)
    if form.get("text", "").strip() != (comment.text if comment else ""):
        number = str(comment.sequence + 1 if comment else 1)
        last = phone.write(database, link, token, {**form, "sequence": number})
    after = phone.mine(database, live, snapshot, token)
    return last, cards.following(cards.items(snapshot, after), code, cards.unfinished(snapshot, after)) if after else ""


def _now(
    database: Database,
    snapshot: Snapshot,
    mine: Mine,
    token: str,
    wanted: str,
    typed: Mapping[str, str],
    findings: Sequence[Finding],
) -> NowView:
    workshop, settings = snapshot.workshop, snapshot.round_settings
    items, unfinished = cards.items(snapshot, mine), cards.unfinished(snapshot, mine)
    codes = [one.initiative for one in items]
    current = wanted if wanted in codes else next(iter(unfinished), "")
    own = tuple(cards.card(snapshot, mine, one, unfinished) for one in items) if workshop.stage.takes_scores else ()
    answered = Counter(cell[0] for cell in mine.scores)
    share = share_view(database, snapshot, token, typed, findings)
    return NowView(
        title=workshop.settings.title,
        link=workshop.link,
        state_text=share.question if share else wording.phone_state(workshop.stage.state),
        round=workshop.stage.round,
        version=workshop.version,
        question=wording.question(settings.scale.kind),
        options=(
            *((str(step), wording.step(settings.scale.kind, step)) for step in range(settings.scale.steps)),
            (DONT_KNOW, wording.dont_know()),
        ),
        marks=tuple(
            CardMark(one.code, one.title, answered[one.code], len(one.asked), one.code == current) for one in own
        ),
        cards=own,
        card=next((one for one in own if one.code == current), None),
        done=len(mine.scores),
        of=mine.of,
        takes_scores=workshop.stage.takes_scores,
        stands=workshop_results.stands() if workshop.stage.takes_scores and workshop.stage.round > 1 else "",
        share=share,
        live_state=phone.live_state(workshop),
    )
