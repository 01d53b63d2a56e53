"""The program that ships with a log: it runs alone, and finds each way of tampering with the file."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from planner.domain.log_chain import Chain, Head, Link, document, follow
from planner.files import verify_log
from tests.domain.test_log_chain import AT, NAME, chain

File = dict[str, Any]


def check(folder: Path, log: object, *options: str) -> tuple[int, str]:
    (folder / "log.json").write_text(log if isinstance(log, str) else json.dumps(log, indent=2), encoding="utf-8")
    code = verify_log.main([str(folder / "log.json"), *options])
    return code, ""


def test_it_runs_without_the_application(tmp_path: Path) -> None:
    """Copied beside the log, with Python isolated: no package of ours or anybody else's is found."""
    program = tmp_path / "verify_log.py"
    program.write_bytes(Path(verify_log.__file__).read_bytes())
    (tmp_path / "log.json").write_text(json.dumps(document(chain())), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(program), "log.json", "--head", chain(3).head.sha256]  # type: ignore[union-attr]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "whole: 4 entries" in done.stdout and "1 entries after it" in done.stdout


def test_the_chain_after_a_text_was_deleted_is_whole(tmp_path: Path) -> None:
    log = document(chain())
    del log["contents"]["2"]
    assert check(tmp_path, log)[0] == 0


def _edit(log: File) -> None:
    log["entries"][2]["entry"]["facts"]["version"] = 9


def _edit_with_hash(log: File) -> None:
    _edit(log)
    log["entries"][2]["sha256"] = verify_log.digest(log["entries"][2]["entry"])


def _remove(log: File) -> None:
    del log["entries"][1], log["contents"]["2"]


def _put_in(log: File) -> None:
    extra = follow("plan", Head(2, log["entries"][1]["sha256"]), AT, "started")
    log["entries"].insert(2, {"entry": json.loads(extra.text), "sha256": extra.sha256})


def _swap(log: File) -> None:
    log["entries"][1:3] = log["entries"][2:0:-1]


def _cut(log: File) -> None:
    del log["entries"][3]


def _other_words(log: File) -> None:
    log["contents"]["2"]["content"]["name"] = "Noe annet"


def _stray_words(log: File) -> None:
    log["contents"]["9"] = log["contents"].pop("2")


@pytest.mark.parametrize("tamper", [_edit, _edit_with_hash, _remove, _put_in, _swap, _cut, _other_words, _stray_words])
def test_tampering_is_found_without_any_printed_hash(tmp_path: Path, tamper: Callable[[File], None]) -> None:
    log = document(chain())
    tamper(log)
    assert check(tmp_path, log)[0] == 1


def test_a_chain_made_anew_is_found_by_the_printed_hash_alone(tmp_path: Path) -> None:
    printed = chain(3).head
    entry, head = None, None
    links = []
    for number in (1, 2, 3, 4):
        entry = follow("plan", head, AT, "frame_changed", {"version": number + 10})
        head = Head(entry.sequence, entry.sha256)
        links.append(Link(entry.sequence, entry.text, entry.sha256))
    anew = document(Chain("plan", tuple(links), head, {}))
    assert printed is not None
    assert check(tmp_path, anew)[0] == 0
    assert check(tmp_path, anew, "--head", printed.sha256)[0] == 1
    assert check(tmp_path, document(chain()), "--head", printed.sha256.upper())[0] == 0


def test_a_tail_cut_with_its_head_is_found_by_the_printed_hash(tmp_path: Path) -> None:
    whole = chain().head
    assert whole is not None
    assert check(tmp_path, document(chain(3)))[0] == 0
    assert check(tmp_path, document(chain(3)), "--head", whole.sha256)[0] == 1


def test_the_log_tells_of_a_decision_by_the_hash_of_its_file(tmp_path: Path) -> None:
    decision = tmp_path / "decision.json"
    decision.write_bytes(b'{"format":"malrett-decision/1"}')
    entry = follow("plan", None, AT, "decision", {"number": 1, "sha256": sha256(decision.read_bytes()).hexdigest()})
    log = document(Chain("plan", (Link(1, entry.text, entry.sha256),), Head(1, entry.sha256), {}))
    assert check(tmp_path, log, "--decision", str(decision))[0] == 0
    decision.write_bytes(b'{"format":"malrett-decision/1" }')
    assert check(tmp_path, log, "--decision", str(decision))[0] == 1


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "malrett-log/1"}', '{"format": "malrett-log/1", "format": "malrett-log/1"}',
     '{"format": "malrett-log/1", "plan": "p", "head": null, "entries": [1], "contents": {}}',
     '{"format": "malrett-log/1", "plan": "p", "head": null, "entries": [{"entry": {"x": 0.5}}], "contents": {}}',
     "[" * 100_000],
)  # fmt: skip
def test_what_is_no_log_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    assert check(tmp_path, text)[0] == 2
    assert NAME.commitment
