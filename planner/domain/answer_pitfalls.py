"""What do the answers as a whole give away? Blocks swapped or turned, columns ticked straight down, rows sent in twice.

Never changes or removes an answer: what is doubtful is flagged, and the results are given with and without it.
"""

import numpy as np

from planner.domain.answers import Answers, Bytes, Flags, Floats
from planner.domain.findings import Detail, Finding
from planner.domain.pitfalls import HIGH_DEFF, row_ranges

LONG_RUN = 15
# Below these, the checks on whole blocks see noise.
ENOUGH_STATEMENTS, ENOUGH_ROWS = 5, 30
LOW_MEAN_IMPORTANCE = 4.0
# Two people who agree on 57 of 60 answers; honest ones agree on a third.
NEARLY_EQUAL, COMPARED_AT_MOST = 0.95, 2_000
# Odd, so that multiplying by it loses nothing; from the fraction of the golden ratio.
_MIXER = np.uint64(0x9E3779B97F4A7C15)
# So many rows stay near the processor while all their answers are gone through.
_AT_ONCE = 1 << 15


def answer_pitfalls(answers: Answers) -> list[Finding]:
    """What to look at before the answers are used; rows are named by their number in the file."""
    found: list[Finding] = []
    if len(answers) == 1:
        found.append(Finding("one_respondent", "warning", f"rad {answers.rows[0]}"))
    found.extend(_block_pitfalls(answers))
    n_eff = float(answers.weight.sum() ** 2 / (answers.weight**2).sum())
    if len(answers) > HIGH_DEFF * n_eff:
        found.append(Finding("weights_cost_much", "warning", details={"n": len(answers), "n_eff": round(n_eff)}))
    lined = straight_lined(answers)
    if lined.any():
        rows = row_ranges(answers.rows[lined].tolist())
        details: dict[str, Detail] = {"count": int(lined.sum()), "rows": rows}
        found.append(Finding("straight_lining", "warning", f"rad {rows}", details))
    twice = copied(answers, lined)
    if twice.any():
        rows = row_ranges(answers.rows[twice].tolist())
        found.append(Finding("identical_answers", "warning", f"rad {rows}", {"count": int(twice.sum()), "rows": rows}))
    return found


def doubtful(answers: Answers) -> Flags:
    """[n] True where somebody ticked down the form, or where the row (nearly) repeats an earlier one."""
    lined = straight_lined(answers)
    return lined | copied(answers, lined, all_but_first=True)


def _block_pitfalls(answers: Answers) -> list[Finding]:
    n, asked = answers.importance.shape
    if n < ENOUGH_ROWS or asked < ENOUGH_STATEMENTS:
        return []
    pairs = np.stack([_pairs(answers, j) for j in range(asked)])
    count = pairs.sum(axis=(1, 2))
    enough = count >= 2
    if enough.sum() < ENOUGH_STATEMENTS:
        return []
    steps = np.arange(1, 8)
    mean_v = (pairs.sum(axis=2) @ steps)[enough] / count[enough]
    mean_s = (pairs.sum(axis=1) @ steps)[enough] / count[enough]
    found = []
    for scale, block in (("importance", answers.importance), ("likelihood", answers.likelihood)):
        if block.max() <= 5:
            # A scale of 1–5 would read as nobody finding anything important, and U as 0.
            found.append(Finding("scale_too_short", details={"scale": scale, "highest": int(block.max())}))
    if (mean_v < mean_s).mean() > 2 / 3:
        share = round(100 * float((mean_v < mean_s).mean()))
        found.append(Finding("scales_swapped", "warning", details={"share": share}))
    correlations = [value for value in map(_correlation, pairs[enough]) if value is not None]
    if correlations and float(np.median(correlations)) < 0:
        found.append(Finding("scale_reversed", "warning"))
    asked_enough = [statement for statement, keep in zip(answers.statements, enough, strict=True) if keep]
    low = [
        statement.id
        for statement, mean in zip(asked_enough, mean_v, strict=True)
        if mean < LOW_MEAN_IMPORTANCE and statement.id in ("s08", "s17", "s22")
    ]
    if low:
        found.append(Finding("low_importance", "warning", details={"statements": ", ".join(low)}))
    return found


