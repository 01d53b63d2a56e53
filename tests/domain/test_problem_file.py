"""Every fault of a problem file is found and pointed at; what means the same has the same fingerprint."""

import copy
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from planner.domain.problem_file import canonical, parse, problem_sha256, read_problem
from planner.wording import texts

FILE: dict[str, Any] = {
    **{"format": "malrett-problem/1", "title": "Plan 2027–2028", "years": [2027, 2028]},
    "needs": [
        {"id": "s06/unge", "points": 3.41, "statement": "s06", "segment": "unge", "factor": "sosialt_miljo"},
        {"id": "s/1~2", "points": 2, "segment": "voksne"},
    ],
    "resources": [
        {"id": "operating", "unit": "1000 kr", "limit": [1500, None], "total_limit": None},
        {"id": "staff", "unit": "månedsverk", "limit": [12, 12.5]},
    ],
    "initiatives": [
        {
            **{"id": "T20", "title": "Frivilligsentral", "theme": "moteplass", "delay": 1, "chance": 0.9},
            **{"start_cost": {"operating": 150, "staff": 2}, "effects": {"s06/unge": 0.3, "s/1~2": 0.1}},
            **{"profile": {"operating": [0, 300]}, "earliest": 2027, "latest": 2028},
        },
        {"id": "T21", "title": "", "theme": "bolig", "effects": {}, "yearly_cost": {"operating": 0.1}},
        {"id": "T22", "title": "", "theme": "bolig", "effects": {}, "started": 2020},
    ],
    "rules": [
        {"kind": "requires_any", "initiative": "T20", "of": ["T21", "T22"]},
        {"kind": "at_least", "count": 1, "theme": "bolig"},
        {"kind": "need_floor", "segment": "unge", "share": 0.1},
    ],
}

Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> dict[str, Any]:
    data = copy.deepcopy(FILE)
    change(data)
    return data


def rule(**facts: Any) -> Change:
    return lambda d: d["rules"].append(facts)


