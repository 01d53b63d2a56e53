"""What can a municipality that has not asked yet take with it? The questionnaire, looked at or as a file."""

from dataclasses import dataclass

from planner.domain.questionnaire import (
    LANGUAGES,
    LENGTHS,
    Language,
    Length,
    Questionnaire,
    minutes,
    questionnaire,
)
from planner.files.file import DOCX, PDF, TEXT, File
from planner.files.names import file_name
from planner.files.questionnaire_docx import docx_file
from planner.files.questionnaire_lime import lime_file
from planner.files.questionnaire_pdf import pdf_file
from planner.files.seed_data import statements, stay_statements
from planner.services.plans import Frame, frame
from planner.store.database import Database
from planner.wording import questionnaire as wording

_MAKERS = {
    "pdf": (PDF, pdf_file),
    "docx": (DOCX, docx_file),
    "txt": (f"{TEXT}; charset=utf-8", lime_file),
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """ending: part of the address, as `pdf`. name: how the format is told."""

    ending: str
    name: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """The files of one length in one language."""

    length: str
    length_name: str
    language: str
    language_name: str
    takes: str
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireView:
    """form: the full one in the reader's language. short: the statements of the short one."""

    frame: Frame
    answer: str
    rows: tuple[FileRow, ...]
    form: Questionnaire
    short: frozenset[str]


def page(database: Database, plan_id: str, reader: str) -> QuestionnaireView:
    """reader: the language of the page; the form is shown in it."""
    with database.read() as session:
        framed = frame(session, plan_id, "survey")
    full, short = _form(_language(reader), "full"), _form(_language(reader), "short")
    rows = tuple(_row(length, language) for length in LENGTHS for language in LANGUAGES)
    return QuestionnaireView(
        framed, wording.answer(full, short), rows, full, frozenset(one.code for one in short.statements)
    )


def download(length: str, language: str, ending: str) -> File | None:
    """One of the files; None for one that there is not."""
    if length not in LENGTHS or language not in LANGUAGES or ending not in _MAKERS:
        return None
    form = _form(_language(language), "short" if length == "short" else "full")
    kind, make = _MAKERS[ending]
    return File(file_name(wording.file_stem(form), ending), kind, make(form))


def _row(length: Length, language: Language) -> FileRow:
    form = _form(language, length)
    links = tuple(FileLink(ending, wording.format_(ending)) for ending in _MAKERS)
    takes = wording.takes(form, minutes(form))
    return FileRow(length, wording.length(length), language, wording.language(language), takes, links)


def _form(language: Language, length: Length) -> Questionnaire:
    return questionnaire(language, length, statements(), stay_statements())


def _language(code: str) -> Language:
    return next((one for one in LANGUAGES if one == code), "nb")
