"""The example bank: what the file says, what the code decides, and that a small municipality can use it."""

from pathlib import Path

import pytest

from planner.domain.bank import read_bank, with_likely_grants
from planner.domain.candidate_documents import from_document, to_document
from planner.domain.candidate_initiatives import to_initiative
from planner.domain.candidate_links import list_findings, rules_of
from planner.domain.problem_needs import Need

CSV = (Path(__file__).parents[2] / "seed_data" / "initiatives.csv").read_text(encoding="utf-8")
SEGMENTS = ("innvandrere", "tilflyttere", "unge", "voksne")
YEARS = (2027, 2028, 2029, 2030)
LIMITS = {
    "investment": (3000, 3000, 2000, 2000),
    "operating": (2000, 3000, 4000, 4500),
    "staff": (18, 20, 22, 22),
}
BANK = read_bank(CSV, SEGMENTS)
SAMPLE = with_likely_grants(BANK)


def test_one_row_by_hand() -> None:
    centre = next(candidate for candidate in BANK if candidate.code == "T20")
    assert centre.theme == "Møteplass"
    assert centre.factor == "sosialt_miljo"
    assert centre.targets == SEGMENTS  # «alle»
    assert [(e.statement, e.percent) for e in centre.effects] == [("s06", 30), ("s12", 15), ("s10", 15), ("s09", 5)]
    assert (centre.costs.one_time.value, centre.costs.yearly.value, centre.costs.budget) == (150, 800, "operating")
    assert (centre.costs.grants[0].status, centre.costs.grants[0].yearly_share) == ("søkt", 60)
    assert centre.deadline == "1. juni året før"
    assert (centre.delay, centre.chance) == (1, 90)
    assert set(centre.sources()) == {"eksempelbank"}


@pytest.mark.parametrize(("code", "delay"), [("T02", 0), ("T01", 1), ("T03", 1), ("T05", 2), ("T07", 2), ("T28", 0)])
def test_months_become_years(code: str, delay: int) -> None:
    assert next(candidate.delay for candidate in BANK if candidate.code == code) == delay


@pytest.mark.parametrize(("code", "chance"), [("T01", 90), ("T10", 75), ("T39", 60)])
def test_chance_follows_who_must_take_part(code: str, chance: float) -> None:
    assert next(candidate.chance for candidate in BANK if candidate.code == code) == chance


def test_own_share_where_the_grant_is_likely() -> None:
    initiatives = {c.code: to_initiative(c, YEARS, ()) for c in SAMPLE}
    assert dict(initiatives["T20"].yearly_cost) == {"operating": 320}  # 800 less 60 %
    assert dict(initiatives["T21"].yearly_cost) == {"operating": 1000}  # applied for, not counted
    assert initiatives["T03"].profile["investment"][:2] == (1900, 1900)  # 12 000 less 5 %, over six years


def test_the_whole_bank_is_consistent() -> None:
    assert len(BANK) == 40
    assert list_findings(BANK) == ()
    kinds = [rule["kind"] for rule in rules_of(BANK)]
    assert (kinds.count("excludes"), kinds.count("requires_all"), kinds.count("requires_any")) == (6, 4, 1)
    assert all(from_document(to_document(candidate)) == (candidate, ()) for candidate in SAMPLE)
    assert all(candidate.lacks()[-1] == "example" for candidate in BANK)


def test_every_statement_is_helped_by_somebody() -> None:
    assert {effect.statement for candidate in BANK for effect in candidate.effects} == {
        f"s{n:02}" for n in range(1, 31)
    }


@pytest.mark.parametrize("reserve", [0.0, 0.05])
def test_every_initiative_of_the_sample_fits_alone_in_some_year(reserve: float) -> None:
    for candidate in SAMPLE:
        initiative = to_initiative(candidate, YEARS, ())
        fits = [
            start
            for start in YEARS
            if all(
                initiative.use(resource, start, year) <= limits[at] * (1 - reserve)
                for resource, limits in LIMITS.items()
                for at, year in enumerate(YEARS)
            )
        ]
        assert fits, candidate.code


def test_targets_outside_the_plans_segments_are_left_out() -> None:
    (first, *_rest) = read_bank(CSV, ("unge",))
    assert first.targets == ("unge",)
    needs = [Need("s02/unge", 1.0, "s02", "unge"), Need("s02/voksne", 1.0, "s02", "voksne")]
    assert dict(to_initiative(first, YEARS, needs).effects) == {"s02/unge": 0.05}
