"""What the council changes, reckoned by hand on the plan of report_case: A closes 12 points, B 2."""

import pytest

from planner.domain import decision_document
from planner.domain.decision import Change, Overrun, change_findings, outcome
from planner.domain.decision_document import canonical, fingerprint
from planner.domain.portfolio import Plan
from tests.decision_case import document
from tests.report_case import STARTS, problem

PROPOSAL = Plan(problem(), STARTS)


def test_each_change_is_told_in_points_before_and_after() -> None:
    # C closes 15 % · 90 % of s02: 5.4 of its 40 points in 2027 and 2028, 4.86 beside B in the two years after: 5.13.
    changes = (Change("A", "out", None, "Dyrt"), Change("C", "in", 2027, "Ungdommen vil"))
    came = outcome(PROPOSAL, changes)
    assert [(round(s.before, 9), round(s.after, 9)) for s in came.steps] == [(14.0, 2.0), (2.0, 7.13)]
    assert came.gain == pytest.approx(-6.87) and dict(came.plan.starts) == {"B": 2028, "C": 2027}
    assert came.is_feasible and came.as_json()["broken"] == []
    assert dict(came.proposal.starts) == STARTS


def test_a_moved_start_is_told_in_points_and_held_to_the_rules() -> None:
    # A closes 30 % of 40 points from the year it starts: 12 · 3/4 when it starts a year later.
    came = outcome(PROPOSAL, (Change("A", "move", 2028, "Ventet på husbanken"),))
    assert [(round(s.before, 9), round(s.after, 9)) for s in came.steps] == [(14.0, 11.0)]
    assert dict(came.plan.starts) == {"A": 2028, "B": 2028}
    late = outcome(PROPOSAL, (Change("B", "move", 2030, "x"),))
    assert Overrun("investment", 2030, 1500, 0) in late.overruns and not late.is_feasible


def test_what_an_older_program_wrote_is_read() -> None:
    old = document(changes=(Change("C", "in", 2027, "Ungdommen vil"),)) | {"format": "malrett-decision/1"}
    del old["around"]
    assert decision_document.read(old).outcome.plan.starts["C"] == 2027


def test_no_change_is_the_proposal() -> None:
    came = outcome(PROPOSAL, ())
    assert (came.gain, came.steps, came.plan.starts) == (0.0, (), PROPOSAL.starts)


def test_what_a_change_breaks_is_named_with_its_amount() -> None:
    came = outcome(PROPOSAL, (Change("D", "in", 2029, "Vi vil"),))
    assert [rule.as_json() for rule in came.broken] == [{"kind": "must_not", "initiative": "D"}]
    # B a year earlier builds in 2027 and 2028; later, its last payment falls in a year without any frame.
    late = outcome(PROPOSAL, (Change("B", "out", None, "x"),))
    moved = outcome(late.plan, (Change("B", "in", 2030, "x"),))
    (over,) = (one for one in moved.overruns if one.resource == "investment")
    assert over == Overrun("investment", 2030, 1500, 0) and over in moved.overruns
    assert not moved.is_feasible and {"kind": "limits", "resource": "investment", "year": 2030, "used": 1500,
                                      "allowed": 0} in moved.as_json()["broken"]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (Change("X", "in", 2027, "x"), "decision_unknown", "initiative"),
        (Change("A", "in", 2027, "x"), "decision_chosen_already", "initiative"),
        (Change("C", "out", None, "x"), "decision_not_chosen", "initiative"),
        (Change("C", "in", None, "x"), "decision_year", "year"),
        (Change("C", "in", 2031, "x"), "decision_year", "year"),
        (Change("A", "move", None, "x"), "decision_year", "year"),
        (Change("A", "move", 2027, "x"), "decision_year_same", "year"),
        (Change("C", "move", 2028, "x"), "decision_not_chosen", "initiative"),
        (Change("A", "out", None, ""), "decision_text_missing", "reason"),
        (Change("A", "out", None, "x" * 1001), "decision_text_too_long", "reason"),
    ],
)
def test_a_change_that_cannot_be_made_is_a_finding_at_its_field(change: Change, code: str, field: str) -> None:
    assert [(one.code, one.where) for one in change_findings(PROPOSAL, [change])] == [(code, f"change/0/{field}")]


def test_an_initiative_is_changed_once() -> None:
    changes = [Change("C", "in", 2027, "x"), Change("C", "in", 2028, "x")]
    assert [(one.code, one.where) for one in change_findings(PROPOSAL, changes)] == [
        ("decision_twice", "change/1/initiative")
    ]


def test_a_document_is_read_again_with_every_figure_computed_anew() -> None:
    written = document(changes=(Change("C", "in", 2027, "Ungdommen vil"),))
    again = decision_document.read(written)
    assert (again.number, again.by, again.on) == (1, "Kommunestyret", "2026-11-26")
    assert again.outcome.as_json() == decision_document.read(again.document).outcome.as_json()
    assert [step.change.initiative for step in again.outcome.steps] == ["C"]
    with pytest.raises(ValueError):
        decision_document.read(written | {"format": "malrett-decision/3"})


def test_the_fingerprint_is_of_one_way_to_write_it() -> None:
    assert canonical({"b": 1.0, "a": [True, None, "ø"]}) == '{"a":[true,null,"ø"],"b":1}'
    text = canonical(document())
    assert fingerprint(text) == fingerprint(canonical(dict(reversed(list(document().items())))))
