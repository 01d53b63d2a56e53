"""`planner verify` as a person or a script uses it: equal, or what differs, and the exit codes."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.domain.decision import Change, outcome
from planner.domain.decision_document import canonical, fingerprint
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce
from tests.domain.test_solver import hard, portfolio
from tests.test_cli_solve import write

File = dict[str, Any]


def solved(tmp_path: Path, capsys: pytest.CaptureFixture[str], problem: File, *options: str) -> File:
    """A decision file of a problem and its answer."""
    main(["solve", write(tmp_path, problem), "--json", *options])
    return {"format": "malrett-decision/1", "problem": problem, "result": json.loads(capsys.readouterr().out)}


def verified(tmp_path: Path, capsys: pytest.CaptureFixture[str], file: Any, *options: str) -> tuple[int, File]:
    code = main(["verify", write(tmp_path, file), "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def names(facts: File) -> list[str]:
    return [one["what"] for one in facts["differences"]]


@pytest.mark.parametrize("seed", range(12))
def test_an_answer_is_equal_to_itself_and_every_other_plan_differs(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = random_problems.random_problem(seed, random.Random(seed).randint(2, 4), 2)
    file = solved(tmp_path, capsys, problem)
    assert verified(tmp_path, capsys, file)[0] == 0
    best = BruteForce(problem).solve()
    if best is None:
        assert file["result"]["status"] == "infeasible"
        return
    # Any other plan, with figures that are right for it: only the solve can tell, or a rule.
    read = parse(problem).problem
    assert read is not None
    other = Plan(read, {})
    if dict(other.starts) == {one["id"]: one["year"] for one in file["result"]["chosen"]}:
        return
    stated = outcome(other, ()).as_json()
    changed = file["result"] | {key: stated[key] for key in ("chosen", "value", "value_by_year", "used", "after")}
    changed |= {"bound": other.value, "gap": 0.0, "closed": dict(other.closed)}
    assert verified(tmp_path, capsys, file | {"result": changed})[0] == 1


def _value(file: File) -> None:
    file["result"]["value"] += 1e-6


def _year(file: File) -> None:
    file["result"]["chosen"][0]["year"] += 9


def _unknown(file: File) -> None:
    file["result"]["chosen"][0]["id"] = "nothing"


def _twice(file: File) -> None:
    file["result"]["chosen"] *= 2


def _used(file: File) -> None:
    file["result"]["used"] = {name: [one + 1 for one in years] for name, years in file["result"]["used"].items()}


def _hash(file: File) -> None:
    file["result"]["problem_sha256"] = "0" * 64


def _bound(file: File) -> None:
    file["result"]["bound"] -= 1.0


def _status(file: File) -> None:
    file["result"] |= {"status": "infeasible", "chosen": [], "value": None, "bound": None}


def _title(file: File) -> None:
    file["problem"]["title"] += "!"


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        (_value, "result/value"),
        (_year, "result/chosen"),
        (_unknown, "result/chosen"),
        (_twice, "result/chosen"),
        (_used, "result/used"),
        (_hash, "result/problem_sha256"),
        (_bound, "result/bound"),
        (_status, "result/status"),
        (_title, "result/problem_sha256"),
    ],
)
def test_what_differs_is_named(
    tamper: Callable[[File], None], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = solved(tmp_path, capsys, portfolio(7))
    tamper(file)
    code, facts = verified(tmp_path, capsys, file)
    assert code == 1 and facts["equal"] is False and what in names(facts)


def test_a_worse_plan_is_equal_within_the_gap_it_states_and_no_further(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = solved(tmp_path, capsys, portfolio(7))
    read = parse(file["problem"]).problem
    assert read is not None
    worse = Plan(read, {"1": 2027})
    best = file["result"]["value"]
    assert 0 < worse.value < best
    stated = outcome(worse, ()).as_json()
    keys = ("chosen", "value", "value_by_year", "used", "after")
    for slack, code in ((1e-6, 0), (-1e-3, 1)):
        bound = best + slack
        result = file["result"] | {key: stated[key] for key in keys}
        result |= {"closed": dict(worse.closed), "bound": bound, "gap": (bound - worse.value) / bound}
        assert verified(tmp_path, capsys, file | {"result": result})[0] == code


def test_a_tie_is_broken_by_the_stated_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two that close the same for the same money: the lower id is the answer, and the other differs."""
    problem = portfolio(4)
    problem["initiatives"] = [problem["initiatives"][0] | {"id": one, "title": one} for one in ("a", "b")]
    problem["rules"] = [{"kind": "excludes", "of": ["a", "b"]}]
    file = solved(tmp_path, capsys, problem)
    assert [one["id"] for one in file["result"]["chosen"]] == ["a"]
    file["result"]["chosen"][0]["id"] = "b"
    code, facts = verified(tmp_path, capsys, file)
    assert code == 1 and names(facts) == ["result/chosen"]


