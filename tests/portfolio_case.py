"""A plan to prioritise in, small enough to reckon by hand: the survey of `gap_survey` and five initiatives.

By equal factors the points are jobb 25, bolig 25 …, whatever they are: what matters here is the frame.
J1 and J2 are work, B1 and B2 housing, S1 company. J2 requires J1; B1 and B2 cannot stand together.
"""

from planner.domain.candidates import Candidate, Effect, Staff
from planner.domain.costs import Cost, Costs
from planner.domain.freed import Freed
from planner.domain.settings import PortfolioSettings
from planner.store import initiatives, portfolio
from planner.store.database import Database
from tests import gap_survey

YEARS = (2027, 2028)
GROUPS = ("innvandrere", "unge", "voksne")


def candidate(code: str, factor: str, statement: str, percent: int, yearly: int, **more: object) -> Candidate:
    return Candidate(
        code=code,
        title=f"Tiltak {code}",
        theme=factor,
        factor=factor,
        targets=GROUPS,
        effects=(Effect(statement, percent, "eksempelbank" if code == "J1" else "egen"),),
        chance=100,
        costs=Costs(yearly=Cost(yearly)),
        staff_yearly=Staff(1),
        **more,  # type: ignore[arg-type]
    )


CANDIDATES = (
    candidate("J1", "arbeid", "jobb", 30, 400),
    candidate("J2", "arbeid", "jobb", 20, 350, requires_all=("J1",)),
    candidate("B1", "bolig", "bolig", 30, 300),
    candidate("B2", "bolig", "bolig", 20, 100, excludes=("B1",)),
    candidate("S1", "sosialt_miljo", "treff", 20, 200, level="fylke"),
)
FREED = Freed(code="F1", title="Bladet", affected="Leserne", operating=Cost(100), first_year=2028)
SETTINGS = PortfolioSettings(
    years=YEARS,
    limits={"investment": (0, 0), "operating": (1000, 900), "staff": (None, 10)},
    effect_years=2,
)


def make(database: Database, plan_id: str, settings: PortfolioSettings = SETTINGS) -> None:
    """Survey, initiatives and frame, as if they had been entered."""
    gap_survey.keep(database, plan_id)
    with database.write() as session:
        for one in (*CANDIDATES, FREED):
            initiatives.put(session, plan_id, one)
        portfolio.save_settings(session, plan_id, settings)
        session.commit()
