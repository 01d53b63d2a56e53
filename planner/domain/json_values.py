"""Is this JSON value a text, a number from 0 up, a list?

The small half of reading a problem file: one value at a time, every fault collected with its JSON pointer.
It knows nothing of what the values mean.
"""

from collections import Counter
from collections.abc import Iterable
from math import isfinite
from typing import Any

from planner.domain.findings import Detail, Finding
from planner.domain.initiatives import Amount, exact


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which keys it was given twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        pairs = list(pairs)
        super().__init__(pairs)
        self.repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]


class ValueReader:
    """Reads single values. `findings` fills up; what is wrong comes back as None (or empty)."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, code: str, where: str, **details: Detail) -> None:
        self.findings.append(Finding(code, where=where, details=details))

    def object(self, value: Any, where: str, keys: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
        """The object with its known keys; {} when it is something else."""
        entries = self.mapping(value, where)
        if entries is None:
            return {}
        for key in (key for key in entries if key not in (*keys, *optional)):
            self.wrong("problem_unknown_key", pointer(where, key), key=key)
        for key in (key for key in keys if key not in entries):
            self.wrong("problem_missing_key", where, key=key)
        return {key: inner for key, inner in entries.items() if key in (*keys, *optional)}

    def mapping(self, value: Any, where: str) -> dict[str, Any] | None:
        """An object whose keys are ids."""
        if not isinstance(value, dict):
            self.wrong_type(where, "object")
            return None
        for key in getattr(value, "repeated", ()):
            self.wrong("problem_duplicate_key", pointer(where, key), key=key)
        for key in value:
            self.text(key, pointer(where, key))
        return value

    def items(self, value: Any, where: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self.wrong_type(where, "list")
        return []

    def text(self, value: Any, where: str, empty: bool = True) -> str | None:
        if not isinstance(value, str):
            self.wrong_type(where, "text")
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            self.wrong_type(where, "text")
            return None
        if not value and not empty:
            self.wrong_type(where, "id")
            return None
        return value

    def id(self, value: Any, where: str) -> str | None:
        return self.text(value, where, empty=False)

    def amount(self, value: Any, where: str) -> Amount | None:
        """A number from 0 up."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong_type(where, "number")
            return None
        if not self._is_finite(value, where):
            return None
        if value < 0:
            self.wrong("problem_negative", where, value=value)
            return None
        return exact(value)

    def share(self, value: Any, where: str) -> Amount | None:
        amount = self.amount(value, where)
        if amount is not None and amount > 1:
            self.wrong("problem_outside_0_1", where, value=float(amount))
            return None
        return amount

    def _is_finite(self, value: int | float, where: str) -> bool:
        """A whole number of four hundred digits is not, as JSON has it: no float holds it."""
        try:
            finite = isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            self.wrong("problem_not_finite", where)
        return finite

    def whole(self, value: Any, where: str, least: int | None = None) -> int | None:
        if isinstance(value, float) and value.is_integer():
            value = exact(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong_type(where, "whole")
            return None
        if not self._is_finite(value, where):
            return None
        if least is not None and value < least:
            self.wrong("problem_negative" if least == 0 else "problem_too_small", where, value=value, least=least)
            return None
        return value

    def wrong_type(self, where: str, expected: str) -> None:
        """expected: object, list, text, id, number, whole and so on; the wording has a word for each."""
        self.wrong("problem_wrong_type", where, expected=expected)


def pointer(where: str, key: str | int) -> str:
    """The JSON pointer of something inside what `where` points to."""
    return f"{where}/{str(key).replace('~', '~0').replace('/', '~1')}"
