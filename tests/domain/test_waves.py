"""One survey beside the next: differences with their intervals, and the words they bear."""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from planner.domain.answers import make_answers
from planner.domain.cells import CellTable, cell_table
from planner.domain.figures import Figure
from planner.domain.gap_rows import GapTable
from planner.domain.gaps import gap_table
from planner.domain.needs import whole_percent
from planner.domain.segments import Segment
from planner.domain.statements import Statement
from planner.domain.summary import summarise
from planner.domain.waves import Change, by_group, changes, difference, divided_alike
from tests import gap_survey
from tests.hidden_cells import SHAPES, movements, summed, survey


def test_the_interval_of_a_difference_by_hand() -> None:
    """56/70 against 48/80, of which Newcombe (1998, table II, case a, method 10) gives 0.0524 to 0.3339."""
    # Wilson's own limits of each, to six digits: 56/70 is 0.691937 to 0.876880, 48/80 is 0.490425 to 0.700380.
    by, low, high = difference((0.6, 0.490425, 0.700380), (0.8, 0.691937, 0.876880))
    assert by == pytest.approx(0.2)
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-4)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.2, -0.01, "better"),
        (0.01, 0.2, "worse"),
        (-0.04, 0.04, "same"),
        (-0.06, 0.02, "unsure"),
        (-0.05, 0.0, "same"),
        (0.0, 0.1, "unsure"),
    ],
)
def test_the_word(low: float, high: float, verdict: str) -> None:
    assert Change("s01", "Utsagn", 0.5, 0.5, 0.0, low, high).verdict == verdict


# --- Group by group --------------------------------------------------------------------------------------------------


NO_GROUP = ("four in all", "nine in all")
"""Shapes of surveys that show nothing of any group; all others have something to compare."""


@cache
def table_of(name: str, seed: int = 1) -> tuple[GapTable, CellTable]:
    found = summed(*survey(SHAPES[name], seed))
    return gap_table(found), cell_table(found)


def test_a_group_is_held_against_itself_and_those_shown_as_one_against_the_same() -> None:
    answers = gap_survey.answers()
    likelihood = answers.likelihood.copy()
    likelihood[answers.segment == 2] = 7  # two years later no grown-up lacks anything
    before, now = (gap_table(summarise(one)) for one in (answers, replace(answers, likelihood=likelihood)))
    found = {one.segments: one.changes for one in by_group(before, now)}
    assert list(found) == [("voksne",), ("innvandrere", "unge")]
    change = found["voksne",]["jobb"]
    assert (change.before, change.now, change.by) == pytest.approx((0.40, 0.0, -0.40))
    assert change.verdict == "better"
    together = found["innvandrere", "unge"]["jobb"]
    assert (together.before, together.now) == pytest.approx((0.57, 0.57)) and together.verdict == "unsure"


def test_a_change_is_of_the_figures_as_they_are_shown() -> None:
    table = gap_table(gap_survey.summary())
    (adults, _) = by_group(table, table)
    figure = next(row for row in table.rows if row.statement == "jobb").cells[2].figure
    assert figure is not None and figure.low is not None and figure.high is not None
    shares = tuple(whole_percent(one) / 100 for one in (figure.unmet, figure.low, figure.high))
    change = adults.changes["jobb"]
    assert (change.by, change.low, change.high) == pytest.approx(difference(shares, shares))


@pytest.mark.parametrize("first", SHAPES)
def test_only_what_both_surveys_show_is_compared(first: str) -> None:
    compared = sum(_only_what_both_show(table_of(first), table_of(second, 2)) for second in SHAPES)
    assert (compared == 0) == (first in NO_GROUP)


def _only_what_both_show(earlier: tuple[GapTable, CellTable], later: tuple[GapTable, CellTable]) -> int:
    """How many changes there were to look at."""
    (before, cells), (now, others) = earlier, later
    places = {statement.id: j for j, statement in enumerate(gap_survey.STATEMENTS)}
    for group in by_group(before, now):
        for statement in group.changes:
            j, seen = places[statement], []
            for table in (cells, others):
                ids = [cell.segment for cell in table.cells[j]]
                hidden = {one for one, out in zip(ids, table.hidden[:, j], strict=True) if out}
                if len(group.segments) == 1:
                    seen.append(not hidden & set(group.segments) and table.own.n[ids.index(group.segments[0]), j] >= 10)
                else:
                    seen.append(hidden == set(group.segments) and table.pool.n[j] >= 10)
            assert seen == [True, True]
    if not divided_alike(before, now):
        assert by_group(before, now) == ()
    return sum(len(group.changes) for group in by_group(before, now))


