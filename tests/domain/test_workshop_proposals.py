"""What somebody in the room proposes: read, bounded, and a draft without figures when it is taken."""

import pytest

from planner.domain.candidate_initiatives import to_initiative
from planner.domain.typed import Refused
from planner.domain.workshop_keys import proposer_of, seat_of
from planner.domain.workshop_proposals import Proposal, draft, free_code, read_proposal, reason_findings


def test_what_is_typed_is_read_as_one_line_and_an_unknown_statement_is_none() -> None:
    form = {"title": "  Nattbuss \n til Hol ", "text": "For de\x00 unge\n\nsom jobber", "statement": "s99"}
    assert read_proposal(form, {"s01": 1}) == Proposal("Nattbuss til Hol", "For de unge som jobber", "")
    assert read_proposal({"title": "Buss", "statement": "s01"}, {"s01": 1}).statement == "s01"


@pytest.mark.parametrize(
    ("title", "text", "where"), [("", "", "title"), ("a" * 121, "", "title"), ("a", "b" * 401, "text")]
)
def test_what_is_wrong_is_said_at_its_field(title: str, text: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        Proposal(title, text)
    assert [one.where for one in refused.value.findings] == [where]
    assert Proposal("a" * 120, "b" * 400)


def test_a_draft_says_nothing_of_cost_or_effect() -> None:
    one = draft(Proposal("Nattbuss", "", "s01"), "R01", "Fra rommet", "tjenester", "Forslag " * 200)
    assert {"cost", "effect", "targets", "responsible"} == set(one.lacks()) and one.effects == ()
    assert (one.theme, one.factor, len(one.idea)) == ("Fra rommet", "tjenester", 1000)
    assert to_initiative(one, (2027, 2028), ()).effects == {}


def test_codes_are_the_first_that_are_free() -> None:
    assert free_code(frozenset()) == "R01"
    assert free_code(frozenset({"R01", "T02", "R03"})) == "R02"


def test_a_reason_is_needed_and_has_an_end() -> None:
    assert [one.code for one in reason_findings("")] == ["proposal_reason_missing"]
    assert reason_findings("a" * 500) == () and len(reason_findings("a" * 501)) == 1


def test_the_name_of_a_proposal_is_never_the_seat() -> None:
    names = {proposer_of("person-01-of-the-room", "salt", slot) for slot in (1, 2, 3)}
    assert len(names) == 3 and seat_of("person-01-of-the-room", "salt") not in names
