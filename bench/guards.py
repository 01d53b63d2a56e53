"""Does a test fail when a guard is taken away? Each in turn, in a copy of the source; nothing here is changed.

    python -m bench.guards [NAME …]       all of them, or those whose name holds one of the words
    python -m bench.guards --list         what there is, as the table of docs/guards.md begins

First the tests named here must all pass on the source as it is. Then each guard is removed by a small edit of the
text; every one of its tests must fail, and the edit is undone. An edit that no longer fits the source, a test that is
not there and a run that breaks down before any test are errors too. Prints a table; 1 when a guard's removal leaves one
of its tests green.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.guard import Guard
from bench.guards_access import ACCESS
from bench.guards_kept import ONCE, TEXT
from bench.guards_plan import PEOPLE, PLAN

ROOT = Path(__file__).parent.parent
PARTS = ("planner", "templates", "static", "seed_data", "tests", "bench", "docs", "pyproject.toml", "README.md", "run")
TESTS_FAILED = 1  # pytest's own word for it; 2 to 5 are runs that broke down
GUARDS: tuple[Guard, ...] = (*ONCE, *ACCESS, *TEXT, *PEOPLE, *PLAN)


# --- Whether they still fit -------------------------------------------------------------------------------------------


def troubles(root: Path = ROOT) -> list[str]:
    """Edits that no longer fit, and tests that are not there."""
    found = [
        f"two guards are called {one.name}" for one in GUARDS if [each.name for each in GUARDS].count(one.name) > 1
    ]
    for guard in GUARDS:
        for edit in guard.edits:
            times = (root / edit.file).read_text(encoding="utf-8").count(edit.old)
            if times != 1:
                found.append(f"{guard.name}: its text stands {times} times in {edit.file}")
        for test in guard.tests:
            path, _, name = test.partition("::")
            source = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
            if not re.search(rf"^def {re.escape(name)}\(", source, re.MULTILINE):
                found.append(f"{guard.name}: there is no {test}")
    return found


# --- Taking them away -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    guard: Guard
    code: int
    failed: tuple[str, ...]
    seconds: float
    printed: str

    @property
    def is_held(self) -> bool:
        """Whether each of its tests noticed."""
        return self.code == TESTS_FAILED and not self.green

    @property
    def green(self) -> tuple[str, ...]:
        """Its tests that passed without it."""
        return tuple(name for name in (test.partition("::")[2] for test in self.guard.tests) if name not in self.failed)


class Copy:
    """The source in a folder of its own, where edits are made and undone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            source, goal = ROOT / part, folder / part
            if source.is_dir():
                shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, goal)
        self._later = time.time() + 10

    def without(self, guard: Guard) -> Outcome:
        before = {edit.file: (self.folder / edit.file).read_bytes() for edit in guard.edits}
        try:
            for edit in guard.edits:
                text = (self.folder / edit.file).read_text(encoding="utf-8")
                self._write(edit.file, text.replace(edit.old, edit.new).encode())
            return self.run(guard, guard.tests, guard.engine)
        finally:
            for file, content in before.items():
                self._write(file, content)

    def run(self, guard: Guard, tests: Sequence[str], engine: str) -> Outcome:
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "--tb=no", "-rf"]
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        began = time.monotonic()
        done = subprocess.run(
            [*command, "--database", engine, *tests], cwd=self.folder, env=environment, capture_output=True, text=True
        )
        failed = tuple(dict.fromkeys(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE)))
        return Outcome(guard, done.returncode, failed, time.monotonic() - began, done.stdout + done.stderr)

    def _write(self, file: str, content: bytes) -> None:
        """With a time of its own, so that what was compiled of it before is not taken for it."""
        self._later += 2
        (self.folder / file).write_bytes(content)
        os.utime(self.folder / file, (self._later, self._later))


def as_it_is(copy: Copy, guards: Sequence[Guard]) -> list[str]:
    """What does not pass with every guard in its place."""
    wrong = []
    for engine in sorted({one.engine for one in guards}):
        tests = list(dict.fromkeys(test for one in guards if one.engine == engine for test in one.tests))
        done = copy.run(guards[0], tests, engine)
        if done.code:
            wrong.append(f"on {engine}, with nothing removed: {', '.join(done.failed) or done.printed[-2000:]}")
    return wrong


def _rows(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| Guard | What it keeps from happening | Tests that fail without it | Seconds |"
    yield "|---|---|---|---|"
    for one in outcomes:
        said = ", ".join(f"`{name}`" for name in one.failed)
        said = said if one.is_held else f"{said} and **not** {', '.join(one.green)} (pytest {one.code})"
        yield f"| {one.guard.name} | {one.guard.keeps} | {said} | {one.seconds:.0f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    guards = [one for one in GUARDS if not asked.names or any(name in one.name for name in asked.names)]
    wrong = troubles()
    if asked.list or wrong or not guards:
        print("\n".join(wrong or [f"{one.name}: {one.keeps}" for one in guards]))
        return 1 if wrong or not guards else 0
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = Copy(Path(folder))
        wrong = as_it_is(copy, guards)
        outcomes = []
        for guard in guards if not wrong else ():
            outcomes.append(copy.without(guard))
            last = outcomes[-1]
            line = "held" if last.is_held else f"NOT NOTICED by {', '.join(last.green)}:"
            print(f"{line}  {guard.name}", file=sys.stderr, flush=True)
            if not outcomes[-1].is_held:
                print(outcomes[-1].printed[-1500:], file=sys.stderr)
        wrong += as_it_is(copy, guards) if outcomes else []  # each edit was undone
    print("\n".join([*_rows(outcomes), *wrong]))
    return 1 if wrong or not all(one.is_held for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
