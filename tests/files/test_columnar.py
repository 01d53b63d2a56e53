"""Large files are read piece by piece: whatever the cells hold, each is numbered as the text it is."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.columnar import numbered

SHORT = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=2)
ANY = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=12)


def texts(cells: pa.Array) -> list[str]:
    kinds, codes = numbered(cells)
    assert len(set(kinds)) == len(kinds)
    return [kinds[code] for code in np.asarray(codes).tolist()]


@given(st.one_of(st.lists(SHORT), st.lists(ANY), st.lists(st.sampled_from(["1", "7", "", "A7", "ø"]))))
@settings(deadline=None)
def test_every_cell_keeps_its_text(cells: list[str]) -> None:
    assert texts(pa.array(cells, pa.string())) == cells


@pytest.mark.parametrize("cells", [["1", "2", "", "12"], ["1", "2", "3"], ["", "", ""], ["lang", "tekst", ""]])
def test_a_part_of_a_longer_column_is_read_from_where_it_begins(cells: list[str]) -> None:
    whole = pa.array(["x", "yy", *cells, "zz"], pa.string())
    assert texts(whole.slice(2, len(cells))) == cells


def test_kinds_stand_in_the_order_they_come() -> None:
    assert numbered(pa.array(["7", "1", "7", "A1", ""], pa.string()))[0] == ["7", "1", "A1", ""]