def _pairs(answers: Answers, statement: int) -> Floats:
    """[7, 7] how many gave each pair of answers."""
    code = answers.importance[:, statement] * np.uint8(8) + answers.likelihood[:, statement]
    counted: Floats = np.bincount(code, minlength=64).reshape(8, 8)[1:, 1:].astype(np.float64)
    return counted


def _correlation(pairs: Floats) -> float | None:
    """Pearson's of importance and likelihood; None with fewer than three pairs or where one never varies."""
    total = pairs.sum()
    if total < 3:
        return None
    steps = np.arange(1, 8)
    v, s = pairs.sum(axis=1) / total, pairs.sum(axis=0) / total
    mean_v, mean_s = v @ steps, s @ steps
    spread = (v @ (steps - mean_v) ** 2) * (s @ (steps - mean_s) ** 2)
    if spread <= 0:
        return None
    return float((steps - mean_v) @ pairs @ (steps - mean_s) / total / np.sqrt(spread))


def straight_lined(answers: Answers) -> Flags:
    """[n] True where both blocks are one and the same step throughout, or one has it LONG_RUN times in a row."""
    flagged = straight_liners(answers.importance) & straight_liners(answers.likelihood)
    longest = (_longest_run(answers.importance), _longest_run(answers.likelihood))
    return flagged | (longest[0] >= LONG_RUN) | (longest[1] >= LONG_RUN)


def straight_liners(steps: Bytes) -> Flags:
    """[n] True where all of at least 10 answers in the block are the same step and none is missing."""
    if steps.shape[1] < 10:
        return np.zeros(len(steps), dtype=np.bool_)
    same: Flags = steps[:, 0] > 0
    for column in steps.T[1:]:
        same &= column == steps[:, 0]
    return same


def _longest_run(steps: Bytes) -> Bytes:
    """[n] the longest run of the same step, side by side, up to 255."""
    longest = np.zeros(len(steps), dtype=np.uint8)
    run = np.zeros(len(steps), dtype=np.uint8)
    previous = np.zeros(len(steps), dtype=np.uint8)
    for column in steps.T[:255]:
        run *= column == previous
        run += column > 0
        np.maximum(longest, run, out=longest)
        previous = column
    return longest


def copied(answers: Answers, lined: Flags, all_but_first: bool = False) -> Flags:
    """[n] True where a row (nearly) repeats another's answers; in larger files only whole repetitions are looked for.

    lined: rows that are flagged already, and alike for another reason. all_but_first: the first of those alike is kept.
    """
    alike = np.zeros(len(answers), dtype=np.bool_)
    if answers.importance.shape[1] < 10:
        return alike
    places = np.flatnonzero(~lined)
    if len(places) > COMPARED_AT_MOST:
        print_of = _fingerprints(answers)[places]
        in_order = np.sort(print_of)
        twice = in_order[1:][in_order[1:] == in_order[:-1]]
        # Nearly always there is none, and then sorting was all.
        found = np.isin(print_of, twice) if len(twice) else np.zeros(len(places), dtype=np.bool_)
        if all_but_first:
            among = np.flatnonzero(found)
            found[among[np.unique(print_of[among], return_index=True)[1]]] = False
        alike[places] = found
        return alike
    grid = np.hstack([answers.importance, answers.likelihood])[places]
    for place in range(len(grid) - 1):
        later = places[place + 1 :]
        same = ((grid[place + 1 :] == grid[place]) & (grid[place] > 0)).mean(axis=1) >= NEARLY_EQUAL
        alike[places[place]] |= bool(same.any()) and not all_but_first
        alike[later[same]] = True
    return alike


def _fingerprints(answers: Answers) -> np.typing.NDArray[np.uint64]:
    """[n] a number for all the answers of a row; two different rows share one with a chance of 1 in 10¹⁹."""
    mixed = np.zeros(len(answers), dtype=np.uint64)
    for start in range(0, len(answers), _AT_ONCE):
        part = mixed[start : start + _AT_ONCE]
        for block in (answers.importance, answers.likelihood):
            for column in block.T:
                part += column[start : start + _AT_ONCE]
                part += np.uint64(1)
                part *= _MIXER
                part ^= part >> np.uint64(29)
    return mixed
