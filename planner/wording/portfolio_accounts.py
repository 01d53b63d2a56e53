"""What is said of what each group gets for its part of the money?"""

from flask_babel import gettext as _

from planner import notation


def heading(by: str) -> str:
    return {"factor": _("Tema"), "segment": _("Gruppe")}[by]


def title(by: str) -> str:
    return {"factor": _("Hva hvert tema får"), "segment": _("Hva hver gruppe får")}[by]


def elsewhere(money: float) -> str:
    """money: 1000 kr."""
    return _(
        "%(money)s går til tiltak som ikke lukker noe selv i disse årene, men som andre bygger på. De står ikke i "
        "tabellene.",
        money=notation.kroner(money),
    )
