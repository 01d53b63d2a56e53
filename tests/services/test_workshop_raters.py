"""What people said goes on to the looks: of the newest workshop whose answers were shown, and only what was shown."""

from dataclasses import replace

from planner.domain.panel import Judgement, Rated, judged
from planner.domain.workshop import FOUR_STEPS, Item, Stage, WorkshopSettings
from planner.services.workshop_raters import raters
from planner.store import workshop as store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop

SETTINGS = WorkshopSettings(title="Bolyst", items=(Item("T1", ("s01", "s02")), Item("T2", ("s01",))))


def said(initiative: str, statement: str, *scores: int) -> Judgement:
    return judged(FOUR_STEPS, initiative, statement, [Rated(score) for score in scores], asks_group=False)


def held(database: Database, plan_id: str, number: int, stage: Stage, *rounds: list[Judgement]) -> None:
    one = StoredWorkshop(f"w{number}", plan_id, number, f"link{number}", "", stage, SETTINGS, "", 1, False)
    with database.write() as session:
        store.add(session, one)
        for place in range(1, stage.round + 1):
            store.put_round(session, one.id, place, replace(SETTINGS, rounds=max(2, place)))
            if place <= len(rounds):
                store.put_results(session, one.id, place, rounds[place - 1])
        session.commit()


def test_of_the_newest_that_showed_its_answers(database: Database, plan_id: str) -> None:
    def now() -> object:
        with database.read() as session:
            return raters(session, plan_id)

    assert now() is None
    few = said("T1", "s02", 3, 3, 3, 3)
    held(database, plan_id, 1, Stage("ended", 1), [said("T1", "s01", 3, 0, 1, 1, 2), few])
    assert now() == {"T1": {"s01": [0.0, 0.05, 0.05, 0.15, 0.3]}}
    # One that goes on, one that ended before anything was shown, and one where too few answered.
    held(database, plan_id, 2, Stage("open", 2), [said("T2", "s01", 3, 3, 3, 3, 3)])
    held(database, plan_id, 3, Stage("ended", 1))
    held(database, plan_id, 4, Stage("revealed", 1), [few])
    assert now() == {"T1": {"s01": [0.0, 0.05, 0.05, 0.15, 0.3]}}
    # A second round takes the first one's place for what it asks about.
    first = [said("T1", "s01", 0, 0, 0, 0, 0), said("T2", "s01", 1, 1, 1, 1, 1)]
    held(database, plan_id, 5, Stage("revealed", 2), first, [said("T1", "s01", 2, 2, 2, 2, 3)])
    assert now() == {"T1": {"s01": [0.15, 0.15, 0.15, 0.15, 0.3]}, "T2": {"s01": [0.05] * 5}}
    with database.read() as session:
        assert raters(session, "another") is None
