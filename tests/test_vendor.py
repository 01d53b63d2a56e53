"""Are the vendored files the ones their README says?"""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"


def test_every_vendored_file_has_its_package_and_its_sum() -> None:
    readme = (VENDOR / "README.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", readme, re.MULTILINE))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.suffix not in (".md", ".json")
    }
    assert found == stated
