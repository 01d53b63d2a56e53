"""What is said about what a survey has left behind: counts, answers, free texts, and what deleting would mean?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation


def counts(statements: int) -> str:
    return ngettext(
        "Hvor mange i hver gruppe som har gitt hvert svar, på ett utsagn. Behovene og planen bygger på dette.",
        "Hvor mange i hver gruppe som har gitt hvert svar, på %(n)s utsagn. Behovene og planen bygger på dette.",
        statements,
        n=notation.number(statements),
    )


def answers(kept: bool, respondents: int) -> str:
    if not kept:
        return _("Svarene til hver enkelt er ikke lagret.")
    return _(
        "Svarene til hver enkelt av de %(n)s, uten navn, tidspunkt og fritekst. De trengs bare for å vekte på nytt og "
        "for å se hva som henger sammen.",
        n=notation.number(respondents),
    )


def comments(number: int) -> str:
    if not number:
        return _("Ingen fritekster.")
    return ngettext("Én fritekst.", "%(n)s fritekster.", number, n=notation.number(number))
