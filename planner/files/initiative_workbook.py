"""How do the initiatives of a plan leave as a workbook to fill in? Nothing a person wrote becomes a formula.

Never reads anything back; `files/initiatives.py` does.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.domain.candidate_documents import freed_to_document, to_document
from planner.domain.candidate_links import Terms
from planner.domain.candidates import MOST_EFFECT, Candidate
from planner.domain.freed import Freed
from planner.files.initiative_columns import BUDGET_WORDS, COLUMNS, GUIDE, LISTS, REQUIRED, SHEETS, Column

ROWS_TO_FILL = 500
_BUDGETS = {token: word for word, token in BUDGET_WORDS.items()}
_GUIDE_TOP = (
    "Tiltak til planen",
    "Ett tiltak per rad i arket Tiltak. Kolonner med * må fylles ut. Beløp er hele 1000 kroner, brutto.",
    "Virkning og tilskudd har egne ark: én rad for hver, med samme kode som tiltaket.",
    "Skriv verdier, ikke formler. Prosent skrives som tall: 30 for 30 %.",
    "Når arket lastes opp, blir tiltak med samme kode byttet ut, og nye lagt til. Ingen tiltak blir slettet.",
    "Er noe galt, får dere se alt på én gang, med rad og kolonne, og ingenting blir lagret.",
)


def write_workbook(
    candidates: Iterable[Candidate],
    freed: Iterable[Freed],
    terms: Terms,
    factors: Mapping[str, str],
    marks: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """An xlsx file with these rows, room for more, lists to choose from and a sheet that explains each column.

    factors: id -> name. marks: by code, of `domain/taken_out.py`. Reading it back gives equal candidates and rows.
    """
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, safe) as book:
        looks = {
            "heading": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEAF6", "border": 1}
            ),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "bold": book.add_format({"bold": True}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        guide = book.add_worksheet(GUIDE)
        sheets = {name: book.add_worksheet(name) for name in SHEETS}
        lists = _write_lists(book.add_worksheet(LISTS), terms, factors, looks["bold"])
        _write_guide(guide, looks)
        rows = _rows(candidates, freed, terms)
        for row in (*rows["Tiltak"], *rows["Slutter med"]):
            row["mark"] = marks.get(row["code"])
        for name, sheet in sheets.items():
            _write_sheet(sheet, name, rows[name], lists, looks)
        sheets["Tiltak"].activate()
    return out.getvalue()


def _rows(candidates: Iterable[Candidate], freed: Iterable[Freed], terms: Terms) -> dict[str, list[dict[str, Any]]]:
    """Each sheet's rows as documents with the cells of the sheet for leaves."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SHEETS}
    for candidate in candidates:
        document = to_document(candidate)
        rows["Tiltak"].append(_as_cells(document))
        for effect in document["effects"]:
            text = f"{effect['statement']} {terms.statements.get(effect['statement'], '')}".strip()
            rows["Virkning"].append({"code": candidate.code, **effect, "statement": text})
        rows["Tilskudd"] += [{"code": candidate.code, **_without_zeros(grant)} for grant in document["costs"]["grants"]]
    for row in freed:
        document = freed_to_document(row)
        rows["Slutter med"].append({**document, "counted": "ja" if row.counted else "nei"})
    return rows


def _as_cells(document: dict[str, Any]) -> dict[str, Any]:
    costs = document["costs"]
    lists = {name: ", ".join(document[name]) for name in ("targets", "requires_all", "requires_any", "excludes")}
    return {
        **document,
        **lists,
        "partners": "; ".join(f"{partner['name']} ({partner['status']})" for partner in document["partners"]),
        "reach": "; ".join(f"{reach['segment']} {_short(reach['percent'])}" for reach in document["reach"]),
        "costs": {
            **costs,
            "budget": _BUDGETS[costs["budget"]],
            "one_time_years": costs["one_time_years"] if costs["one_time_years"] > 1 else None,
            "extra_investment": "; ".join(map(str, costs["extra_investment"])),
            "extra_operating": "; ".join(map(str, costs["extra_operating"])),
            "loan": costs["loan"] or {},
        },
    }


def _without_zeros(grant: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in grant.items() if value != 0}


def _short(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _write_sheet(
    sheet: Worksheet, name: str, rows: Sequence[dict[str, Any]], lists: Mapping[str, str], looks: dict[str, Format]
) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    last = len(rows) + ROWS_TO_FILL
    for place, column in enumerate(COLUMNS[name]):
        star = " *" if column.path in REQUIRED[name] else ""
        sheet.write_string(0, place, column.heading + star, looks["heading"])
        sheet.set_column(place, place, column.width)
        sheet.data_validation(1, place, last, place, _validation(column, lists))
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(COLUMNS[name]):
            value = _at(row, column.path)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, place, value)
            elif value:
                sheet.write_string(number, place, str(value))


def _validation(column: Column, lists: Mapping[str, str]) -> dict[str, Any]:
    """What Excel says while one types. A warning only: what counts is checked when the file is read."""
    told = {"input_title": column.heading[:32], "input_message": column.help[:255], "error_type": "warning"}
    if column.choices:
        return {"validate": "list", "source": list(column.choices), **told}
    if column.list_:
        return {"validate": "list", "source": lists[column.list_], **told}
    if column.percent:
        # From 1: somebody who types 30 % into a cell gets 0,3, and is asked.
        high = MOST_EFFECT if column.path == "percent" else 100
        return {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": high, **told}
    if column.number:
        return {"validate": "decimal", "criteria": ">=", "value": 0, **told}
    return {"validate": "any", **told}


def _at(document: Any, path: str) -> Any:
    for name in path.split("."):
        document = document.get(name) if isinstance(document, Mapping) else None
    return document


def _write_lists(sheet: Worksheet, terms: Terms, factors: Mapping[str, str], bold: Format) -> dict[str, str]:
    """The lists to choose from; their places, by name."""
    columns = {
        "Utsagn": [f"{id_} {text}" for id_, text in terms.statements.items()],
        "Faktorer": list(factors.values()),
        "Målgrupper": [f"{name} ({id_})" if name.casefold() != id_ else name for id_, name in terms.segments.items()],
    }
    places = {}
    for place, (name, values) in enumerate(columns.items()):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, 60 if name == "Utsagn" else 26)
        for number, value in enumerate(values, start=1):
            sheet.write_string(number, place, value)
        letter = "ABC"[place]
        places[name] = f"='{LISTS}'!${letter}$2:${letter}${max(2, len(values) + 1)}"
    return places


def _write_guide(sheet: Worksheet, looks: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 2, 90)
    for number, text in enumerate(_GUIDE_TOP):
        sheet.write_string(number, 0, text, looks["title"] if number == 0 else None)
    row = len(_GUIDE_TOP) + 1
    for place, heading in enumerate(("Ark", "Kolonne", "Hva som skal stå der")):
        sheet.write_string(row, place, heading, looks["heading"])
    for name in SHEETS:
        for column in COLUMNS[name]:
            row += 1
            star = " *" if column.path in REQUIRED[name] else ""
            allowed = f" Velg: {', '.join(column.choices)}." if column.choices else ""
            for place, text in enumerate((name, column.heading + star, column.help + allowed)):
                sheet.write_string(row, place, text, looks["wrap"])
