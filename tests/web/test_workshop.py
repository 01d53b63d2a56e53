"""A workshop from page to database and into the plan, as the one who leads it and as those in the room."""

import logging
import re
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.services.join import OF_ONE
from planner.services.workshop_raters import raters
from planner.store import initiatives, workshop_log, workshop_scores, workshop_seats
from planner.store.database import Database
from planner.web import cards
from tests.workshop_case import CODES, STATEMENTS, Phone, Room, put_initiatives, typed


@pytest.fixture
def room(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Room:
    """A workshop as a draft."""
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    assert room.set_up().status_code == 303
    return room


def test_the_step_is_voluntary(client: FlaskClient, database: Database, plan_id: str) -> None:
    put_initiatives(database, plan_id)
    html = client.get(f"/plans/{plan_id}/initiatives").get_data(as_text=True)
    assert "Gå videre til Prioritering" in html and "vurder tiltakene sammen" in html
    page = client.get(f"/plans/{plan_id}/workshop").get_data(as_text=True)
    assert "Sett opp et verksted" in page


def test_the_form_is_filled_in_and_says_what_it_takes(client: FlaskClient, database: Database, plan_id: str) -> None:
    put_initiatives(database, plan_id)
    html = client.get(f"/plans/{plan_id}/workshop/new").get_data(as_text=True)
    assert len(re.findall(r'name="item" value="T\d" checked', html)) == 3
    assert len(re.findall(r'name="statement-T1" value="\w+" checked', html)) == 3
    # Three initiatives by everybody: 3 · (25 + 3 · 10) s.
    assert "Hver telefon får alle 3 tiltak, om lag 3 minutter i hver runde." in html


def test_the_form_is_saved_from_its_top_and_folds_what_few_change(room: Room) -> None:
    html = room.client.get(f"/plans/{room.plan_id}/workshop/new").get_data(as_text=True)
    top, form = html.split('<form class="stack" id="workshop-form"')
    assert re.search(r'<button[^>]* form="workshop-form">Lagre slik det er', top) and "Lagre verkstedet" in form
    fold = r'<details class="ds-details"( open)?>\s*<summary>Skala: fire trinn'
    assert re.findall(fold, html) == [""]
    # What is wrong inside is seen at once.
    assert re.findall(fold, room.set_up(**{"map-2": "høy"}).get_data(as_text=True)) == [" open"]


def test_what_it_takes_follows_the_form(client: FlaskClient, database: Database, plan_id: str) -> None:
    put_initiatives(database, plan_id)
    url = f"/plans/{plan_id}/workshop/takes"
    two = client.post(url, data=typed(title="", item=["T1", "T2"], wanted="6", size="12"))
    # Two initiatives by six of twelve: one on each phone, 25 + 3 · 10 s.
    assert "Hver telefon får 1 av 2 tiltak, om lag ett minutt i hver runde." in two.get_data(as_text=True)
    # Blank: as many as there is time for, of what is chosen.
    blank = client.post(url, data=typed(item=["T1", "T2"], wanted="", size="12")).get_data(as_text=True)
    assert "alle 2 tiltak" in blank and "vurderes av 12." in blank
    assert "runde" not in client.post(url, data=typed(size="mange")).get_data(as_text=True)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stands(room: Room) -> None:
    wrong = room.set_up(title="", size="mange", wanted="3", item=[], **{"map-2": "høy"})
    html = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    for said in (
        "Verkstedet har ikke noe navn",
        "Skriv et helt tall fra 5 til 400",
        "Ingen tiltak er valgt",
        "fra 0 til 95",
    ):
        assert said in html, said
    assert 'value="mange"' in html and 'value="høy"' in html


def test_an_evening(room: Room) -> None:
    room.act("gather")
    assert re.search(r"<strong>[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}</strong>", room.html())
    young, old = room.phones(5, "unge"), room.phones(6)
    assert "Vent til den som leder" in young[0].html()
    room.act("open")
    for phone in young:
        phone.score_all("3")
    for phone in old:
        phone.score_all("1")
    assert "11 av 11 ferdige" in room.html()
    assert "Hva rommet mener" not in room.html()
    room.act("close")
    assert young[0].score("T1", "s01", "0", 2).status_code == 409
    room.act("reveal")
    html = room.html()
    # Six of «noen få» and five of «mange»: the median is 5 per cent, the young say 30, and there are two camps.
    assert "To leirer: 6 sier noen få, 5 sier mange." in html.split("result-1")[0]  # told before any table
    assert "5\u00a0%" in html and "uenige" in html and "(andre 5\u00a0%)" in html and "30\u00a0%" in html
    form = {"take/T1/s01": "target", "take/T1/s02": "everyone", "take/T2/s01": "own", "own/T2/s01": "12,5"}
    form["take/T3/s01"] = "segment"
    refused = room.client.post(f"{room.url}/adopt", data={**form, "version": room.now.version})
    assert refused.status_code == 422 and "trenger en begrunnelse" in refused.get_data(as_text=True)
    assert 'value="12,5"' in refused.get_data(as_text=True)
    form["why/T2/s01"] = "Erfaring fra Hol"
    assert room.client.post(f"{room.url}/adopt", data={**form, "version": room.now.version}).status_code == 303
    assert "4 anslag er tatt i bruk" in (html := room.html()) and "I planen: 5\u00a0%, unge 30\u00a0%" in html
    with room.database.read() as session:
        effects = {
            one.code: [(e.percent, e.source) for e in one.effects]
            for one in initiatives.candidates(session, room.plan_id)
        }
    assert effects["T1"] == [(30, "verksted"), (5, "verksted"), (10, "egen")]
    assert effects["T2"][0] == (12.5, "verksted") and effects["T3"] == [
        (5, "verksted"), (30, "verksted"), (10, "egen"), (10, "egen"),
    ]  # fmt: skip
    room.act("open")
    for phone in (*young, *old):
        phone.score_all("2", round_=2)
    room.act("reveal", "end")
    assert "(før 5\u00a0%)" in room.html()
    assert "Verkstedet er avsluttet" in young[0].html()
    with room.database.read() as session:
        done = [(one.what, dict(one.details)) for one in workshop_log.entries(session, room.now.id)]
    assert [what for what, _ in done] == [
        "create", "gather", "open", "close", "reveal", "adopt", "open", "reveal", "end",
    ]  # fmt: skip
    assert done[4] == ("reveal", {"round": 1, "seats": 11, "shown": 9})


def test_who_goes_home_stands_by_it_and_who_comes_late_waits_for_two_more(room: Room) -> None:
    """The second picture is of those in the first, whoever left; a single new answer is not to be had from the two."""
    room.act("gather", "open")
    phones = room.phones(6)
    for phone in phones:
        assert "Det du svarte i forrige runde" not in phone.html()
        phone.score("T1", "s01", "1")
    room.act("reveal", "open")
    assert "Det du svarte i forrige runde, står til du svarer på nytt." in phones[0].html()
    assert not phones[0].checked("T1")
    late = room.phones(2)
    for phone in (*phones[1:], *late):
        phone.score("T1", "s01", "2", round_=2)
    room.act("reveal")
    assert "6 svar" in (html := room.html()) and "noen få: 1, en del: 5" in html and "2 nye svar venter" in html
    told = "De tas med når minst tre nye har svart"
    assert told in html and told in room.client.get(f"{room.url}/projector").get_data(as_text=True)
    with room.database.read() as session:
        rated = workshop_scores.rated(session, room.now.id, 2)["T1", "s01"]
    assert Counter((one.score, one.is_new) for one in rated) == {(1, False): 1, (2, False): 5, (2, True): 2}


def test_nothing_of_four_is_shown_or_adopted(room: Room) -> None:
    room.act("gather", "open")
    for phone in room.phones(4, "unge"):
        phone.score_all("3")
        phone.client.post(f"{phone.url}/comment", data={"round": 1, "initiative": "T1", "text": "Bra", "sequence": 1})
    room.act("reveal")
    html = room.html()
    assert html.count("Færre enn fem har vurdert dette.") == 9 and "30\u00a0%" not in html and "Bra" not in html
    taken = room.client.post(f"{room.url}/adopt", data={"take/T1/s01": "everyone", "version": room.now.version})
    assert taken.status_code == 422 and "ingen median å ta i bruk" in taken.get_data(as_text=True)


def test_who_comes_second_is_told_and_keeps_the_text(room: Room) -> None:
    version = room.now.version
    first = room.client.post(f"{room.url}/edit", data={**typed(title="Min"), "version": version})
    second = room.client.post(f"{room.url}/edit", data={**typed(title="Din"), "version": version})
    assert (first.status_code, second.status_code) == (303, 409)
    html = second.get_data(as_text=True)
    assert 'value="Din"' in html and "Noen andre har endret verkstedet" in html
    assert room.now.settings.title == "Min"
    late = room.client.post(f"{room.url}/act", data={"action": "gather", "version": version})
    assert late.status_code == 409 and room.now.stage.state == "draft"


def test_what_scores_mean_stands_still_once_people_score(room: Room) -> None:
    room.act("gather", "open")
    changed = room.client.post(f"{room.url}/edit", data={**typed(**{"map-3": "50"}), "version": room.now.version})
    assert changed.status_code == 422 and "for noen kan ha svart" in changed.get_data(as_text=True)
    more = room.client.post(f"{room.url}/edit", data={**typed(size="60", wanted="30"), "version": room.now.version})
    assert more.status_code == 303 and room.now.settings.size == 60


# --- Phones -----------------------------------------------------------------------------------------------------------


def test_a_code_leads_in_however_it_is_typed(room: Room) -> None:
    room.act("gather")
    code = room.now.code
    for text in (code, code.lower(), f" {code[:3]} {code[3:6]} {code[6:]} "):
        found = room.app.test_client().post("/join", data={"code": text})
        assert (found.status_code, found.headers["Location"]) == (303, f"/w/{room.now.link}")
    room.act("end")
    assert room.app.test_client().post("/join", data={"code": code}).status_code == 422


def test_two_hundred_from_one_address_get_in_and_wrong_codes_are_limited(room: Room) -> None:
    room.act("gather")
    client, code = room.app.test_client(), room.now.code
    wrong = [client.post("/join", data={"code": f"222-222-{n:03d}"}).status_code for n in range(OF_ONE + 2)]
    assert wrong == [422] * OF_ONE + [429] * 2
    assert {client.post("/join", data={"code": code}).status_code for _ in range(200)} == {303}


def test_a_phone_goes_on_where_it_was(room: Room) -> None:
    room.act("gather", "open")
    (phone,) = room.phones(1)
    seat = phone.client.get_cookie("malrett_seat", path=phone.url)
    assert seat is not None and seat.http_only and seat.same_site == "Lax" and len(seat.value) >= 22
    phone.score("T1", "s02", "x")
    phone.score("T1", "s01", "2")
    assert phone.checked("T1") == ["2", "x"]
    phone.enter(group="unge")  # the same phone, again
    assert phone.checked("T1") == ["2", "x"]
    with room.database.read() as session:
        assert workshop_seats.count(session, room.now.id) == 1


def test_a_score_is_kept_once_and_a_late_one_never_overtakes(room: Room) -> None:
    room.act("gather", "open")
    (phone,) = room.phones(1)
    for answer, sequence in (("3", 1), ("1", 2), ("3", 1), ("2", 2)):
        told = phone.score("T1", "s01", answer, sequence).get_json()
    assert told == {"outcome": "stands", "answer": "1", "sequence": 2, "state": "open", "round": 1}
    with room.database.read() as session:
        (only,) = workshop_scores.rated(session, room.now.id, 1)["T1", "s01"]
    assert only.score == 1


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"answer": "4"}, 422),
        ({"answer": "-1"}, 422),
        ({"answer": "00009"}, 422),
        ({"answer": ""}, 422),
        ({"statement": "s09"}, 422),
        ({"initiative": "T9"}, 422),
        ({"sequence": "0"}, 422),
        ({"sequence": "9" * 30}, 422),
        ({"round": "2"}, 409),
    ],
)
def test_what_is_no_answer_is_refused(room: Room, form: dict[str, str], status: int) -> None:
    room.act("gather", "open")
    (phone,) = room.phones(1)
    usual = {"round": "1", "initiative": "T1", "statement": "s01", "answer": "1", "sequence": "1"}
    assert phone.client.post(f"{phone.url}/score", data=usual | form).status_code == status
    with room.database.read() as session:
        assert not workshop_scores.rated(session, room.now.id, 1)