def test_what_a_council_changed_is_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = solved(tmp_path, capsys, portfolio(7))
    read = parse(file["problem"]).problem
    assert read is not None
    proposal = Plan(read, {one["id"]: one["year"] for one in file["result"]["chosen"]})
    came = outcome(proposal, (Change("1", "out", None, "Nei"),))
    file["council"] = came.as_json() | {"anyway": ""}
    code, facts = verified(tmp_path, capsys, file, "--sha256", fingerprint(canonical(file)).upper())
    assert (code, facts["differences"]) == (0, []) and facts["sha256"] == fingerprint(canonical(file))
    assert verified(tmp_path, capsys, file, "--sha256", "0" * 64)[0] == 1
    file["council"]["value"] += 1
    code, facts = verified(tmp_path, capsys, file)
    assert code == 1 and names(facts) == ["council/value"]
    file["council"]["changes"][0]["initiative"] = "nothing"
    assert names(verified(tmp_path, capsys, file)[1]) == ["council/changes"]


def test_a_problem_and_a_result_in_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = solved(tmp_path, capsys, portfolio(7))
    (tmp_path / "result.json").write_text(json.dumps(file["result"]), encoding="utf-8")
    assert verified(tmp_path, capsys, file["problem"], "--result", str(tmp_path / "result.json"))[0] == 0


@pytest.mark.parametrize(
    "file",
    ["", "[]", "{}", '{"problem": {}, "result": {}}', portfolio(7), {"problem": portfolio(7)},
     {"problem": portfolio(7), "result": {"status": "optimal"}},
     {"problem": portfolio(7), "result": {"status": "optimal", "value": 1, "chosen": [{"id": 1, "year": 2027}]}},
     {"problem": portfolio(7), "result": {"status": "infeasible"}, "council": 5},
     json.dumps({"problem": portfolio(7), "result": {"status": "infeasible"}})[:-1] + ',"problem": {}}'],
)  # fmt: skip
def test_a_file_that_cannot_be_compared_is_exit_2(
    file: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, facts = verified(tmp_path, capsys, file)
    assert code in (1, 2) and (code == 1) == (isinstance(file, dict) and "council" in file)
    assert code == 1 or (facts["equal"] is None and facts["findings"])


def test_stopped_before_it_can_be_told_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = hard()
    read = parse(problem).problem
    assert read is not None
    file = solved(tmp_path, capsys, problem, "--time-limit", "0.3")
    if file["result"]["status"] == "unknown":
        return
    file["result"] |= {"status": "best_found"}
    code, facts = verified(tmp_path, capsys, file, "--time-limit", "0")
    assert code == 3 and facts["equal"] is None


def test_it_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = solved(tmp_path, capsys, portfolio(7))
    assert main(["verify", write(tmp_path, file)]) == 0
    assert capsys.readouterr().out.startswith("equal: ")
    file["result"]["value"] += 1
    assert main(["verify", write(tmp_path, file)]) == 1
    assert "differs: result/value" in capsys.readouterr().out
