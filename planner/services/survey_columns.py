"""What does the page of columns show? Step 1 of a waiting file: what each was taken for, and what else it can be."""

import re
from dataclasses import dataclass
from typing import get_args

from planner.domain.columns import ANSWERS, Role
from planner.domain.examination import ColumnFacts
from planner.domain.findings import Detail, Finding
from planner.domain.scales import plain
from planner.domain.statements import Statement, StayStatement
from planner.files.seed_data import statements, stay_statements
from planner.services import plans
from planner.services.plans import Frame, now
from planner.services.survey_page import WAITS
from planner.store import survey as store
from planner.store.database import Database
from planner.wording import Sentence, gaps
from planner.wording import findings as sentences
from planner.wording import survey as wording

# More columns than this to choose for make a page too heavy for a phone; the rest opens on request.
OPEN_AT_MOST = 12
_LONG = 70


@dataclass(frozen=True, slots=True)
class CellView:
    """One kind of cell in a group column, and the group it stands for."""

    cell: str
    shown: str
    rows: int
    segment: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """choice: the value of its select. counts: as many as `code_names`, for columns of answers; values: for others."""

    index: int
    number: int
    heading: str
    choice: str
    taken_for: str
    certainty: str
    certainty_text: str
    counts: tuple[int, ...]
    problem: str
    values: tuple[tuple[str, int], ...]
    values_note: str
    cells: tuple[CellView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """doubtful: columns to look over, doubtful_many: those of answers when they are too many for a card each. about:
    the rest about the person who answers. recognised: the rest of answers."""

    frame: Frame
    filename: str
    version: int
    answer: str
    findings: tuple[Sentence, ...]
    doubtful: tuple[ColumnView, ...]
    doubtful_many: tuple[ColumnView, ...]
    group_note: str
    about: tuple[ColumnView, ...]
    recognised: tuple[ColumnView, ...]
    unused: tuple[ColumnView, ...]
    dropped: tuple[str, ...]
    dropped_text: str
    all_open: bool
    code_names: tuple[str, ...]
    choice_groups: tuple[ChoiceGroup, ...]
    segments: tuple[tuple[str, str], ...]
    segment_lines: str
    default_segment: str
    missing: str


def columns(
    database: Database, plan_id: str, *, all_open: bool = False, findings: tuple[Finding, ...] = ()
) -> ColumnsView | None:
    """Step 1 of a waiting file; None when no file waits. findings: from what was just tried."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        draft = store.find_draft(session, plan_id, now() - WAITS)
        stored = store.latest_digest(session, plan_id)
    if draft is None:
        return None
    findings = (*findings, *_notes(draft, stored))
    seen, asked = draft.examination, {one.id: one for one in statements()}
    texts: dict[str, Statement | StayStatement] = {**asked, **{one.id: one for one in stay_statements()}}
    dropped = tuple(column.use.heading for column in seen.columns if column.use.role == "personal")
    unused = sum(column.use.role == "ignored" for column in seen.columns)
    views = [_column(column, texts, all_open or _opens(column, unused)) for column in seen.columns]
    used = [
        (column, view)
        for column, view in zip(seen.columns, views, strict=True)
        if column.use.role not in ("ignored", "personal")
    ]
    settled = [(column, view) for column, view in used if not _doubtful(column)]
    doubtful = tuple(view for column, view in used if _doubtful(column))
    many = tuple(view for view in doubtful if view.counts) if len(doubtful) > OPEN_AT_MOST else ()
    default = next(one.name for one in seen.mapping.segments if one.id == seen.mapping.default_segment)
    return ColumnsView(
        frame=frame,
        filename=draft.filename,
        version=draft.version,
        answer=wording.columns_answer(seen, len(asked)),
        findings=sentences(findings),
        doubtful=tuple(view for view in doubtful if view not in many),
        doubtful_many=many,
        group_note=wording.rest_of_groups(default) if any(view.cells for view in doubtful) else "",
        about=tuple(view for column, view in settled if not column.use.statement),
        recognised=tuple(view for column, view in settled if column.use.statement),
        unused=tuple(view for column, view in zip(seen.columns, views, strict=True) if column.use.role == "ignored"),
        dropped=dropped,
        dropped_text=wording.dropped(len(dropped)),
        all_open=all_open,
        code_names=wording.code_names(),
        choice_groups=_choice_groups(tuple(asked.values())),
        segments=tuple((segment.id, segment.name) for segment in seen.mapping.segments),
        segment_lines="\n".join(segment.name for segment in seen.mapping.segments),
        default_segment=seen.mapping.default_segment,
        missing="; ".join(seen.mapping.declared_missing),
    )


def _notes(draft: store.Draft, stored: str) -> tuple[Finding, ...]:
    """That the file is known from before, or its form is."""
    notes = [Finding("same_file", "info")] if stored and draft.file_sha256 == stored else []
    mapping = draft.examination.mapping
    if mapping.template:
        details: dict[str, Detail] = {"name": mapping.template, "count": len(mapping.recalled)}
        notes.append(Finding("mapping_recalled", "info", details=details))
    return tuple(notes)


def _doubtful(column: ColumnFacts) -> bool:
    return column.certainty not in ("sure", "recalled") or bool(column.unknown)


def _opens(column: ColumnFacts, unused: int) -> bool:
    """Whether the choice stands open from the start: where there is something to decide."""
    if column.use.role == "ignored":
        return unused <= OPEN_AT_MOST
    return not column.use.statement or _doubtful(column)


def _column(column: ColumnFacts, texts: dict[str, Statement | StayStatement], is_open: bool) -> ColumnView:
    use = column.use
    hidden = not column.counts and not column.values
    said = dict(use.values)
    is_group = use.role == "segment"
    return ColumnView(
        index=use.index,
        number=use.index + 1,
        heading=use.heading or wording.no_heading(),
        choice=f"{use.role}:{use.statement}" if use.statement else use.role,
        taken_for=wording.role_with_statement(use.role, texts.get(use.statement)),
        certainty=column.certainty,
        certainty_text=wording.certainty(column.certainty),
        counts=column.counts,
        problem=wording.not_understood(column),
        values=() if is_group else tuple((wording.blank(cell), rows) for cell, rows in column.values),
        values_note=wording.kinds(column.distinct) if hidden else "",
        cells=tuple(
            CellView(cell, wording.blank(cell), rows, said.get(plain(cell), ""))
            for cell, rows in sorted(column.values, key=_in_order)
        )
        if is_group
        else (),
        is_open=is_open,
    )


def _in_order(value: tuple[str, int]) -> tuple[float, str]:
    """Ages from young to old, words by the alphabet, a blank cell last."""
    number = re.match(r"\D*?(\d+)", value[0])
    return (float(number[1]) if number else -1.0 if value[0] else float("inf"), value[0].casefold())


def _choice_groups(asked: tuple[Statement, ...]) -> tuple[ChoiceGroup, ...]:
    plain_roles: list[Role] = [role for role in get_args(Role) if role not in (*ANSWERS, "personal")]
    groups = [ChoiceGroup(wording.other_columns(), tuple((role, wording.role(role)) for role in plain_roles))]
    for scale in ("importance", "likelihood"):
        choices = tuple((f"{scale}:{one.id}", f"{wording.role(scale)}: {_short(gaps.statement(one))}") for one in asked)
        groups.append(ChoiceGroup(wording.role(scale), choices))
    driver = wording.role("driver")
    beside = tuple((f"driver:{one.id}", f"{driver}: {wording.text_of(one)}") for one in stay_statements())
    groups.append(ChoiceGroup(driver, beside))
    return tuple(groups)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + " …"
