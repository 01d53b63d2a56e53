"""`planner gaps` as a person or a script uses it: one JSON object, findings with sentences, exit codes."""

import json
from pathlib import Path

import pytest

from planner.cli import main
from tests.domain.raw import SEED

EIGHT = """id;gruppe;vekt;A viktig;A sannsynlig;B viktig;B sannsynlig
1;ung;1;7;2;5;5
2;ung;1;6;4;6;vet ikke
3;ung;2;5;3;3;2
4;ung;2;4;1;7;6
5;voksen;1;7;7;6;3
6;voksen;1;6;1;5;4
7;voksen;3;3;5;7;1
8;voksen;1;;2;2;2
"""
OWN = "id,text_nb,text_en,factor\nA,Mange jobbmuligheter,,arbeid\nB,En god bolig,,bolig\n"


@pytest.fixture
def eight(tmp_path: Path) -> list[str]:
    (tmp_path / "svar.csv").write_text(EIGHT, encoding="utf-8")
    (tmp_path / "utsagn.csv").write_text(OWN, encoding="utf-8")
    return ["gaps", str(tmp_path / "svar.csv"), "--statements", str(tmp_path / "utsagn.csv")]


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return json.loads(capsys.readouterr().out)


def test_eight_respondents(eight: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*eight, "--json"]) == 0
    found = answer(capsys)
    rows = {(row["id"], row["segment"]): row for row in found["statements"]}
    assert list(rows) == [(one, group) for one in ("A", "B") for group in ("alle", "unge", "voksne")]
    assert set(rows["A", "alle"]) == {"id", "segment", "n", "n_eff", "U", "se", "low", "high", "D", "suppressed"}
    expected = {
        "n": 7,
        "n_eff": 5.761905,
        "U": 0.318182,
        "se": 0.155641,
        "low": 0.080681,
        "high": 0.712766,
        "D": 1.454545,
    }
    assert {key: rows["A", "alle"][key] for key in expected} == pytest.approx(expected, abs=1e-6)
    assert rows["B", "alle"]["U"] == pytest.approx(0.386364, abs=1e-6)
    for group in ("unge", "voksne"):
        assert (
            rows["A", group]["suppressed"] is True and rows["A", group]["U"] is None and rows["A", group]["se"] is None
        )
    assert [one["code"] for one in found["findings"]] == ["owner_only_figures", "segment_borrows", "segment_borrows"]
    assert "7 svar" in found["findings"][0]["what"]


def test_the_sample_survey(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", str(SEED / "innbyggerundersokelse.csv"), "--json"]) == 0
    found = answer(capsys)
    assert len(found["statements"]) == 30 * 5
    hidden = {row["segment"] for row in found["statements"] if row["suppressed"]}
    assert hidden == {"innvandrere", "tilflyttere"}
    assert sum(one["details"]["count"] for one in found["findings"] if one["code"].startswith("row_")) == 8


def test_a_mapping_written_changed_and_given_back(
    eight: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "kolonner.json"
    assert main([*eight, "--write-mapping", str(target), "--json"]) == 0
    before = answer(capsys)
    mapping = json.loads(target.read_text(encoding="utf-8"))
    assert main([*eight, "--mapping", str(target), "--json"]) == 0
    assert answer(capsys) == before
    for use in mapping["columns"]:
        if use["role"] == "weight":
            use["role"] = "ignored"
    target.write_text(json.dumps(mapping), encoding="utf-8")
    assert main([*eight, "--mapping", str(target), "--json"]) == 0
    assert answer(capsys)["statements"][0]["n_eff"] == 7


def test_a_person_reads_a_table_and_the_findings_apart(eight: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(eight) == 0
    printed = capsys.readouterr()
    assert [line.split()[:2] for line in printed.out.splitlines()[1:]] == [["B", "39"], ["A", "32"]]
    assert "warning: Noen tall bygger på bare 7 svar." in printed.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("finnes-ikke.csv", None, "file_unreadable"),
        ("tom.csv", b"", "file_empty"),
        ("svar.csv", b"%PDF-1.7 ...", "file_is_pdf"),
        ("navn.csv", b"navn;alder\nKari;30\n", "no_statement_pairs"),
        ("null.csv", b"s01 viktig;s01 sannsynlig\n0;5\n", "cell_not_understood"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["gaps", str(tmp_path / name), "--json"]) == 2
    found = answer(capsys)
    assert found["statements"] == []
    assert code in [one["code"] for one in found["findings"]]


@pytest.mark.parametrize("content", ["{", "{}", '{"format": "malrett-mapping/1"}', "[" * 100_000])
def test_a_mapping_that_is_none(
    eight: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (tmp_path / "m.json").write_text(content, encoding="utf-8")
    assert main([*eight, "--mapping", str(tmp_path / "m.json"), "--json"]) == 2
    assert [one["code"] for one in answer(capsys)["findings"]] == ["mapping_unreadable"]


def test_statements_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "utsagn.csv").write_text("id,tekst\n", encoding="utf-8")
    assert main(["gaps", "x.csv", "--statements", str(tmp_path / "utsagn.csv"), "--json"]) == 2
    assert [one["code"] for one in answer(capsys)["findings"]] == ["statements_unreadable"]


def test_a_table_from_a_report_gives_what_it_allows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.web.test_stated import MEANS, SHARES

    for text, share in ((MEANS, None), (SHARES, 0.63)):
        path = tmp_path / "rapport.csv"
        path.write_text(text, encoding="utf-8")
        assert main(["gaps", str(path), "--json"]) == 0
        first = json.loads(capsys.readouterr().out)["statements"][0]
        assert first["U"] == (pytest.approx(share) if share else None) and first["se"] is None
        assert (first["n"], first["D"]) == (106 if share else 412, pytest.approx(3.2 if share else 3.0))
        assert main(["gaps", str(path)]) == 0
        assert "s01" in capsys.readouterr().out
