"""Do the files for hosts agree with the program? Settings, commands and paths that they name are there."""

import argparse
import configparser
import importlib.util
import os
import re
import stat
import subprocess
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import psycopg
import pytest

from planner import doctor_database
from planner.cli import build_parser
from planner.store.database import Database
from tests.conftest import make_config

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TEXTS = sorted(
    path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc" and "secrets" not in path.parts
)
GUIDES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
OF_TESTS = {"MALRETT_TEST_POSTGRES_URL", "MALRETT_SLOW"}
# Of the files for hosts themselves: what the proxy is told.
OF_DEPLOY = {"MALRETT_HOST", "MALRETT_TLS", "MALRETT_UPSTREAM"}


def settings() -> set[str]:
    return mentioned(ROOT / "planner" / "config.py") - {"MALRETT"}


def commands() -> set[str]:
    parsers = (one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return set(next(parsers).choices)


def mentioned(path: Path) -> set[str]:
    names = set(re.findall(r"\bMALRETT_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    return {name.removesuffix("_FILE") for name in names} - {"MALRETT_OIDC"}  # as «MALRETT_OIDC_…»


@pytest.mark.parametrize("path", [*TEXTS, *GUIDES], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    assert mentioned(path) - settings() - OF_TESTS - OF_DEPLOY == set()


def test_every_setting_is_told_of() -> None:
    """Those of sign-in elsewhere in a guide of their own."""
    assert settings() - set().union(*(mentioned(path) for path in GUIDES)) == set()


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_command_that_a_guide_names_is_one(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^ {4,}|^)(?:\S+/)?(?:planner|malrett|\./run) ([a-z][a-z-]+)", text, re.MULTILINE))
    assert named - commands() - {"test", "planner"} == set()  # a command of ./run, and a folder before «planner»


def test_the_dockerfile_copies_what_is_there_and_installs_what_is_locked() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    sources = [line.split()[1] for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line]
    assert all((ROOT / one).exists() for one in sources)
    # The wheel's own list of what belongs to the program.
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    forced = re.findall(r"^\"?([\w/]+)\"? = \"planner/\1\"$", project, re.MULTILINE)
    assert "docs/duties" in forced
    assert {"planner", "requirements.lock", *forced} <= set(sources)
    assert "--require-hashes -r /requirements.lock" in text and "--index" not in text
    assert text.index("USER malrett") < text.index("ENTRYPOINT") and "/ready" in text
    started = re.search(r"^CMD \[\"([a-z]+)\"", text, re.MULTILINE)
    assert started and started[1] in commands()
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{one}" for one in sources} == {one for one in ignored if one.startswith("!")} and "*" in ignored


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_and_may_do_little_else(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    service = unit["Service"]
    command = re.fullmatch(r"/opt/malrett/\.venv/bin/python -m planner ([a-z]+).*", service["ExecStart"])
    assert command and command[1] in commands()
    wanted = {"User": "malrett", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes"}
    wanted |= {"PrivateTmp": "yes", "PrivateDevices": "yes", "CapabilityBoundingSet": "", "StateDirectoryMode": "0700"}
    assert {key: service.get(key) for key in wanted} == wanted
    assert service["EnvironmentFile"] == "/etc/malrett/settings"


def test_the_timer_is_of_a_unit() -> None:
    assert [path.with_suffix(".service").exists() for path in (DEPLOY / "systemd").glob("*.timer")] == [True]


def test_the_compose_file_says_all_that_it_uses() -> None:
    """Without a reader of YAML among the dependencies: by its lines. Services, secrets, volumes, files and commands."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    parts = re.split(r"^(\w+):$", text, flags=re.MULTILINE)
    top = dict(zip(parts[1::2], parts[2::2], strict=True))
    services = set(re.findall(r"^  (\w+):$", top["services"], re.MULTILINE))
    assert {"web", "worker", "database", "proxy", "backup"} == services
    assert set(re.findall(r"^    command: \[(\w+)", text, re.MULTILINE)) <= commands()
    waited = set(re.findall(r"^ +(\w+): \{condition: service_healthy\}", text, re.MULTILINE))
    assert waited and waited <= services
    secrets = dict(re.findall(r"^  (\w+): \{file: (\S+)\}", top["secrets"], re.MULTILINE))
    used = set(re.findall(r"\w+", " ".join(re.findall(r"secrets: \[([^\]]+)\]", text))))
    read = set(re.findall(r"/run/secrets/(\w+)", text + (DEPLOY / "make-role.sh").read_text(encoding="utf-8")))
    assert used == secrets.keys() and read <= used
    volumes = set(re.findall(r"^  (\w+):$", top["volumes"], re.MULTILINE))
    mounted = set(re.findall(r"[\s\"](\w+):/", top["services"] + text.partition("services:")[0])) - {"https"}
    assert mounted == volumes
    for file in re.findall(r"- (\./\S+?):/", text):
        assert (DEPLOY / file).is_file(), file


def test_secrets_are_drawn_once_and_fit_together(tmp_path: Path) -> None:
    script = tmp_path / "make-secrets.sh"
    script.write_bytes((DEPLOY / "make-secrets.sh").read_bytes())

    def drawn() -> dict[str, str]:
        subprocess.run(["sh", str(script)], check=True)
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = drawn()
    assert first.keys() == {"secret_key", "postgres_password", "database_password", "database_url"}
    assert first["database_url"] == f"postgresql://malrett:{first['database_password']}@database/malrett"
    assert len({first["secret_key"], first["postgres_password"], first["database_password"]}) == 3
    assert all(len(one) >= 64 for one in first.values())
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert drawn() == first


@pytest.mark.only_on("postgresql", "it makes a role")
def test_the_role_of_the_compose_file_is_an_ordinary_one_and_enough(
    postgres_url: str, engine: str, tmp_path: Path
) -> None:
    """The script's own SQL, under another name; with it the tables are made, and the doctor finds nothing wrong."""
    script = (DEPLOY / "make-role.sh").read_text(encoding="utf-8")
    made = f"malrett{os.getpid()}"
    sql = script.partition("<<'SQL'\n")[2].partition("\nSQL")[0].replace("malrett", made).replace(":'password'", "'x'")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for statement in sql.split(";\n"):
            connection.execute(statement.encode())
        try:
            there = psycopg.conninfo.conninfo_to_dict(postgres_url)
            host, port = str(there["host"]), there.get("port") or 5432
            database = Database(f"postgresql://{made}:x@/{made}?host={quote(host, safe='')}&port={port}")
            database.migrate()
            config = make_config(tmp_path, database_url="postgresql://")
            lines = {line.about: line.state for line in doctor_database.look(config, database)}
            assert (lines["role"], lines["tables"]) == ("ok", "ok")
            database.close()
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {made} WITH (FORCE)".encode())
            connection.execute(f"DROP ROLE IF EXISTS {made}".encode())


def test_nothing_names_a_registry() -> None:
    banned = re.compile("registry" + r"\.npmjs|" + "pypi" + r"\.org|files\.python" + "hosted|docker" + r"\.io|ghcr\.io")
    for path in (*TEXTS, *GUIDES):
        assert not banned.search(path.read_text(encoding="utf-8")), path


def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", DEPLOY / "sbom.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_of_materials_names_everything_that_is_shipped() -> None:
    bill = sbom().bill()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    named = {(one["name"], one["version"]) for one in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {tuple(line.split()[0].split("==")) for line in lock.splitlines() if re.match(r"[a-zA-Z0-9]", line)}
    assert len(locked) > 40 and locked <= named
    vendored = (ROOT / "static" / "vendor" / "README.md").read_text(encoding="utf-8")
    assert {row.split(" | ")[1] for row in vendored.splitlines() if re.match(r"\| \S+\.(js|css|woff2) ", row)} <= {
        name for name, _ in named
    }
    assert ("@expo-google-fonts/inter", "0.4.2") in named
    assert all(re.fullmatch(r"pkg:(pypi|npm)/\S+@\S+", one["purl"]) for one in bill["components"])
    assert len({one["bom-ref"] for one in bill["components"]}) == len(bill["components"])
    assert bill == sbom().bill()


def test_each_guard_that_is_told_of_has_its_test() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert len(named) > 25
    for file, name in named:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (file, name)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_link_of_a_guide_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("docs/pictures/"):  # which are taken at a release
            assert (path.parent / target).exists(), target
