"""The table of needs: figures, borrowed and pooled cells, points, weights, and nothing that gives an answer away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.domain.answers import Answers, make_answers
from planner.domain.cells import cell_table
from planner.domain.estimates import estimate
from planner.domain.gaps import GapTable, gap_table
from planner.domain.measures import UNMET
from planner.domain.needs import whole_percent
from planner.domain.priorities import FactorWeights, SegmentWeights, factor_weights, segment_weights
from planner.domain.segments import DEFAULT_SEGMENTS
from planner.domain.statements import FACTORS, Statement
from planner.domain.summary import summarise
from tests.domain.eight import eight, many
from tests.domain.raw import THIRTY

SIZES = (6, 40, 90, 284)


def crowd(
    n: int = 420, statements: int = 8, weights: bool = False, sizes: tuple[int, ...] = SIZES, seed: int = 1
) -> Answers:
    """Made-up answers in the four segments; the shares of the segments are those of `sizes`."""
    rng = np.random.default_rng(seed)
    asked = THIRTY[:statements]
    share = np.array(sizes) / sum(sizes)
    counts = np.maximum((share * n).astype(int), np.minimum(sizes, n))
    segment = np.repeat(np.arange(len(sizes)), counts)
    size = len(segment)
    lean = rng.normal(0, 0.8, (len(sizes), statements))[segment]
    v = np.clip(np.round(5.4 + rng.normal(0, 1.2, (size, statements)) + rng.normal(0, 0.6, (1, statements))), 1, 7)
    s = np.clip(np.round(4.0 + lean + rng.normal(0, 1.4, (size, statements))), 1, 7)
    w = rng.integers(1, 4, size).astype(float) if weights else None
    return make_answers(asked, DEFAULT_SEGMENTS[-len(sizes) :], v, s, segment, w)


def table_of(answers: Answers, *weights: object, **options: object) -> GapTable:
    return gap_table(summarise(answers), *weights, **options)  # type: ignore[arg-type]


def test_all_views_sum() -> None:
    for segments in (SegmentWeights(), SegmentWeights("equal")):
        for factors in (FactorWeights(), FactorWeights("per_statement")):
            found = table_of(crowd(statements=30), segments, factors)
            assert sum(need.points for need in found.needs) == pytest.approx(100)
            assert sum(row.points for row in found.rows) == pytest.approx(100)
            assert sum(row.points for row in found.factors) == pytest.approx(100)
            assert sum(row.points for row in found.segments) == pytest.approx(100)
            assert sum(row.share for row in found.segments) == pytest.approx(1)
            assert len(found.needs) == 30 * 4


def test_rows_are_ordered_by_unmet_need_and_factors_with_bli_first() -> None:
    found = table_of(crowd(statements=30))
    shares = [row.unmet for row in found.rows]
    assert shares == sorted(shares, reverse=True) and [row.rank for row in found.rows] == list(range(1, 31))
    assert [row.factor for row in found.factors] == list(FACTORS)
    assert [row.bli for row in found.factors] == [True] * 4 + [False] * 4
    for factor in found.factors:
        mine = [row for row in found.rows if row.factor == factor.factor]
        assert factor.largest == mine[0].statement
        assert factor.unmet == pytest.approx(np.mean([row.unmet for row in mine]))
        assert factor.low < factor.unmet < factor.high


def test_the_whole_is_the_plain_estimate_by_default() -> None:
    answers = crowd(weights=True)
    found = table_of(answers)
    plain = estimate(summarise(answers).tally.everyone(), UNMET)
    for row in found.rows:
        j = [statement.id for statement in answers.statements].index(row.statement)
        assert row.figure is not None and row.unmet == row.figure.unmet == pytest.approx(float(plain.value[j]))
        assert row.figure.se == pytest.approx(float(plain.se[j]))
        assert row.figure.importance - row.figure.likelihood == pytest.approx(row.figure.classic)
        assert np.mean(row.figure.strict) == pytest.approx(row.figure.unmet)


def test_too_few_borrow_and_their_neighbour_is_pooled() -> None:
    found = table_of(crowd())
    for row in found.rows:
        few, next_smallest, *large = row.cells
        assert (few.source, few.figure, few.level, few.answers) == ("borrowed", None, "hidden", 6)
        assert few.percent == whole_percent(row.unmet)
        assert next_smallest.source == "pooled" and next_smallest.together == ("innvandrere", "tilflyttere")
        assert next_smallest.figure is not None and next_smallest.figure.n == 46
        assert [cell.source for cell in large] == ["own", "own"]
    assert found.borrowed == 8
    assert [(row.few, row.borrowed, row.pooled) for row in found.segments] == [
        (True, 8, 0), (False, 0, 8), (False, 0, 0), (False, 0, 0),
    ]  # fmt: skip
    assert [(one.code, one.details["segment"]) for one in found.findings] == [("segment_borrows", "Innvandrere")]


def test_the_few_keep_their_own_weight() -> None:
    """Nobody counts zero: six respondents given a third of the weight hold a third of the points' weight."""
    own = segment_weights("own", {"innvandrere": 1, "unge": 1, "voksne": 1})
    found = table_of(crowd(), own)
    few = next(row for row in found.segments if row.segment == "innvandrere")
    assert few.share == pytest.approx(1 / 3) and few.points > 20
    assert all(need.points > 0 for need in found.needs if need.segment == "innvandrere" and need.percent)


