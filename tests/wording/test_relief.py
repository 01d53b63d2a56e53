"""Every change that can give a plan has its sentence, with amounts, years and names."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel

from planner.domain.limits import Window
from planner.domain.relief import Change, Dropped, Excess, Relief
from planner.domain.rules import Follows, Must, MustNot, RequiresAll, RequiresAny
from planner.domain.rules_groups import RULES, AtLeast, AtMost, Excludes, NeedFloor, Together
from planner.wording.relief import heading, proof, sentences

NAMES = {"A": "A Boligveileder", "B": "B Møteplass", "C": "C Jobbmesse"}
MONEY, MONTHS = Excess("operating", 2028, 150), Excess("staff", 2029, 3)
SAID: list[tuple[Change, str]] = [
    (MONEY, "Øk rammen for drift med 150\u202f000\xa0kr i 2028."),
    (Excess("investment", None, 2000), "Øk rammen for investering med 2\u202f000\u202f000\xa0kr i alt."),
    (MONTHS, "Øk rammen med 3 månedsverk i 2029."),
    (Dropped(Must("A")), "La A Boligveileder være fritt valg i stedet for «må med»."),
    (Dropped(MustNot("A")), "La A Boligveileder være fritt valg i stedet for «skal ikke med»."),
    (Dropped(Window("A")), "La A Boligveileder starte i hvilket som helst planår."),
    (Dropped(RequiresAll("A", ("C", "B"))), "La A Boligveileder kunne starte uten B Møteplass og C Jobbmesse."),
    (Dropped(RequiresAny("A", ("B",))), "La A Boligveileder kunne starte uten noe av dette: B Møteplass."),
    (
        Dropped(Follows("C", ("bolig", "sosialt_miljo"))),
        "Ta bort kravet om at rekruttering skal ha følge av bolig og sosialt miljø.",
    ),
    (Dropped(Excludes(("A", "B"))), "Åpne for at disse kan stå sammen: A Boligveileder og B Møteplass."),
    (Dropped(Together(("A", "B"))), "Åpne for at disse kan være med hver for seg: A Boligveileder og B Møteplass."),
    (Dropped(AtLeast(2, theme="bolig")), "Ta bort kravet om minst 2 tiltak innen bolig."),
    (Dropped(AtMost(1, of=("A", "B"))), "Ta bort grensen på høyst 1 tiltak innen A Boligveileder og B Møteplass."),
    (Dropped(NeedFloor(0.2, segment="unge")), "Ta bort kravet om å lukke 20\xa0% av behovet hos unge."),
    (Dropped(NeedFloor(0.25, factor="arbeid")), "Ta bort kravet om å lukke 25\xa0% av behovet innen arbeid."),
    (Dropped(NeedFloor(0.5, of=("s01/unge",))), "Ta bort kravet om å lukke 50\xa0% av behovet innen s01/unge."),
]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask("relief")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


def said(*changes: Change) -> tuple[str, ...]:
    return sentences(Relief(changes), NAMES.__getitem__, {"unge": "Unge"}.__getitem__)


@pytest.mark.parametrize(("change", "sentence"), SAID, ids=lambda value: type(value).__name__)
def test_a_change_is_said_in_one_sentence(change: Change, sentence: str) -> None:
    assert said(change) == (sentence,)


def test_no_kind_of_rule_is_without_a_sentence() -> None:
    told = {change.rule.kind for change, _sentence in SAID if isinstance(change, Dropped)}
    assert told == {kind.kind for kind in RULES} | {"windows"}


def test_the_years_of_a_frame_share_a_sentence_and_one_box_is_told_once() -> None:
    years = [Excess("operating", year, 100) for year in (2027, 2028, 2029)]
    follows = [Dropped(Follows(code, ("bolig",))) for code in ("A", "C")]
    assert said(*years, MONTHS, *follows) == (
        "Øk rammen for drift med 100\u202f000\xa0kr i 2027, 100\u202f000\xa0kr i 2028 og 100\u202f000\xa0kr i 2029.",
        "Øk rammen med 3 månedsverk i 2029.",
        "Ta bort kravet om at rekruttering skal ha følge av bolig.",
    )


def test_the_heading_says_what_it_takes() -> None:
    lock = Dropped(Must("A"))
    told = [heading(1, Relief(some)) for some in ((lock,), (MONEY,), (MONTHS,), (MONEY, MONTHS), (MONEY, lock))]
    assert told == [
        "Forslag 1: uten større ramme",
        "Forslag 1: bare mer penger",
        "Forslag 1: bare flere månedsverk",
        "Forslag 1: mer penger og flere månedsverk",
        "Forslag 1: større ramme og færre krav",
    ]


def test_no_more_is_claimed_than_is_proven() -> None:
    sure, unsure = Relief((MONEY,), fewest=True, least=True), Relief((MONEY,), fewest=False, least=True)
    assert proof([sure]).startswith("Det er regnet ut")
    assert "en annen vei med færre endringer" in proof([sure, unsure])
    # One with more changes is another way, not one with the fewest: that stands beside it.
    longer = Relief((MONEY, MONTHS), fewest=False, least=True)
    assert "en annen vei" not in proof([sure, longer]) and "en annen vei" in proof([longer])
    assert "en annen vei" in proof([replace(sure, sort="money"), longer])
    assert "beløpene" in proof([sure]) and "beløpene" not in proof([replace(sure, changes=(Dropped(Must("A")),))])
    assert "Det kan finnes mindre endringer" in proof([sure, Relief((MONEY,), fewest=True)]).replace("Men det", "Det")
