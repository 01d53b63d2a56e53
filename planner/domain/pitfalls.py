"""What in a survey file looks like an answer and is not? The traps that survey exports set, each a finding.

Never changes an answer. An error stops the import; a warning is shown and the file is used as it stands.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from planner.domain.answers import Answers, Bytes, Flags, Floats, Ints
from planner.domain.columns import RawTable
from planner.domain.findings import Detail, Finding
from planner.domain.mapping import Mapping
from planner.domain.scales import FORMULA, UNKNOWN, Cell, Scale, plain, read_cell

ROWS_NAMED = 20
LONG_RUN = 15
# Below these, the checks on whole blocks see noise.
ENOUGH_STATEMENTS, ENOUGH_ROWS = 5, 30
LOW_MEAN_IMPORTANCE = 4.0
# What weighting may cost: 400 answers that count as 200.
HIGH_DEFF = 2.0
# Two people who agree on 57 of 60 answers; honest ones agree on a third.
NEARLY_EQUAL, COMPARED_AT_MOST = 0.95, 2_000


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
    declared = frozenset(mapping.declared_missing)
    unknown: dict[int, list[tuple[int, str]]] = defaultdict(list)
    formulas: dict[int, list[int]] = defaultdict(list)
    contradicting: dict[int, list[int]] = defaultdict(list)
    odd_labels: set[str] = set()
    labels: Counter[tuple[int, bool, bool]] = Counter()
    for column in columns:
        texts = table.column(column)
        odd: dict[str, Cell] = {}
        for text, count in Counter(texts).items():
            cell = read_cell(text, scale, declared)
            if cell.label > 0:
                labels[(cell.code, cell.coded, cell.misprint_label)] += count
            elif cell.label < 0:
                odd_labels.add(text.strip())
            contradicts = cell.coded and cell.label > 0 and cell.label != cell.code and not cell.misprint_label
            if contradicts or cell.code in (UNKNOWN, FORMULA):
                odd[text] = cell
        # Rows are looked through only where some cell needs naming.
        for line, text in enumerate(texts, start=table.first_row) if odd else ():
            if text in odd:
                code = odd[text].code
                if code == UNKNOWN:
                    unknown[column].append((line, text.strip()))
                else:
                    (formulas if code == FORMULA else contradicting)[column].append(line)
    found = _cell_findings(table, unknown, formulas, contradicting)
    if odd_labels:
        details = {"labels": "; ".join(sorted(odd_labels)[:5])}
        found.append(Finding("label_not_in_scale", "warning", details=details))
    if scale == "likelihood":
        found.extend(_misprint(labels, mapping))
    return found


def _cell_findings(
    table: RawTable,
    unknown: dict[int, list[tuple[int, str]]],
    formulas: dict[int, list[int]],
    contradicting: dict[int, list[int]],
) -> list[Finding]:
    found = []
    for column, cells in unknown.items():
        heading, rows = table.columns[column], row_ranges([line for line, _ in cells])
        examples = ", ".join(f"«{text}»" for text in sorted({text for _, text in cells})[:5])
        details: dict[str, Detail] = {"heading": heading, "rows": rows, "count": len(cells), "examples": examples}
        found.append(Finding("cell_not_understood", where=f"rad {rows}, kolonne {heading}", details=details))
    for code, places in (("formula_cell", formulas), ("label_contradicts_code", contradicting)):
        for column, lines in places.items():
            heading, rows = table.columns[column], row_ranges(lines)
            about: dict[str, Detail] = {"heading": heading, "rows": rows, "count": len(lines)}
            found.append(Finding(code, where=f"rad {rows}, kolonne {heading}", details=about))
    return found


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


def answer_pitfalls(answers: Answers) -> list[Finding]:
    """What the answers as a whole give away: swapped or reversed blocks, straight-lining, copies, too few."""
    found: list[Finding] = []
    if len(answers) == 1:
        found.append(Finding("one_respondent", "warning", f"rad {answers.rows[0]}"))
    found.extend(_block_pitfalls(answers))
    n_eff = float(answers.weight.sum() ** 2 / (answers.weight**2).sum())
    if len(answers) > HIGH_DEFF * n_eff:
        found.append(Finding("weights_cost_much", "warning", details={"n": len(answers), "n_eff": round(n_eff)}))
    flagged = straight_liners(answers.importance) & straight_liners(answers.likelihood)
    flagged |= (_longest_run(answers.importance) >= LONG_RUN) | (_longest_run(answers.likelihood) >= LONG_RUN)
    if flagged.any():
        rows = row_ranges(answers.rows[flagged].tolist())
        details: dict[str, Detail] = {"count": int(flagged.sum()), "rows": rows}
        found.append(Finding("straight_lining", "warning", f"rad {rows}", details))
    copies = _copies(answers, flagged)
    if copies:
        rows = row_ranges(copies)
        found.append(Finding("identical_answers", "warning", f"rad {rows}", {"count": len(copies), "rows": rows}))
    return found


def _block_pitfalls(answers: Answers) -> list[Finding]:
    n, asked = answers.importance.shape
    if n < ENOUGH_ROWS or asked < ENOUGH_STATEMENTS:
        return []
    v = np.where(answers.importance > 0, answers.importance, np.nan).astype(np.float64)
    s = np.where(answers.likelihood > 0, answers.likelihood, np.nan).astype(np.float64)
    both = ~np.isnan(v) & ~np.isnan(s)
    enough = both.sum(axis=0) >= 2
    if enough.sum() < ENOUGH_STATEMENTS:
        return []
    v, s, both = v[:, enough], s[:, enough], both[:, enough]
    mean_v = np.nanmean(np.where(both, v, np.nan), axis=0)
    mean_s = np.nanmean(np.where(both, s, np.nan), axis=0)
    found = []
    for scale, steps in (("importance", answers.importance), ("likelihood", answers.likelihood)):
        if steps.max() <= 5:
            # A scale of 1–5 would read as nobody finding anything important, and U as 0.
            found.append(Finding("scale_too_short", details={"scale": scale, "highest": int(steps.max())}))
    if (mean_v < mean_s).mean() > 2 / 3:
        share = round(100 * float((mean_v < mean_s).mean()))
        found.append(Finding("scales_swapped", "warning", details={"share": share}))
    correlations = [_correlation(v[use, j], s[use, j]) for j, use in enumerate(both.T)]
    known = [value for value in correlations if value is not None]
    if known and float(np.median(known)) < 0:
        found.append(Finding("scale_reversed", "warning"))
    low = [
        statement.id
        for statement, mean in zip(
            (st for st, keep in zip(answers.statements, enough, strict=True) if keep), mean_v, strict=True
        )
        if mean < LOW_MEAN_IMPORTANCE and statement.id in ("s08", "s17", "s22")
    ]
    if low:
        found.append(Finding("low_importance", "warning", details={"statements": ", ".join(low)}))
    return found


def _correlation(a: Floats, b: Floats) -> float | None:
    if len(a) < 3 or a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def straight_liners(steps: Bytes) -> Flags:
    """[n] True where all of at least 10 answers in the block are the same step and none is missing."""
    if steps.shape[1] < 10:
        return np.zeros(len(steps), dtype=np.bool_)
    same: Flags = (steps[:, 0] > 0) & (steps == steps[:, :1]).all(axis=1)
    return same


def _longest_run(steps: Bytes) -> Ints:
    """[n] the longest run of the same step, side by side."""
    longest = np.zeros(len(steps), dtype=np.int64)
    run = np.zeros(len(steps), dtype=np.int64)
    previous = np.zeros(len(steps), dtype=np.uint8)
    for column in steps.T:
        run = np.where((column > 0) & (column == previous), run + 1, (column > 0).astype(np.int64))
        longest = np.maximum(longest, run)
        previous = column
    return longest


def _copies(answers: Answers, flagged: Flags) -> list[int]:
    """Rows that (nearly) repeat another row's answers; in larger files only whole repetitions are looked for."""
    if answers.importance.shape[1] < 10:
        return []
    grid = np.hstack([answers.importance, answers.likelihood])[~flagged]
    lines = answers.rows[~flagged]
    alike = np.zeros(len(grid), dtype=np.bool_)
    if len(grid) <= COMPARED_AT_MOST:
        for place in range(len(grid) - 1):
            same = ((grid[place + 1 :] == grid[place]) & (grid[place] > 0)).mean(axis=1) >= NEARLY_EQUAL
            alike[place] |= same.any()
            alike[place + 1 :] |= same
    else:
        _, first, count = np.unique(grid, axis=0, return_inverse=True, return_counts=True)
        alike = count[first.ravel()] > 1
    return [int(line) for line in lines[alike]]


def heading_pitfalls(table: RawTable) -> list[Finding]:
    """Headings that occur more than once, or are empty over cells."""
    counted = Counter(plain(heading) for heading in table.columns)
    found = []
    for heading, count in counted.items():
        if heading and count > 1:
            details: dict[str, Detail] = {"heading": heading, "count": count}
            found.append(Finding("duplicate_heading", "warning", f"kolonne {heading}", details))
    return found