def test_small_segments_lean_on_the_whole_and_it_can_be_switched_off() -> None:
    answers = crowd(sizes=(40, 60, 90, 284), statements=30)
    leaning, raw = table_of(answers), table_of(answers, stabilise=False)
    moved = 0
    for row, plain in zip(leaning.rows, raw.rows, strict=True):
        assert row.unmet == plain.unmet
        for cell, raw_cell in zip(row.cells[:3], plain.cells[:3], strict=True):
            assert cell.figure is not None and cell.stabilised is not None and raw_cell.stabilised is None
            assert raw_cell.percent == whole_percent(cell.figure.unmet)
            low, high = sorted((row.unmet, cell.figure.unmet))
            assert low - 1e-9 <= cell.stabilised <= high + 1e-9
            moved += cell.percent != raw_cell.percent
        assert row.cells[3].stabilised is None
    assert moved > 10


def test_points_can_be_redone_from_the_figures_as_shown() -> None:
    found = table_of(crowd(statements=30), SegmentWeights("equal"))
    in_factor = {factor.factor: len(factor.statements) for factor in found.factors}
    raw = {
        (row.statement, cell.segment): cell.percent / 4 / in_factor[row.factor]
        for row in found.rows
        for cell in row.cells
    }
    for need in found.needs:
        assert need.points == pytest.approx(100 * raw[(need.statement, need.segment)] / sum(raw.values()))


def test_equal_weights_change_the_figure_by_hand() -> None:
    answers = many(40)
    found = {row.statement: row for row in table_of(answers, SegmentWeights("equal")).rows}
    # U_A: ung (1 + ½ + ½ + 0)/4 = ½, voksen (0 + 1 + 0)/3 = ⅓. U_B: ung 0, voksen (1 + ¼ + 1 + 0)/4.
    assert found["A"].unmet == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found["B"].unmet == pytest.approx(2.25 / 4 / 2)
    segment = estimate(summarise(answers).tally.pairs, UNMET)
    se = float(np.sqrt((0.25 * segment.variance[:, 0]).sum()))
    low, high = found["A"].low, found["A"].high
    assert low is not None and high is not None
    assert (high - low) / 2 == pytest.approx(1.96 * se, rel=0.05)


def test_sums_over_segments_written_out_on_the_segments() -> None:
    """Borrowed and pooled cells are themselves sums over segments: α for the six goes by Σw to everyone."""
    summary = summarise(crowd(weights=True))
    table, alpha = cell_table(summary), np.array([0.4, 0.3, 0.2, 0.1])
    on = table.coefficients(alpha)
    assert on.sum(axis=0) == pytest.approx(1)
    value, variance, n_eff = table.combined(alpha)
    assert (on * table.own.value).sum(axis=0) == pytest.approx(value)
    weight = table.own.weight[:, 0]
    assert on[3, 0] == pytest.approx(0.1 + 0.4 * weight[3] / weight.sum())
    assert on[1, 0] == pytest.approx(0.3 * weight[1] / weight[:2].sum() + 0.4 * weight[1] / weight.sum())
    pool = on[:2].sum(axis=0) ** 2 * table.pool.variance
    assert variance == pytest.approx(pool + (on[2:] ** 2 * table.own.variance[2:]).sum(axis=0))
    assert (n_eff < table.own.n.sum(axis=0)).all() and (n_eff > 50).all()


