"""A workshop when the room is crowded and the network bad: everything said is kept once, and nobody's work is lost.

On both engines. With `-m slow` fifty posts at once come from each of a hundred people, else from three.
"""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from planner.app import create_app
from planner.services.join import OF_ONE
from planner.services.workshop_live import FORGOTTEN_SECONDS, Live, Snapshot
from planner.store import workshop_log, workshop_seats
from planner.store.workshop_tables import WorkshopScoreRow
from tests.conftest import make_config
from tests.workshop_case import CODES, STATEMENTS, Phone, Room, put_initiatives, typed

CELLS = tuple(itertools.product(CODES, STATEMENTS))


@pytest.fixture
def room(empty_url: str, tmp_path: Path) -> Iterator[Room]:
    """People coming in, in an application on each engine."""
    app = create_app(make_config(tmp_path / "data", database_url=empty_url))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    room = Room(app, client, app.extensions["planner"].database, made.headers["Location"].split("/")[2])
    put_initiatives(room.database, room.plan_id)
    assert room.set_up(size="250").status_code == 303
    yield room
    app.extensions["planner"].close()


def at_once(*things: Callable[[], object]) -> list[object]:
    """All of them in the same moment, each in a thread of its own; what they came to, in their order."""
    gate, answers = threading.Barrier(len(things)), list[object]([None] * len(things))

    def do(at: int) -> None:
        gate.wait()
        try:
            answers[at] = things[at]()
        except Exception as error:
            answers[at] = error

    threads = [threading.Thread(target=do, args=(at,)) for at in range(len(things))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def post(client: FlaskClient, url: str, form: Mapping[str, object]) -> TestResponse:
    return client.post(url, data=form)


def statuses(answers: list[object]) -> list[int]:
    """0 for what ended with an error."""
    return [answer.status_code if isinstance(answer, TestResponse) else 0 for answer in answers]


def copy_of(phone: Phone, room: Room) -> FlaskClient:
    """The same phone once more: its cookie, and a connection of its own."""
    token = phone.client.get_cookie("malrett_seat", path=phone.url)
    assert token is not None
    client = room.app.test_client()
    client.set_cookie("malrett_seat", token.value, path=phone.url)
    return client


def rows(room: Room) -> list[WorkshopScoreRow]:
    with room.database.read() as session:
        return list(session.exec(select(WorkshopScoreRow)))


# --- Once, however often it comes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_fifty_identical_posts_at_once_leave_one_row(room: Room, people: int) -> None:
    """Guard: ON CONFLICT in `workshop_scores._put_later`. With «is it there? else insert» in its place PostgreSQL
    answers with errors; on SQLite so it does when `Database.write` neither begins IMMEDIATE nor waits for its lock."""
    room.act("gather", "open")
    phones = room.phones(people)
    for phone in phones:
        form = {"initiative": "T1", "statement": "s01", "answer": "2", "sequence": 1, "round": 1}
        copies = [copy_of(phone, room) for _ in range(50)]
        answers = at_once(*(partial(post, one, f"{phone.url}/score", form) for one in copies))
        told = [answer.get_json() for answer in answers if isinstance(answer, TestResponse)]
        stands = {"outcome": "stands", "answer": "2", "sequence": 1, "state": "open", "round": 1}
        assert told == [stands] * 50, answers
    assert [(row.score, row.sequence) for row in rows(room)] == [(2, 1)] * len(phones)


def test_changes_at_once_end_with_the_last_one(room: Room) -> None:
    """Guard: the sequence compared in `workshop_scores._put_later`; without it whichever came last to the database
    stands. And the update in one statement: two phones' pages at once must not answer with an error."""
    room.act("gather", "open")
    (phone,) = room.phones(1)
    for statement in STATEMENTS:
        sent: list[dict[str, object]] = [
            {"initiative": "T1", "statement": statement, "answer": sequence % 4, "sequence": sequence, "round": 1}
            for sequence in range(1, 21)
        ]
        random.Random(statement).shuffle(sent)
        posts = [partial(post, copy_of(phone, room), f"{phone.url}/score", form) for form in sent]
        assert statuses(at_once(*posts)) == [200] * 20
    assert [(row.score, row.sequence) for row in rows(room)] == [(20 % 4, 20)] * len(STATEMENTS)


class Lossy:
    """A phone behind a bad network: 15 % of its requests never arrive, or arrive late; 15 % of answers are lost.

    It does what `static/phone.js` does: a queue with the latest of each cell, sent until an answer has come.
    """

    LOST = 0.15

    def __init__(self, phone: Phone, chance: random.Random) -> None:
        self.phone, self.chance = phone, chance
        self.late: list[tuple[tuple[str, str], str, int]] = []
        self.meant: dict[tuple[str, str], tuple[str, int]] = {}
        self.sent = 0

    def tap(self, cell: tuple[str, str], answer: str) -> None:
        self.meant[cell] = answer, self.meant.get(cell, ("", 0))[1] + 1
        while not self.arrives(cell, *self.meant[cell]):
            pass

    def arrives(self, cell: tuple[str, str], answer: str, sequence: int) -> bool:
        """Whether the phone has heard that it stands."""
        self.sent += 1
        if self.late and self.chance.random() < 0.3:
            self.post(*self.late.pop(self.chance.randrange(len(self.late))))
        if self.chance.random() < self.LOST:
            if self.chance.random() < 0.5:  # held up on its way, and not lost after all
                self.late.append((cell, answer, sequence))
            return False
        self.post(cell, answer, sequence)
        return self.chance.random() >= self.LOST

    def post(self, cell: tuple[str, str], answer: str, sequence: int) -> None:
        assert self.phone.score(*cell, answer, sequence).status_code == 200


def test_through_a_bad_network_each_answer_is_there_exactly_once(room: Room) -> None:
    """Guards: the sequence in `_put_later` (without it what was held up overtakes what came after), the phone's own
    names (`workshop_keys.voter_of`; with one drawn for each post there are more rows than answers)."""
    room.act("gather", "open")
    chance = random.Random(20_261_126)
    phones = [Lossy(phone, chance) for phone in room.phones(6)]
    for _ in range(12):
        for phone in phones:
            phone.tap(chance.choice(CELLS), chance.choice("0123x"))
    for phone in phones:
        for held_up in phone.late:
            phone.post(*held_up)
    meant = Counter(
        (cell, None if answer == "x" else int(answer), sequence)
        for phone in phones
        for cell, (answer, sequence) in phone.meant.items()
    )
    assert Counter(((row.initiative, row.statement), row.score, row.sequence) for row in rows(room)) == meant
    assert sum(phone.sent for phone in phones) > 6 * 12 * 1.2  # it was a bad network


# --- Two who lead -----------------------------------------------------------------------------------------------------


def test_of_two_who_save_at_once_one_is_told_and_keeps_the_text(room: Room) -> None:
    """Guard: the version in `workshop.edit`, read under the row's lock (`to_change`). Without the comparison both are
    told that theirs is saved; without the lock PostgreSQL answers one of them with an error."""
    leaders = [room.app.test_client() for _ in range(2)]
    for leader in leaders:
        cookie = room.client.get_cookie("malrett")
        assert cookie is not None
        leader.set_cookie("malrett", cookie.value)
    for round_ in range(4):
        version = room.now.version
        titles = [f"Kveld {round_} {name}" for name in ("Anne", "Berit")]
        forms = [{**typed(title=title, size="250"), "version": version} for title in titles]
        answers = at_once(
            *(partial(post, one, f"{room.url}/edit", form) for one, form in zip(leaders, forms, strict=True))
        )
        assert sorted(statuses(answers)) == [303, 409], answers
        second = statuses(answers).index(409)
        told = answers[second]
        html = told.get_data(as_text=True) if isinstance(told, TestResponse) else ""
        assert f'value="{titles[second]}"' in html and "Noen andre har endret verkstedet" in html
        assert room.now.settings.title == titles[1 - second] and room.now.version == version + 1
    with room.database.read() as session:
        numbers = [one.number for one in workshop_log.entries(session, room.now.id)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) == 1 + 4


# --- Everybody at the door --------------------------------------------------------------------------------------------


def test_two_hundred_come_in_from_one_address_while_somebody_guesses(room: Room) -> None:
    """Guards: only wrong codes are counted in `services.join.find` (counted before looking up, the thirty-first is
    refused), and seats are dealt under the workshop's lock (`to_enter`), or one more than there is room for gets in."""
    room.act("gather")
    code, link = room.now.code, room.now.link
    guesser = room.app.test_client()
    guesses: list[int] = []

    def come_in(some: range) -> list[tuple[int, int]]:
        seen = []
        for _ in some:
            phone = room.app.test_client()
            found = phone.post("/join", data={"code": code}).status_code
            seen.append((found, phone.post(f"/w/{link}/enter", data={"table": "Bord 1", "group": ""}).status_code))
        return seen

    def guess() -> None:
        guesses.extend(guesser.post("/join", data={"code": f"222222{n:03d}"}).status_code for n in range(OF_ONE + 10))

    answers = at_once(guess, *(lambda: come_in(range(25)) for _ in range(8)))
    assert guesses == [422] * OF_ONE + [429] * 10
    assert answers[1:] == [[(303, 303)] * 25] * 8
    with room.database.read() as session:
        assert workshop_seats.count(session, room.now.id) == 200


def test_the_last_seats_are_given_once(room: Room) -> None:
    """Guard: `to_enter` in `workshop_phone.enter`, which takes the workshop alone; read without it on PostgreSQL,
    everybody at the door sees the same free seat."""
    changed = room.client.post(f"{room.url}/edit", data={**typed(size="5"), "version": room.now.version})
    assert changed.status_code == 303
    room.act("gather")
    door = [room.app.test_client() for _ in range(12)]
    form = {"table": "Bord 1", "group": ""}
    answers = at_once(*(partial(post, one, f"/w/{room.now.link}/enter", form) for one in door))
    assert sorted(statuses(answers)) == [303] * 5 + [422] * 7, answers
    with room.database.read() as session:
        assert workshop_seats.count(session, room.now.id) == 5


def test_who_comes_in_while_another_looks_is_seen_by_the_next(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard: the lock in `Live.changed`. Without it what was read before the change counts as fresh for half a second,
    and a phone that has just come in is told that it has no seat."""
    live, link, look = Live(room.database, clock=lambda: 0.0), room.now.link, Live._look
    others: list[threading.Thread] = []

    def slowly(self: Live, link: str, before: Snapshot | None) -> Snapshot | None:
        found = look(self, link, before)
        if not others:
            room.act("gather")
            others.append(threading.Thread(target=live.changed, args=(link,)))
            others[0].start()
            others[0].join(0.2)
        return found

    monkeypatch.setattr(Live, "_look", slowly)
    before = live.snapshot(link)
    others[0].join()
    after = live.snapshot(link)
    assert before is not None and before.workshop.stage.state == "draft"
    assert after is not None and after.workshop.stage.state == "gathering"


def test_an_evening_that_is_over_leaves_memory(room: Room) -> None:
    clock = [0.0]
    live, link = Live(room.database, clock=lambda: clock[0]), room.now.link
    live.snapshot(link)
    live.note(link, "seat", 1, (), 9)
    clock[0] = FORGOTTEN_SECONDS - 1
    live.snapshot(link)  # somebody looks still
    clock[0] += 2
    Live._forget(live)
    assert live.phones() == 0 and set(live.progress(link)) == {"seat"}
    clock[0] += FORGOTTEN_SECONDS
    Live._forget(live)
    assert not live.progress(link) and live.snapshot(link) is not None
