"""The public annex stands alone: every answer readable without script, its data whole, nobody's text alive in it."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from planner.cli import main
from planner.domain.problem_file import canonical, problem_sha256, read_problem
from planner.domain.solver import solve
from planner.files import annex as file
from tests.annex_case import held_in, make, parsed, text, told, written
from tests.html_contract import check_html
from tests.report_case import BASIS, make_report, problem, result, with_text

HOSTILE = (
    "</script><script>document.title=1</script><!--<script>",
    ']]><style>"><img src=x onerror=alert(1)>\u2028\ufeffa\x00\x85b',
)


def test_nothing_in_it_asks_the_network_and_its_policy_names_its_own_style_and_script() -> None:
    content = written(found=told()).decode()
    elements = parsed(content.encode())
    policy = next(one.get("content") for one in elements if one.get("http-equiv") == "Content-Security-Policy")
    own = {"style": "style", "script": "script"}
    for tag, directive in own.items():
        inside = [one.text for one in elements if one.tag == tag and not one.get("type")]
        assert len(inside) == 1
        found = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{directive}-src 'sha256-{found}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    for one in elements:
        assert not {"src", "srcset", "action", "style"} & set(one.attrib), one.attrib
        assert one.get("href", "#").startswith("#") and one.tag not in ("link", "img", "iframe", "form", "object")
    assert content.count("url(") == content.count("url(data:font/woff2;base64,") == 1 and "@import" not in content
    check_html(content, alone=True)


def test_what_it_holds_is_the_problem_and_the_result() -> None:
    content = written(found=told())
    kept = json.dumps(held_in(content, "problem"))
    read = read_problem(kept).problem
    assert read is not None and problem_sha256(read) == problem_sha256(problem())
    assert held_in(content, "result") == result(problem())
    assert problem_sha256(problem()) in text(content)


def test_what_is_saved_with_its_answer_is_found_equal_by_the_program(tmp_path: Path) -> None:
    """As the script puts the two together."""
    answer = solve(problem(), gap=0).as_json()
    content = file.write(make(), canonical(problem()), json.loads(json.dumps(answer)))
    parts = {one: json.dumps(held_in(content, one)) for one in ("problem", "result")}
    saved = tmp_path / "plan.json"
    saved.write_text(
        f'{{"format":"malrett-decision/1","problem":{parts["problem"]},"result":{parts["result"]}}}', encoding="utf-8"
    )
    assert main(["verify", str(saved)]) == 0
    assert '{"format":"malrett-decision/1","problem":${text("problem")},' in content.decode()


def test_a_resident_meets_the_needs_the_plan_and_its_bound() -> None:
    read = text(written(found=told()))
    for said in (
        "Kommunen har vurdert 4 tiltak. 2 er med i planen for 2027–2030. I snitt over 4 år lukker planen 14,0 av 100",
        "200 svar er brukt",
        "Starter i 2027: 1 tiltak Boligveileder",
        "I 2029 lukker planen 16,0 av 100 behovspoeng.",
        "Ingen plan kan lukke mer enn 14,0 av 100 behovspoeng",
        "Kommunen har bestemt på forhånd at det ikke skal med.",
    ):
        assert said in read, said


def test_every_choice_turned_round_can_be_read_without_script() -> None:
    """Chosen or not, and the ones people decided about too: each with what a solver says of the opposite."""
    read, found = text(written(found=told())), {one["initiative"]: one for one in told()["why"]}
    assert set(found) == {"A", "B", "C", "D"}
    assert found["A"]["loss"] == pytest.approx(14 - found["A"]["value_otherwise"])
    for title, code in (("Uten «Boligveileder»", "A"), ("Uten «Møteplass på torget»", "B"), ("Med «Jobbmesse»", "D")):
        place = read.index(title)
        closes = f"{found[code]['value_otherwise']:.1f}".replace(".", ",")
        assert f"Planen lukker da {closes} av 100 behovspoeng, mot 14,0" in read[place : place + 300]
    assert "ikke ferdig utregnet" not in read


def test_the_plan_that_holds_it_says_what_comes_what_moves_and_what_goes() -> None:
    one = next(each for each in told()["why"] if each["initiative"] == "C")
    turned = {**one, "value_otherwise": 13.0, "loss": 1.0, "otherwise": {"A": 2028, "C": 2027}}
    others = [each for each in told()["why"] if each["initiative"] != "C"]
    held = next(h for h in make(found={**told(), "why": [*others, turned]}).held if h.title == "Ungdomsklubb")
    moves = {heading: [(move.title, move.mark) for move in some] for heading, some in held.inside.years}
    assert moves == {"2027": [("Ungdomsklubb", "kommer inn")], "2028": [("Boligveileder", "flyttet fra 2027")]}
    assert held.inside.gone == ("Møteplass på torget",) and held.news is held.inside and not held.outside.years


def test_what_is_not_worked_out_yet_is_said_and_not_guessed() -> None:
    none = text(written())
    assert "var svarene for 4 av 4 tiltak ikke ferdig utregnet" in none and "Alle svarene" not in none
    some = {**told(), "why": [one for one in told()["why"] if one["initiative"] in ("A", "B")], "comes_in": []}
    read = text(written(found=some))
    assert "var svarene for 2 av 4 tiltak ikke ferdig utregnet" in read and "Uten «Boligveileder»" in read
    # A reason is whole when what would bring it in is known too; D was decided by people, and needs no more.
    assert "svaret for 1 av 4" in text(written(found={**told(), "comes_in": []}))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nobodys_text_is_alive_in_it(hostile: str) -> None:
    content = written(with_text(hostile), found=told())
    elements, plain = parsed(content), parsed(written(found=told()))
    for tag in ("script", "style", "img"):
        assert sum(one.tag == tag for one in elements) == sum(one.tag == tag for one in plain)
    assert held_in(content, "problem")["initiatives"][0]["title"] == hostile
    check_html(content.decode(), alone=True)  # it has no attribute that begins with «on» either
    assert "{{ 7*7 }}" in text(written(with_text("{{ 7*7 }}")))


@pytest.mark.parametrize(("language", "says"), [("nn", "Kva manglar folk?"), ("en", "What do people lack?")])
def test_it_speaks_the_language_of_the_paper(language: str, says: str) -> None:
    content = written(language=language, found=told())
    assert f'<html lang="{language}">' in content.decode() and says in text(content)
    assert "behovspoeng" not in text(content) or language == "nn"


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert written(found=told()) == written(found=json.loads(json.dumps(told())))


def test_a_sample_says_so() -> None:
    assert "Svarene er laget av et program" in text(written(replace(BASIS, is_sample=True)))


def test_a_plan_proven_only_within_a_gap_shows_the_gap() -> None:
    from flask import Flask
    from flask_babel import Babel

    from planner.wording.annex import _bound

    app = Flask("annex")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        said = " ".join(_bound(make_report(bound=14.01, gap=0.0007)))
    assert "mer enn 14,010 av 100" in said and "lukker 14,000" in said and "bevist" not in said


def test_sixty_initiatives_stay_below_two_megabytes() -> None:
    """Each of sixty with an answer that is a plan of thirty, and a problem of 30 × 3 needs."""
    many = {f"T{n:02}": 2027 + n % 4 for n in range(60)}
    from planner.wording.annex_answers import Held, Move, Reply

    made = make(found=told())
    years = tuple(
        (str(year), tuple(Move("Et tiltak med et navn av vanlig lengde", "flyttet fra 2027") for _ in range(8)))
        for year in sorted(set(many.values()))
    )
    said = ("Uten det lukker den beste planen 1,2 behovspoeng mindre. " * 3, "Planen lukker da 10,4 av 100. " * 2)
    held = tuple(Held(f"Tiltak {one}", n < 30, Reply(said, years), Reply(said)) for n, one in enumerate(many))
    needs = [{"id": f"s{j:02}/g{k}", "points": 1.1111111111} for j in range(30) for k in range(3)]
    effects = {one["id"]: 0.123456789 for one in needs}
    big = {"needs": needs, "initiatives": [{"id": one, "title": "x" * 60, "effects": effects} for one in many]}
    assert len(file.write(replace(made, held=held), big, {})) < 2_000_000


def test_the_words_of_a_link_have_no_address() -> None:
    content = written(with_text("http://evil.example/x"), found=told()).decode()
    assert not re.search(r'(href|src)="http', content)
