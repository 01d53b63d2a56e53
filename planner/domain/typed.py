"""What number did a person type, and what is wrong with what they typed instead?

Reads `1 234,5`, `1.234,5`, `1234.5`, `−3`, `30 %`, `320 kr`, with any of the thin and no-break spaces that Norwegian
programs put between thousands (Babel's own Norwegian parser raises on U+2212 and on `1.234,5`). Never guesses: what
cannot be read for certain is a Finding. Numbers that a workbook or a document already holds as numbers pass through.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor, isfinite

from planner.domain.findings import Finding

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-", "\ufe63": "-", "\uff0d": "-"})
_UNITS = re.compile(r"^(?:nok|kr\.?)|(?:kr\.?|nok|,-|%|prosent|månedsverk|år)$", re.IGNORECASE)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+")
_EITHER = re.compile(r"-?[1-9]\d{0,2},\d{3}")
"""«3,000» is three thousand to the English and three to Norwegians: nobody types three decimals of 1000 kr."""
_PLAIN = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
LONGEST = 40


class Unreadable(ValueError):
    """The text is not one number."""


class Refused(ValueError):
    """A value that must not exist, with everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(", ".join(f"{finding.where or 'value'}: {finding.code}" for finding in self.findings))


def number(raw: object) -> Fraction | None:
    """The exact decimal that was typed; None for nothing at all (empty text, a lone dash).

    raw: text, or a number as a workbook or a document holds it. Raises Unreadable for everything else: words, two
    numbers, truth values, infinities, and 1,234.5 where comma and point stand the English way round is read as such.
    """
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise Unreadable(raw)
    if isinstance(raw, int | Fraction):
        return Fraction(raw)
    if isinstance(raw, Decimal | float):
        if not isfinite(raw):
            raise Unreadable(raw)
        return Fraction(Decimal(str(raw)))
    if not isinstance(raw, str):
        raise Unreadable(raw)
    text = raw.translate(_MINUSES).strip()
    if text in ("", "-"):
        return None
    text = _UNITS.sub("", _UNITS.sub("", _SPACES.sub("", text)))
    if len(text) > LONGEST:
        raise Unreadable(raw)
    text = _with_decimal_point(text)
    if not _PLAIN.fullmatch(text):
        raise Unreadable(raw)
    try:
        return Fraction(Decimal(text))
    except InvalidOperation as bad:  # pragma: no cover - the pattern above lets nothing else through
        raise Unreadable(raw) from bad


def _with_decimal_point(text: str) -> str:
    """Commas and points settled: the last of the two is the decimal mark; 1.234 alone is a thousand, 0.125 is not.

    3,000 is unclear.
    """
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        if text.count(decimal) > 1:
            raise Unreadable(text)
        return text.replace(thousands, "").replace(decimal, ".")
    if _EITHER.fullmatch(text):
        raise Unreadable(text)
    if comma >= 0:
        return text.replace(",", ".") if text.count(",") == 1 else text
    return text.replace(".", "") if _GROUPED.fullmatch(text) else text


def read_number(raw: object, where: str, findings: list[Finding]) -> Fraction | None:
    """Like `number`, with the trouble as a Finding."""
    try:
        return number(raw)
    except Unreadable:
        findings.append(Finding("candidate_not_a_number", where=where, details={"text": str(raw)[:LONGEST]}))
        return None


def read_amount(raw: object, where: str, findings: list[Finding], *, cost: bool = True) -> int:
    """Whole 1000 kr, 0 for an empty field. A cost with decimals is rounded up, money that comes in down."""
    value = read_number(raw, where, findings) or Fraction(0)
    if value.denominator == 1:
        return int(value)
    rounded = ceil(value) if cost else floor(value)
    findings.append(Finding("candidate_rounded", "info", where, {"text": str(raw)[:LONGEST], "amount": rounded}))
    return rounded


def read_whole(raw: object, where: str, findings: list[Finding]) -> int | None:
    """A whole number such as a year; None for an empty field."""
    value = read_number(raw, where, findings)
    if value is None or value.denominator == 1:
        return None if value is None else int(value)
    findings.append(Finding("candidate_not_whole", where=where, details={"text": str(raw)[:LONGEST]}))
    return None


def read_words(raw: object) -> str:
    """One line of text: control characters gone, runs of white space as one space."""
    text = "" if raw is None else str(raw)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def read_list(raw: object) -> tuple[str, ...]:
    """What stands between commas, semicolons or bars, in order, without repeats; a list passes through."""
    parts = re.split(r"[,;|\n]", raw) if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else ()
    return tuple(dict.fromkeys(word for word in map(read_words, parts) if word))