INVALID: list[tuple[str, str, Change]] = [
    ("problem_unknown_key", "/colour", lambda d: d.update(colour="red")),
    ("problem_unknown_key", "/needs/0/weight", lambda d: d["needs"][0].update(weight=1)),
    ("problem_missing_key", "", lambda d: d.pop("title")),
    ("problem_missing_key", "/resources/1", lambda d: d["resources"][1].pop("unit")),
    ("problem_wrong_format", "/format", lambda d: d.update(format="malrett-problem/2")),
    ("problem_duplicate_id", "/needs/2/id", lambda d: d["needs"].append({"id": "s06/unge", "points": 1})),
    ("problem_duplicate_id", "/initiatives/1/id", lambda d: d["initiatives"][1].update(id="T20")),
    (
        "problem_undeclared_resource",
        "/initiatives/0/start_cost/x",
        lambda d: d["initiatives"][0]["start_cost"].update(x=1),
    ),
    ("problem_undeclared_resource", "/initiatives/0/profile/x", lambda d: d["initiatives"][0]["profile"].update(x=[1])),
    (
        "problem_unknown_id",
        "/initiatives/0/effects/a~1b~0c",
        lambda d: d["initiatives"][0]["effects"].update({"a/b~c": 1}),
    ),
    ("problem_unknown_id", "/rules/3/of/1", rule(kind="together", of=["T20", "T99"])),
    ("problem_unknown_id", "/rules/3/initiative", rule(kind="must", initiative="T99")),
    ("problem_unknown_id", "/rules/3/of/0", rule(kind="need_floor", of=["T20"], share=0.1)),
    ("problem_empty_of", "/rules/3/of", rule(kind="excludes", of=[])),
    ("problem_repeated", "/rules/3/of/0", rule(kind="excludes", of=["T20", "T20"])),
    ("problem_repeated", "/rules/3/themes/0", rule(kind="follows", initiative="T20", themes=["a", "a"])),
    ("problem_selectors", "/rules/3", rule(kind="at_most", count=1, theme="bolig", of=["T20"])),
    ("problem_selectors", "/rules/3", rule(kind="at_least", count=1)),
    ("problem_selectors", "/rules/3", rule(kind="need_floor", share=0.1, segment="unge", factor="bolig")),
    ("problem_unknown_kind", "/rules/3/kind", rule(kind="limits", initiative="T20")),
    ("problem_unknown_key", "/rules/3/year", rule(kind="must_not", initiative="T20", year=2027)),
    (
        "problem_must_and_must_not",
        "/rules/4",
        lambda d: d["rules"].extend([{"kind": "must", "initiative": "T20"}, {"kind": "must_not", "initiative": "T20"}]),
    ),
    ("problem_not_finite", "/needs/0/points", lambda d: d["needs"][0].update(points=float("nan"))),
    ("problem_not_finite", "/gap", lambda d: d.update(gap=float("inf"))),
    (
        "problem_negative",
        "/initiatives/0/start_cost/staff",
        lambda d: d["initiatives"][0]["start_cost"].update(staff=-1),
    ),
    ("problem_negative", "/initiatives/0/delay", lambda d: d["initiatives"][0].update(delay=-1)),
    ("problem_outside_0_1", "/initiatives/0/chance", lambda d: d["initiatives"][0].update(chance=1.01)),
    ("problem_outside_0_1", "/reserve", lambda d: d.update(reserve=2)),
    ("problem_outside_0_1", "/rules/2/share", lambda d: d["rules"][2].update(share=1.5)),
    ("problem_limit_length", "/resources/0/limit", lambda d: d["resources"][0].update(limit=[1])),
    ("problem_years", "/years", lambda d: d.update(years=[])),
    ("problem_years", "/years", lambda d: d.update(years=[2028, 2027])),
    ("problem_too_small", "/effect_years", lambda d: d.update(effect_years=0)),
    ("problem_unknown_closure", "/closure", lambda d: d.update(closure="sum")),
    ("problem_started_inside", "/initiatives/2/started", lambda d: d["initiatives"][2].update(started=2027)),
    ("problem_wrong_type", "/needs", lambda d: d.update(needs={})),
    ("problem_wrong_type", "/needs/0", lambda d: d["needs"].__setitem__(0, "s06")),
    ("problem_wrong_type", "/needs/0/points", lambda d: d["needs"][0].update(points="3")),
    ("problem_wrong_type", "/needs/0/points", lambda d: d["needs"][0].update(points=True)),
    ("problem_wrong_type", "/needs/0/segment", lambda d: d["needs"][0].update(segment=None)),
    ("problem_wrong_type", "/needs/0/id", lambda d: d["needs"][0].update(id="")),
    ("problem_wrong_type", "/title", lambda d: d.update(title="\ud800")),
    ("problem_wrong_type", "/effect_years", lambda d: d.update(effect_years=2.5)),
    ("problem_wrong_type", "/initiatives/0/earliest", lambda d: d["initiatives"][0].update(earliest=None)),
    ("problem_wrong_type", "/rules/0/initiative", lambda d: d["rules"][0].update(initiative=["T20"])),
    ("problem_wrong_type", "/rules/3", lambda d: d["rules"].append("must T20")),
    (
        "problem_weights_sum",
        "/weights/nominal",
        lambda d: d.update(weights={"by": "segment", "nominal": {"unge": 0.5, "voksne": 0.4}}),
    ),
    (
        "problem_weights_missing",
        "/weights/nominal",
        lambda d: d.update(weights={"by": "segment", "nominal": {"unge": 1}}),
    ),
]


@pytest.mark.parametrize(("code", "where", "change"), INVALID)
def test_a_fault_is_found_and_pointed_at(code: str, where: str, change: Change) -> None:
    assert parse(FILE).problem is not None
    reading = parse(changed(change))
    assert reading.problem is None
    assert (code, where, "error") in {(f.code, f.where, f.severity) for f in reading.findings}
    assert all(finding.code in texts() for finding in reading.findings)


