"""`planner judgements` as a person or a script uses it: one JSON object of three keys, exit codes, sentences."""

import json
from functools import partial
from pathlib import Path

import pytest

from planner.cli import main
from planner.domain import judgements
from tests.domain.test_judgements import three
from tests.test_cli_solve import write

NONE = {"plans": [], "core_index": None, "complete": False}


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_json_is_the_three_keys_and_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judgements", write(tmp_path, three()), "--json"]) == 0
    third = pytest.approx(1 / 3)
    core = {"A": third, "B": third, "C": third}
    assert told(capsys) == {"plans": [["A"], ["B"], ["C"]], "core_index": core, "complete": True}


def test_people_are_told_the_core_the_question_and_the_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judgements", write(tmp_path, three())]) == 0
    said = capsys.readouterr().out
    assert "complete: 3 plans can be best" in said and " 33.3%  A" in said and "plan: C 2027" in said
    assert "is «old» at least as important as «young»?\n  yes: 1 of 3 plans left, 0 initiatives" in said


def test_above_the_cap_is_exit_3_without_a_core_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = three()
    # Fourteen that cost and close nothing: 3 · 2^14 plans that nothing beats.
    facts["initiatives"] += [{"id": f"Z{n:02}", "title": "", "theme": "", "effects": {}} for n in range(14)]
    assert main(["judgements", write(tmp_path, facts), "--json"]) == 3
    found = told(capsys)
    assert found.keys() == NONE.keys() and not found["complete"] and found["core_index"] is None and found["plans"]


def test_people_are_not_told_shares_of_some_plans(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(judgements.judgements, most_plans=2)
    monkeypatch.setattr(judgements, "judgements", few)
    assert main(["judgements", write(tmp_path, three())]) == 3
    said = capsys.readouterr().out
    assert "there may be others, so there is no core index" in said and "%" not in said and "ask first" not in said


def test_out_of_time_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judgements", write(tmp_path, three()), "--json", "--time-limit", "0"]) == 3
    assert told(capsys)["complete"] is False


def test_infeasible_is_exit_4_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, three(rules=[{"kind": "at_least", "count": 2, "of": ["A", "B"]}]))
    assert main(["judgements", file, "--json"]) == 4
    said = capsys.readouterr()
    assert json.loads(said.out) == {**NONE, "complete": True} and said.err.startswith("error: ")
    assert main(["judgements", file]) == 4
    assert "infeasible: no plan keeps every limit and rule" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "{}", json.dumps(three(colour=1))])
def test_invalid_is_exit_2_with_findings(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judgements", write(tmp_path, content), "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == NONE and said.err.startswith("error: ")


def test_statements_that_contradict_each_other_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = three()
    facts["weights"] |= {"at_least": [["young", "old"]], "range": {"young": [0, 0.4], "old": [0, 0.9]}}
    assert main(["judgements", write(tmp_path, facts), "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == NONE
    assert "Ingen vekter oppfyller alt dette på en gang: young ≥ old, young ≤ 0.4." in said.err


def test_without_weights_the_equals_of_the_best(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = three()
    del facts["weights"]
    assert main(["judgements", write(tmp_path, facts), "--json"]) == 0
    assert told(capsys)["plans"] == [["A"], ["B"]]
