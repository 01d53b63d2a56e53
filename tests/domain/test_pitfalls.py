"""What looks like an answer and is not: the misprint, contradicting labels, swapped and reversed blocks, copies."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.answer_pitfalls import answer_pitfalls
from planner.domain.answers import Answers, make_answers
from planner.domain.pitfalls import row_ranges
from planner.domain.scales import IMPORTANCE_LABELS, LIKELIHOOD_LABELS
from planner.domain.segments import DEFAULT_SEGMENTS
from planner.domain.summary import summarise
from planner.domain.survey import Reading
from tests.domain.raw import THIRTY, codes, read, suggested, two

MISPRINT = "Meget sannsynlig"


def reading(*likelihood: str, form: str = "ask") -> Reading:
    raw = two(*[["6", cell, "6", "Litt sannsynlig"] for cell in likelihood])
    return read(raw, replace(suggested(raw), form=form))  # type: ignore[arg-type]


def severity(found: Reading, code: str) -> str:
    [one] = [finding for finding in found.findings if finding.code == code]
    return one.severity


def test_the_misprinted_label_alone_stops_and_asks() -> None:
    found = reading(MISPRINT, "Litt usannsynlig", "Helt garantert")
    assert found.answers is None
    assert severity(found, "ambiguous_scale_label") == "error"


def test_with_codes_it_is_accepted_with_a_warning() -> None:
    found = reading("6 Meget sannsynlig", "3 Litt usannsynlig")
    assert found.answers is not None and found.answers.likelihood[0, 0] == 6
    assert severity(found, "ambiguous_scale_label_coded") == "warning"
    assert not any("scale_label" in code for code in codes(reading("6", "3")))


def test_both_labels_make_the_labels_usable() -> None:
    found = reading(MISPRINT, "Meget usannsynlig")
    assert found.answers is not None and found.answers.likelihood[:, 0].tolist() == [6, 2]
    assert not any("scale_label" in code for code in codes(found))


def test_the_label_on_step_two_is_read_by_its_code() -> None:
    found = reading("2 Meget sannsynlig", "6 Meget sannsynlig")
    assert found.answers is not None and found.answers.likelihood[:, 0].tolist() == [2, 6]
    assert severity(found, "misprinted_label_on_two") == "warning"
    assert "label_contradicts_code" not in codes(found)


def test_the_user_says_what_the_form_said() -> None:
    right = reading(MISPRINT, "Litt usannsynlig", form="right")
    assert right.answers is not None and right.answers.likelihood[:, 0].tolist() == [6, 3]
    misprinted = reading(MISPRINT, "2", "6 Meget sannsynlig", "3", form="misprinted")
    assert misprinted.answers is not None
    assert misprinted.answers.likelihood[:, 0].tolist() == [0, 0, 0, 3]
    assert misprinted.answers.misprinted and summarise(misprinted.answers).misprinted
    assert severity(misprinted, "misprinted_form") == "warning"


def test_labels_that_contradict_their_codes_stop() -> None:
    raw = two(["1 Helt avgjørende", "5", "5", "5"], ["7 Helt avgjørende", "5", "5", "5"])
    found = read(raw)
    assert found.answers is None
    [one] = [finding for finding in found.findings if finding.code == "label_contradicts_code"]
    assert one.where == "rad 2, kolonne s01 viktig"


def test_a_label_outside_the_scale_is_said_and_its_code_used() -> None:
    found = read(two(["6 Særdeles fint", "5", "5", "5"]))
    assert found.answers is not None and found.answers.importance[0, 0] == 6
    assert "label_not_in_scale" in codes(found)


def test_duplicate_headings_are_said() -> None:
    raw = two(["5"] * 5 + ["x"] * 2, extra=["vekt", "Merknad", "merknad "])
    assert "duplicate_heading" in codes(read(raw))


def honest(n: int = 200, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Made-up people with a style of their own: importance above likelihood, and the two going together."""
    rng = np.random.default_rng(seed)
    style = rng.normal(0, 0.35, (n, 1))
    level = rng.normal(0, 0.5, (1, 30))
    v = 5.6 + style + rng.normal(0, 1.0, (n, 30)) + rng.normal(0, 0.3, (1, 30))
    s = 4.4 + style + level + rng.normal(0, 1.2, (n, 30))
    return (np.clip(np.round(x), 1, 7).astype(np.uint8) for x in (v, s))  # type: ignore[return-value]


