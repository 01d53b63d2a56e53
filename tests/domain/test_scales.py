"""One cell of an export: every way of writing step 6, every way of not answering, and what is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.scales import (
    BLANK,
    DONT_KNOW,
    FORMULA,
    IMPORTANCE_LABELS,
    LIKELIHOOD_LABELS,
    NO_SUCH_LABEL,
    UNKNOWN,
    Scale,
    read_cell,
)


@pytest.mark.parametrize(
    "text",
    ["6", "6,0", "6.0", "6.00", " 6 ", "6 Viktig", "6 - Viktig", "6 – viktig", "6. Viktig", "6: Viktig", "6=Viktig",
     "6) Viktig", "Viktig (6)", "Viktig [6]", "Viktig - 6", "Viktig", "viktig ", "VIKTIG", "\u00a0Viktig\u00a0", "A6",
     "A06", "Important", "6,0 Viktig"],
)  # fmt: skip
def test_step_six(text: str) -> None:
    assert read_cell(text, "importance").code == 6


@pytest.mark.parametrize("scale", ["importance", "likelihood"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_label_in_three_languages(scale: Scale, language: str) -> None:
    labels = (IMPORTANCE_LABELS if scale == "importance" else LIKELIHOOD_LABELS)[language]
    assert [read_cell(label, scale).code for label in labels] == [1, 2, 3, 4, 5, 6, 7]
    assert [read_cell(f"{step} {label}", scale).code for step, label in enumerate(labels, 1)] == [1, 2, 3, 4, 5, 6, 7]


def test_the_same_step_by_other_names() -> None:
    assert read_cell("Hverken eller", "importance").code == 4
    assert read_cell("Svært sannsynlig", "likelihood").code == 6
    assert read_cell("Svært usannsynlig", "likelihood").code == 2


@pytest.mark.parametrize(
    "text",
    ["Vet ikke", "vet ikke ", "Veit ikkje", "Vet ikke/ikke relevant", "Vet ikke / ikke relevant", "Ikke aktuelt",
     "Ønsker ikke å svare", "Don't know", "97", "98", "99", "99,0", "8 Vet ikke", "Vet ikke (8)", "0 - Vet ikke"],
)  # fmt: skip
def test_dont_know(text: str) -> None:
    assert read_cell(text, "likelihood").code == DONT_KNOW


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "Ubesvart", "NA", "n/a", "#NULL!", "NaN", "\u00a0"])
def test_blank(text: str) -> None:
    assert read_cell(text, "importance").code == BLANK


@pytest.mark.parametrize(
    "text",
    ["0", "8", "9", "10", "-1", "−1", "88", "6,5", "3.2", "67", "1e1", "Ganske greit", "6;5", "6 7", "A8",
     "4 Vet ikke", "9 Viktig", "inf", "Sannsynlig"],
)  # fmt: skip
def test_what_is_not_understood_is_said_and_never_clipped(text: str) -> None:
    assert read_cell(text, "importance").code == UNKNOWN


@pytest.mark.parametrize("text", ["=1+5", "'=SUM(A1)", "@x", "+1", "#REF!", "#N/A", "#VERDI!"])
def test_formulas_and_error_cells(text: str) -> None:
    assert read_cell(text, "importance").code == FORMULA


def test_declared_codes_are_dont_know_and_nothing_else_changes() -> None:
    declared = frozenset({"8", "0", "ganske greit"})
    assert [read_cell(text, "importance", declared).code for text in ("8", "0", "8,0", "Ganske greit", "9", "6")] == [
        DONT_KNOW, DONT_KNOW, DONT_KNOW, DONT_KNOW, UNKNOWN, 6,
    ]  # fmt: skip


def test_a_code_is_trusted_and_its_label_remembered() -> None:
    assert read_cell("2 Meget sannsynlig", "likelihood").code == 2
    assert read_cell("2 Meget sannsynlig", "likelihood").misprint_label
    assert read_cell("2 Viktig", "importance").label == 6
    assert read_cell("6 Særdeles fint", "importance").label == NO_SUCH_LABEL
    assert not read_cell("Meget sannsynlig", "likelihood").coded


@given(st.text(max_size=30), st.sampled_from(["importance", "likelihood"]))
def test_any_text_gives_a_code_and_only_a_sevenfold_step_is_an_answer(text: str, scale: Scale) -> None:
    cell = read_cell(text, scale)
    assert cell.code in {*range(0, 8), DONT_KNOW, UNKNOWN, FORMULA}
    if 1 <= cell.code <= 7 and not cell.label:
        assert str(cell.code) in "".join(c for c in text if c.isascii()) or any(c.isdigit() for c in text)
