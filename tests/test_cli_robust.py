"""`planner robust` as a person or a script uses it."""

import json
from pathlib import Path

import pytest

from planner.cli import main
from tests.domain.test_solver import portfolio
from tests.test_cli_solve import write


def test_the_same_seed_gives_the_same_answer_and_another_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, portfolio(7))
    said = []
    for seed in ("1", "1", "2"):
        assert main(["robust", file, "--draws", "40", "--seed", seed, "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert set(said[0]) == {"draws", "frequency", "interval", "regret_mean", "regret_p95"}
    assert said[0] == said[1] and said[0]["draws"] == 40
    assert set(said[0]["frequency"]) == {one["id"] for one in portfolio(7)["initiatives"]}
    for one, share in said[0]["frequency"].items():
        low, high = said[0]["interval"][one]
        assert 0 <= low <= share <= high <= 1
    assert 0 <= said[0]["regret_mean"] <= said[0]["regret_p95"] <= 1
    assert said[2] != said[0]


def test_without_any_uncertainty_the_plan_always_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spread = tmp_path / "spread.json"
    spread.write_text("{}")
    file = write(tmp_path, portfolio(7))
    assert main(["robust", file, "--draws", "5", "--spread", str(spread), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["frequency"].values()) <= {0.0, 1.0} and said["regret_p95"] == 0
    assert main(["robust", file, "--draws", "5", "--spread", str(spread)]) == 0
    assert "of 2 chosen initiatives" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spread", "says"),
    [
        ("[]", "ikke en samling"),
        ("{", "ikke en samling"),
        ('{"colour": 1}', "Ukjent"),
        ('{"points": {"nobody": 1}}', "finnes ikke"),
        ('{"cost": [2, 1]}', "kan ikke brukes"),
    ],
)
def test_a_bad_spread_is_exit_2_and_says_where(
    spread: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = tmp_path / "spread.json"
    name.write_text(spread)
    assert main(["robust", write(tmp_path, portfolio(7)), "--spread", str(name), "--json"]) == 2
    out = capsys.readouterr()
    assert json.loads(out.out)["draws"] == 0 and says in out.err


def test_no_plan_is_exit_4_and_no_file_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    impossible = write(tmp_path, portfolio(3) | {"rules": [{"kind": "must", "initiative": "1"}]})
    assert main(["robust", impossible, "--draws", "3", "--json"]) == 4
    assert main(["robust", str(tmp_path / "nothing.json"), "--draws", "3"]) == 2
    assert "kunne ikke åpnes" in capsys.readouterr().err
