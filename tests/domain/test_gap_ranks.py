"""The strict view of the ranking."""

from planner.domain.gap_ranks import strict_ranks
from planner.domain.gaps import gap_table
from planner.domain.summary import summarise
from tests import gap_survey


def test_every_place_holds_the_place_that_is_shown() -> None:
    summary = summarise(gap_survey.answers())
    table = gap_table(summary)
    spans = strict_ranks(summary, table)
    shown = [row for row in table.rows if row.figure is not None]
    assert spans.keys() == {row.statement for row in shown}
    for place, row in enumerate(shown, start=1):
        best, worst = spans[row.statement]
        assert 1 <= best <= place <= worst <= len(shown)
