"""What is said about the questionnaire: what it holds, how long it takes, how many answers are needed?"""

from flask_babel import gettext, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.questionnaire import Questionnaire
from planner.wording import N_

_LENGTHS = {"full": N_("Fullt skjema"), "short": N_("Kort skjema")}
_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
_FORMATS = {
    "pdf": N_("PDF til utskrift"),
    "docx": N_("Word, til Microsoft Forms"),
    "txt": N_("LimeSurvey"),
}


def answer(full: Questionnaire, short: Questionnaire) -> str:
    return _(
        "Skjemaet er klart til bruk: %(full)s utsagn, eller %(short)s i den korte utgaven. Hvert utsagn besvares to "
        "ganger: hvor viktig det er, og hvor sannsynlig eller oppfylt det er her.",
        full=len(full.statements),
        short=len(short.statements),
    )


def length(code: str) -> str:
    return gettext(_LENGTHS[code])


def language(code: str) -> str:
    """Each language by its own name, whatever language the page is in."""
    return _LANGUAGES[code]


def format_(code: str) -> str:
    return gettext(_FORMATS[code])


def takes(form: Questionnaire, minutes: int) -> str:
    """How much is asked, and about how long it takes; an estimate, and said to be one."""
    return ngettext(
        "%(ticks)s svar å gi, anslagsvis %(minutes)s minutt",
        "%(ticks)s svar å gi, anslagsvis %(minutes)s minutter",
        minutes,
        ticks=notation.number(form.ticks),
        minutes=notation.number(minutes),
    )


def file_stem(form: Questionnaire) -> str:
    names = {"full": _("Sporreskjema fullt"), "short": _("Sporreskjema kort")}
    return f"{names[form.length]} {form.language}"
