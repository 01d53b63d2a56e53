"""The annex of report_case, with the answers a solver gives, and what stands in the file it becomes."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask
from flask_babel import Babel

import planner
from planner.domain.basis import Basis
from planner.domain.problem_file import canonical
from planner.files import annex as file
from planner.reasons import explain_request
from planner.services.report_pictures import pictures
from planner.wording.annex import Annex, annex
from planner.wording.report import Kept, paper
from tests.files.paper_case import KEPT_AT
from tests.report_case import BASIS, STARTS, make_report, problem, result

TRANSLATIONS = Path(planner.__file__).parent / "translations"


@cache
def told() -> dict[str, Any]:
    """Of report_case: nobody's text is part of it."""
    request = {"problem": canonical(problem()), "starts": STARTS, "gap": 0, "processes": 1}
    return explain_request(request, 60)


def make(basis: Basis = BASIS, language: str = "nb", found: Mapping[str, Any] | None = None) -> Annex:
    app = Flask("annex")
    Babel(app, default_locale=language, default_translation_directories=str(TRANSLATIONS))
    with app.test_request_context():
        tables = make_report(basis)
        drawn = pictures(tables)
        return annex(tables, paper(tables, Kept(1, "Førsteutkast", KEPT_AT), drawn), 1, found, drawn)


def written(basis: Basis = BASIS, language: str = "nb", found: Mapping[str, Any] | None = None) -> bytes:
    asked = problem(basis)
    return file.write(make(basis, language, found), canonical(asked), result(asked))


def parsed(content: bytes) -> Any:
    tree = html5lib.parse(content.decode("utf-8"), treebuilder="etree", namespaceHTMLElements=False)
    return list(tree.iter())


def held_in(content: bytes, id_: str) -> dict[str, Any]:
    """The data of one of its script elements."""
    found = next(one for one in parsed(content) if one.get("id") == id_)
    return dict(json.loads(found.text))


def text(content: bytes) -> str:
    """What a reader meets, with or without script: no data, no script, no style, nothing hidden."""
    parts: list[str] = []

    def read(element: Any) -> None:
        if element.tag in ("script", "style") or (
            element.get("hidden") is not None and element.get("id") != "controls"
        ):
            parts.append(element.tail or "")
            return
        parts.append(element.text or "")
        for child in element:
            read(child)
        parts.append(element.tail or "")

    read(next(one for one in parsed(content) if one.tag == "body"))
    return " ".join(" ".join(parts).split())
