"""What is Målrett made of? Its bill of materials as CycloneDX 1.6, from the lock file and the lists of vendored files.

    .venv/bin/python deploy/sbom.py > malrett.cdx.json

Made at each release, and told apart by its serial number alone: the same lock gives the same bytes. Licences are those
that the installed packages state; a package of another platform is there without.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
VENDORED = (ROOT / "static" / "vendor" / "README.md", ROOT / "planner" / "charts" / "fonts" / "README.md")
_LOCKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?", re.MULTILINE)
_ROW = re.compile(r"^\| (\S+) \| (@?[\w./-]+) \| ([\d.]+) \|.*\| ([A-Za-z0-9.-]+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)
_FONTS = re.compile(r"`npm pack (\S+)@([\d.]+)`\), licence ([A-Za-z0-9.-]+)")


def bill() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [*packages(), *vendored()]
    about = {"type": "application", "bom-ref": "malrett", "name": project["name"], "version": project["version"]}
    content = json.dumps([about, components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {"component": about | {"licenses": [{"license": {"id": project["license"]}}]}},
        "components": components,
        "dependencies": [{"ref": "malrett", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def packages() -> Iterator[dict[str, Any]]:
    """Each package of the lock; optional where it is installed on some platforms only."""
    for name, version, marker in _LOCKED.findall(LOCK.read_text(encoding="utf-8")):
        yield _component(f"pkg:pypi/{name.lower().replace('_', '-')}@{version}", name, version, _licences(name)) | (
            {"scope": "optional"} if marker else {"scope": "required"}
        )


def vendored() -> Iterator[dict[str, Any]]:
    """What the browser is given and what pictures are drawn with: files taken unchanged from packages."""
    found: dict[str, dict[str, Any]] = {}
    for readme in VENDORED:
        text = readme.read_text(encoding="utf-8")
        rows = [(name, version, licence) for _, name, version, licence, _ in _ROW.findall(text)]
        for name, version, licence in rows or _FONTS.findall(text):
            purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
            found[purl] = _component(purl, name, version, [{"license": {"id": licence}}]) | {"scope": "required"}
    yield from found.values()


def _component(purl: str, name: str, version: str, licences: list[Any]) -> dict[str, Any]:
    found = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return found | ({"licenses": licences} if licences else {})


def _licences(name: str) -> list[Any]:
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return []
    if expression := stated.get("License-Expression"):
        return [{"expression": expression}]
    classes = [one.rpartition(" :: ")[2] for one in stated.get_all("Classifier", []) if one.startswith("License ::")]
    return [{"license": {"name": one}} for one in classes if one != "OSI Approved"]


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, ensure_ascii=False)
    print()
