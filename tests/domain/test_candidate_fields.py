"""Documents as flat form fields and back."""

from planner.domain.bank import read_bank
from planner.domain.candidate_documents import from_document, to_document
from planner.domain.candidate_fields import document_of, fields_of, rows_in
from tests.domain.test_bank import CSV, SEGMENTS
from tests.domain.test_candidates import FULL


def test_a_form_sent_back_untouched_changes_nothing() -> None:
    for candidate in (FULL, *read_bank(CSV, SEGMENTS)):
        again, findings = from_document(document_of(fields_of(to_document(candidate))))
        assert (again, findings) == (candidate, ())


def test_fields_as_people_type_them() -> None:
    fields = fields_of(to_document(FULL))
    assert fields["chance.percent"] == "90"
    assert fields["requires_any"] == "T30, T31"
    assert fields["effects.1.statement"] == "s12"
    assert fields["costs.grants.0.one_time_share"] == ""  # not filled in
    assert fields["earliest"] == "2027"
    assert rows_in(fields, "effects") == 2
    assert rows_in(fields, "partners") == 1
    assert rows_in(fields, "costs.loan") == 0


def test_rows_keep_their_number() -> None:
    document = document_of({"effects.2.percent": "5", "effects.0.statement": "s01", "title": "x"})
    assert document == {"effects": [{"statement": "s01"}, {}, {"percent": "5"}], "title": "x"}


def test_a_name_with_thousands_of_points_is_no_nesting() -> None:
    (name,) = document_of({"a." * 3000 + "b": "1"})["a"]["a"]["a"]["a"]
    assert name.endswith("a.b")


def test_strange_names_make_no_trouble() -> None:
    strange = {
        "a": "1",
        "a.b": "2",
        "a.b.c": "3",
        "effects.999.percent": "1",
        "effects.x": "1",
        "costs.99999999": "1",
        "": "x",
    }
    candidate, findings = from_document(document_of(strange))
    assert candidate is None
    assert findings
    assert len(document_of({"effects.999.percent": "1"})["effects"]) == 60