def test_the_order_depends_on_the_weights_and_that_is_said() -> None:
    unge_first = {
        row.statement: row.rank for row in table_of(many(40), segment_weights("own", {"ung": 8, "voksen": 2})).rows
    }
    voksne_first = {
        row.statement: row.rank for row in table_of(many(40), segment_weights("own", {"ung": 3, "voksen": 7})).rows
    }
    assert unge_first == {"A": 1, "B": 2} and voksne_first == {"B": 1, "A": 2}


def test_the_top_five_by_each_choice_of_weights() -> None:
    found = table_of(
        crowd(statements=30, seed=4), segment_weights("own", {"unge": 1}), factor_weights("own", {"bolig": 1})
    )
    assert [(one.segments, one.factors) for one in found.alternatives] == [
        (segments, factors)
        for segments in ("own", "population", "equal")
        for factors in ("own", "equal", "per_statement")
    ]
    assert found.alternatives[0].by_unmet == tuple(row.statement for row in found.rows[:5])
    by_points = sorted(found.rows, key=lambda row: -row.points)
    assert set(found.alternatives[0].by_points[:2]) == {row.statement for row in by_points[:2]} == {"s02", "s03"}
    assert not found.steady_by_points
    alone = table_of(crowd(statements=4))
    assert alone.steady_by_unmet and alone.steady_by_points


def test_chances_follow_the_figures() -> None:
    found = table_of(crowd(statements=30))
    assert sum(row.top_five for row in found.rows) == pytest.approx(5)
    assert found.rows[0].top_five > 0.9 and found.rows[0].certainty == "clearly"
    assert found.rows[-1].top_five < 0.01 and found.rows[-1].certainty == "hardly"
    assert all(row.top_five == 1 for row in table_of(crowd(statements=5)).rows)


def test_eight_respondents_show_only_the_whole_to_their_owner() -> None:
    found = table_of(eight())
    assert [row.figure.n for row in found.rows if row.figure is not None] == [7, 7]
    assert all(cell.source == "borrowed" for row in found.rows for cell in row.cells)
    assert "owner_only_figures" in [one.code for one in found.findings]
    assert found.rows[0].statement == "B" and found.rows[0].unmet == pytest.approx(0.386364, abs=1e-6)


def test_fewer_than_five_show_nothing() -> None:
    answers = eight()
    four = answers.chosen(np.arange(len(answers)) < 4)
    found = table_of(four)
    assert [row.figure for row in found.rows] == [None, None]
    assert {need.points for need in found.needs} == {0.0}
    assert "statement_too_few" in [one.code for one in found.findings]


def test_a_statement_nobody_answered() -> None:
    answers = crowd()
    importance = answers.importance.copy()
    importance[:, 2] = 0
    found = table_of(replace(answers, importance=importance))
    empty = next(row for row in found.rows if row.statement == "s03")
    assert empty.figure is None and empty.points == 0 and empty.rank == 8
    # It takes no place among the five largest, not even where there are only three.
    few = replace(crowd(statements=3), importance=importance[:, :3])
    assert [row.top_five for row in table_of(few).rows] == [1, 1, 0]


def test_all_alike_is_no_certainty() -> None:
    answers = crowd(sizes=(40, 60, 90, 284))
    importance, likelihood = answers.importance.copy(), answers.likelihood.copy()
    importance[:, 0], likelihood[:, 0] = 7, 7
    found = table_of(replace(answers, importance=importance, likelihood=likelihood))
    satisfied = next(row for row in found.rows if row.statement == "s01")
    assert satisfied.unmet == 0 and satisfied.low == 0 and satisfied.high is not None and 0 < satisfied.high < 0.02


