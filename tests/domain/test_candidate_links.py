"""A list of candidates: do they fit each other, the survey and the years?"""

from typing import Any

from planner.domain.candidate_links import Terms, list_findings, rules_of, term_findings
from planner.domain.candidates import Candidate, Effect, Reach
from planner.domain.costs import Cost, Costs

TERMS = Terms({"s06": "Møteplasser"}, {"unge": "Unge"}, (2027, 2028, 2029, 2030))


def make(code: str, **more: Any) -> Candidate:
    return Candidate(code=code, title=code, theme="bolig", **more)


def test_rules_name_each_excluded_pair_once_and_leave_out_strangers() -> None:
    candidates = [
        make("T01"),
        make("T03", excludes=("T05",)),
        make("T05", excludes=("T03", "T99"), requires_all=("T01", "T98")),
        make("T32", requires_any=("T01", "T03")),
        make("T40", requires_all=("T97",)),
        make("T41", started=2026, requires_all=("T01",)),
    ]
    assert rules_of(candidates) == (
        {"kind": "requires_all", "initiative": "T05", "of": ["T01"]},
        {"kind": "requires_any", "initiative": "T32", "of": ["T01", "T03"]},
        {"kind": "excludes", "of": ["T03", "T05"]},
    )


def test_codes_that_are_missing_or_used_twice() -> None:
    found = list_findings([make("T01"), make("T01"), make("T02", requires_any=("T09", "T01"))])
    assert [(f.code, f.severity, f.where) for f in found] == [
        ("candidate_duplicate_code", "error", "T01"),
        ("candidate_unknown_code", "error", "T02"),
    ]


def test_required_by_one_and_excluded_by_the_other() -> None:
    found = list_findings([make("T01", excludes=("T02",)), make("T02", requires_all=("T01",))])
    assert [(f.code, f.where) for f in found] == [("candidate_required_and_excluded", "T02")]


def test_a_cycle_is_a_warning_told_once() -> None:
    found = list_findings(
        [make("T01", requires_all=("T03",)), make("T02", requires_any=("T01",)), make("T03", requires_all=("T02",))]
    )
    assert [(f.code, f.severity, f.details["codes"]) for f in found] == [
        ("candidate_cycle", "warning", "T01 → T03 → T02 → T01")
    ]


def test_a_choice_of_prerequisites_is_no_cycle() -> None:
    assert (
        list_findings([make("T01", requires_all=("T02",)), make("T02", requires_any=("T01", "T03")), make("T03")]) == ()
    )


def test_words_the_plan_does_not_know() -> None:
    candidate = make(
        "T01", effects=(Effect("s06", 0), Effect("s99", 5)), targets=("unge", "eldre"), reach=(Reach("barn", 5),)
    )
    assert [(f.code, f.severity, f.details["text"]) for f in term_findings(candidate, TERMS)] == [
        ("candidate_unknown_statement", "error", "s99"),
        ("candidate_unknown_segment", "error", "eldre"),
        ("candidate_unknown_segment", "error", "barn"),
        ("candidate_effect_zero", "warning", "s06"),
    ]


def test_an_amount_that_was_probably_meant_in_kroner() -> None:
    large = make("T01", costs=Costs(one_time=Cost(450_000), yearly=Cost(99_999)))
    assert [(f.code, f.severity, f.where, f.details["million"]) for f in term_findings(large, TERMS)] == [
        ("candidate_looks_like_kroner", "warning", "costs.one_time.value", 450)
    ]


def test_a_window_that_lets_nothing_start_is_a_warning() -> None:
    def told(**window: int) -> list[str]:
        return [finding.code for finding in term_findings(make("T01", **window), TERMS)]

    assert told(earliest=2029, latest=2028) == ["candidate_cannot_start"]
    assert told(earliest=2031) == ["candidate_cannot_start"]
    assert told(latest=2026) == ["candidate_cannot_start"]
    assert told(earliest=2026, latest=2031) == []
    assert told(started=2027) == ["candidate_started_late"]
    assert told(started=2026) == []


def test_an_effect_of_one_group_alone_names_a_group_that_is_there_and_reached() -> None:
    effects = (Effect("s06", 5), Effect("s06", 30, segment="unge"), Effect("s06", 30, segment="katter"))
    found = [(f.code, f.where) for f in term_findings(make("T01", targets=("unge",), effects=effects), TERMS)]
    assert found == [("candidate_unknown_segment", "effects")]
    (missed,) = term_findings(make("T01", effects=effects[:2]), TERMS)
    assert (missed.code, missed.severity, missed.details["text"]) == ("candidate_effect_not_reached", "warning", "Unge")
