"""Problems from the literature with known optima, through the command as a person would run it."""

import json
from pathlib import Path

import pytest

from planner.cli import main

CASES = Path(__file__).parent.parent / "cases"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in CASES.glob("*.expected.json"))


def test_the_cases_are_there() -> None:
    assert len(NAMES) == 11
    assert all("source" in json.loads((CASES / f"{name}.expected.json").read_text("utf-8")) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_known_optimum_is_found_and_proven(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected = json.loads((CASES / f"{name}.expected.json").read_text("utf-8"))
    assert main(["solve", str(CASES / f"{name}.json"), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["status"] == "optimal"
    assert result["value"] == pytest.approx(expected["value"], rel=1e-9)
    assert result["bound"] == result["value"] and result["gap"] == 0
    if "chosen" in expected:
        assert [one["id"] for one in result["chosen"]] == expected["chosen"]
