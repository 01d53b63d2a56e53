"""What is written of what happens, for whoever runs the installation? For people, or with MALRETT_LOG=json a line of
JSON each.

Never what people wrote, codes, tokens, names or addresses: a request is told by the pattern of its route, an error by
its kind and the lines of code it went through, and of other libraries' messages only the text in their code. The text
of an error may hold all of that (a row that broke a rule, a cell that is no number), and is written nowhere.
"""

import errno
import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import g, has_request_context

from planner.config import Config

log = logging.getLogger("planner")
_DEEPEST = 6


class AsJson(logging.Formatter):
    """One record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": _message(record),
        }
        if request := _request():
            told["request"] = request
        told |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            told["error"], *because = _kinds(record.exc_info[1])
            if because:
                told["because"] = because
            told["through"] = _through(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False)


class AsText(logging.Formatter):
    """One record as a line to be read; an error by its kind, with the lines of code below it."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%d %H:%M:%S} {record.levelname.lower()} {record.name}: {_message(record)}"
        if request := _request():
            line += f" [{request}]"
        if record.exc_info and record.exc_info[1]:
            line += f" ({' < '.join(_kinds(record.exc_info[1]))})"
            line += "".join(f"\n    {place}" for place in _through(record.exc_info[2]))
        return line


def _message(record: logging.LogRecord) -> str:
    ours = record.name == "planner" or record.name.startswith("planner.")
    return record.getMessage() if ours else str(record.msg)


def _request() -> str:
    """The reference of the request that is being answered, or «»."""
    return str(g.request_id) if has_request_context() and "request_id" in g else ""


def _kinds(error: BaseException | None) -> list[str]:
    """Of which kind it is, and of which kind what led to it; with the code of the database or the system, which is one
    of a fixed list: «Unavailable», «OperationalError(SQLITE_FULL)»."""
    kinds = list[str]()
    while error is not None and len(kinds) < _DEEPEST:
        number = getattr(error, "errno", None)
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
        code = code or (errno.errorcode.get(number) if isinstance(number, int) else None)
        kinds.append(type(error).__name__ + (f"({code})" if code else ""))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return kinds


def _through(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def set_up(config: Config) -> None:
    """Have everything of this process written so, also what ends a thread or the whole program."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if config.log == "json" else AsText())
    logging.getLogger().handlers[:] = [handler]
    if config.log == "json":
        log.setLevel(logging.INFO)
    sys.excepthook = _ended
    threading.excepthook = lambda told: _ended(told.exc_type, told.exc_value, told.exc_traceback)


def _ended(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("ended by an error", exc_info=error)
