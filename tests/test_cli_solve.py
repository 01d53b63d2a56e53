"""`planner solve` as a person or a script uses it: exit codes, one JSON object, sentences for people."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.cli import main
from tests.domain.test_solver import hard, portfolio


def write(tmp_path: Path, data: object) -> str:
    path = tmp_path / "problem.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def test_a_proven_plan_is_one_json_object_and_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", write(tmp_path, portfolio(7)), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["format"], result["status"]) == ("malrett-result/1", "optimal")
    assert result["chosen"] == [{"id": "1", "year": 2027}, {"id": "2", "year": 2027}]
    assert result["seconds"] > 0


def test_the_gap_asked_for_does_not_alter_the_fingerprint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = set()
    for gap in ("0", "0.5"):
        assert main(["solve", write(tmp_path, portfolio(7)), "--gap", gap, "--json"]) == 0
        found.add(json.loads(capsys.readouterr().out)["problem_sha256"])
    assert len(found) == 1


def test_stopped_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", write(tmp_path, hard()), "--time-limit", "0.3", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["status"] in ("best_found", "unknown")


def test_infeasible_is_exit_4_and_names_the_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, portfolio(3) | {"rules": [{"kind": "must", "initiative": "1"}]})
    assert main(["solve", file, "--json"]) == 4
    result = json.loads(capsys.readouterr().out)
    assert (result["value"], result["bound"], result["chosen"]) == (None, None, [])
    assert any("«1» må med, men koster alene mer" in finding["what"] for finding in result["findings"])
    assert [relief["changes"] for relief in result["relief"]] == [
        [{"rule": {"kind": "must", "initiative": "1"}}],
        [{"resource": "money", "year": 2027, "by": 1}],
    ]
    assert main(["solve", file]) == 4
    told = capsys.readouterr().out
    assert 'proposal 1, which gives a plan:\n  drop the rule {"kind": "must", "initiative": "1"}\n' in told
    assert "or proposal 2:\n  raise the limit on money in 2027 by 1\n" in told


@pytest.mark.parametrize("content", ["", "{}", "[1", json.dumps(portfolio(7) | {"colour": 1})])
def test_invalid_is_exit_2_with_findings(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", write(tmp_path, content), "--json"]) == 2
    result = json.loads(capsys.readouterr().out)
    assert result["status"] == "invalid" and result["findings"] and "problem_sha256" not in result
    assert all({"code", "severity", "where", "what", "try"} <= finding.keys() for finding in result["findings"])


def test_a_file_that_is_not_there_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(tmp_path / "nothing.json")]) == 2
    assert "kunne ikke åpnes" in capsys.readouterr().err


def test_standard_input_and_a_print_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = portfolio(7)
    data["initiatives"][0]["effects"]["b"] = 0
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(data).encode())))
    assert main(["solve", "-"]) == 0
    said = capsys.readouterr()
    assert "optimal: proven" in said.out and "19.82 points" in said.out and "7 of 7" in said.out
    assert said.err.startswith("warning: «1» har virkning 0 på «b».")


def test_help_teaches_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["solve", "--help"])
    assert stopped.value.code == 0
    assert "exit codes: 0 proven" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["-1", "nan", "much"])
def test_a_gap_is_a_number_from_0_up(wrong: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["solve", "-", f"--gap={wrong}"])
    assert stopped.value.code == 2


def test_what_has_no_utf8_is_told_as_the_escape_it_was(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = write(tmp_path, json.dumps(portfolio(7) | {"\ud800": 1}))
    assert main(["solve", file, "--json"]) == 2
    findings = json.loads(capfdbinary.readouterr().out)["findings"]
    assert any("\ud800" in finding["where"] for finding in findings)
