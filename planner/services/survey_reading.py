"""How is a file that somebody sent read without risk to the program? In a child process, whose every end is a finding.

Answers first of all; workbooks, templates and paper forms are opened by the same `limited` and `in_turn`.
"""

import logging
import re
import threading
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from planner.child import Crashed, Finished, Outcome, OutOfMemory, OutOfTime, run_limited
from planner.config import Config
from planner.domain.examination import Examination
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.domain.stated_reading import StatedReading
from planner.files.survey import Templates, ToKeep, examine_packed, read_to_keep, read_upload

T = TypeVar("T")
SMALL_MB, SMALL_SECONDS = 512, 10.0
# So many files are read at once, whoever sent them; the next waits its turn for so long.
WAITS_FOR_TURN = 30.0
_AT_ONCE = threading.BoundedSemaphore(2)
log = logging.getLogger("planner")


def read_file(
    config: Config, data: bytes, filename: str, templates: Templates = ()
) -> tuple[bytes, Examination] | StatedReading | tuple[Finding, ...]:
    """An uploaded file as a packed table and what is seen in it, or as the report it is, within this installation's
    limits; or the finding that says how that ended."""
    # Somebody waits for the answer: what a small file cannot be read within is a trap, or nearly one.
    return limited(config, read_upload, data, filename, templates, memory_mb=SMALL_MB, seconds=SMALL_SECONDS)


def look_again(
    config: Config, packed: bytes, mapping: Mapping, fresh: tuple[int, ...] = ()
) -> Examination | tuple[Finding, ...]:
    """What is seen in a table that waits, by other choices."""
    return limited(config, examine_packed, packed, mapping.to_document(), fresh)


def read_last(config: Config, packed: bytes, mapping: Mapping) -> ToKeep | tuple[Finding, ...]:
    """What is to be kept of a table that waits."""
    return limited(config, read_to_keep, packed, mapping.to_document())


def limited(
    config: Config,
    function: Callable[..., T],
    *args: object,
    memory_mb: int | None = None,
    seconds: float | None = None,
) -> T | tuple[Finding, ...]:
    """What the function gives of a file, within this installation's limits; or the finding that says how that ended."""
    outcome = in_turn(config, function, *args, memory_mb=memory_mb, seconds=seconds)
    return outcome.value if isinstance(outcome, Finished) else told(outcome)


def in_turn(
    config: Config,
    function: Callable[..., T],
    *args: object,
    memory_mb: int | None = None,
    seconds: float | None = None,
) -> Outcome[T] | None:
    """How the function ended with a file, of whatever kind; None where others had all the turns for too long. Each may
    take as much memory as the limit says, so that what somebody has sent is only opened by this."""
    most_mb = min(memory_mb or config.parse_memory_mb, config.parse_memory_mb)
    most_seconds = min(seconds or config.parse_seconds, config.parse_seconds)
    if not _AT_ONCE.acquire(timeout=WAITS_FOR_TURN):
        return None
    try:
        return run_limited(function, *args, memory_mb=most_mb, seconds=most_seconds)
    finally:
        _AT_ONCE.release()


def told(outcome: Outcome[Any] | None) -> tuple[Finding, ...]:
    """The findings that a reading ended with, when it did not end with a table."""
    if outcome is None:
        return (Finding("file_busy"),)
    if isinstance(outcome, Finished):
        value = outcome.value
        return value.findings if isinstance(value, StatedReading) else tuple(value)
    if isinstance(outcome, OutOfMemory):
        return (Finding("file_out_of_memory"),)
    if isinstance(outcome, OutOfTime):
        return (Finding("file_out_of_time"),)
    if isinstance(outcome, Crashed):
        log.error("reading a file crashed, signal %s, at %s", outcome.signal, places(outcome.text))
    return (Finding("file_crashed"),)


def places(printed: str) -> str:
    """Where a child crashed, the last first, without what was said: that may quote what people wrote."""
    found = re.findall(r'File "[^"]*?([\w.]+)", line (\d+)', printed)
    return " < ".join(f"{name}:{line}" for name, line in reversed(found))


def shown_name(filename: str) -> str:
    """The last part of the name, without characters that turn or break a line of text."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")[:200] or "fil"
