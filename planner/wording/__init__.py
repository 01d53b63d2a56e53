"""What does the program say? Every composed sentence, in bokmål, with nynorsk and English by the catalogues.

A module a step (wording/gaps.py says what the needs page says). The msgid is the bokmål text. A module may hold
FINDINGS: code -> (what is wrong, what to try), and OF_ONE: code -> what is wrong where the count is one, marked with N_
so that the extractor sees them. Sentences only: no
figure is computed here, and none is formatted other than by `planner.notation`.
"""

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache

from flask_babel import gettext

from planner.domain.findings import Finding, Severity


def N_(text: str) -> str:
    """Marks a text for translation where it stands in a table; gettext is called when it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding as it is read: where, what is wrong, what to try."""

    severity: Severity
    where: str
    what: str
    try_: str


# The words a place in a file is told with; what the user called a sheet or a column is left alone.
_PLACES = {"arket": N_("arket"), "rad": N_("rad"), "kolonne": N_("kolonne")}
_PLACE = re.compile(r"(^|, )(arket|rad|kolonne)(?= )")


def _where(place: str) -> str:
    """«rad 14, kolonne Vekt» in the reader's language; it opens a line, so it opens with a capital."""
    if not _PLACE.match(place):
        return place
    said = _PLACE.sub(lambda found: found[1] + gettext(_PLACES[found[2]]), place)
    return said[:1].upper() + said[1:]


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Every finding's code with its two texts, from all modules of this package."""
    found: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        table = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FINDINGS", {})
        twice = found.keys() & table.keys()
        if twice:
            raise RuntimeError(f"two texts for {sorted(twice)}")
        found |= table
    return found


@cache
def of_one() -> dict[str, str]:
    """What is wrong, of the codes that say it otherwise of one than of many: code -> text, from all modules."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= getattr(importlib.import_module(f"{__name__}.{module.name}"), "OF_ONE", {})
    return found


def finding(trouble: Finding) -> Sentence:
    """The sentence for one finding in the reader's language."""
    what, try_ = texts()[trouble.code]
    details = dict(trouble.details)
    if details.get("count") == 1:
        what = of_one().get(trouble.code, what)
    return Sentence(
        trouble.severity,
        _where(trouble.where),
        gettext(what, **details),
        gettext(try_, **details) if try_ else "",
    )


def findings(troubles: tuple[Finding, ...] | list[Finding]) -> tuple[Sentence, ...]:
    return tuple(finding(trouble) for trouble in troubles)
