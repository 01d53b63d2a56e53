"""Do the templates of docs/duties say what the program does, alike in both languages, and are they sound Word files?"""

import io
import re
from datetime import timedelta

import pytest
from docx import Document
from flask.testing import FlaskClient

from planner.domain import anonymity, people, suppression, workshop_display
from planner.files.duties import NAMES, SPOKEN, docx_file, read_template
from planner.services import signin, survey_page
from planner.web import workshop_phone

# What a template says of the program: the words, in bokmål and nynorsk, and whether it is so.
SAID = (
    (("færre enn ti svar", "færre enn ti svar"), suppression.SHOWN_FROM == 10),
    (("kreves tjue", "trengst tjue"), suppression.ALIKE_BELOW == 20),
    (("minst fem har", "minst fem har"), anonymity.K == 5),
    (("færre enn fem", "færre enn fem"), workshop_display.SHOWN_FROM == 5),
    (("varer i tre døgn", "varer i tre døgn"), workshop_phone.COOKIE_SECONDS == 3 * 24 * 3600),
    (("etter 12 timer uten bruk", "etter 12 timar utan bruk"), timedelta(hours=12) == signin.SIGNIN_IDLE),
    (("etter en uke", "etter ei veke"), timedelta(days=7) == signin.SIGNIN_LASTS),
    (("ti gale forsøk på et kvarter", "ti feil forsøk på eit kvarter"), signin.WRONG_MOST == 10),
    (("teller i 15 minutter", "tel i 15 minutt"), timedelta(minutes=15) == signin.WRONG_WITHIN),
    (("minst 12 tegn", "minst 12 teikn"), people.PASSWORD_LEAST == 12),
    (("glemt i et døgn", "gløymd i eit døgn"), timedelta(days=1) == survey_page.WAITS),
)


def shape(name: str, language: str) -> list[str]:
    """What kind of block each line is, and how wide."""
    text = read_template(name, language)
    assert text is not None
    lines = [line for line in text.splitlines() if line.startswith(("#", "|", "- "))]
    return [f"{line.split(' ')[0]}{line.count('|')}" if line[0] != "|" else f"|{line.count('|')}" for line in lines]


@pytest.mark.parametrize("place", [0, 1], ids=["nb", "nn"])
def test_they_say_what_the_program_does(place: int) -> None:
    language = ("nb", "nn")[place]
    everything = " ".join((" ".join((read_template(name, language) or "").split())).lower() for name in NAMES)
    for words, is_so in SAID:
        assert words[place].lower() in everything, words[place]
        assert is_so, words[place]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    assert shape(name, "nb") == shape(name, "nn")
    assert sorted(SPOKEN) == ["nb", "nn"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", SPOKEN)
def test_each_is_a_word_file(name: str, language: str) -> None:
    text = read_template(name, language)
    assert text is not None
    document = Document(io.BytesIO(docx_file(text, language)))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[0] == document.core_properties.title == text.splitlines()[0].removeprefix("# ")
    everything = "\n".join(
        [*told, *(cell.text for table in document.tables for row in table.rows for cell in row.cells)]
    )
    assert not re.search(r"\*\*|`|^#|^\|", everything, re.MULTILINE), "marks are left"
    for word in re.findall(r"\w{4,}", text):
        assert word in everything
    assert len(document.tables) == len(re.findall(r"^\|[-|]+\|$", text, re.MULTILINE))


def test_they_are_on_the_page(client: FlaskClient) -> None:
    client.set_cookie("malrett_language", "nn")
    page = client.get("/about/privacy").get_data(as_text=True)
    paths = re.findall(r'href="(/about/templates/nn/\w+\.docx)"', page)
    assert len(paths) == len(NAMES)
    answer = client.get(paths[2])
    assert (
        answer.status_code == 200
        and answer.headers["Content-Disposition"] == "attachment; filename=malrett-dpia-nn.docx"
    )
    assert client.get("/about/templates/en/dpia.docx").status_code == 404
    assert client.get("/about/templates/nb/README.docx").status_code == 404