def test_without_a_seat_nothing_is_said(room: Room) -> None:
    room.act("gather", "open")
    stranger = Phone(room)
    assert stranger.score("T1", "s01", "1").status_code == 403
    assert stranger.client.get(f"{stranger.url}/news").status_code == 403
    assert stranger.client.get(f"{stranger.url}/now").status_code == 403
    assert "Hvem snakker du for?" in stranger.html()
    for path, method in (
        ("", "get"),
        ("/news", "get"),
        ("/now", "get"),
        ("/score", "post"),
        ("/enter", "post"),
        ("/card", "post"),
    ):
        assert getattr(stranger.client, method)(f"/w/elsewhere{path}").status_code == 404, path


def test_a_phone_without_scripts_sends_a_whole_card(room: Room) -> None:
    room.act("gather", "open")
    (phone,) = room.phones(1)
    form = {"round": "1", "initiative": "T2", "answer-s01": "3", "answer-s02": "x", "text": "Bra"}
    assert phone.client.post(f"{phone.url}/card", data=form).headers["Location"].endswith(("?card=T1", "?card=T3"))
    assert phone.checked("T2") == ["3", "x"] and ">Bra</textarea>" in phone.html("T2")
    phone.client.post(f"{phone.url}/card", data={**form, "answer-s01": "0", "text": ""})
    assert phone.checked("T2") == ["0", "x"] and 'value="Bra"' not in phone.html("T2")


