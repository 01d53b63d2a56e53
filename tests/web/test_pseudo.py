"""Does everything that is said on a page come from the catalogue, whole? Read in a language there is not."""

import re
from collections.abc import Callable

import pytest
from babel import Locale
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlmodel import SQLModel

from planner.domain.questionnaire import questionnaire
from planner.files.saksframlegg_places import BARE, DECIDED, INLINE, REST, SECTIONS
from planner.files.seed_data import read_seed, statements, stay_statements
from planner.store.database import Database
from tests.web.pseudo import in_pseudo as in_pseudo
from tests.web.pseudo import longer
from tests.web.test_languages import OF_A_PRIORITISED_PLAN, OF_A_WORKSHOP, OF_THE_SAMPLE, visible
from tests.web.test_languages import prioritised as prioritised
from tests.web.test_languages import room as room
from tests.web.test_languages import sample as sample

Left = Callable[[dict[str, tuple[str, ...]], str], str]
_WORDS = re.compile(r"[A-Za-zÆØÅæøå]{3,}")
# Names: of ourselves, of languages as they are called in themselves, of files and programs, and what stands for a name.
NAMES = {
    *("Målrett", "Bokmål", "Nynorsk", "English", "Word", "Excel", "PDF", "CSV", "XLSX", "SPSS", "SAV", "SHA"),
    *("localhost", "http", "join", "host", "planner", "verify", "vedtak", "json"),
    *("python", "head", "logg", "bokmål", "nynorsk", "engelsk"),
    *(BARE[1:], DECIDED, *INLINE, REST, *" ".join(SECTIONS).replace("_", " ").split()),
    *Locale("nb").months["format"]["wide"].values(),
}


def words(text: str) -> set[str]:
    return set(_WORDS.findall(text))


def written_by_people(database: Database) -> set[str]:
    """Every word that is stored, and those of the questionnaire, which is in a language of its own."""
    form = questionnaire("nb", "full", statements(), stay_statements())
    found = words(read_seed("statements.csv").decode() + str(form)) | {"nei", "kvinne", "mann"}
    with database.read() as session:
        for table in SQLModel.metadata.tables.values():
            for row in session.connection().execute(select(table)):
                found |= set().union(*(words(cell) for cell in row if isinstance(cell, str)), set())
    return found


@pytest.fixture
def left(client: FlaskClient, database: Database) -> Left:
    """What plain words stand on the pages, by path, that nobody has written there."""

    def look(paths: dict[str, tuple[str, ...]], plan_id: str) -> str:
        known = written_by_people(database) | NAMES
        client.set_cookie("malrett_language", "nb")
        found = []
        for path in (path.format(plan_id) for some in paths.values() for path in some):
            response = client.get(path)
            assert response.status_code == 200, path
            said = visible(response.get_data(as_text=True))
            assert any(longer(word) in " ".join(said) for word in ("a", "e", "i")), path
            plain = {word for piece in said for word in words(piece) if not word.isupper()} - known
            if plain:
                found.append(f"{path}: {' '.join(sorted(plain))}")
        return "\n".join(found)

    return look


def test_of_the_sample(sample: str, left: Left, in_pseudo: None) -> None:
    assert left(OF_THE_SAMPLE, sample) == ""


def test_of_a_prioritised_plan(prioritised: str, left: Left, in_pseudo: None) -> None:
    assert left(OF_A_PRIORITISED_PLAN, prioritised) == ""


def test_of_a_workshop(room: str, left: Left, in_pseudo: None) -> None:
    assert left(OF_A_WORKSHOP, room) == ""
