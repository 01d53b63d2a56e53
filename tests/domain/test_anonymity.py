"""Background columns that nobody can be known by: small ones by hand, and the promise for any."""

from collections import Counter
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.anonymity import Coarser, K, coarsened
from planner.domain.answers import Answers, make_answers
from planner.domain.segments import DEFAULT_SEGMENTS
from tests.domain.raw import TWO


def answers(*margins: tuple[str, list[str]], segment: list[int] | None = None) -> Answers:
    n = len(margins[0][1])
    plain = make_answers(TWO, DEFAULT_SEGMENTS, np.full((n, 2), 6), np.full((n, 2), 2), np.array(segment or [3] * n))
    return replace(plain, margins=tuple((heading, tuple(cells)) for heading, cells in margins))


def test_neighbouring_ages_become_one() -> None:
    """30–49 is left with two: merged with a neighbour, nobody is left out."""
    made, done = coarsened(answers(("Alder", ["16–29"] * 9 + ["30–49"] * 2 + ["50–66"] * 9)))
    assert (done.small, done.unique, done.left_out, done.dropped) == (2, 0, 0, ())
    assert done.merged in ((("Alder", ("16–29", "30–49")),), (("Alder", ("30–49", "50–66")),))
    assert min(Counter(made.margins[0][1]).values()) >= K
    assert Coarser.from_document(done.to_document()) == done


def test_a_few_are_left_out_rather_than_spoiling_it_for_all() -> None:
    """Two of sixty have a combination of their own: under a twentieth, so their background is left out and no more."""
    made, done = coarsened(answers(("Kjønn", ["k"] * 29 + ["m"] * 29 + ["annet"] * 2)))
    assert (done.merged, done.dropped, done.left_out) == ((), (), 2)
    assert Counter(made.margins[0][1]) == {"k": 29, "m": 29, "": 2}


def test_a_column_goes_when_nothing_else_helps() -> None:
    """Thirty villages of one person each beside sex: the village cannot be kept in any form with two levels."""
    n = 12
    made, done = coarsened(answers(("Kjønn", ["k", "m"] * 6), ("Grend", ["øvre", "nedre"] * 3 + ["nedre", "øvre"] * 3)))
    assert done.small == n and len(done.dropped) == 1 and len(made.margins) == 1
    assert done.left_out == 0


def test_nothing_to_do() -> None:
    given_ = answers(("Kjønn", ["k"] * 10 + ["m"] * 10))
    made, done = coarsened(given_)
    assert made.margins == given_.margins and done == Coarser(0, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["16–29", "30–49", "50–66", "67+", ""]), st.sampled_from("km"), st.integers(0, 3)),
        min_size=1,
        max_size=120,
    )
)
def test_every_combination_kept_has_five_or_tells_nothing(rows: list[tuple[str, str, int]]) -> None:
    made, done = coarsened(
        answers(("Alder", [a for a, _, _ in rows]), ("Kjønn", [s for _, s, _ in rows]), segment=[g for _, _, g in rows])
    )
    columns = [cells for _, cells in made.margins]
    combinations = Counter(zip(made.segment.tolist(), *columns, strict=True)) if columns else Counter()
    for (_, *told), count in combinations.items():
        assert count >= K or not any(told)
    assert done.left_out <= len(rows)


def test_a_million_respondents_take_no_time() -> None:
    rng = np.random.default_rng(4)
    n = 200_000
    ages = rng.choice(["16–29", "30–49", "50–66", "67+"], n).tolist()
    made, done = coarsened(answers(("Alder", ages), ("Kjønn", rng.choice(["k", "m"], n).tolist()), segment=[3] * n))
    assert done.small == 0 and made.margins[0][1][:3] == tuple(ages[:3])
