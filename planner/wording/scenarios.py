"""What does the page «Scenarier» say of plans side by side?"""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.comparison import Comparison
from planner.wording import portfolio as words
from planner.wording.why import HARDLY, apart

MOST = 4


def question() -> str:
    return _("Hvordan står planene mot hverandre?")


def answer(names: Sequence[str], found: Comparison) -> str:
    """Which of the plans closes most, and by how much; what a reader may not compare."""
    if len(names) == 1:
        return _(
            "Her står bare «%(name)s». Ta vare på en plan til, eller lagre et scenario, under Prioritering for å se "
            "forskjellen.",
            name=names[0],
        )
    if not found.same_points:
        return _("Planene bygger på ulike behov eller vekter. Poengene deres kan ikke sammenlignes.")
    values = [facts.value for facts in found.facts]
    best = max(range(len(values)), key=lambda place: values[place])
    second = max(value for place, value in enumerate(values) if place != best)
    if values[best] - second < HARDLY:
        return _("De lukker omtrent like mye: %(points)s behovspoeng.", points=words.points(values[best]))
    return _(
        "«%(name)s» lukker mest: %(points)s behovspoeng, %(more)s mer enn den nest beste.",
        name=names[best],
        points=words.points(values[best]),
        more=apart(values[best], second),
    )


def differences(found: Comparison) -> str:
    """How many initiatives are not alike."""
    count = sum(line.differs for line in found.lines)
    alike = len(found.lines) - count
    if len(found.facts) < 2:
        return ""
    differing = ngettext("Ett tiltak er ulikt", "%(n)s tiltak er ulike", count, n=notation.number(count))
    same = ngettext("ett er likt i alle planene", "%(n)s er like i alle planene", alike, n=notation.number(alike))
    return _("%(differing)s, og %(same)s.", differing=differing, same=same)


def fact(code: str) -> str:
    return {
        "value": _("Behovspoeng lukket"),
        "initiatives": _("Tiltak"),
        "investment": _("Investering, 1000 kr"),
        "operating": _("Drift, 1000 kr"),
        "staff": _("Månedsverk"),
        "after": _("Bundet av drift året etter, 1000 kr"),
    }[code]


def share(pair: tuple[float, float] | None) -> str:
    """Of a factor or a group: the share of its points that is closed."""
    return notation.NOTHING if pair is None or pair[1] <= 0 else notation.percent(pair[0] / pair[1])


def year(starts: int | None, known: bool) -> str:
    if starts is not None:
        return str(starts)
    return _("ikke med") if known else _("fantes ikke")


def heading(code: str) -> str:
    return {
        "whole": _("I alt"),
        "factors": _("Andel lukket, etter tema"),
        "segments": _("Andel lukket, etter gruppe"),
    }[code]
