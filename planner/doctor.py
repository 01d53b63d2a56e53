"""What on this installation would go wrong later? Looks, says, changes nothing."""

import importlib.util

from planner.config import Oidc, from_environment
from planner.job_queue import described
from planner.services.identity import Away, Refused
from planner.store.database import CLOCKS_AGREE, Database, sqlite_is_safe, sqlite_module


def examine() -> int:
    """Prints one line for each thing looked at; 1 when something must be mended."""
    config = from_environment()
    safe = sqlite_is_safe()
    version = sqlite_module().sqlite_version
    database = Database(config.database_url)
    clocks, weakness = False, ""
    try:
        database.check()
        clocks = database.clock_difference() <= CLOCKS_AGREE
        weakness = database.weakness() if config.access == "server" else ""
        answers = True
    except Exception as error:  # whatever the driver raises is the finding
        answers = False
        print(f"     {error}")
    finally:
        database.close()
    solver = importlib.util.find_spec("highspy") is not None
    foreign = importlib.util.find_spec("ortools") is not None
    lines = [
        (safe or not database.is_sqlite, f"SQLite {version}" + ("" if safe else ": can corrupt a file; see README")),
        (answers, "the database answers"),
        (clocks, "this machine's clock agrees with the database's"),
        (not weakness, "the database keeps municipalities apart" + (f", or should: {weakness}" if weakness else "")),
        (True, f"jobs are worked {described(config)}, at most {config.solve_workers} at once"),
        (solver, "the solver is installed"),
        (not foreign, "no ortools in the environment (it and HiGHS cannot share a process)"),
    ]
    if config.oidc is not None:
        lines.append(_issuer(config.oidc))
    for good, text in lines:
        print(("ok   " if good else "MEND ") + text)
    return 0 if all(good for good, _text in lines) else 1


def _issuer(settings: Oidc) -> tuple[bool, str]:
    from planner.services.issuer import Issuer

    try:
        Issuer(settings, "").look()
    except Away:
        return False, f"the issuer {settings.issuer} does not answer"
    except Refused as error:
        return False, f"the issuer {settings.issuer} is not to be believed: {error.word}; see docs/sign-in.md"
    return True, f"the issuer {settings.issuer} answers, and names itself so"