def test_groups_that_are_not_the_same_are_not_compared() -> None:
    table = gap_table(gap_survey.summary())
    renamed = replace(table, segments=tuple(replace(row, name=row.name + "!") for row in table.segments))
    turned = replace(table, segments=table.segments[::-1])
    own = [replace(row, segment=f"g{place}") for place, row in enumerate(table.segments)]
    assert by_group(table, renamed) == by_group(table, turned) == ()
    assert divided_alike(replace(table, segments=tuple(own)), replace(table, segments=tuple(own[::-1])))


def test_a_statement_too_few_answered_has_no_change() -> None:
    few, _ = table_of("four in all")
    assert all(row.figure is None for row in few.rows)
    many, _ = table_of("one small group")
    assert changes(few.rows, many.rows) == changes(many.rows, few.rows) == ()


@pytest.mark.parametrize("name", SHAPES)
def test_no_change_tells_hidden_groups_apart(name: str) -> None:
    """Answers traded between hidden groups, in the earlier survey or in the later one, change nothing on the page."""
    answers, raking = survey(SHAPES[name])
    beside = [table_of(other, 2)[0] for other in SHAPES]

    def page(table: GapTable) -> list[tuple[object, object]]:
        pairs = [pair for other in [*beside, table] for pair in ((table, other), (other, table))]
        return [(changes(a.rows, b.rows), by_group(a, b)) for a, b in pairs]

    shown = page(gap_table(summed(answers, raking)))
    assert any(groups for _, groups in shown) == (name not in NO_GROUP)
    moves = list(movements(answers, raking))
    assert bool(moves) == (name != "four in all")
    for moved in moves:
        assert page(gap_table(summed(moved, raking))) == shown


def candidates(sizes: tuple[int, int, int], lacking: tuple[int, int, int]) -> dict[object, list[GapTable]]:
    """Every survey in which so many, or a few more or fewer, lack something: by what its own page shows of it."""
    near = [range(max(0, k - 2), min(n, k + 2) + 1) for n, k in zip(sizes, lacking, strict=True)]
    counts = list(product(*near))
    segment = np.repeat(np.arange(3), sizes)
    place = np.concatenate([np.arange(n) for n in sizes])
    likelihood = np.where(place[:, None] < np.array(counts)[:, segment].T, 1, 7)
    statements = tuple(Statement(f"s{number:03}", str(count), "bolig") for number, count in enumerate(counts))
    groups = tuple(Segment(f"g{one}", f"Gruppe {one}") for one in range(3))
    table = gap_table(summarise(make_answers(statements, groups, np.full_like(likelihood, 7), likelihood, segment)))
    alike: dict[object, list[GapTable]] = {}
    for row in table.rows:
        shown = [_shown(row.figure), *(_shown(cell.figure) for cell in row.cells), *(c.together for c in row.cells)]
        alone = replace(row, statement="s", text="s")
        alike.setdefault(tuple(shown), []).append(replace(table, rows=(alone,)))
    return alike


def _shown(figure: Figure | None) -> tuple[int, ...]:
    ends = (figure.unmet, figure.low or 0.0, figure.high or 0.0) if figure is not None else ()
    return tuple(whole_percent(one) for one in ends)


def told(firsts: list[GapTable], seconds: list[GapTable]) -> int:
    """How many different pages the surveys give that cannot be told apart by their own pages: 1 tells nothing."""
    pages = [(changes(a.rows, b.rows), by_group(a, b)) for a, b in product(firsts, seconds)]
    return len({repr(page) for page in pages})


def test_two_surveys_and_the_change_tell_no_more_than_each_tells_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """By brute force: a small group hidden in one survey and shown in the other, all counts that fit what is shown."""
    hidden = max(candidates((6, 400, 600), (3, 160, 200)).values(), key=len)
    shown = max(candidates((40, 800, 900), (20, 280, 270)).values(), key=len)
    assert len(hidden) >= 10 and len(shown) >= 4
    assert [one.segments for one in by_group(hidden[0], shown[0])] == [("g2",)]
    for pair in ((hidden, shown), (shown, hidden), (hidden, hidden)):
        assert told(*pair) == 1
    # The rounding is needed: with all digits the changes would part what the pages of the surveys do not.
    monkeypatch.setattr("planner.domain.waves.whole_percent", lambda share: 100 * share)
    assert told(hidden, shown) > 1
