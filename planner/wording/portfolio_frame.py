"""What are the fields of the frame called, and what is said of what stands in them?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.settings import CHOICES


def field(name: str) -> str:
    return {
        "first_year": _("Første planår"),
        "reserve": _("Mulighetspott, prosent"),
        "effect_years": _("Virkningen regnes over"),
    }[name]


def least_share(group: str) -> str:
    return _("%(group)s: minst så mange prosent av behovet", group=group)


def least_count(group: str) -> str:
    return _("%(group)s: minst så mange tiltak", group=group)


def wished(count: int) -> str:
    """The heading of the fold with wishes, and how many there are."""
    if not count:
        return _("Må med, skal ikke med, startår")
    return ngettext(
        "Må med, skal ikke med, startår (%(n)s bestemt)",
        "Må med, skal ikke med, startår (%(n)s bestemt)",
        count,
        n=notation.number(count),
    )


def choice(code: str) -> str:
    return {"free": _("fritt"), "must": _("må med"), "must_not": _("skal ikke med")}[code]


def shown(typed: str) -> str:
    """What stands in a field, when it is told of elsewhere."""
    return choice(typed) if typed in CHOICES else typed or _("tomt")


def wish_part(title: str, part: str) -> str:
    """The label of one field about one initiative."""
    return {
        "choice": _("%(title)s: med eller ikke", title=title),
        "earliest": _("%(title)s: tidligst", title=title),
        "latest": _("%(title)s: senest", title=title),
    }[part]