def test_a_card_is_written_once_for_all_phones_and_holds_only_its_own_answers(room: Room) -> None:
    """The part that a phone fetches when a round is opened is the one in its page, with its own token and answers."""
    room.act("gather", "open")
    phones = room.phones(6)
    phones[0].score("T2", "s01", "3")
    before = cards._blank.cache_info()
    parts = [phone.client.get(f"{phone.url}/now").get_data(as_text=True) for phone in phones]
    after = cards._blank.cache_info()
    assert after.misses - before.misses <= 2 * len(CODES)  # the one that is shown first, and the others
    assert after.hits - before.hits >= 6 * len(CODES) - 1 - 2 * len(CODES)
    for phone, part in zip(phones, parts, strict=True):
        tokens = re.findall(r'name="csrf_token" value="([^"]+)"', part)
        assert len(tokens) == len(CODES) and "<token>" not in part and "<place>" not in part
        whole = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", phone.html())
        assert re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", part).strip() in whole
        assert [f"Kort {n} av 3" in part for n in (1, 2, 3)] == [True] * 3
    assert ['value="3" checked' in part for part in parts] == [True] + [False] * 5
    english = phones[1].client.get(f"{phones[1].url}/now", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "Card 1 of 3" in english and "Neste kort" not in english


def test_news_only_when_there_is_some(room: Room) -> None:
    room.act("gather")
    (phone,) = room.phones(1)
    seen = phone.client.get(f"{phone.url}/news").get_json()["sequence"]
    assert phone.client.get(f"{phone.url}/news?seen={seen}").status_code == 204
    room.act("open")
    told = phone.client.get(f"{phone.url}/news?seen={seen}")
    assert (told.status_code, told.get_json()["state"]) == (200, "open")
    board = f"{room.url}/board"
    version = re.search(r'seen=([^"]+)"', room.client.get(board).get_data(as_text=True))
    assert version is not None
    assert room.client.get(f"{board}?seen={version[1]}").status_code == 204
    phone.score_all("1")
    assert "1 av 1 ferdige" in room.client.get(f"{board}?seen={version[1]}").get_data(as_text=True)


def test_the_room_is_as_large_as_was_said_and_the_door_can_be_closed(room: Room) -> None:
    room.client.post(f"{room.url}/edit", data={**typed(size="5"), "version": room.now.version})
    room.act("gather")
    room.phones(5)
    form = {"table": "Bord 1", "group": ""}
    full = room.app.test_client().post(f"/w/{room.now.link}/enter", data=form)
    assert full.status_code == 422 and "fullt" in full.get_data(as_text=True)
    room.act("lock")
    closed = room.app.test_client().post(f"/w/{room.now.link}/enter", data=form)
    assert "Døren er lukket" in closed.get_data(as_text=True)
    elsewhere = room.app.test_client().post(f"/w/{room.now.link}/enter", data={"table": "Bord 9", "group": "katter"})
    assert elsewhere.status_code == 422


def test_only_a_table_and_a_group_that_the_form_offers_are_taken(room: Room) -> None:
    room.act("gather")
    door = room.app.test_client()
    offered = door.get(f"/w/{room.now.link}").get_data(as_text=True)
    for wrong, said in (
        ({"table": "Bord 9"}, "Velg hvilket bord du sitter ved."),
        ({"group": "katter"}, "Velg en av gruppene, eller ingen av dem."),
    ):
        refused = door.post(f"/w/{room.now.link}/enter", data={"table": "Bord 1", "group": "", **wrong})
        assert refused.status_code == 422 and said in refused.get_data(as_text=True) and said not in offered
    with room.database.read() as session:
        assert not workshop_seats.seats(session, room.now.id)


def test_where_there_are_no_tables_none_is_kept(room: Room) -> None:
    """Else whoever posts one writes what they like beside their seat."""
    room.client.post(f"{room.url}/edit", data={**typed(tables=""), "version": room.now.version})
    room.act("gather")
    room.phones(1, table="Kari Nordmann, ved vinduet")
    with room.database.read() as session:
        assert [seat.table for seat in workshop_seats.seats(session, room.now.id)] == [""]


def test_nobody_is_named_in_the_log_nor_kept_with_what_they_said(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    room.client.post(f"{room.url}/edit", data={**typed(named="yes"), "version": room.now.version})
    room.act("gather", "open")
    (phone,) = room.phones(1, name="Kari Nordmann")
    phone.client.post(f"{phone.url}/comment", data={"round": 1, "initiative": "T1", "text": "Hemmelig", "sequence": 1})
    token = phone.client.get_cookie("malrett_seat", path=phone.url)
    assert token is not None
    said = " ".join(record.getMessage() for record in caplog.records)
    for word in ("Kari", "Hemmelig", token.value, room.now.link, room.now.code):
        assert word not in said
    with room.database.read() as session:
        assert [seat.name for seat in workshop_seats.seats(session, room.now.id)] == ["Kari Nordmann"]
        assert not any("Kari" in str(one.details) for one in workshop_log.entries(session, room.now.id))


def test_a_removed_workshop_leaves_the_plan(room: Room) -> None:
    room.act("gather", "end")
    assert room.client.post(f"{room.url}/remove", data={"version": "1"}).status_code == 409  # it has gone on since
    assert room.client.post(f"{room.url}/remove", data={"version": room.now.version}).status_code == 303
    assert room.client.get(room.url).status_code == 404
    assert len(CODES) == len(STATEMENTS) == 3


def test_where_nobody_it_is_for_has_answered_it_is_said_beside_the_figure_and_the_choice(room: Room) -> None:
    room.act("gather", "open")
    for phone in room.phones(5, "voksne"):
        phone.score_all("1")
    room.act("reveal")
    html = room.html()
    assert html.count("ingen fra målgruppa</span>") == 9 and html.count("Ingen fra målgruppa har vurdert dette.") == 9
    assert html.count('value="target"') == html.count('value="segment"') == 0
    wall = room.client.get(f"{room.url}/projector").get_data(as_text=True)
    assert wall.count("ingen fra målgruppa</span>") == 9


# --- A rehearsal ------------------------------------------------------------------------------------------------------


def test_an_evening_can_be_tried_with_made_up_people(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    put_initiatives(database, plan_id)
    assert client.post(f"/plans/{plan_id}/workshop/rehearse").status_code == 303
    room = Room(app, client, database, plan_id)
    # A plan with a rehearsal alone has had no workshop, and a real one may be set up beside it.
    step = client.get(f"/plans/{plan_id}/workshop").get_data(as_text=True)
    assert "prøvd med tenkte deltakere" in step and "Sett opp et verksted" in step and "Prøver, med tenkte" in step
    room.act("gather")
    assert "<strong>30 inne</strong>" in room.html()
    (own,) = room.phones(1)  # the facilitator's own phone among them
    room.act("open")
    assert "30 av 31 ferdige" in room.html()
    for code in re.findall(r'data-card="(T\d)"', own.html()):
        for statement in STATEMENTS:
            assert own.score(code, statement, "1").status_code == 200
    assert "31 av 31 ferdige" in room.html()
    room.act("close", "reveal")
    assert "Den midterste halvdelen" in room.html() and "Ta anslagene i bruk" not in room.html()
    pages = [client.get(url) for url in (room.url, f"{room.url}/edit", f"{room.url}/projector")]
    for html in (*(page.get_data(as_text=True) for page in pages), own.html(), Phone(room).html()):
        assert "Deltakerne er tenkte" in html
    with database.read() as session:
        assert raters(session, plan_id) is None
    adopted = client.post(f"{room.url}/adopt", data={"take/T1/s01": "everyone", "version": room.now.version})
    assert adopted.status_code == 422 and "deltakerne er tenkte" in adopted.get_data(as_text=True)
    with database.read() as session:
        (effect, *_) = initiatives.candidates(session, plan_id)[0].effects
    assert effect.source == "egen"


def test_the_very_evening_that_is_set_up_can_be_tried(room: Room) -> None:
    assert "Øv på dette" in room.html()
    room.client.post(f"/plans/{room.plan_id}/workshop/rehearse", data={"of": 1})
    tried = Room(room.app, room.client, room.database, room.plan_id, number=2)
    assert tried.now.settings.items == room.now.settings.items and tried.now.settings.is_rehearsal
    assert "Øv på dette" not in tried.html()
    tried.act("gather", "open", "reveal", "end")
    assert room.now.stage.state == "draft" and not room.now.settings.is_rehearsal
    # The step is still about the one that is set up.
    assert "Verkstedet er klart" in room.client.get(f"/plans/{room.plan_id}/workshop").get_data(as_text=True)


def test_a_rehearsal_stays_one_when_it_is_changed(room: Room) -> None:
    room.client.post(f"/plans/{room.plan_id}/workshop/rehearse")
    other = Room(room.app, room.client, room.database, room.plan_id, number=2)
    changed = room.client.post(f"{other.url}/edit", data={**typed(), "version": other.now.version})
    assert changed.status_code == 303 and other.now.settings.is_rehearsal and not room.now.settings.is_rehearsal
