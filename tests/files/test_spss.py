"""SPSS files in, tables or findings out: codes as text, labels and missing values as declared, damaged files."""

import random
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from planner.child import Crashed, Finished, run_limited
from planner.domain.raw_table import RawTable
from planner.files.kind import kind_of
from planner.files.spss import read_spss
from tests.survey_files import spss

NUMBERS = {"v1_1": [6.0, 98.0, None], "s1_1": [3.0, 9.0, 97.0], "vekt": [0.85, 1.2, 1.0]}


def written(folder: Path, ending: str, **about: object) -> bytes:
    path = folder / f"a.{ending}"
    more = {"tekst": ["  æø ", "b", ""], "dato": [pd.Timestamp("2025-09-06 15:00").to_pydatetime()] * 3}
    cells = NUMBERS if ending == "por" else NUMBERS | more
    write = pyreadstat.write_por if ending == "por" else pyreadstat.write_sav
    write(pd.DataFrame(cells), str(path), **about)
    return path.read_bytes()


def test_codes_stay_codes_beside_what_the_file_declares(tmp_path: Path) -> None:
    labels = {"v1_1": {1: "Helt uviktig", 7: "Helt avgjørende", 98: "Vet ikke"}}
    missing = {"v1_1": [98], "s1_1": [{"lo": 97, "hi": 99}]}
    about = {"column_labels": {"v1_1": "Lett tilgang"}, "variable_value_labels": labels, "missing_ranges": missing}
    data = written(tmp_path, "sav", **about)
    table = read_spss(data)
    assert isinstance(table, RawTable) and kind_of(data) == "spss"
    assert table.headings == ("Lett tilgang (v1_1)", "s1_1", "vekt", "tekst", "dato")
    assert [column.cells() for column in table.columns] == [
        ["6", "98", ""], ["3", "9", "97"], ["0.85", "1.2", "1"], ["æø", "b", ""], ["2025-09-06 15:00:00"] * 3,
    ]  # fmt: skip
    assert table.columns[0].labels == (("1", "Helt uviktig"), ("7", "Helt avgjørende"), ("98", "Vet ikke"))
    # An undeclared 9 is not made missing because 97–99 are.
    assert [column.missing for column in table.columns[:2]] == [{"98"}, {"97"}]
    assert table.numbers.tolist() == [1, 2, 3]


@pytest.mark.parametrize("ending", ["zsav", "por"])
def test_the_other_formats(tmp_path: Path, ending: str) -> None:
    data = written(tmp_path, ending, **({"compress": True} if ending == "zsav" else {}))
    table = read_spss(data)
    assert isinstance(table, RawTable) and kind_of(data) == "spss"
    assert [column.cells() for column in table.columns[:2]] == [["6", "98", ""], ["3", "9", "97"]]


@pytest.mark.parametrize("data", [b"$FL2@(#) SPSS DATA FILE", b"$FL3", b"x" * 600])
def test_what_is_no_file_is_a_finding(data: bytes) -> None:
    found = read_spss(data)
    assert isinstance(found, tuple) and [one.code for one in found] == ["file_spss_broken"]


def mutated(data: bytes, seed: int) -> bytes:
    rng = random.Random(seed)
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        # Most of the trouble is in what stands before the answers.
        changed[rng.randrange(min(len(changed), 20_000))] = rng.randrange(256)
    return bytes(changed[: rng.randrange(len(changed))] if seed % 7 == 0 else changed)


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=pytest.mark.slow)])
def test_a_damaged_file_ends_in_a_table_a_finding_or_a_child_that_died(tmp_path: Path, count: int) -> None:
    for data in (spss.sav().data, written(tmp_path, "sav")):
        for seed in range(count // 2):
            outcome = run_limited(read_spss, mutated(data, seed), memory_mb=500, seconds=20)
            # An exception that got out would be Crashed without a signal.
            assert isinstance(outcome, Finished) or (isinstance(outcome, Crashed) and outcome.signal), (seed, outcome)