WARNINGS: list[tuple[str, Change]] = [
    ("problem_effect_zero", lambda d: d["initiatives"][0]["effects"].update({"s06/unge": 0})),
    ("problem_limit_zero", lambda d: d["resources"][0].update(limit=[0, 1])),
    ("problem_total_limit_zero", lambda d: d["resources"][0].update(total_limit=0)),
    ("problem_cannot_start", lambda d: d["initiatives"][0].update(earliest=2028, latest=2027)),
    ("problem_cannot_start", lambda d: d["initiatives"][0].update(earliest=2040, latest=2041)),
    ("problem_cycle", rule(kind="requires_all", initiative="T21", of=["T20"])),
    ("problem_theme_empty", rule(kind="follows", initiative="T20", themes=["natur"])),
    ("problem_group_empty", rule(kind="need_floor", segment="eldre", share=0.1)),
]


@pytest.mark.parametrize(("code", "change"), WARNINGS)
def test_what_is_probably_not_meant_is_a_warning_and_solved_all_the_same(code: str, change: Change) -> None:
    assert parse(FILE).findings == ()
    reading = parse(changed(change))
    assert reading.problem is not None
    assert {(finding.code, finding.severity) for finding in reading.findings} == {(code, "warning")}
    assert code in texts()


def test_everything_wrong_is_said_at_once() -> None:
    data = changed(lambda d: d.update(years=[], gap=-1, colour=1))
    data["needs"][0]["points"] = -1
    assert {f.where for f in parse(data).findings} >= {"/years", "/gap", "/colour", "/needs/0/points"}


def test_a_key_given_twice_is_found_in_the_text_of_the_file() -> None:
    text = json.dumps(FILE).replace('"delay": 1', '"delay": 1, "delay": 2')
    (finding,) = read_problem(text).findings
    assert (finding.code, finding.where) == ("problem_duplicate_key", "/initiatives/0/delay")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "problem_not_json"),
        (b'{"format": ', "problem_not_json"),
        (b"\xff\xfe{}", "problem_not_utf8"),
        (b"[" * 100_000, "problem_too_deep"),
        (b'{"gap": ' + b"9" * 5000 + b"}", "problem_too_deep"),
        (b'"malrett-problem/1"', "problem_wrong_type"),
        (b'{"format": "malrett-problem/1", "gap": NaN}', "problem_not_finite"),
        (b'{"format": "malrett-problem/1", "gap": 1e999}', "problem_not_finite"),
    ],
)
def test_what_is_hardly_a_file_at_all(content: bytes, code: str) -> None:
    reading = read_problem(content)
    assert reading.problem is None and code in {finding.code for finding in reading.findings}


def fingerprint(data: dict[str, Any]) -> str:
    problem = read_problem(json.dumps(data)).problem
    assert problem is not None
    return problem_sha256(problem)


SAME: list[Change] = [
    lambda d: d.update(gap=0, reserve=0.0, closure="product", effect_years=2),
    lambda d: d["initiatives"].reverse(),
    lambda d: d["needs"].reverse(),
    lambda d: d["resources"].reverse(),
    lambda d: d["rules"].reverse(),
    lambda d: d["rules"][0]["of"].reverse(),
    lambda d: d["initiatives"][0].pop("earliest"),
    lambda d: d["initiatives"][1].update(delay=0, chance=1.0, start_cost={}, profile={}, latest=2028),
    lambda d: d["resources"][0].pop("total_limit"),
    lambda d: d["resources"][0].update(limit=[1500.0, None]),
]
OTHER: list[Change] = [
    lambda d: d.update(gap=0.001),
    lambda d: d.update(years=[2028, 2029]) or d["initiatives"][0].update(earliest=2028, latest=2029),
    lambda d: d.update(effect_years=4),
    lambda d: d["initiatives"][1].update(yearly_cost={"operating": 0.1, "staff": 0}),
    lambda d: d["rules"].append(d["rules"][0]),
    lambda d: d["resources"][1].update(limit=[12.5, 12]),
]