def answers(v: np.ndarray, s: np.ndarray) -> Answers:
    return make_answers(THIRTY, DEFAULT_SEGMENTS, v, s, np.zeros(len(v), dtype=np.int64))


def found_in(v: np.ndarray, s: np.ndarray) -> set[str]:
    return {one.code for one in answer_pitfalls(answers(v, s))}


def test_honest_answers_raise_nothing() -> None:
    for seed in range(10):
        assert found_in(*honest(seed=seed)) == set()


def test_swapped_blocks() -> None:
    v, s = honest()
    assert "scales_swapped" in found_in(s, v)


def test_a_reversed_block() -> None:
    v, s = honest()
    assert "scale_reversed" in found_in(v, (8 - s).astype(np.uint8))
    reversed_importance = found_in((8 - v).astype(np.uint8), s)
    assert {"scale_reversed", "low_importance", "scales_swapped"} <= reversed_importance


def test_straight_lining_is_flagged_and_kept() -> None:
    v, s = honest()
    v[3], s[3] = 6, 4
    s[7, 5:20] = 5
    v[9] = 6  # equal in one block only, but thirty in a row
    v[11, :12] = 6
    [one] = [found for found in answer_pitfalls(answers(v, s)) if found.code == "straight_lining"]
    assert one.details["rows"] == "5, 9, 11"


def test_weights_that_cost_half_of_the_answers() -> None:
    v, s = honest()
    even, uneven = np.ones(200), np.where(np.arange(200) < 20, 12.0, 1.0)
    for weight, expected in ((even, False), (uneven, True)):
        found = answer_pitfalls(answers(v, s).with_weight(weight))
        assert ("weights_cost_much" in {one.code for one in found}) is expected


def test_a_scale_of_five_is_refused() -> None:
    v, s = honest()
    short = np.clip(v, 1, 5)
    [one] = [found for found in answer_pitfalls(answers(short, s)) if found.code == "scale_too_short"]
    assert one.severity == "error" and one.details["scale"] == "importance"
    assert "scale_too_short" not in found_in(short[:20], s[:20])


@pytest.mark.parametrize("people", [200, 2100])
def test_copies_are_found_in_small_and_large_files(people: int) -> None:
    v, s = honest(people)
    v[150], s[150] = v[50], s[50]
    [one] = [found for found in answer_pitfalls(answers(v, s)) if found.code == "identical_answers"]
    assert one.details["rows"] == "52, 152"


def test_near_copies_are_flagged_but_not_straight_liners() -> None:
    v, s = honest()
    v[20], s[20] = v[50], s[50]
    v[20, :3] = v[20, :3] % 7 + 1
    v[3], s[3], v[4], s[4] = 6, 4, 6, 4
    [one] = [found for found in answer_pitfalls(answers(v, s)) if found.code == "identical_answers"]
    assert one.details["rows"] == "22, 52"


@pytest.mark.parametrize(
    ("rows", "text"),
    [([], ""), ([4], "4"), ([4, 5], "4–5"), ([4, 5, 6, 9, 11, 12], "4–6, 9, 11–12")],
)
def test_row_numbers_as_people_write_them(rows: list[int], text: str) -> None:
    assert row_ranges(rows) == text


def test_many_rows_are_cut_unless_every_one_must_be_named() -> None:
    rows = list(range(2, 200, 2))
    assert row_ranges(rows).endswith(" …") and row_ranges(rows, every=True).endswith("198")


def test_whole_files_of_labels_are_read_in_three_languages() -> None:
    for language in ("nb", "nn", "en"):
        raw = two(
            *[
                [IMPORTANCE_LABELS[language][k], LIKELIHOOD_LABELS[language][k], IMPORTANCE_LABELS[language][6 - k], ""]
                for k in range(7)
            ]
        )
        read_back = read(raw)
        assert read_back.answers is not None, (language, read_back.findings)
        assert read_back.answers.likelihood[:, 0].tolist() == [1, 2, 3, 4, 5, 6, 7]
