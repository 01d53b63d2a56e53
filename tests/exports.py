"""What stands in a page or a file, and a plan that is kept, so that there are files."""

import io
import re
import subprocess
import zipfile

from flask import Flask

from planner.services import portfolio
from planner.store.database import Database
from tests.services.test_portfolio import work


def text_of(data: bytes) -> str:
    """What a page or a file says; of a Word file or a workbook all its parts."""
    if data.startswith(b"%PDF"):
        said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
        # Where a hash breaks its line hangs on how wide its signs are; without any space it says the same.
        return re.sub(r"[0-9a-f]{64}", "", re.sub(r"\s+", "", said))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"\n".join(parts.read(name) for name in sorted(parts.namelist()) if not name.endswith(".png"))
    text = re.sub(r'(?<=name="csrf_token" value=")[^"]+', "", data.decode("utf-8", "replace"))
    return re.sub(r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)|20\d\d-\d\d-\d\d|[\w.-]{40,}", "", text)


def keep_plan(app: Flask, database: Database, plan_id: str, name: str) -> None:
    """Try the frame as it is and keep the best plan, with the queue's work done here and now."""
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        tried = portfolio.attempt(database, plan_id, {}, 1)
        assert isinstance(tried, str)
        work(database, tried)
        proof = portfolio.keep(database, plan_id, tried, name)
        assert isinstance(proof, str)
        work(database, proof)
