"""What on this installation is wrong, or will go wrong later, and what is to be done about it?

One line for each thing that is looked at: ok, WARNING or FAULT. Looks and says; changes nothing. What cannot be looked
at is a fault of its own, so that one broken thing does not hide the others.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial

from planner import doctor_database, doctor_machine, doctor_names, doctor_settings
from planner.config import Config, from_environment
from planner.doctor_line import Line, State, said
from planner.store.database import Database

SHOWN: dict[State, str] = {"ok": "ok", "warning": "WARNING", "fault": "FAULT"}
PARTS: tuple[Callable[[Config], Iterator[Line]], ...] = (
    doctor_machine.program,
    doctor_machine.trials,
    doctor_machine.folder,
    doctor_machine.backups,
    doctor_names.look,
    doctor_settings.look,
)
"""What can be looked at without the database, in this order; another part is one more function here."""


def examine(*, as_json: bool = False) -> int:
    """Prints what was found; 1 when something is a fault."""
    lines = found()
    if as_json:
        print(json.dumps({"lines": [asdict(line) for line in lines]}, ensure_ascii=False))
    else:
        for line in lines:
            print(f"{SHOWN[line.state]:<8} {line.text}")
            if line.todo:
                print(f"{'':<8} {line.todo}")
    return 1 if any(line.state == "fault" for line in lines) else 0


def found() -> list[Line]:
    """Every line, the parts without the database first."""
    try:
        config = from_environment()
    except (ValueError, OSError) as error:
        return [
            Line(
                "settings",
                "fault",
                f"The settings cannot be used: {said(error)}.",
                "Mend the MALRETT_ variable, or the folder.",
            )
        ]
    lines = [line for part in PARTS for line in _looked(part.__name__, partial(part, config))]
    database = Database(config.database_url)
    try:
        lines += _looked("database", partial(doctor_database.look, config, database))
    finally:
        database.close()
    return lines


def _looked(about: str, look: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    try:
        yield from look()
    except Exception as error:  # whatever a driver, the disk or a library raises is the finding
        yield Line(
            about,
            "fault",
            f"The rest of this could not be looked at ({said(error)}).",
            "Run it as the user that the application runs as, and see what the message says.",
        )
