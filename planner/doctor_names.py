"""Is every MALRETT_ variable the name of a setting? A misspelt one is passed over in silence by everything else."""

import difflib
from collections.abc import Iterable, Iterator

from planner.config import Config, given_names
from planner.doctor_line import Line

_NAMES = """
ACCESS CONTACT DATA DATABASE_URL EXTERNAL_URL LOG METRICS OIDC_ACR OIDC_CLIENT_ID OIDC_CLIENT_SECRET
OIDC_ISSUER OIDC_NAME PROXIES QUEUE SECRET_KEY SECURE_COOKIES SECURITY_CONTACT SOLVE_SECONDS SOLVE_WORKERS UPLOAD_MB
"""
NAMES = frozenset(f"MALRETT_{name}" for name in _NAMES.split())
"""All that config.py reads; any of them may have _FILE behind it."""
OTHERS = ("MALRETT_TEST_", "MALRETT_SLOW", "MALRETT_HOST", "MALRETT_TLS", "MALRETT_UPSTREAM")
"""Of the tests, and of the proxy before the application."""


def look(_config: Config) -> Iterator[Line]:
    wrong = list(unknown(given_names()))
    for name, meant in wrong:
        yield Line(
            "names",
            "warning",
            f"{name} is set, but there is no such setting.",
            f"Did you mean {meant}?" if meant else "README.md has all there are; remove it, or mend its name.",
        )
    if not wrong:
        yield Line("names", "ok", "Every MALRETT_ variable is a setting.")


def unknown(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each that is no setting, with the one that was most likely meant, or «»."""
    for name in sorted(given):
        setting = name.removesuffix("_FILE")
        if setting not in NAMES and not name.startswith(OTHERS):
            bare = {one.removeprefix("MALRETT_"): one for one in NAMES}
            near = difflib.get_close_matches(setting.upper()[len("MALRETT") :].strip("_"), bare, n=1, cutoff=0.7)
            yield name, bare[near[0]] + name[len(setting) :] if near else ""
