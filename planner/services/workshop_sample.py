"""Which workshop stands in the sample, to look at? One of two rounds that is over, of made-up people.

It is written as what is left when an evening has ended: what the room was shown of each round, the comments under names
drawn by chance, and the log. No seat and no single score, so that the sample takes no longer to make.
"""

import secrets
from collections import defaultdict
from dataclasses import replace

from sqlmodel import Session

from planner.domain.adoption import Cell, last_shown
from planner.domain.panel import Judgement, Rated
from planner.domain.workshop import Action, Stage
from planner.domain.workshop_rehearsal import answers, crowd, rehearsal, remarks
from planner.domain.workshop_typed import Ground
from planner.services.plans import now
from planner.services.workshop import add
from planner.services.workshop_rehearsal import believed
from planner.services.workshop_reveal import judgements
from planner.store import workshop as store
from planner.store import workshop_log
from planner.store import workshop_scores as scores
from planner.store.workshop_scores import NewComment
from planner.wording import workshop as wording

EVENING: tuple[Action, ...] = ("gather", "open", "close", "reveal", "open", "close", "reveal", "end")


def hold(session: Session, plan_id: str, ground: Ground, title: str) -> None:
    """The caller commits."""
    settings = rehearsal(ground, title, room_for_own_phones=False)
    if settings is None:
        raise RuntimeError("the sample has nothing to score")
    held = add(session, plan_id, settings)
    people = len(crowd(settings))
    hands = {one.number: [item.initiative for item in settings.items] for one in crowd(settings)}
    stage, before = Stage(), dict[Cell, Judgement]()
    for action in EVENING:
        following = stage.after(action, settings.rounds)
        if following is None:
            raise RuntimeError(f"an evening does not {action} now")
        stage = following
        if action == "open":
            rated: dict[Cell, list[Rated]] = defaultdict(list)
            for one in answers(settings, hands, stage.round, believed(ground.candidates)):
                cell = one.item.initiative, one.statement  # everybody answers in either round
                rated[cell].append(Rated(one.score, one.one.group in one.item.targets, is_new=cell not in before))
            store.put_round(session, held.id, stage.round, settings)
            shown = judgements(settings, rated, before)
            before = last_shown([shown])
            store.put_results(session, held.id, stage.round, shown)
        workshop_log.add(session, held.id, now(), action, {"round": stage.round, "seats": people})
    written = [
        NewComment(code, secrets.token_hex(20), wording.made_up_comment(number))
        for _, code, number in remarks(settings, hands)
    ]
    scores.put_new(session, held.id, 1, (), written)
    store.save(session, replace(held, stage=stage, salt=""), held.version)