@pytest.mark.parametrize("change", SAME)
def test_what_means_the_same_has_the_same_fingerprint(change: Change) -> None:
    assert fingerprint(changed(change)) == fingerprint(FILE)


@pytest.mark.parametrize("change", OTHER)
def test_what_means_something_else_has_another(change: Change) -> None:
    assert fingerprint(changed(change)) != fingerprint(FILE)


def test_the_canonical_form_reads_back_as_itself() -> None:
    problem = parse(FILE).problem
    assert problem is not None
    again = parse(canonical(problem)).problem
    assert again is not None and canonical(again) == canonical(problem)
    assert list(canonical(problem)["initiatives"][0]) == [
        "id",
        "title",
        "theme",
        "start_cost",
        "profile",
        "delay",
        "chance",
        "effects",
    ]


def test_the_fingerprint_is_over_the_form_written_out_by_hand() -> None:
    """Stored plans carry it: a change here breaks every one of them."""
    by_hand = (
        '{"format":"malrett-problem/1","initiatives":['
        '{"chance":0.9,"delay":1,"effects":{"s/1~2":0.1,"s06/unge":0.3},"id":"T20","profile":{"operating":[0,300]},'
        '"start_cost":{"operating":150,"staff":2},"theme":"moteplass","title":"Frivilligsentral"},'
        '{"effects":{},"id":"T21","theme":"bolig","title":"","yearly_cost":{"operating":0.1}},'
        '{"effects":{},"id":"T22","started":2020,"theme":"bolig","title":""}],'
        '"needs":[{"id":"s/1~2","points":2,"segment":"voksne"},'
        '{"factor":"sosialt_miljo","id":"s06/unge","points":3.41,"segment":"unge","statement":"s06"}],'
        '"resources":[{"id":"operating","limit":[1500,null],"unit":"1000 kr"},'
        '{"id":"staff","limit":[12,12.5],"unit":"månedsverk"}],'
        '"rules":[{"count":1,"kind":"at_least","theme":"bolig"},'
        '{"initiative":"T20","kind":"requires_any","of":["T21","T22"]},'
        '{"kind":"need_floor","segment":"unge","share":0.1}],'
        '"title":"Plan 2027–2028","years":[2027,2028]}'
    )
    assert fingerprint(FILE) == sha256(by_hand.encode()).hexdigest()


def test_rules_are_ordered_by_their_own_bytes() -> None:
    problem = parse(FILE).problem
    assert problem is not None
    kinds = [rule["kind"] for rule in canonical(problem)["rules"]]
    # RFC 8785 sorts keys, so «count» comes before «initiative» and that before «kind».
    assert kinds == ["at_least", "requires_any", "need_floor"]


@pytest.mark.parametrize("number", [2**53 - 1, 2**53, 2**53 + 1, 2**70, 1e300])
def test_a_whole_number_larger_than_a_float_holds_has_a_fingerprint(number: float) -> None:
    def grow(data: dict[str, Any]) -> None:
        data["effect_years"] = data["resources"][0]["limit"][0] = data["resources"][1]["total_limit"] = number

    problem = parse(changed(grow)).problem
    assert problem is not None
    again = read_problem(json.dumps(canonical(problem))).problem
    assert again is not None and problem_sha256(again) == problem_sha256(problem)


@pytest.mark.parametrize("where", ["/effect_years", "/initiatives/0/delay", "/rules/0/count"])
def test_a_whole_number_that_no_float_holds_is_refused(where: str) -> None:
    def grow(data: dict[str, Any]) -> None:
        data["rules"] = [{"kind": "at_least", "count": 10**400, "theme": "bolig"}]
        data["effect_years"] = data["initiatives"][0]["delay"] = 10**400

    found = parse(changed(grow)).findings
    assert ("problem_not_finite", where) in {(finding.code, finding.where) for finding in found}


def test_points_that_have_no_sum_are_refused() -> None:
    def grow(data: dict[str, Any]) -> None:
        for need in data["needs"]:
            need["points"] = 1e308

    assert [(one.code, one.where) for one in parse(changed(grow)).findings] == [("problem_not_finite", "/needs")]
