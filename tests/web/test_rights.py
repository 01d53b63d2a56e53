"""Where people sign in: who gets what of every address, and what ends a way in."""

import csv
import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from planner.app import create_app
from planner.config import Config
from planner.services import join, passwords, plans, signin
from planner.services.signin import SIGNIN_IDLE, WRONG_MOST
from planner.store import people
from planner.store.database import Database, Unavailable
from planner.store.upkeep_tables import WrongTryRow
from planner.web import rights
from tests.conftest import make_config
from tests.in_files import holding
from tests.people_case import PASSWORD, entered, plan_of, town

_ROWS = Path(__file__).with_name("access_matrix.csv").read_text(encoding="utf-8").splitlines()
MATRIX = {row["endpoint"]: row for row in csv.DictReader(_ROWS)}
"""What each person gets of each address: «in», «sign in», «403» or «404»."""
PEOPLE = ("nobody", "viewer", "facilitator", "director", "stranger")


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Any:
    return make_config(tmp_path, database_url=database_url, access="server")


def test_every_address_is_in_the_matrix(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(MATRIX) == set(rights.LEAST)


def test_everybody_gets_what_the_matrix_says(app: Flask, database: Database) -> None:
    here, there = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    clients = {
        "nobody": app.test_client(),
        "viewer": here.invited("leser@x.no", "viewer"),
        "facilitator": here.invited("prosess@x.no", "facilitator"),
        "director": here.director,
        "stranger": there.director,
    }
    wrong = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("signin.sign_out", "account.sign_out_everywhere", "account.password"):
            continue  # they end the way in that is tried here; below
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            plan_id = plan_of(here.director)
            path = re.sub(r"<[^>]+>", "x1", re.sub(r"<int[:(][^>]+>", "1", rule.rule.replace("<plan_id>", plan_id)))
            for who in PEOPLE:
                got = _got(clients[who].open(path, method=method))
                wanted = MATRIX[rule.endpoint][who]
                if got != wanted and not (wanted == "in" and got == "404"):  # no such file, workshop, decision
                    wrong.append((rule.endpoint, method, who, got, wanted))
    assert wrong == []


def _got(answer: Any) -> str:
    if answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in"):
        return "sign in"
    return str(answer.status_code) if answer.status_code in (403, 404) else "in"


def test_another_municipalitys_plan_and_no_plan_are_the_same_page(app: Flask, database: Database) -> None:
    here, there = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    plan_id = plan_of(here.director)
    not_yours, not_there = (
        there.director.get(f"/plans/{one}/survey").get_data(as_text=True) for one in (plan_id, "0" * 16)
    )
    assert re.sub(r"[0-9a-f]{16}|content=\"[^\"]*\"|X-CSRFToken[^}]*", "", not_yours) == re.sub(
        r"[0-9a-f]{16}|content=\"[^\"]*\"|X-CSRFToken[^}]*", "", not_there
    )
    assert "Prøvevik" not in there.director.get("/").get_data(as_text=True)


def test_a_role_taken_away_is_gone_at_the_next_click(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    other = here.invited("to@x.no", "director")
    page = here.director.get("/people").get_data(as_text=True)
    ids = re.findall(r"/people/([0-9a-f]{16})/remove", page)
    assert len(ids) == 1
    assert other.get("/people").status_code == 200
    late = here.director.post(f"/people/{ids[0]}/role", data={"role": "viewer", "was": "facilitator"})
    assert late.status_code == 409 and "har endret rollen i mellomtiden" in late.get_data(as_text=True)
    assert other.get("/people").status_code == 200
    assert here.director.post(f"/people/{ids[0]}/role", data={"role": "viewer", "was": "director"}).status_code == 303
    assert other.get("/people").headers["Location"].startswith("/sign-in")
    _sign_in(other, "to@x.no")
    assert other.get("/people").status_code == 403
    assert other.post("/plans", data={"name": "a", "municipality": "b"}).status_code == 403
    assert here.director.post(f"/people/{ids[0]}/remove", data={"was": "director"}).status_code == 409
    assert here.director.post(f"/people/{ids[0]}/remove", data={"was": "viewer"}).status_code == 303
    assert other.get("/").headers["Location"].startswith("/sign-in")
    assert _sign_in(other, "to@x.no") == 422


def test_extra_fields_give_nobody_a_role(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    reader = here.invited("leser@x.no", "viewer")
    extra = {"name": "Kari", "language": "nn", "role": "director", "municipality": "x", "owner": "x", "account_id": "x"}
    assert reader.post("/account", data=extra).status_code == 303
    assert reader.get("/people").status_code == 403


def test_who_is_let_go_is_in_no_file(superuser_url: str, app: Flask, config: Config, database: Database) -> None:
    """Guard: `scrub` in `people.let_go` and `people.withdraw`."""
    here = town(app, database, "Prøvevik", "leder@x.no")
    here.director.post("/people/invite", data={"email": "aldri.kommet@x.no", "role": "viewer"})
    here.invited("borte.for.godt@x.no", "viewer")
    there = [holding(config.data_folder, superuser_url, mark) for mark in (b"aldri.kommet@", b"borte.for.godt@")]
    (account_id,) = re.findall(r"/people/([0-9a-f]{16})/remove", here.director.get("/people").get_data(as_text=True))
    here.director.post("/people/withdraw", data={"email": "aldri.kommet@x.no", "kind": "place"})
    assert here.director.post(f"/people/{account_id}/remove", data={"was": "viewer"}).status_code == 303
    left = [holding(config.data_folder, superuser_url, mark) for mark in (b"aldri.kommet@", b"borte.for.godt@")]
    assert all(there) and left == [[], []]


def test_the_last_who_leads_stays(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    with database.read() as session:
        account = people.by_email(session, "leder@x.no")
    assert account is not None
    for path, data in (("role", {"role": "viewer", "was": "director"}), ("remove", {"was": "director"})):
        said = here.director.post(f"/people/{account.id}/{path}", data=data)
        assert said.status_code == 422 and "minst én" in said.get_data(as_text=True)
    assert here.director.get("/people").status_code == 200


def test_an_old_cookie_opens_nothing_after_signing_out_or_a_new_password(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    old = here.director.get_cookie("malrett_signin")
    assert old is not None
    new = "gul katt over taket"
    wrong = here.director.post("/account/password", data={"old": "feil passord her", "password": new, "again": new})
    assert wrong.status_code == 422
    done = here.director.post("/account/password", data={"old": PASSWORD, "password": new, "again": new})
    assert done.status_code == 303
    assert here.director.get("/people").status_code == 200
    thief = app.test_client()
    thief.set_cookie("malrett_signin", old.value)
    assert thief.get("/people").headers["Location"].startswith("/sign-in")
    now = here.director.get_cookie("malrett_signin")
    assert now is not None and now.value != old.value
    assert here.director.post("/sign-out").status_code == 303
    thief.set_cookie("malrett_signin", now.value)
    assert thief.get("/people").headers["Location"].startswith("/sign-in")


def test_a_new_password_changes_nothing_else_of_an_account_and_makes_none(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `people.put_password`. Its hash takes a while, in which a name is changed, and somebody is let go."""
    here, hashed, new = town(app, database, "Prøvevik", "leder@x.no"), passwords.hashed, "gul katt over taket"
    visitor, gone = here.invited("leser@x.no", "viewer"), "leser@x.no"

    def meanwhile(password: str) -> str:
        with database.write() as session:
            led, other = people.by_email(session, "leder@x.no"), people.by_email(session, gone)
            assert led is not None and other is not None
            people.put_account(session, replace(led, name="Kari Ny"), plans.now())
            people.remove_account(session, other.id)
            session.commit()
        monkeypatch.setattr(passwords, "hashed", hashed)
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", meanwhile)
    assert visitor.post("/account/password", data={"old": PASSWORD, "password": new, "again": new}).status_code == 422
    with database.read() as session:
        assert people.by_email(session, gone) is None
    gone = "annen@x.no"
    here.invited(gone, "viewer")
    monkeypatch.setattr(passwords, "hashed", meanwhile)
    done = here.director.post("/account/password", data={"old": PASSWORD, "password": new, "again": new})
    assert done.status_code == 303 and "Kari Ny" in here.director.get("/account").get_data(as_text=True)


def test_signing_in_gives_a_new_cookie_and_ends_the_one_that_was_there(app: Flask, database: Database) -> None:
    """Guard: `signin.forget` in `access.let_in`. Neither a cookie that was planted nor one's own of before opens it."""
    here = town(app, database, "Prøvevik", "leder@x.no")
    planted = "a-secret-that-somebody-else-knows"
    victim = app.test_client()
    victim.set_cookie("malrett_signin", planted)
    held = [planted]
    for email in ("leder@x.no", "leder@x.no", "leser@x.no"):
        if email == "leser@x.no":
            here.invited(email, "viewer")
        assert _sign_in(victim, email) == 303
        cookie = victim.get_cookie("malrett_signin")
        assert cookie is not None
        held.append(cookie.value)
    page = here.director.post("/people/invite", data={"email": "ny@x.no", "role": "viewer"}).get_data(as_text=True)
    assert victim.post("/sign-out").status_code == 303
    assert _sign_in(victim, "leder@x.no") == 303
    held.append(getattr(victim.get_cookie("malrett_signin"), "value", ""))
    entered(app, "/invitation/" + page.split("/invitation/")[1].split('"')[0])
    assert len(set(held)) == len(held)
    opened = []
    for one in held:
        thief = app.test_client()
        thief.set_cookie("malrett_signin", one)
        opened.append(thief.get("/account").status_code == 200)
    assert opened == [False] * (len(held) - 1) + [True]


def test_another_role_is_another_signing_in_also_with_more_rights(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    other = here.invited("to@x.no", "viewer")
    (account_id,) = re.findall(r"/people/([0-9a-f]{16})/remove", here.director.get("/people").get_data(as_text=True))
    assert (
        here.director.post(f"/people/{account_id}/role", data={"role": "director", "was": "viewer"}).status_code == 303
    )
    assert other.get("/people").headers["Location"].startswith("/sign-in")
    assert _sign_in(other, "to@x.no") == 303 and other.get("/people").status_code == 200


def test_a_new_password_by_a_link_ends_whatever_was_signed_in(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    browser = here.invited("to@x.no", "viewer")
    (account_id,) = re.findall(r"/people/([0-9a-f]{16})/password", here.director.get("/people").get_data(as_text=True))
    page = here.director.post(f"/people/{account_id}/password").get_data(as_text=True)
    assert browser.get("/account").status_code == 200
    entered(app, "/invitation/" + page.split("/invitation/")[1].split('"')[0])
    assert browser.get("/account").headers["Location"].startswith("/sign-in")


def test_no_page_tells_whether_an_address_has_an_account(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its words, and not by its time: one password is reckoned with for a stranger's address as for one's own.

    Guards: `passwords._nobodys`, and `invitation.page`, which shows everybody the same.
    """
    here, _ = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    tried: list[str] = []
    hasher = passwords._HASHER

    class Counted:
        def verify(self, kept: str, password: str) -> bool:
            tried.append(kept)
            return hasher.verify(kept, password)

        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

    monkeypatch.setattr(passwords, "_HASHER", Counted())
    known, unknown = "annenvik@x.no", "ukjentvik@x.no"

    def same(pages: list[str]) -> bool:
        once = (
            r"/invitation/[\w-]+|[0-9a-f]{16,}|x-csrftoken[^}]*|content=\"[^\"]*\"|name=\"csrf_token\" value=\"[^\"]*\""
        )
        left = [re.sub(once, "", page.lower()) for page in pages]
        return left[0].replace(known, unknown) == left[1]

    said, counts = [], []
    for email in (known, unknown):
        before = len(tried)
        data = {"email": email, "password": "feil passord her"}
        said.append(app.test_client().post("/sign-in", data=data).get_data(as_text=True))
        counts.append(len(tried) - before)
    assert counts == [1, 1] and same(said)
    made, opened = [], []
    for email in (known, unknown):
        made.append(
            here.director.post("/people/invite", data={"email": email, "role": "viewer"}).get_data(as_text=True)
        )
        link = "/invitation/" + made[-1].split("/invitation/")[1].split('"')[0]
        opened.append(app.test_client().get(link).get_data(as_text=True))
        here.director.post("/people/withdraw", data={"email": email, "kind": "place"})
    assert same(made) and same(opened) and "Har du allerede en konto her?" in opened[0]


def test_it_ends_by_itself(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    then = plans.now() + SIGNIN_IDLE - timedelta(minutes=1)
    monkeypatch.setattr(signin, "now", lambda: then)
    assert here.director.get("/people").status_code == 200
    monkeypatch.setattr(signin, "now", lambda: then + SIGNIN_IDLE)
    assert here.director.get("/people").headers["Location"].startswith("/sign-in")


def test_wrong_passwords_are_counted_and_whoever_is_in_stays(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    guesser = app.test_client()
    said = {_sign_in(guesser, "leder@x.no", "feil passord her") for _ in range(WRONG_MOST)}
    assert said == {422}
    last = guesser.post("/sign-in", data={"email": "leder@x.no", "password": PASSWORD})
    assert last.status_code == 422 and "Vent i 15 minutter" in last.get_data(as_text=True)
    assert here.director.get("/people").status_code == 200
    assert _sign_in(guesser, "en.annen@x.no") == 422


def test_however_many_guess_at_once_ten_are_tried(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: each is counted before it is tried, and on PostgreSQL one after the other (`wrong_tries.hold`)."""
    town(app, database, "Prøvevik", "leder@x.no")
    tried, ended, gate, guesses = list[str](), list[str](), threading.Condition(), 2 * WRONG_MOST

    def slowly(_kept: str, password: str) -> bool:
        """Until all the others have got as far, or were refused."""
        with gate:
            tried.append(password)
            gate.notify_all()
            gate.wait_for(lambda: len(tried) + len(ended) >= guesses)
        return False

    def guess(number: int) -> None:
        with app.test_request_context():
            signin.check(database, "key", "leder@x.no", str(number), "10.0.0.1")
        with gate:
            ended.append(str(number))
            gate.notify_all()

    monkeypatch.setattr(signin.passwords, "matches", slowly)
    threads = [threading.Thread(target=guess, args=(number,)) for number in range(guesses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tried) == WRONG_MOST and len(ended) == guesses


def test_a_right_password_leaves_nothing_counted(app: Flask, database: Database) -> None:
    """Guard: what was counted beforehand is taken off. A town hall is one address, and signs in all day."""
    town(app, database, "Prøvevik", "leder@x.no")
    assert _sign_in(app.test_client(), "leder@x.no", "feil passord her") == 422
    assert _sign_in(app.test_client(), "leder@x.no", PASSWORD) == 303
    with database.read() as session:
        (left,) = session.exec(select(WrongTryRow)).all()  # of the address, for the wrong one
    assert _sign_in(app.test_client(), "leder@x.no", PASSWORD) == 303
    with database.read() as session:
        assert [one.id for one in session.exec(select(WrongTryRow)).all()] == [left.id]


def test_wrong_passwords_are_counted_by_where_they_come_from_too(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each of many accounts; and one subscriber has 64 bits of IPv6 to ask from."""
    town(app, database, "Prøvevik", "leder@x.no")
    monkeypatch.setattr(signin, "WRONG_MOST_OF_ADDRESS", 4)

    def said(email: str, address: str, password: str) -> Any:
        form = {"email": email, "password": password}
        return app.test_client().post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address})

    for guess in range(4):
        wrong = said(f"en.{guess}@x.no", f"2001:db8::{guess + 1:x}", "feil passord her")
        assert wrong.status_code == 422 and "Vent i" not in wrong.get_data(as_text=True)
    held = said("leder@x.no", "2001:db8::ffff", PASSWORD)
    assert held.status_code == 422 and "Vent i 15 minutter" in held.get_data(as_text=True)
    assert said("leder@x.no", "2001:db8:0:1::1", PASSWORD).status_code == 303


def test_two_processes_count_wrong_tries_together_and_right_ones_write_nothing(
    app: Flask, config: Config, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: wrong tries are counted in the database (`store/wrong_tries.py`). Thirty phones of a school all get in."""
    town(app, database, "Prøvevik", "leder@x.no")
    monkeypatch.setattr(join.workshop_phone, "link_of", lambda _, typed: "the-link" if typed == "ABC-DEF-GHJ" else None)
    other = create_app(config)
    other.config["WTF_CSRF_ENABLED"] = False

    def codes(typed: str, times: int) -> list[int]:
        asked = (one.test_client().post("/join", data={"code": typed}) for one in (app, other) * (times // 2))
        return [answer.status_code for answer in asked]

    try:
        assert codes("ABC-DEF-GHJ", 30) == [303] * 30
        with database.read() as session:
            assert not session.exec(select(WrongTryRow)).all()
        assert codes("AAA-AAA-AAA", join.OF_ONE + 2) == [422] * join.OF_ONE + [429] * 2
        assert codes("ABC-DEF-GHJ", 30) == [303] * 30
        said = [_sign_in(one.test_client(), "leder@x.no", "feil") for one in (app, other) * (WRONG_MOST // 2)]
        held = other.test_client().post("/sign-in", data={"email": "leder@x.no", "password": PASSWORD})
    finally:
        other.extensions["planner"].close()
    assert said == [422] * WRONG_MOST and "Vent i 15 minutter" in held.get_data(as_text=True)


def test_a_link_is_used_once_and_takes_over_no_account(app: Flask, database: Database) -> None:
    here, there = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    page = here.director.post("/people/invite", data={"email": "Annenvik@x.no", "role": "viewer"})
    path = "/invitation/" + page.get_data(as_text=True).split("/invitation/")[1].split('"')[0]
    typed = {"name": "Tyv", "password": PASSWORD + "x", "again": PASSWORD + "x"}
    taken = app.test_client().post(path, data=typed)
    assert taken.status_code == 200 and "Du har allerede en konto" in taken.get_data(as_text=True)
    assert there.director.post(path).status_code == 303
    assert "Prøvevik" in there.director.get("/account").get_data(as_text=True)
    assert there.director.post(path).status_code == 404
    # With places in two municipalities, neither may give a new password.
    ids = re.findall(r"/people/([0-9a-f]{16})/password", here.director.get("/people").get_data(as_text=True))
    said = here.director.post(f"/people/{ids[0]}/password")
    assert said.status_code == 422 and "/invitation/" not in said.get_data(as_text=True)


def test_of_two_links_to_one_address_used_in_the_same_moment_the_second_signs_in(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    pages = [one.director.post("/people/invite", data={"email": "ny@x.no", "role": "viewer"}) for one in (here, there)]
    first, second = (
        "/invitation/" + one.get_data(as_text=True).split("/invitation/")[1].split('"')[0] for one in pages
    )
    entered(app, first)
    monkeypatch.setattr(people, "by_email", lambda *_: None)  # what the second saw before the first was stored
    typed = {"name": "Kari", "password": PASSWORD, "again": PASSWORD}
    said = app.test_client().post(second, data=typed)
    assert said.status_code == 200 and "Du har allerede en konto" in said.get_data(as_text=True)
    monkeypatch.undo()
    assert "Annenvik" not in _signed_in(app, "ny@x.no").get("/account").get_data(as_text=True)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kort", "kort", "for kort"),
        ("x" * 201, "x" * 201, "for langt"),
        ("passord123456", "passord123456", "lett å gjette"),
        ("nykommer nykommer", "nykommer nykommer", "lett å gjette"),
        ("blå hest under bordet", "blå hest under benken", "ikke like"),
    ],
)
def test_passwords_that_are_not_taken(app: Flask, database: Database, password: str, again: str, said: str) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    page = here.director.post("/people/invite", data={"email": "nykommer@x.no", "role": "viewer"})
    path = "/invitation/" + page.get_data(as_text=True).split("/invitation/")[1].split('"')[0]
    answer = app.test_client().post(path, data={"name": "Kari", "password": password, "again": again})
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)
    assert entered(app, path).get("/").status_code == 200


def test_two_who_lead_do_not_overwrite_each_other(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    first = {"name": "Prøvevik kommune", "language": "nb", "version": "1"}
    assert here.director.post("/people/municipality", data=first).status_code == 303
    second = here.director.post("/people/municipality", data=first | {"name": "Prøvevik herad"})
    assert second.status_code == 409 and "En annen har endret" in second.get_data(as_text=True)


def test_the_language_of_an_account_then_of_its_municipality(app: Flask, database: Database) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    said = {"name": "Prøvevik", "language": "nn", "version": "1"}
    assert here.director.post("/people/municipality", data=said).status_code == 303
    english = {"Accept-Language": "en"}
    assert here.director.get("/account", headers=english).headers["Content-Language"] == "nn"
    here.director.get("/language/nb")
    assert here.director.get("/account", headers=english).headers["Content-Language"] == "nb"
    assert here.director.post("/account", data={"name": "Kari", "language": "en"}).status_code == 303
    assert here.director.get("/account").headers["Content-Language"] == "en"


def test_a_page_that_the_database_is_away_from_is_no_crash(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")

    def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(signin, "who", away)
    said = here.director.get("/")
    assert said.status_code == 503 and "Kan ikke lagre akkurat nå" in said.get_data(as_text=True)


def test_where_nobody_signs_in_there_is_no_such_page(tmp_path: Path) -> None:
    app = create_app(make_config(tmp_path / "local", access="local"))
    client = app.test_client()
    assert {client.get(path).status_code for path in ("/sign-in", "/people", "/account", "/invitation/x")} == {404}
    app.extensions["planner"].close()


def _signed_in(app: Flask, email: str) -> Any:
    client = app.test_client()
    assert _sign_in(client, email) == 303
    return client


def _sign_in(client: Any, email: str, password: str = PASSWORD) -> int:
    return int(client.post("/sign-in", data={"email": email, "password": password}).status_code)
