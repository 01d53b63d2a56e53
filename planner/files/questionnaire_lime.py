"""How does LimeSurvey get the questionnaire? As its «tab separated values» of a survey's structure.

One row a group, question, subquestion and answer, read by the names in the first row; a row belongs to the one before
it. Codes are such that the export is recognised here: `Q1[SQ001][1]` is how important the first
statement is, `[2]` how likely, and A1–A7 are the steps. Described in LimeSurvey's manual, «Tab Separated Value survey
structure».
"""

import csv
import io

from planner.domain.questionnaire import Choice, Questionnaire

COLUMNS = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other",
    "dualscale_headerA", "dualscale_headerB",
)  # fmt: skip
DUAL_SCALE, ONE_OF = "1", "L"
# A8 would be a step of a longer scale; 98 means «vet ikke» wherever it stands.
DONT_KNOW = "A98"
# LimeSurvey wants a number and takes another when it is in use.
WISHED_NUMBER = "160467"

Row = dict[str, str]


def lime_file(form: Questionnaire) -> bytes:
    """UTF-8 with a mark, tabs between cells."""
    rows = [*_survey(form), *_statements(form), *_stay(form), *_about(form)]
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter="\t", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _survey(form: Questionnaire) -> list[Row]:
    """A page a group; nothing is kept about who answered, from where or when."""
    settings = {
        "sid": WISHED_NUMBER, "language": form.language, "format": "G", "anonymized": "Y", "ipaddr": "N",
        "datestamp": "N", "savetimings": "N", "refurl": "N", "allowprev": "Y", "showprogress": "Y",
    }  # fmt: skip
    texts = {
        "surveyls_title": form.title,
        "surveyls_welcometext": "".join(f"<p>{text}</p>" for text in form.information),
        "surveyls_endtext": form.thanks,
    }
    return [
        *({"class": "S", "name": name, "text": text} for name, text in settings.items()),
        *({"class": "SL", "name": name, "text": text, "language": form.language} for name, text in texts.items()),
    ]


def _statements(form: Questionnaire) -> list[Row]:
    question = _question(form, DUAL_SCALE, "Q1", form.introduction)
    question |= {"dualscale_headerA": form.importance.question, "dualscale_headerB": form.likelihood.question}
    rows = [_group(form, form.title), question]
    rows += [
        {"class": "SQ", "type/scale": "0", "name": one.code, "text": one.text, "language": form.language}
        for one in form.statements
    ]
    for scale, asked in enumerate((form.importance, form.likelihood)):
        rows += _steps(form, asked.steps, scale)
    return rows


def _stay(form: Questionnaire) -> list[Row]:
    """Each of the five is a question of its own, so that its column is called by its id."""
    rows = [_group(form, form.stay_heading), *_choice(form, form.stay)]
    for one in form.drivers:
        text = f"{form.agreement.question} {one.text}"
        rows += [_question(form, ONE_OF, one.code, text), *_steps(form, form.agreement.steps)]
    return rows


def _about(form: Questionnaire) -> list[Row]:
    rows = [_group(form, form.background_heading, form.background_note)]
    return [*rows, *(row for one in form.background for row in _choice(form, one))]


def _group(form: Questionnaire, name: str, text: str = "") -> Row:
    return {"class": "G", "name": name, "relevance": "1", "text": text, "language": form.language}


def _question(form: Questionnaire, kind: str, code: str, text: str) -> Row:
    return {
        "class": "Q", "type/scale": kind, "name": code, "relevance": "1", "text": text, "language": form.language,
        "mandatory": "N", "other": "N",
    }  # fmt: skip


def _choice(form: Questionnaire, one: Choice) -> list[Row]:
    answers = [_answer(form, f"A{place}", text) for place, text in enumerate(one.options, start=1)]
    return [_question(form, ONE_OF, one.code, one.text), *answers]


def _steps(form: Questionnaire, steps: tuple[str, ...], scale: int = 0) -> list[Row]:
    rows = [_answer(form, f"A{step}", text, scale) for step, text in enumerate(steps, start=1)]
    return [*rows, _answer(form, DONT_KNOW, form.dont_know, scale)]


def _answer(form: Questionnaire, code: str, text: str, scale: int = 0) -> Row:
    return {
        "class": "A", "type/scale": str(scale), "name": code, "relevance": "0", "text": text, "language": form.language,
    }  # fmt: skip
