"""Is every text a user reads there in every language, and does every template speak through the catalogue?"""

import ast
import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "planner" / "translations"
METHODS = [("planner/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "pgettext": ((1, "c"), 2),
    "N_": None,
}
PLACES = re.compile(r"%\((\w+)\)[sd]")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-announce", "data-label")


def texts_in_code() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT, METHODS, {"jinja2": {"trimmed": "true"}}, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found if message}


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: Sequence[str]) -> tuple[str, ...]:
    """The singular and the plural, or the one text there is; a compiled catalogue gives lists."""
    return (text,) if isinstance(text, str) else tuple(text)


def strings(known: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(message.id): forms(message.string) for message in known if message.id}


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_text_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = []
    for text in texts_in_code():
        message = known.get(text[0] if isinstance(text, tuple) else text)
        if message is None or message.fuzzy or not all(forms(message.string)):
            missing.append(text)
    assert not missing, f"{len(missing)} without {language}: {missing[:5]}"


@cache
def _code() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted((ROOT / "planner").rglob("*.py"))
    return tuple((path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def test_no_text_hides_in_an_fstring() -> None:
    """The extractor does not look inside f-strings: «Andre tiltak gir mer for rammen.» stayed bokmål everywhere."""
    hidden = []
    for name, module in _code():
        for composed in ast.walk(module):
            if isinstance(composed, ast.JoinedStr):
                hidden += [f"{name}:{call.lineno}" for call in ast.walk(composed) if _speaks(call)]
    assert not hidden, hidden


def test_every_place_for_a_figure_is_filled_where_it_is_said() -> None:
    """`ngettext` fills in at once, so that «%(n)s» without `n=` is an error: no paper of eleven needs was read."""
    empty = []
    for name, module in _code():
        for call in ast.walk(module):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and _speaks(call)):
                continue
            given = {keyword.arg for keyword in call.keywords}
            texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            places = {place for text in texts for place in PLACES.findall(text)}
            # `gettext` with nothing to fill in leaves its places to be filled later.
            filled_at_once = call.func.id == "ngettext" or given
            if filled_at_once and None not in given and not places <= given | {"num"}:
                empty.append(f"{name}:{call.lineno}")
    assert not empty, empty


def _speaks(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    )


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_translation_has_the_same_places_for_figures(language: str) -> None:
    for message in catalogue(language):
        wanted = set().union(*(PLACES.findall(text) for text in forms(message.id)))
        *fewer, last = forms(message.string)
        assert not message.id or set(PLACES.findall(last)) == wanted, (language, message.id)
        # «Én kolonne» has no figure beside «%(n)s kolonner»; what is one may be said in words in every language.
        assert all(set(PLACES.findall(string)) <= wanted for string in fewer), (language, message.id)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        committed = strings(read_mo(file))
    assert committed == strings(read_mo(compiled))


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_a_template_writes_no_word_past_the_catalogue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", " ", text, flags=re.DOTALL)
    for name in SPOKEN:
        for value in re.findall(rf'\b{name}="([^"]*)"', text):
            assert not re.search(r"[A-Za-zÆØÅæøå]{2}", value), f'{name}="{value}"'
    words = re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL)
    words = re.sub(r"&\w+;|Målrett|\bkr\b", " ", words)
    left = re.findall(r"[A-Za-zÆØÅæøå]{2,}[^\n]*", words)
    assert not left, left


# Words of bokmål that nynorsk does not have, and words that this catalogue has another for (docs/terms.md).
_BOKMÅL = """ikke jeg hva hvem hvor hvordan hvorfor hvilken hvilke hvilket hver hvert hvis fra noen noe mye være vært
gjøre gjør uten mer flere sier selv siden da en et kommer bare kun dere deres dem ble andel andelen behovene
tiltakene svarene verksted verkstedet undersøkelse undersøkelsen forskjell rekkefølge viktighet sannsynlighet vedtatt
innbyggere innbyggerne måned måneder spørre velg velge egen eget egne kommunens"""
_OTHERS = """vert framlegg framlegget framlegga grunngjeving grunngjevinga grunngjevingane kolonnen kolonnar kolonnane
raden einskild einskilde gje gjev gjevne òg prova provet tapar seia vera telja henga skilja byggja spørja
tilgjengefråsegn sannsynlegheit"""
_WRONG = re.compile(
    rf"(?<!-)\b(?:{'|'.join((_BOKMÅL + ' ' + _OTHERS).split())})\b|\bkvart utsegn\b|\beitt utsegn\b", re.IGNORECASE
)
# What is quoted is in the language of what it is quoted from, and what is named is called so.
_QUOTED = re.compile(r"«[^»]*»|\{\{[^}]*\}\}|[\w-]+\.(?:docx|json|csv|py)|[a-z]+_[a-z_]+")


def test_nynorsk_is_nynorsk() -> None:
    found = []
    for message in catalogue("nn"):
        for text in forms(message.string):
            found += [f"{hit}: {text}" for hit in _WRONG.findall(_QUOTED.sub("", text))]
    assert not found, "\n".join(found)
