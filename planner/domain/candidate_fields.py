"""Which flat fields does a form have for one document? «costs.grants.0.name» and back.

Only shape: what a field means is read by `candidate_documents`.
"""

from collections.abc import Mapping
from typing import Any

from planner.domain.candidate_documents import LONGEST_ROWS

Fields = Mapping[str, str]
DEEPEST = 4
"""Points in a path that part it, one more than any field has: a name with thousands is a name, not a nesting."""
# Nothing and nought look alike in these: an empty field says «not filled in», a 0 looks like a decision.
_BLANK_ZERO = ("costs.", "staff", "operating.", "investment.")


def fields_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Every leaf as people would type it, by its path. Words in a list stand with commas, amounts with semicolons."""
    fields: dict[str, str] = {}
    _flatten("", document, fields)
    return fields


def _flatten(path: str, value: Any, fields: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _flatten(f"{path}.{name}" if path else name, inner, fields)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for index, inner in enumerate(value):
            _flatten(f"{path}.{index}", inner, fields)
    elif isinstance(value, list):
        fields[path] = ("; " if path.startswith("costs.extra") else ", ").join(str(part) for part in value)
    else:
        fields[path] = _typed(path, value)


def _typed(path: str, value: Any) -> str:
    if value is None or (value == 0 and path.startswith(_BLANK_ZERO) and not isinstance(value, bool)):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)


def document_of(fields: Fields) -> dict[str, Any]:
    """The nested document of a form. Rows keep their number, so that a finding points at the field that was typed."""
    document: dict[str, Any] = {}
    for path, text in fields.items():
        here: Any = document
        *above, last = path.split(".", DEEPEST)
        for name in above:
            here = here.setdefault(name, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict):
            here[last] = text
    return {name: _with_rows(value) for name, value in document.items()}


def _with_rows(value: Any) -> Any:
    """Numbered fields become rows, with empty ones where a number is missing."""
    if not isinstance(value, dict):
        return value
    if value and all(name.isdecimal() and len(name) <= 3 for name in value):
        numbered = {int(name): inner for name, inner in value.items()}
        return [_with_rows(numbered.get(at, {})) for at in range(min(max(numbered) + 1, LONGEST_ROWS))]
    return {name: _with_rows(inner) for name, inner in value.items()}


def rows_in(fields: Fields, path: str) -> int:
    """How many rows of a list the fields have."""
    numbers = [name[len(path) + 1 :].split(".")[0] for name in fields if name.startswith(path + ".")]
    return max((int(number) + 1 for number in numbers if number.isdecimal() and len(number) <= 3), default=0)
