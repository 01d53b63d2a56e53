"""Free texts as a person works with them: a stale form loses nothing, and what is deleted is not in the file either."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from string import ascii_letters

import pytest
from flask import Flask

from planner.config import Config
from planner.domain.comment_pages import PER_PAGE, Typed
from planner.services import plans, survey_comments, survey_kept
from planner.services.survey_comments import Refusal
from planner.store import survey_answers
from planner.store import survey_comments as store
from planner.store.database import Database
from tests import gap_survey
from tests.in_files import holding, keep_unpacked
from tests.removed_plan import remove_plan

MARKER = "Hemmeligtekstsomingenskalfinne"


@pytest.fixture(autouse=True)
def in_bokmal(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", headers={"Accept-Language": "nb"}):
        yield


@pytest.fixture
def plan(database: Database) -> str:
    made = plans.start(database, "me", "Bolyst", "Prøvevik", "nb")
    assert isinstance(made, str)
    gap_survey.keep(database, made)
    return made


def keep(database: Database, plan: str, texts: list[str], writers: int | None = None) -> int:
    with database.write() as session:
        number = survey_comments.keep(session, plan, texts, Random(3), writers=writers)
        session.commit()
    return number


def stored(database: Database, plan: str) -> list[str]:
    with database.read() as session:
        return [one.text for one in store.listing(session, plan)]


def twelve(*more: str) -> list[str]:
    return [*(f"{MARKER} {letter}" for letter in "abcdefghijkl"), *more]


# Long, so that it lies on pages of its own, and by chance, so that PostgreSQL does not pack it.
LONG = "".join(Random(5).choices(ascii_letters, k=4000))


OnDisk = Callable[[bytes], list[str]]


@pytest.fixture
def on_disk(config: Config, superuser_url: str) -> OnDisk:
    return partial(holding, config.data_folder, superuser_url)


def test_what_tells_who_wrote_it_is_out_before_anything_is_stored(
    database: Database, on_disk: OnDisk, plan: str
) -> None:
    told = ["Ring 912 34 567", "Skriv til kari.nordmann@prove.no", "01019012345 er meg", "Se www.kari.no/meg"]
    assert keep(database, plan, twelve(*told)) == 16
    texts = " ".join(stored(database, plan))
    assert texts.count("[fjernet: telefon]") == texts.count("[fjernet: e-post]") == 1
    for secret in ("912 34 567", "kari.nordmann", "01019012345", "www.kari.no"):
        assert secret not in texts and on_disk(secret.encode()) == []
    assert on_disk(MARKER.encode()) != [], "else the search finds nothing whatever is there"


def test_names_are_pointed_out_for_a_person_to_take_out(database: Database, plan: str) -> None:
    keep(database, plan, twelve("Jeg savner Kari Nordmann på skolen"))
    views = survey_comments.page(database, plan).comments
    view = next(one for one in views if "Kari" in one.text)
    assert [(one.text, one.maybe) for one in view.suggestions] == [("Kari Nordmann", "kan være navn")]
    typed = Typed(view.text, (), frozenset({"Kari Nordmann"}), view.state)
    assert survey_comments.change(database, plan, view.id, typed) is None
    assert "Jeg savner [fjernet: navn] på skolen" in stored(database, plan)


def test_a_stale_form_is_refused_with_both_texts(database: Database, plan: str) -> None:
    keep(database, plan, twelve())
    view = survey_comments.page(database, plan).comments[0]
    first, second = (Typed(text, ("jobb",), frozenset(), view.state) for text in ("Først lagret", "Sist skrevet"))
    assert survey_comments.change(database, plan, view.id, first) is None
    refused = survey_comments.change(database, plan, view.id, second)
    assert isinstance(refused, Refusal) and refused.status == 409 and not refused.gone
    shown = survey_comments.page(database, plan, refusal=refused).comments[0]
    assert shown.text == "Sist skrevet" and "Først lagret" in shown.trouble[0].what
    assert "Først lagret" in stored(database, plan) and "Sist skrevet" not in stored(database, plan)
    again = Typed("Sist skrevet", ("jobb",), frozenset(), shown.state)
    assert survey_comments.change(database, plan, view.id, again) is None and "Sist skrevet" in stored(database, plan)


def test_a_form_of_a_deleted_text_is_refused_and_what_was_typed_stands(database: Database, plan: str) -> None:
    keep(database, plan, twelve())
    view = survey_comments.page(database, plan).comments[0]
    survey_comments.remove(database, plan, view.id, view.state)
    refused = survey_comments.change(database, plan, view.id, Typed("Mitt", (), frozenset(), view.state))
    assert isinstance(refused, Refusal) and refused.status == 409 and refused.gone
    assert survey_comments.page(database, plan, refusal=refused).comments[0].text == "Mitt"
    assert "Mitt" not in stored(database, plan)


@pytest.mark.parametrize(("text", "statement"), [("  ", ""), ("\u200b", ""), ("Buss", "nope"), ("Buss", "s99")])
def test_what_cannot_be_kept_is_refused_in_place(database: Database, plan: str, text: str, statement: str) -> None:
    keep(database, plan, twelve())
    view = survey_comments.page(database, plan).comments[0]
    refused = survey_comments.change(database, plan, view.id, Typed(text, (statement,), frozenset(), view.state))
    assert isinstance(refused, Refusal) and refused.status == 422
    assert view.text in stored(database, plan)


def test_a_new_telephone_number_does_not_come_in_by_the_form(database: Database, plan: str) -> None:
    keep(database, plan, twelve())
    view = survey_comments.page(database, plan).comments[0]
    typed = Typed("Ring 912 34 567 om buss", ("buss",), frozenset(), view.state)
    assert survey_comments.change(database, plan, view.id, typed) is None
    assert "Ring [fjernet: telefon] om buss" in stored(database, plan)


@pytest.mark.parametrize(("texts", "writers"), [(twelve()[:9], None), (twelve(), 9), ([MARKER] * 40, None)])
def test_nothing_of_few_is_stored(
    database: Database, on_disk: OnDisk, plan: str, texts: list[str], writers: int | None
) -> None:
    assert keep(database, plan, texts, writers) == 0
    assert on_disk(MARKER.encode()) == []


def test_what_is_left_of_ten_is_not_shown_when_one_is_deleted(database: Database, plan: str) -> None:
    keep(database, plan, twelve()[:10])
    shown = survey_comments.page(database, plan).comments
    assert len(shown) == 10
    survey_comments.remove(database, plan, shown[0].id, shown[0].state)
    left = survey_comments.page(database, plan, done=(shown[1].id, "saved"))
    assert left.comments == () and left.shelves == () and "vises de ikke" in left.answer


def test_two_thousand_texts_are_kept_and_read_a_page_at_a_time(database: Database, plan: str) -> None:
    texts = [f"{number}: Jeg savner Kari Nordmann og buss. " * 10 for number in range(2000)]
    assert keep(database, plan, texts) == 2000
    view = survey_comments.page(database, plan, number=37)
    assert len(view.comments) == PER_PAGE and view.pages == 100


def test_a_deleted_text_is_in_no_file(database: Database, on_disk: OnDisk, plan: str) -> None:
    keep(database, plan, [f"{text} {LONG}" for text in twelve()])
    one = next(view for view in survey_comments.page(database, plan).comments if view.text.startswith(f"{MARKER} c"))
    survey_comments.remove(database, plan, one.id, one.state)
    assert on_disk(f"{MARKER} c".encode()) == []
    assert on_disk(f"{MARKER} d".encode()) != []
    survey_comments.remove_all(database, plan)
    assert on_disk(MARKER.encode()) == []


def test_what_is_taken_out_of_a_text_is_in_no_file(database: Database, on_disk: OnDisk, plan: str) -> None:
    keep(database, plan, twelve("Jeg savner Kari Nordmann på skolen"))
    view = next(one for one in survey_comments.page(database, plan).comments if "Kari" in one.text)
    survey_comments.change(database, plan, view.id, Typed("Jeg savner læreren", (), frozenset(), view.state))
    assert on_disk(b"Kari Nordmann") == []


@pytest.mark.parametrize("how", ["forgotten", "with the plan"])
def test_deleted_answers_are_in_no_file(database: Database, on_disk: OnDisk, plan: str, how: str) -> None:
    """The answers are packed: looked for are pieces of the very bytes that were stored."""
    keep_unpacked(database)
    with database.write() as session:
        survey_answers.put(session, plan, gap_survey.answers(), plans.now())
        content = session.connection().exec_driver_sql("SELECT content FROM survey_answers").scalar_one()
        session.commit()
    pieces = [bytes(content[place : place + 24]) for place in range(60, len(content) - 24, 200)]
    assert any(on_disk(piece) for piece in pieces)
    if how == "forgotten":
        survey_kept.forget(database, plan)
    else:
        remove_plan(database, plan)
    assert [piece for piece in pieces if on_disk(piece)] == []


def test_a_deleted_plan_is_in_no_file(database: Database, on_disk: OnDisk, plan: str) -> None:
    keep(database, plan, [f"{text} {LONG}" for text in twelve()])
    gap_survey.keep(database, plan, gap_survey.named(MARKER))
    assert on_disk(MARKER.encode()) != []
    remove_plan(database, plan)
    assert on_disk(MARKER.encode()) == []
    assert on_disk(plan.encode()) == []


def test_no_column_of_the_table_tells_who_wrote() -> None:
    columns = set(store.SurveyCommentRow.__table__.columns.keys())  # type: ignore[attr-defined]
    assert columns == {"id", "plan_id", "text", "statements", "is_read"}
    assert not [name for name in columns if re.search("row|segment|group|time|name", name)]
