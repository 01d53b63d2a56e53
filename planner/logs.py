"""What is written of what happens, for whoever runs the installation? With MALRETT_LOG=json a line of JSON each.

Never what people wrote, codes, tokens, names or addresses: a request is told by the pattern of its route, an error by
its kind and the lines of code it went through, and of other libraries' messages only the text in their code.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

from planner.config import Config


class AsJson(logging.Formatter):
    """One record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == "planner" or record.name.startswith("planner.")
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        if has_request_context() and "request_id" in g:
            told["request"] = g.request_id
        told |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["through"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(told, ensure_ascii=False)


def set_up(config: Config) -> None:
    """Have everything of this process written so; «human» leaves Python's own way."""
    if config.log != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger("planner").setLevel(logging.INFO)
