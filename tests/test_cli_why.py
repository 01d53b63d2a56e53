"""`planner why` as a person or a script uses it: both plans as `planner solve` gives them, and the exit codes."""

import json
import random
from pathlib import Path

import pytest

from planner.cli import main
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce
from tests.domain.test_solver import portfolio
from tests.test_cli_solve import write

KEYS = {"initiative", "chosen", "value", "value_otherwise", "loss", "enters", "leaves", "reason"}


def asked(file: str, one: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict]:
    code = main(["why", file, one, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("seed", range(25))
def test_both_plans_are_those_of_brute_force_ties_and_all(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, 4), 2)
    best = BruteForce(facts).solve()
    file = write(tmp_path, facts)
    for one in (i["id"] for i in facts["initiatives"] if "started" not in i):
        code, said = asked(file, one, capsys)
        assert set(said) == KEYS
        if best is None:
            assert code == 4 and said["value"] is None
            continue
        assert code == 0 and said["chosen"] == (one in best["chosen"])
        rules = [r for r in facts["rules"] if not (r["kind"] in ("must", "must_not") and r["initiative"] == one)]
        rules.append({"kind": "must_not" if said["chosen"] else "must", "initiative": one})
        other = BruteForce({**facts, "rules": rules}).solve()
        assert said["value"] == pytest.approx(best["best"], abs=1e-8)
        if other is None:
            assert said["value_otherwise"] is None and said["loss"] is None and said["enters"] == said["leaves"] == []
            continue
        assert said["value_otherwise"] == pytest.approx(other["best"], abs=1e-8)
        assert said["enters"] == sorted(set(other["chosen"]) - set(best["chosen"]))
        assert said["leaves"] == sorted(set(best["chosen"]) - set(other["chosen"]))
        assert said["reason"] in ("money", "staff", "conflict", "effect", "rule")


def test_it_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = portfolio(7)
    ids = [one["id"] for one in facts["initiatives"]]
    for one in ids:
        assert main(["why", write(tmp_path, facts), one]) == 0
        said = capsys.readouterr().out
        assert said.startswith(one) and ("in the plan" in said or "not in the plan" in said)


def test_no_plan_no_such_initiative_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    impossible = write(tmp_path, portfolio(3) | {"rules": [{"kind": "must", "initiative": "1"}]})
    assert asked(impossible, "1", capsys)[0] == 4
    code = main(["why", write(tmp_path, portfolio(7)), "nobody", "--json"])
    out = capsys.readouterr()
    assert code == 2 and json.loads(out.out)["value"] is None and "ikke noe slikt tiltak" in out.err
    assert main(["why", str(tmp_path / "nothing.json"), "1"]) == 2
    assert "kunne ikke åpnes" in capsys.readouterr().err
