"""Numbers as people type them."""

from fractions import Fraction

import pytest

from planner.domain.typed import Unreadable, number, read_amount, read_list, read_whole, read_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("1234.5", "1234.5"),
        ("12.50", "12.5"),
        (",5", "0.5"),
        ("\u22123", "-3"),
        ("–3", "-3"),
        ("-3,0", "-3"),
        ("320 kr", "320"),
        ("kr 320", "320"),
        ("320,-", "320"),
        ("30 %", "30"),
        ("2 månedsverk", "2"),
        (320, "320"),
        (0.1, "0.1"),
        (Fraction(1, 2), "0.5"),
    ],
)
def test_one_number(typed: object, meant: str) -> None:
    assert number(typed) == Fraction(meant)


@pytest.mark.parametrize("typed", [None, "", "  ", "-", "–"])
def test_nothing(typed: object) -> None:
    assert number(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "mye",
        "3,000",
        "12,345",
        "1 2 3 a",
        "1,2,3",
        "1.2.3",
        "1,234,5.6.7",
        "=1+1",
        "nan",
        "inf",
        "1e5",
        True,
        float("nan"),
        [],
        "9" * 41,
    ],
)
def test_not_a_number(typed: object) -> None:
    with pytest.raises(Unreadable):
        number(typed)


def test_amounts_round_against_the_municipality() -> None:
    findings = []
    assert read_amount("1 234,2", "yearly", findings) == 1235
    assert read_amount("1 234,8", "grant", findings, cost=False) == 1234
    assert [(f.code, f.severity, f.where, f.details["amount"]) for f in findings] == [
        ("candidate_rounded", "info", "yearly", 1235),
        ("candidate_rounded", "info", "grant", 1234),
    ]


def test_a_year_is_whole() -> None:
    findings = []
    assert read_whole("2027", "earliest", findings) == 2027
    assert findings == []
    assert read_whole("2027,5", "earliest", findings) is None
    assert read_whole("snart", "latest", findings) is None
    assert [(f.code, f.where) for f in findings] == [
        ("candidate_not_whole", "earliest"),
        ("candidate_not_a_number", "latest"),
    ]


def test_words_and_lists() -> None:
    assert read_words("  Ung\tdoms\x00klubb\n") == "Ung doms klubb"
    assert read_list("T01, T02;T03|T01\nT04,,") == ("T01", "T02", "T03", "T04")
    assert read_list(["unge", "unge", " "]) == ("unge",)
    assert read_list(None) == ()
