"""Every kind of rule has its sentence, with names and not ids of statements or code words."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from planner.domain.rules import Follows, Must, MustNot, RequiresAll, RequiresAny, Rule
from planner.domain.rules_groups import RULES, AtLeast, AtMost, Excludes, NeedFloor, Together
from planner.wording.rules import follow, rule

NAMES = {"A": "«Boligveileder»", "B": "«Møteplass»", "C": "«Jobbmesse»"}
SAID: list[tuple[Rule, str]] = [
    (Must("A"), "«Boligveileder» må med."),
    (Must("A", 2028), "«Boligveileder» må med og starte i 2028."),
    (MustNot("A"), "«Boligveileder» skal ikke med."),
    (RequiresAll("A", ("C", "B")), "«Boligveileder» kan først starte når «Møteplass» og «Jobbmesse» har startet."),
    (
        RequiresAny("A", ("B", "C")),
        "«Boligveileder» kan først starte når minst ett av disse har startet: «Møteplass» og «Jobbmesse».",
    ),
    (Follows("C", ("bolig",)), "«Jobbmesse» kan først starte når noe er i gang innen bolig."),
    (Excludes(("A", "B")), "Høyst ett av disse kan være med: «Boligveileder» og «Møteplass»."),
    (Together(("A", "B")), "Disse er med alle eller ingen: «Boligveileder» og «Møteplass»."),
    (AtLeast(1, theme="sosialt_miljo"), "Minst 1 tiltak innen sosialt miljø."),
    (AtMost(2, of=("A", "B", "C")), "Høyst 2 tiltak innen «Boligveileder», «Møteplass» og «Jobbmesse»."),
    (NeedFloor(0.2, segment="unge"), "Minst 20\xa0% av behovet hos unge skal lukkes."),
    (NeedFloor(0.25, factor="arbeid"), "Minst 25\xa0% av behovet innen arbeid skal lukkes."),
    (NeedFloor(0.5, of=("s01/unge",)), "Minst 50\xa0% av behovet i s01/unge skal lukkes."),
]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask("rules")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(("one", "sentence"), SAID, ids=lambda value: getattr(value, "kind", ""))
def test_a_rule_is_said_in_one_sentence(one: Rule, sentence: str) -> None:
    assert rule(one, lambda code: NAMES[code], lambda segment: {"unge": "Unge"}[segment]) == sentence


def test_no_kind_of_rule_is_without_a_sentence() -> None:
    assert {one.kind for one, _sentence in SAID} == {kind.kind for kind in RULES}


def test_those_that_follow_alike_share_a_sentence() -> None:
    alike = [Follows(code, ("bolig", "sosialt_miljo")) for code in ("T10", "T11", "T12")]
    assert follow(alike) == "Disse kan først starte når noe er i gang innen bolig og sosialt miljø: T10, T11 og T12."
