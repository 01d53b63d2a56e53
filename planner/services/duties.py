"""Which templates of what the law asks for can a municipality take with it? As Word files, in bokmål or nynorsk."""

from dataclasses import dataclass

from planner.files.duties import NAMES, docx_file, read_template
from planner.files.file import DOCX, File
from planner.files.names import file_name
from planner.wording import duties as wording


@dataclass(frozen=True, slots=True)
class Template:
    """name: part of its address. title: what it is called. about: what it is for."""

    name: str
    title: str
    about: str


def templates() -> tuple[Template, ...]:
    return tuple(Template(name, *wording.template(name)) for name in NAMES)


def language_of(reader: str) -> str:
    """The language of the templates for whoever reads in this: they are made in two."""
    return "nn" if reader == "nn" else "nb"


def word(name: str, language: str) -> File | None:
    """The Word file; None for what there is not."""
    text = read_template(name, language)
    called = file_name(f"malrett-{name}-{language}", "docx")
    return None if text is None else File(called, DOCX, docx_file(text, language))
