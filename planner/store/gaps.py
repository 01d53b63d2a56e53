"""How needs are weighed, as it is kept: one row a plan."""

import json
from dataclasses import dataclass, field

from sqlmodel import Session

from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.store.tables import GapSettingsRow


@dataclass(frozen=True, slots=True)
class StoredWeights:
    """version: 0 before anything is kept; a form carries it, so that nobody overwrites what they have not seen."""

    segments: SegmentWeights = field(default_factory=SegmentWeights)
    factors: FactorWeights = field(default_factory=FactorWeights)
    version: int = 0


def weights(session: Session, plan_id: str) -> StoredWeights:
    """The weights of the plan; the usual ones when none are kept."""
    row = session.get(GapSettingsRow, plan_id)
    if row is None:
        return StoredWeights()
    document = json.loads(row.document)
    segments, factors = document["segments"], document["factors"]
    return StoredWeights(
        SegmentWeights(segments["choice"], _pairs(segments["values"])),
        FactorWeights(factors["choice"], _pairs(factors["values"])),
        row.version,
    )


def keep_weights(session: Session, plan_id: str, chosen: StoredWeights) -> None:
    """Keep these as the next version. The caller has compared versions in the same transaction."""
    document = json.dumps(
        {
            "segments": {"choice": chosen.segments.choice, "values": dict(chosen.segments.values)},
            "factors": {"choice": chosen.factors.choice, "values": dict(chosen.factors.values)},
        }
    )
    row = session.get(GapSettingsRow, plan_id) or GapSettingsRow(plan_id=plan_id, document="", version=0)
    row.document, row.version = document, chosen.version + 1
    session.add(row)
    session.flush()


def _pairs(values: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(amount)) for name, amount in values.items())
