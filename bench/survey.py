"""How long does a large survey take, beside a bare read of the same file? Ratios in one run; nothing here is a test.

    .venv/bin/python -m bench.survey [rows]

Writes a file of made-up answers (rows × 60) to a temporary folder, reads it barely with pandas (its own parser and
Arrow's) and with pyarrow, then imports it as the product does, in a process of its own each, and prints wall time and
the most memory of each. Then the needs with their standard errors, for the large file and for 1,500 answers.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COLUMNS = 60


def write(path: Path, rows: int) -> None:
    """Random answers 1–7, semicolons, a heading our importer knows."""
    import numpy as np

    from planner.files.seed_data import statements

    names = [f"{scale}: {one.text}" for scale in ("Viktig", "Sannsynlig") for one in statements()]
    answers = np.random.default_rng(1).integers(1, 8, (rows, COLUMNS)).astype(np.uint8) + ord("0")
    text = np.full((rows, 2 * COLUMNS), ord(";"), np.uint8)
    text[:, 0::2] = answers
    text[:, -1] = ord("\n")
    path.write_bytes((";".join(names) + "\n").encode() + text.tobytes())


def bare_pandas(path: Path) -> int:
    import pandas as pd

    return len(pd.read_csv(path, sep=";"))


def bare_pandas_arrow(path: Path) -> int:
    import pandas as pd

    return len(pd.read_csv(path, sep=";", engine="pyarrow"))


def bare_arrow(path: Path) -> int:
    from pyarrow import csv

    return int(csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=";")).num_rows)


def table(path: Path) -> int:
    from planner.domain.raw_table import RawTable
    from planner.files.survey import read_table

    read = read_table(path.read_bytes(), path.name)
    assert isinstance(read, RawTable)
    return len(read)


def imported(path: Path) -> int:
    """Table, columns, findings and answers: all that comes before the counting."""
    from planner.domain.columns import guess_columns
    from planner.domain.mapping import suggest_mapping
    from planner.domain.raw_table import RawTable
    from planner.domain.survey import read_answers
    from planner.files.seed_data import statements
    from planner.files.survey import read_table

    read = read_table(path.read_bytes(), path.name)
    assert isinstance(read, RawTable)
    mapping = suggest_mapping(read, guess_columns(read, statements()))
    answers = read_answers(read, mapping, statements()).answers
    assert answers is not None
    return len(answers)


WAYS = {one.__name__: one for one in (bare_pandas, bare_pandas_arrow, bare_arrow, table, imported)}


def in_child(name: str, path: Path) -> tuple[float, float]:
    """(seconds without the imports, MB at most) of one way in a fresh process."""
    out = subprocess.run(
        [sys.executable, "-m", "bench.survey", "--way", name, str(path)], capture_output=True, text=True, check=True
    ).stdout
    seconds, memory = json.loads(out)
    return seconds, memory


def one_way(name: str, path: Path) -> None:
    import pandas  # noqa: F401  loaded before the clock starts
    from pyarrow import csv  # noqa: F401

    import planner.files.survey  # noqa: F401

    # The highest so far is forgotten: a process starts out with that of the one it was made of.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = memory_kb()
    began = time.perf_counter()
    WAYS[name](path)
    seconds = time.perf_counter() - began
    print(json.dumps([seconds, (memory_kb() - before) / 1024]))


def memory_kb() -> int:
    """The most this process has had in memory since the count was last set back."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def needs(rows: int) -> tuple[float, float]:
    """(median ms to count, median ms to estimate with SE) for rows × 30 statements × 4 segments."""
    import numpy as np

    from planner.domain.answers import make_answers
    from planner.domain.estimates import estimate, tally
    from planner.domain.measures import CLASSIC, UNMET
    from planner.domain.segments import DEFAULT_SEGMENTS
    from planner.files.seed_data import statements

    rng = np.random.default_rng(2)
    important, likely = (np.asfortranarray(rng.integers(0, 8, (rows, 30)).astype(np.uint8)) for _ in range(2))
    segment, weight = rng.integers(0, 4, rows), rng.uniform(0.5, 2, rows)
    answers = make_answers(statements(), DEFAULT_SEGMENTS, important, likely, segment, weight)
    counting, estimating = [], []
    for _ in range(5 if rows > 10_000 else 200):
        began = time.perf_counter()
        counted = tally(answers)
        middle = time.perf_counter()
        for measure in (UNMET, CLASSIC):
            _ = estimate(counted.pairs, measure).se
        counting.append(1000 * (middle - began))
        estimating.append(1000 * (time.perf_counter() - middle))
    return float(np.median(counting)), float(np.median(estimating))


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        write(path, rows)
        size = path.stat().st_size / 1e6
        print(f"{rows} rows × {COLUMNS} columns, {size:.0f} MB")
        # In turn, so that what else the machine does is shared by all of them.
        rounds = [{name: in_child(name, path) for name in WAYS} for _ in range(5)]
        found = {name: [one[name] for one in rounds] for name in WAYS}
        base = min(seconds for seconds, _ in found["bare_pandas"])
        for name, runs in found.items():
            seconds, memory = min(run[0] for run in runs), max(run[1] for run in runs)
            times, weight = seconds / base, memory / size
            print(f"{name:18s} {seconds:6.2f} s  {times:4.2f} × bare_pandas  {weight:4.1f} × the file in memory")
    for many in (rows, 1_500):
        counting, estimating = needs(many)
        print(f"needs of {many} answers × 30 × 4: count {counting:.2f} ms, estimate with SE {estimating:.2f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        one_way(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
