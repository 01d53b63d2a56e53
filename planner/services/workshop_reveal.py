"""What is the room shown when a round is over? Worked out once, from everybody's latest answers, and kept as shown.

What may be shown, and who comes in beside an earlier picture, is asked of `domain/panel.py`. Never looks at who said
what.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from planner.domain.adoption import Cell, last_shown
from planner.domain.panel import Judgement, Rated, judged
from planner.domain.workshop import WorkshopSettings
from planner.store import workshop as store
from planner.store import workshop_scores, workshop_traces
from planner.store.workshop import StoredWorkshop


def reveal(session: Session, workshop: StoredWorkshop) -> int:
    """The round that is on becomes one that was shown; of how many statements there is something. Not committed."""
    *earlier, round_ = store.rounds(session, workshop.id)
    rated = workshop_scores.rated(session, workshop.id, round_.number)
    results = judgements(round_.settings, rated, last_shown([one.results or () for one in earlier]))
    store.put_results(session, workshop.id, round_.number, results)
    taken_in = {(one.initiative, one.statement): one.taken_in for one in results}
    workshop_traces.settle(session, workshop.id, round_.number, taken_in)
    workshop_traces.straighten(session, workshop.id)
    return sum(one.everyone is not None for one in results)


def judgements(
    settings: WorkshopSettings, rated: Mapping[Cell, Sequence[Rated]], before: Mapping[Cell, Judgement]
) -> tuple[Judgement, ...]:
    """Each statement of each initiative, in the order of the settings, as the room may see it. before: the last it has
    been shown of each."""
    return tuple(
        judged(
            settings.scale,
            item.initiative,
            statement,
            rated.get((item.initiative, statement), []),
            asks_group=bool(settings.groups and item.targets),
            before=before.get((item.initiative, statement)),
        )
        for item in settings.items
        for statement in item.statements
    )
