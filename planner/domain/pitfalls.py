"""What in a survey file looks like an answer and is not? The traps in cells and headings, each a finding.

Never changes an answer, and never judges the answers as a whole (`answer_pitfalls` does). An error stops the import; a
warning is shown and the file is used as it stands.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from planner.domain.columns import spoken
from planner.domain.findings import Detail, Finding
from planner.domain.mapping import Mapping
from planner.domain.raw_table import RawTable
from planner.domain.scales import DONT_KNOW, FORMULA, UNKNOWN, USUAL, Scale, plain, read_cell

ROWS_NAMED = 20
# What weighting may cost: 400 answers that count as 200.
HIGH_DEFF = 2.0


def row_ranges(rows: Sequence[int], every: bool = False) -> str:
    """«14, 20–25»: sorted row numbers as people write them; the first ROWS_NAMED stretches and «…» unless `every`."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    shown = stretches if every else stretches[:ROWS_NAMED]
    text = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in shown)
    return text if len(shown) == len(stretches) else f"{text} …"


def column_pitfalls(table: RawTable, columns: Sequence[int], scale: Scale, mapping: Mapping) -> list[Finding]:
    """Cells that are not understood, and labels that contradict their codes, in the columns of one scale."""
    declared, steps = mapping.missing(scale), mapping.steps(scale)
    unknown: dict[int, list[str]] = defaultdict(list)
    formulas: dict[int, list[str]] = defaultdict(list)
    contradicting: dict[int, list[str]] = defaultdict(list)
    odd_labels: set[str] = set()
    labels: Counter[tuple[int, bool, bool]] = Counter()
    for place in columns:
        column = table.columns[place]
        for kind, count in column.counted().items():
            if kind in column.missing:
                continue
            text = column.spoken(kind)
            cell = read_cell(text, scale, declared, steps)
            if cell.label > 0:
                labels[(cell.code, cell.coded, cell.misprint_label)] += count
            elif cell.label < 0:
                odd_labels.add(text.strip())
            if cell.code == UNKNOWN:
                unknown[place].append(kind)
            elif cell.code == FORMULA:
                formulas[place].append(kind)
            elif cell.coded and cell.label > 0 and cell.label != cell.code and not cell.misprint_label:
                contradicting[place].append(kind)
    found = _cell_findings(table, unknown, formulas, contradicting)
    if odd_labels and steps == USUAL:
        details = {"labels": "; ".join(sorted(odd_labels)[:5])}
        found.append(Finding("label_not_in_scale", "warning", details=details))
    if scale == "likelihood":
        found.extend(_misprint(labels, mapping))
    return found


def _cell_findings(
    table: RawTable,
    unknown: dict[int, list[str]],
    formulas: dict[int, list[str]],
    contradicting: dict[int, list[str]],
) -> list[Finding]:
    """Each of the three: column → kinds of cells."""
    found = []
    codes = ("cell_not_understood", "formula_cell", "label_contradicts_code")
    for code, places in zip(codes, (unknown, formulas, contradicting), strict=True):
        for place, kinds in places.items():
            lines = rows_with(table, place, kinds)
            heading, rows = table.headings[place], row_ranges(lines)
            about: dict[str, Detail] = {"heading": heading, "rows": rows, "count": len(lines)}
            if code == "cell_not_understood":
                examples = sorted({table.columns[place].spoken(kind).strip() for kind in kinds})[:5]
                about["examples"] = ", ".join(f"«{text}»" for text in examples)
            found.append(Finding(code, where=f"rad {rows}, kolonne {heading}", details=about))
    return found


def rows_with(table: RawTable, place: int, kinds: Sequence[str]) -> list[int]:
    """The numbers of the rows that have one of these cells."""
    wanted = frozenset(kinds)
    found: list[int] = table.numbers[table.columns[place].read(wanted.__contains__, np.bool_)].tolist()
    return found


def number_pitfalls(table: RawTable, columns: dict[Scale, Sequence[int]], mapping: Mapping) -> list[Finding]:
    """Bare numbers that may be the numbers of the alternatives instead of the answers: an 8 that no label explains.

    With «vet ikke» as the first alternative the answers 1–7 are exported as 2–8, with it as the last it is 8: both hold
    the numbers 1–8, and nothing in them tells which. Asked until a person has said it.
    """
    if mapping.numbers != "ask":
        return []
    counts: Counter[str] = Counter()
    for scale, places in columns.items():
        for place in places:
            for text, count in spoken(table.columns[place]).items():
                cell = read_cell(text, scale, mapping.missing(scale))
                if cell.label:
                    return []
                if cell.coded and cell.code != DONT_KNOW:
                    counts[plain(text).removeprefix("a").removesuffix(",0").removesuffix(".0")] += count
    if set(counts) <= set("12345678") and counts["8"]:
        details: dict[str, Detail] = {"first": counts["1"], "last": counts["8"]}
        return [Finding("value_or_label_number", details=details)]
    return []


def _misprint(labels: Counter[tuple[int, bool, bool]], mapping: Mapping) -> list[Finding]:
    """The known misprint: «Meget sannsynlig» printed on step 2 as well as on step 6.

    No check of ranks or levels can see it (U fell from .27 to .21 on made-up answers, with the ranking intact), so a
    file of labels where step 2 never occurs by its own name stops until the user has said what the form said.
    """
    bare = sum(count for (_, coded, misprint), count in labels.items() if misprint and not coded)
    coded = sum(count for (_, was_coded, misprint), count in labels.items() if misprint and was_coded)
    on_step_two = sum(count for (code, _, misprint), count in labels.items() if misprint and code == 2)
    right_name = any(code == 2 and not misprint for (code, _, misprint) in labels)
    if mapping.form == "misprinted":
        return [Finding("misprinted_form", "warning")]
    found = []
    if bare and not right_name and mapping.form == "ask":
        found.append(Finding("ambiguous_scale_label", details={"count": bare}))
    elif on_step_two:
        found.append(Finding("misprinted_label_on_two", "warning", details={"count": on_step_two}))
    elif coded and not right_name and mapping.form == "ask":
        found.append(Finding("ambiguous_scale_label_coded", "warning", details={"count": coded}))
    return found


def heading_pitfalls(table: RawTable) -> list[Finding]:
    """Headings that occur more than once, or are empty over cells."""
    counted = Counter(plain(heading) for heading in table.headings)
    found = []
    for heading, count in counted.items():
        if heading and count > 1:
            details: dict[str, Detail] = {"heading": heading, "count": count}
            found.append(Finding("duplicate_heading", "warning", f"kolonne {heading}", details))
    return found
