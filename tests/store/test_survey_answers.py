"""Answers come back as they were put, and go when they are removed."""

import numpy as np

from planner.domain.answers import Answers
from planner.services.plans import now
from planner.store import survey_answers as kept
from tests.domain.raw import TWO, read, two


def answers() -> Answers:
    reading = read(
        two(
            ("6", "3", "7", "Vet ikke", "0,8", "Kvinne"),
            ("5", "5", "", "2", "1,2", "Mann"),
            ("7", "1", "6", "6", "1", "Mann"),
            extra=("Vekt", "Kjønn"),
        )
    )
    assert reading.answers is not None
    return reading.answers


def test_what_was_put_comes_back(store, plan_id):
    put = answers()
    with store.write() as session:
        kept.put(session, plan_id, put, now())
        session.commit()
    with store.read() as session:
        found = kept.find(session, plan_id)
        assert kept.are_kept(session, plan_id)
    assert found is not None and found.statements == TWO and found.margins == put.margins
    for name in ("importance", "likelihood", "importance_dk", "likelihood_dk", "weight", "segment", "rows", "stay"):
        np.testing.assert_array_equal(getattr(found, name), getattr(put, name))
    assert (found.segments, found.weighted, found.misprinted) == (put.segments, True, False)


def test_removed_answers_are_gone(store, plan_id):
    with store.write() as session:
        kept.put(session, plan_id, answers(), now())
        kept.remove(session, plan_id)
        session.commit()
    with store.read() as session:
        assert kept.find(session, plan_id) is None and not kept.are_kept(session, plan_id)
