"""Free texts come back as they were put, of their own plan only, and go when they are removed; on both databases."""

import pytest
from sqlalchemy import Engine, event

from planner.domain.comment_pages import Comment
from planner.services import plans as service
from planner.store import plans
from planner.store import survey_comments as kept
from planner.store.database import Database
from tests.removed_plan import remove_plan

TEXTS = [f"Mening {number}: buss, «kino» og %s ø 🚌" for number in range(12)]


def put(store: Database, plan_id: str, texts: list[str] = TEXTS) -> tuple[Comment, ...]:
    with store.write() as session:
        kept.put_all(session, plan_id, texts)
        session.commit()
    return there(store, plan_id)


def there(store: Database, plan_id: str) -> tuple[Comment, ...]:
    with store.read() as session:
        return kept.listing(session, plan_id)


@pytest.fixture
def other_id(store: Database) -> str:
    plan = service.new_plan("you", "Annen", "Annenvik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, plan)
        session.commit()
    return plan.id


def test_what_was_put_comes_back_unread_in_the_order_given(store, plan_id):
    found = put(store, plan_id)
    assert [one.text for one in found] == TEXTS
    assert {(one.statements, one.is_read) for one in found} == {((), False)}
    assert [one.id for one in found] == sorted({one.id for one in found})
    with store.read() as session:
        assert kept.count(session, plan_id) == 12
        assert kept.find(session, plan_id, found[3].id) == found[3]
        assert kept.find(session, plan_id, 10**9) is None


def test_texts_of_a_new_file_take_the_place_of_the_old(store, plan_id):
    put(store, plan_id)
    assert [one.text for one in put(store, plan_id, ["Ny"])] == ["Ny"]


def test_one_text_is_changed_and_no_other(store, plan_id):
    first, *others = put(store, plan_id)
    changed = Comment(first.id, "Vi trenger buss.", ("s27", "æ"), is_read=True)
    with store.write() as session:
        kept.change(session, plan_id, changed)
        session.commit()
    assert there(store, plan_id) == (changed, *others)
    assert changed.state != first.state


def test_another_plans_texts_cannot_be_reached(store, plan_id, other_id):
    mine, theirs = put(store, plan_id), put(store, other_id, ["Deres"])
    with store.write() as session:
        assert kept.find(session, plan_id, theirs[0].id) is None
        with pytest.raises(LookupError):
            kept.change(session, plan_id, Comment(theirs[0].id, "Vår"))
        kept.remove(session, plan_id, theirs[0].id)
        kept.remove_all(session, plan_id)
        session.commit()
    assert there(store, plan_id) == () and there(store, other_id) == theirs and len(mine) == 12


def test_removed_texts_are_gone(store, plan_id):
    first, *others = put(store, plan_id)
    with store.write() as session:
        kept.remove(session, plan_id, first.id)
        kept.remove(session, plan_id, first.id)  # pressed twice
        session.commit()
    assert there(store, plan_id) == tuple(others)


def test_texts_go_with_their_plan(store, plan_id, other_id):
    put(store, plan_id)
    put(store, other_id, ["Deres"])
    remove_plan(store, plan_id)
    assert there(store, plan_id) == () and len(there(store, other_id)) == 1


def test_two_thousand_texts_take_a_few_statements(store, plan_id):
    """Not one a text: counted, since a clock tells how busy the machine is."""
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        found = put(store, plan_id, [f"{number}: " + "Vi trenger buss. " * 20 for number in range(2000)])
        with store.write() as session:
            kept.change(session, plan_id, Comment(found[999].id, "Lest", is_read=True))
            session.commit()
        assert len(there(store, plan_id)) == 2000
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert len(asked) < 40, asked[:50]
