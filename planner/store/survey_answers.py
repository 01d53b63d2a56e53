"""What did each respondent answer, as long as that is kept? The coded answers of the confirmed survey of a plan.

Never a name, an address, a time or a text that somebody wrote; and never needed to show or plan: counts are enough.
"""

import io
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
from sqlmodel import Session, col, delete, select

from planner.domain.answers import Answers
from planner.domain.mapping import Segment
from planner.domain.statements import Statement
from planner.store.tables import SurveyAnswersRow

FORMAT = "malrett-answers/1"
_GRIDS = ("importance", "likelihood", "importance_dk", "likelihood_dk", "weight", "segment", "rows", "stay", "drivers")


def find(session: Session, plan_id: str) -> Answers | None:
    """The answers; None when there is no survey, it came as a finished table, or the answers are deleted."""
    content = session.exec(select(SurveyAnswersRow.content).where(SurveyAnswersRow.plan_id == plan_id)).first()
    return _answers(content) if content is not None else None


def are_kept(session: Session, plan_id: str) -> bool:
    return session.exec(select(SurveyAnswersRow.plan_id).where(SurveyAnswersRow.plan_id == plan_id)).first() is not None


def put(session: Session, plan_id: str, answers: Answers, moment: datetime) -> None:
    """Keep these in place of those kept before."""
    remove(session, plan_id)
    session.add(SurveyAnswersRow(plan_id=plan_id, content=_bytes(answers), stored_at=moment))
    session.flush()


def remove(session: Session, plan_id: str) -> None:
    session.exec(delete(SurveyAnswersRow).where(col(SurveyAnswersRow.plan_id) == plan_id))


def _bytes(answers: Answers) -> bytes:
    """A zip of plain arrays and one JSON text; background columns as numbers of their categories."""
    about: dict[str, Any] = {
        "format": FORMAT,
        "statements": [asdict(one) for one in answers.statements],
        "segments": [asdict(one) for one in answers.segments],
        "weighted": answers.weighted,
        "misprinted": answers.misprinted,
        "driver_ids": list(answers.driver_ids),
        "margins": [],
    }
    arrays = {name: getattr(answers, name) for name in _GRIDS}
    for place, (heading, categories) in enumerate(answers.margins):
        levels, codes = np.unique(np.array(categories, dtype=np.str_), return_inverse=True)
        about["margins"].append({"heading": heading, "levels": levels.tolist()})
        arrays[f"margin_{place}"] = codes.astype(np.uint32)
    arrays["about"] = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def _answers(content: bytes) -> Answers:
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(stored["about"].tobytes())
        if about["format"] != FORMAT:
            raise ValueError(f"not {FORMAT}")
        margins = tuple(
            (margin["heading"], tuple(np.array(margin["levels"], dtype=object)[stored[f"margin_{place}"]].tolist()))
            for place, margin in enumerate(about["margins"])
        )
        return Answers(
            statements=tuple(Statement(**one) for one in about["statements"]),
            segments=tuple(Segment(**one) for one in about["segments"]),
            margins=margins,
            weighted=about["weighted"],
            misprinted=about["misprinted"],
            driver_ids=tuple(about["driver_ids"]),
            **{name: stored[name] for name in _GRIDS},
        )
