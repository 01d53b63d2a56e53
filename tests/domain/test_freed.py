"""What ends frees money and month's work, when people say so."""

import pytest

from planner.domain.candidate_documents import freed_from_document, freed_to_document
from planner.domain.candidates import Staff
from planner.domain.costs import Cost
from planner.domain.freed import Freed, freed_by_year
from planner.domain.typed import Refused

YEARS = (2027, 2028, 2029, 2030)
CAR = Freed(
    code="F1",
    title="Bokbussen",
    affected="Tolv faste lånere på Ytre",
    operating=Cost(400),
    staff=Staff(3),
    first_year=2028,
)
HALL = Freed(
    code="F2",
    title="Leie av lager",
    affected="Ingen utenfor kommunen",
    operating=Cost(100),
    investment=Cost(50),
    first_year=2026,
    last_year=2028,
)


def test_only_counted_rows_add_to_the_limits() -> None:
    assert freed_by_year([CAR, HALL], YEARS) == {
        "investment": (50, 50, 0, 0),
        "operating": (100, 500, 400, 400),
        "staff": (0, 3, 3, 3),
    }
    waiting = Freed(code="F3", title="x", affected="y", operating=Cost(9), first_year=2027, counted=False)
    assert freed_by_year([waiting], YEARS)["operating"] == (0, 0, 0, 0)


def test_who_is_affected_must_be_said() -> None:
    with pytest.raises(Refused) as refused:
        Freed(code="F1", title="Bokbussen", affected="", first_year=2030, last_year=2029)
    assert [(f.code, f.where) for f in refused.value.findings] == [
        ("candidate_text_missing", "affected"),
        ("freed_ends_before_start", "last_year"),
        ("freed_nothing", "operating.value"),
    ]


def test_documents() -> None:
    for freed in (CAR, HALL):
        assert freed_from_document(freed_to_document(freed)) == (freed, ())
    typed = {"code": "F1", "title": "A", "affected": "B", "first_year": "", "operating": {"value": "400,9"}}
    freed, findings = freed_from_document(typed)
    assert freed is None
    assert {(f.code, f.where) for f in findings} == {
        ("candidate_text_missing", "first_year"),
        ("candidate_rounded", "operating.value"),
    }
    freed, _ = freed_from_document({**typed, "first_year": "2027", "counted": "ja"})
    assert freed is not None
    assert (freed.operating.value, freed.counted) == (400, True)  # money that comes in is rounded down
