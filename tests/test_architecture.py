"""Does the code still live in the house it was drawn in? Arrows, one reader of settings, sizes, one word a step."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "planner").rglob("*.py"))
MIGRATIONS = ROOT / "planner" / "store" / "migrations"
STEPS = ("plans", "survey", "gaps", "initiatives", "workshop", "portfolio", "report")
ATTICS = {"utils", "helpers", "common", "manager", "base", "misc"}


def imported(path: Path) -> set[str]:
    """Every module a file names in an import, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def files_importing(package: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in CODE
        if any(name == package or name.startswith(package + ".") for name in imported(path))
    }


def test_import_contracts_hold() -> None:
    # In a process of its own: it configures logging anew, and would silence ours for the tests after it.
    program = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_only_the_solver_drives_a_solver() -> None:
    assert files_importing("pulp") == {"planner/domain/relaxation.py"}
    driven = {f"planner/domain/{name}.py" for name in ("elastic", "relaxation", "solver", "whole")}
    assert files_importing("highspy") == driven


def test_pandas_stays_where_tables_are_read() -> None:
    allowed = {"planner/domain/survey.py", "planner/domain/gaps.py", "planner/domain/drivers.py"}
    assert {f for f in files_importing("pandas") if not f.startswith("planner/files/")} <= allowed


def test_only_the_store_knows_tables() -> None:
    """Services hold a Session, and never see a row or a select."""
    outside = {f for f in files_importing("planner.store.tables") if not f.startswith("planner/store/")}
    assert outside == set()
    assert {
        f for f in files_importing("sqlmodel") if not f.startswith(("planner/store/", "planner/services/"))
    } == set()
    for path in (ROOT / "planner" / "services").glob("*.py"):
        named = {name for name in imported(path) if name.startswith("sqlmodel")}
        assert named <= {"sqlmodel", "sqlmodel.Session"}, path


def test_only_config_reads_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(r"os\.environ\b(?!`)|os\.getenv", path.read_text(encoding="utf-8"))
    }
    # The child strips its own environment, so that a parser of strangers' files holds no secret.
    assert readers == {"planner/config.py", "planner/child.py"}


def test_the_domain_knows_no_clock_and_no_chance() -> None:
    for path in (ROOT / "planner" / "domain").glob("*.py"):
        assert not imported(path) & {"time", "datetime", "random", "secrets", "os", "pathlib", "flask", "requests"}, (
            path
        )


@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_one_word_in_every_layer(step: str) -> None:
    """Type the word in a file finder and see all of the step."""
    assert (ROOT / "planner" / "services" / f"{step}.py").exists()
    assert (ROOT / "planner" / "web" / f"{step}.py").exists()
    assert (ROOT / "templates" / step / "page.html").exists()


def test_no_attic_and_no_file_too_long() -> None:
    for path in CODE:
        assert path.stem not in ATTICS, path
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 300 or MIGRATIONS in path.parents, f"{path} has {lines} lines: split by noun"


def test_every_module_opens_with_what_it_answers() -> None:
    for path in CODE:
        source = path.read_text(encoding="utf-8")
        if source.strip() and MIGRATIONS not in path.parents:
            assert ast.get_docstring(ast.parse(source)), f"{path} has no docstring"


def test_lock_files_pin_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), name
        packages = re.findall(r"^[a-z0-9][^\n]*==", text, re.MULTILINE)
        assert packages and len(re.findall(r"--hash=sha256:", text)) >= len(packages)


def test_no_file_names_a_machine_or_a_registry() -> None:
    banned = re.compile(r"/(work|root)/[a-z]|" + "registry" + r"\.npmjs|" + "pypi" + r"\.org|" + "files\\.pythonhosted")
    for folder in ("planner", "templates", "static", "tests", "seed_data", "bench", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if (
                path.suffix in {".py", ".md", ".html", ".css", ".js", ".csv", ".json", ".toml"}
                and "vendor" not in path.parts
            ):
                assert not banned.search(path.read_text(encoding="utf-8")), path


def test_a_template_neither_sums_nor_sorts() -> None:
    """What is shown is worked out where it can be tested; a template gets one view."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"\|\s*(sum|sort|groupby|map|select|reject|selectattr|rejectattr)\b", text)
        assert not found, f"{path}: {found}"


def test_a_command_commits_once_on_its_last_line() -> None:
    """What comes after a commit in the same transaction would be lost, and a query commits nothing."""
    texts = {path: path.read_text(encoding="utf-8") for path in CODE}
    for path, tree in ((path, ast.parse(text)) for path, text in texts.items() if "session.commit()" in text):
        blocks = [getattr(node, name, []) for node in ast.walk(tree) for name in ("body", "orelse", "finalbody")]
        for block in (one for one in blocks if isinstance(one, list)):
            for place, statement in enumerate(block):
                if isinstance(statement, ast.Expr) and ast.unparse(statement) == "session.commit()":
                    assert place == len(block) - 1, f"{path}:{statement.lineno}: something follows the commit"
                    assert path.parent.name in ("services", "planner"), f"{path}: commits are of commands"
