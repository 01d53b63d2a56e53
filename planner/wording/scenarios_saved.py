"""What is said of a plan that was set aside without a proof?"""

from flask_babel import gettext as _

from planner import notation


def status(gap: float | None, answered: str | None) -> str:
    """gap: how much more the best plan may close, as a share of it. answered: the kept plan of the same question."""
    said = _("Ikke bevist.")
    if gap is not None:
        share = notation.percent(max(gap, 0.0001), 2 if gap < 0.001 else 1)
        said = _("Ikke bevist: den beste planen for rammen kan lukke inntil %(share)s mer.", share=share)
    if answered is not None:
        said += " " + _("Samme ramme og tiltak som «%(name)s», som er bevist.", name=answered)
    return said


def proving() -> str:
    return _("Planen bevises nå. Den blir tatt vare på når beviset er ferdig.")


def unproven_name(name: str) -> str:
    """The heading of a column."""
    return _("%(name)s (ikke bevist)", name=name)
