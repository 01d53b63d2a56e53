"""How is a survey file read without risk to the program? In a child process, whose every end is a finding."""

import logging
import re
import unicodedata

from planner.child import Crashed, Finished, OutOfMemory, OutOfTime, run_limited
from planner.config import Config
from planner.domain.examination import Examination
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.files.seed_data import statements
from planner.files.survey import examine_file

log = logging.getLogger("planner")


def read_file(
    config: Config, data: bytes, filename: str, mapping: Mapping | None = None, fresh: tuple[int, ...] = ()
) -> Examination | tuple[Finding, ...]:
    """Read and examine a file within this installation's limits; or the finding that says how that ended."""
    outcome = run_limited(
        examine_file,
        data,
        filename,
        statements(),
        mapping.to_document() if mapping is not None else None,
        fresh,
        memory_mb=config.parse_memory_mb,
        seconds=config.parse_seconds,
    )
    if isinstance(outcome, Finished):
        return outcome.value
    if isinstance(outcome, OutOfMemory):
        return (Finding("file_out_of_memory"),)
    if isinstance(outcome, OutOfTime):
        return (Finding("file_out_of_time"),)
    if isinstance(outcome, Crashed):
        log.error("reading a survey file crashed, signal %s, at %s", outcome.signal, _frames(outcome.text))
    return (Finding("file_crashed"),)


def _frames(printed: str) -> str:
    """Where it crashed, without its message: that may quote an answer."""
    places = re.findall(r'File "[^"]*?([\w.]+)", line (\d+)', printed)
    return " < ".join(f"{name}:{line}" for name, line in reversed(places))


def shown_name(filename: str) -> str:
    """The last part of the name, without characters that turn or break a line of text."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")[:200] or "fil"
