"""What do people miss most, where nobody's answers are at hand? The needs page of a report's table or a workshop."""

from dataclasses import dataclass

from planner.domain.gap_rows import GapTable
from planner.domain.stated import StatedNeeds
from planner.services.stated_shown import StatedRow, stated_rows
from planner.wording import Sentence, finding
from planner.wording import stated as words
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class ThemePoints:
    name: str
    points: float
    largest: str


@dataclass(frozen=True, slots=True)
class GroupPoints:
    name: str
    share: float
    points: float


@dataclass(frozen=True, slots=True)
class StatedGaps:
    """kind: shares, means or workshop. basis: what the figures are, in a sentence. heads: groups with figures."""

    kind: str
    measure: str
    answer: str
    basis: str
    source: str
    lacks: tuple[str, ...]
    rows: tuple[StatedRow, ...]
    heads: tuple[str, ...]
    themes: tuple[ThemePoints, ...]
    groups: tuple[GroupPoints, ...]
    findings: tuple[Sentence, ...]


def stated_gaps(needs: StatedNeeds, table: GapTable) -> StatedGaps:
    rows = stated_rows(needs, table)
    labels = {one.id: names.statement(one) for one in needs.statements}
    groups = names.segments(needs.segments)
    themes = sorted(table.factors, key=lambda row: (-round(row.points, 9), row.factor))
    leading = [names.factor(row.factor) for row in themes if row.points]
    return StatedGaps(
        kind=needs.kind,
        measure=table.measure,
        answer=words.most(rows[:3], table.measure, leading[:3]) if rows else "",
        basis=words.basis(needs.kind),
        source=words.source(needs.source),
        lacks=words.lacks(needs.kind) if needs.kind != "workshop" else (),
        rows=rows,
        heads=tuple(groups.values()) if len(groups) > 1 else (),
        themes=tuple(ThemePoints(names.factor(row.factor), row.points, labels[row.largest]) for row in themes),
        groups=tuple(GroupPoints(groups[row.segment], row.share, row.points) for row in table.segments),
        findings=tuple(finding(one) for one in table.findings),
    )
