"""Which workshop did a person set up in the form? And what is suggested before, so that it takes two minutes?

Every leaf is text, as a form sends it; what is wrong is found at its field, all at once. Fields: title, item (many),
statement-CODE (many), more-CODE, scale, map-0 … map-3, named, tables, group (many), rounds, size, wanted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.statements import Statement
from planner.domain.typed import Refused, Unreadable, number, read_list, read_words
from planner.domain.workshop import (
    FOUR_STEPS,
    LEAST_PEOPLE,
    MOST_PEOPLE,
    MOST_STATEMENTS,
    MOST_TABLES,
    OF_TEN,
    Item,
    Scale,
    WorkshopSettings,
)
from planner.domain.workshop_share import suggested_wanted

Form = Mapping[str, Sequence[str]]
FEWEST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """What a workshop can be about. segments: ids of groups that may be asked for. table: «Bord», to number tables."""

    candidates: tuple[Candidate, ...]
    statements: tuple[Statement, ...]
    segments: tuple[str, ...]
    table: str


def statement_field(code: str) -> str:
    return f"statement-{code}"


def more_field(code: str) -> str:
    return f"more-{code}"


def suggested_statements(candidate: Candidate, statements: Sequence[Statement]) -> tuple[str, ...]:
    """What it is said to help, most first; where that is fewer than three, others of the same factor with them."""
    known = {one.id: one for one in statements}
    ordered = sorted(candidate.effects, key=lambda effect: -effect.percent)
    own = [effect.statement for effect in ordered if effect.statement in known][:MOST_STATEMENTS]
    factor = candidate.factor or (known[own[0]].factor if own else "")
    alike = [one.id for one in statements if one.factor == factor and one.id not in own]
    return (*own, *alike[: max(0, FEWEST_SUGGESTED - len(own))])


def suggestion(ground: Ground, title: str) -> WorkshopSettings | None:
    """A workshop about everything there is, by the usual choices; None where there is nothing to score."""
    items = tuple(_item(one, suggested_statements(one, ground.statements)) for one in ground.candidates)
    items = tuple(one for one in items if one.statements)[:60]
    if not items:
        return None
    settings = WorkshopSettings(title=title, items=items, groups=ground.segments)
    return replace(settings, wanted=suggested_wanted(items, settings.size))


def read_settings(form: Form, ground: Ground) -> tuple[WorkshopSettings | None, tuple[Finding, ...]]:
    """The settings, or None with all that must be mended first."""
    findings: list[Finding] = []
    size = _whole(form, "size", LEAST_PEOPLE, MOST_PEOPLE, findings)
    rounds = _whole(form, "rounds", 1, 3, findings)
    parts: dict[str, Any] = {
        "title": _text(form, "title"),
        "is_named": _text(form, "named") == "yes",
        "tables": _tables(form, ground.table, findings),
        "groups": tuple(one for one in ground.segments if one in form.get("group", ())),
    }
    parts |= {name: value for name, value in (("size", size), ("rounds", rounds)) if value is not None}
    parts["items"] = _items(form, ground, findings)
    _scale(form, parts, findings)
    wanted = _whole(form, "wanted", LEAST_PEOPLE, size or MOST_PEOPLE, findings, blank=True)
    parts["wanted"] = wanted or suggested_wanted(parts["items"], size or LEAST_PEOPLE)
    try:
        settings = WorkshopSettings(**parts)
    except Refused as refused:
        places = {finding.where for finding in findings}
        return None, (*findings, *(one for one in refused.findings if one.where not in places))
    return (None if findings else settings), tuple(findings)


def _item(candidate: Candidate, statements: Sequence[str]) -> Item:
    return Item(candidate.code, tuple(statements), candidate.targets)


def _items(form: Form, ground: Ground, findings: list[Finding]) -> tuple[Item, ...]:
    known = {one.id for one in ground.statements}
    chosen = set(form.get("item", ()))
    gone = chosen - {one.code for one in ground.candidates}
    if gone:
        findings.append(Finding("workshop_initiative_gone", where="items", details={"codes": ", ".join(sorted(gone))}))
    items = []
    for one in ground.candidates:
        if one.code in chosen:
            typed = (*form.get(statement_field(one.code), ()), *form.get(more_field(one.code), ()))
            items.append(_item(one, tuple(dict.fromkeys(id_ for id_ in typed if id_ in known))))
    return tuple(items)


def _scale(form: Form, parts: dict[str, Any], findings: list[Finding]) -> None:
    kind = _text(form, "scale")
    if kind == "ten":
        parts["scale"] = OF_TEN
    elif kind == "steps":
        percents = []
        for step, usual in enumerate(FOUR_STEPS.percents):
            try:
                value = number(_text(form, f"map-{step}"))
                percents.append(usual if value is None else float(value))
            except Unreadable:
                findings.append(Finding("workshop_map", where=f"map-{step}", details={"most": 95}))
                return
        try:
            parts["scale"] = Scale("steps", tuple(percents))
        except Refused as refused:
            findings.extend(refused.findings)
    else:
        findings.append(Finding("workshop_scale", where="scale"))


def _tables(form: Form, word: str, findings: list[Finding]) -> tuple[str, ...]:
    """A number of tables, or their names with commas."""
    text = _text(form, "tables")
    if text.isdecimal():
        count = int(text[:4])
        if count > MOST_TABLES:
            findings.append(Finding("workshop_tables", where="tables", details={"most": MOST_TABLES}))
        return tuple(f"{word} {place}" for place in range(1, min(count, MOST_TABLES) + 1))
    return read_list(text)


def _whole(form: Form, name: str, low: int, high: int, findings: list[Finding], *, blank: bool = False) -> int | None:
    text = _text(form, name)
    if blank and not text:
        return None
    if not text.isdecimal() or len(text) > 6 or not low <= int(text) <= high:
        findings.append(Finding("workshop_out_of_range", where=name, details={"low": low, "high": high}))
        return None
    return int(text)


def _text(form: Form, name: str) -> str:
    return read_words(next(iter(form.get(name, ())), ""))