def test_dont_know_is_said() -> None:
    answers = crowd(sizes=(40, 60, 90, 284))
    likelihood, unsure = answers.likelihood.copy(), np.zeros((len(answers), 8), dtype=np.bool_)
    likelihood[:150, 0], unsure[:150, 0] = 0, True
    found = {
        row.statement: row.figure
        for row in table_of(replace(answers, likelihood=likelihood, likelihood_dk=unsure)).rows
    }
    one, other = found["s01"], found["s02"]
    assert one is not None and other is not None
    assert one.dont_know == pytest.approx(150 / len(answers)) and one.many_unsure and not other.many_unsure
    assert one.dont_know_low < one.unmet < one.dont_know_high
    assert other.dont_know_low == other.dont_know_high == pytest.approx(other.unmet)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_the_order_of_the_rows_does_not_matter(seed: int, weights: bool) -> None:
    answers = crowd(n=120, statements=4, sizes=(6, 20, 40, 54), weights=weights, seed=seed)
    order = np.random.default_rng(seed).permutation(len(answers))
    names = ("importance", "likelihood", "importance_dk", "likelihood_dk", "weight", "segment", "rows")
    shuffled = replace(answers, **{name: getattr(answers, name)[order] for name in names})
    one, other = table_of(answers), table_of(shuffled)
    assert one.needs == other.needs
    assert [(row.statement, row.rank, row.cells) for row in one.rows] == [
        (row.statement, row.rank, row.cells) for row in other.rows
    ]
    assert [row.top_five for row in one.rows] == pytest.approx([row.top_five for row in other.rows], abs=2e-3)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 100_000), st.tuples(*[st.integers(1, 40)] * 4), st.sampled_from(["population", "equal"]))
def test_a_hidden_answer_cannot_be_worked_out(seed: int, sizes: tuple[int, ...], choice: str) -> None:
    """Move answers between the hidden segments: all that is shown stays the same, so nothing tells them apart."""
    rng = np.random.default_rng(seed)
    segment = np.repeat(np.arange(4), sizes)
    n = len(segment)
    asked = (Statement("A", "En ting", "arbeid"), Statement("B", "En annen", "bolig"))
    v, s = rng.integers(1, 8, (n, 2)), rng.integers(1, 8, (n, 2))
    answers = make_answers(asked, DEFAULT_SEGMENTS, v, s, segment)
    before = cell_table(summarise(answers)).hidden
    assume(before.any() and (before[:, 0] == before[:, 1]).all())
    moved = segment.copy()
    among = np.flatnonzero(before[segment, 0])
    moved[among] = rng.permutation(segment[among])
    other = replace(answers, segment=moved)
    # Where a small group happens to be all alike, more is hidden, which is another matter than what is shown.
    assume(np.array_equal(cell_table(summarise(other)).hidden, before))
    weights = SegmentWeights(choice)  # type: ignore[arg-type]
    assert table_of(answers, weights) == table_of(other, weights)
    hidden_groups = np.flatnonzero(before[:, 0])
    assert len(hidden_groups) >= 2 or before.sum(axis=0)[0] == (np.array(sizes) > 0).sum()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.tuples(*[st.integers(0, 30)] * 4))
def test_any_survey_gives_a_whole_table(seed: int, sizes: tuple[int, ...]) -> None:
    assume(sum(sizes) > 0)
    rng = np.random.default_rng(seed)
    segment = np.repeat(np.arange(4), sizes)
    v, s = rng.integers(0, 8, (len(segment), 3)), rng.integers(0, 8, (len(segment), 3))
    answers = make_answers(THIRTY[:3], DEFAULT_SEGMENTS, v, s, segment, rng.exponential(1, len(segment)) + 0.01)
    for weights in (SegmentWeights(), SegmentWeights("equal")):
        found = table_of(answers, weights)
        total = sum(need.points for need in found.needs)
        assert total == pytest.approx(100) or total == 0
        for row in found.rows:
            assert 0 <= row.unmet <= 1 and np.isfinite(row.unmet)
            for cell in row.cells:
                assert 0 <= cell.percent <= 100
                assert cell.source == "borrowed" or cell.figure is not None
                assert cell.source != "own" or cell.answers >= 10
                assert cell.figure is None or (cell.figure.n >= 10 and cell.figure.n_eff >= 5)
