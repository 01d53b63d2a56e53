"""Paper ballots as pdf: opened by another program, everything asked is there, and each begins on a page of its own."""

import subprocess
from pathlib import Path

import pytest
from flask import Flask

from planner.domain.statements import Statement
from planner.domain.workshop import OF_TEN, Item, WorkshopSettings
from planner.domain.workshop_paper import Ballot, deal_ballots
from planner.files.seed_data import statements
from planner.files.workshop_ballots_pdf import ballots_pdf
from planner.wording.workshop_paper import BallotSheets, Names, sheets

ITEMS = tuple(Item(f"T{at}", ("s01", "s02", "s03")) for at in range(1, 7))
KNOWN: dict[str, Statement] = {one.id: one for one in statements()}
TITLES = {item.initiative: f"Tiltak #{item.initiative} *bygg* $x$" for item in ITEMS}


def pile(app: Flask, count: int, language: str = "nb", *, both_sides: bool = False, **changes: object) -> BallotSheets:
    given: dict[str, object] = {"title": "Bolyst [kveld]", "items": ITEMS, "tables": ("Bord 1", "Bord 2"), **changes}
    settings = WorkshopSettings(**given)  # type: ignore[arg-type]
    dealt = deal_ballots(settings, (), count)
    ballots = tuple(Ballot(f"222{at:03d}", 1, 1, one) for at, one in enumerate(dealt))
    with app.test_request_context():
        return sheets(language, settings.title, ballots, Names(TITLES, KNOWN, ()), both_sides=both_sides)


def pages(content: bytes, folder: Path) -> list[str]:
    (folder / "ballots.pdf").write_bytes(content)
    run = subprocess.run(["pdftotext", "-layout", str(folder / "ballots.pdf"), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8").split("\f")[:-1]


SAID = {
    "nb": "Stemmeseddel vet ikke ingen Hvilket",
    "nn": "Røystesetel veit ikkje ingen Kva",
    "en": "Ballot don’t know none",
}


@pytest.mark.parametrize("language", SAID)
def test_everything_asked_is_there(app: Flask, tmp_path: Path, language: str) -> None:
    one = pile(app, 3, language)
    read = " ".join(" ".join(pages(ballots_pdf(one), tmp_path)).split())
    for word in SAID[language].split():
        assert word in read, word
    tight = read.replace(" ", "")
    for title in (one.title, *TITLES.values(), *(ballot.id for ballot in one.ballots)):
        assert title.replace(" ", "") in tight, title
    assert one.cards["T1"].statements[0].split()[0] in read


def test_the_id_stands_on_every_page_and_each_ballot_begins_on_its_own(app: Flask, tmp_path: Path) -> None:
    one = pile(app, 2, wanted=30)
    read = pages(ballots_pdf(one), tmp_path)
    half = len(read) // 2
    assert half > 1 and len(read) == 2 * half
    for ballot, own in zip(one.ballots, (read[:half], read[half:]), strict=True):
        assert all(ballot.id in page for page in own)
        assert [page.split()[-3:] for page in own] == [[str(at), "/", str(half)] for at in range(1, half + 1)]
    # On both sides of the paper the second one begins on a sheet of its own.
    both = pages(ballots_pdf(pile(app, 2, wanted=30, both_sides=True)), tmp_path)
    assert next(at for at, page in enumerate(both) if one.ballots[1].id in page) % 2 == 0


def test_it_can_be_read_aloud_and_takes_two_hundred(app: Flask, tmp_path: Path) -> None:
    content = ballots_pdf(pile(app, 200, scale=OF_TEN, items=ITEMS[:1], is_named=True))
    assert b"pdfuaid" in content and b"/StructTreeRoot" in content
    read = pages(content, tmp_path)
    assert len(read) == 200 and "Navn" in read[0] and "10" in read[0]


def test_one_is_enough(app: Flask, tmp_path: Path) -> None:
    assert len(pages(ballots_pdf(pile(app, 1, items=ITEMS[:1])), tmp_path)) == 1
