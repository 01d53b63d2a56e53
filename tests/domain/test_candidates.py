"""From what people edit to what is computed with."""

import pytest

from planner.domain.candidate_documents import from_document, to_document
from planner.domain.candidate_initiatives import money, to_initiative
from planner.domain.candidates import Candidate, Effect, Partner, Reach, Staff
from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.problem_needs import Need
from planner.domain.typed import Refused

YEARS = (2027, 2028, 2029, 2030)
NEEDS = (
    Need("s06/unge", 3.4, "s06", "unge", "sosialt_miljo"),
    Need("s06/voksne", 2.0, "s06", "voksne", "sosialt_miljo"),
    Need("s12/unge", 1.0, "s12", "unge", "sosialt_miljo"),
    Need("s15/unge", 1.0, "s15", "unge", "arbeid"),
)
FULL = Candidate(
    code="T20",
    title="Frivilligsentral med daglig leder",
    theme="moteplass",
    factor="sosialt_miljo",
    level="kommune",
    responsible="Kultur og frivillighet",
    partners=(Partner("Frivillige lag", "bekreftet"),),
    deadline="1. juni året før",
    idea="Frøya",
    targets=("unge",),
    reach=(Reach("voksne", 50),),
    effects=(Effect("s06", 30, "verksted"), Effect("s12", 15)),
    chance=90,
    chance_source="verksted",
    delay=1,
    earliest=2027,
    latest=2029,
    costs=Costs(
        one_time=Cost(150, "egen"),
        yearly=Cost(800, "avtale"),
        grants=(Grant(name="Staten", status="tilsagn", yearly_share=60, last_year=2030, source="avtale"),),
        price_year=2026,
    ),
    staff_start=Staff(2),
    requires_any=("T30", "T31"),
    excludes=("T21",),
)


def refusals(**changes: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        Candidate(**{"code": "T01", "title": "Tiltak", "theme": "bolig", **changes})  # type: ignore[arg-type]
    return [(finding.code, finding.where) for finding in refused.value.findings]


def test_effect_times_reach_on_each_shown_need() -> None:
    initiative = to_initiative(FULL, YEARS, NEEDS)
    assert dict(initiative.effects) == {"s06/unge": 0.30, "s06/voksne": 0.15, "s12/unge": 0.15}
    assert initiative.chance == 0.9
    assert initiative.theme == "sosialt_miljo"
    assert (initiative.id, initiative.delay, initiative.earliest, initiative.latest) == ("T20", 1, 2027, 2029)


def test_own_share_of_a_grant_that_ends() -> None:
    # 60 % of 800 = 480 until 2030. It may start as late as 2029, so two years of grant are certain: 320, 320, then 800.
    initiative = to_initiative(FULL, YEARS, NEEDS)
    assert [initiative.use("operating", 2027, year) for year in YEARS] == [150 + 320, 320, 800, 800]
    assert [initiative.use("staff", 2027, year) for year in YEARS] == [2, 0, 0, 0]
    assert initiative.use("operating", 2027, 2031) == 800  # the first year after the plan is seen too


def test_the_account_and_the_initiative_agree_in_every_year() -> None:
    costs = Costs(
        one_time=Cost(5001),
        budget="investment",
        one_time_years=2,
        yearly=Cost(333),
        extra_operating=(10, 0, 70),
        grants=(
            Grant(name="A", status="tilsagn", one_time_share=33, yearly_share=10, years=2),
            Grant(name="B", status="søkt"),
        ),
        loan=Loan(share=80, interest=4.5, years=20),
    )
    candidate = Candidate(code="T24", title="Aktivitetspark", theme="moteplass", costs=costs)
    initiative, account = to_initiative(candidate, YEARS, ()), money(candidate, YEARS)
    for start in YEARS:
        for year in range(start, 2032):
            assert initiative.use("investment", start, year) == account.net_investment[year - start]
            assert initiative.use("operating", start, year) == account.net_operating[year - start]


def test_a_plain_cost_needs_no_profile() -> None:
    candidate = Candidate(code="T28", title="Pott", theme="moteplass", costs=Costs(one_time=Cost(40), yearly=Cost(400)))
    initiative = to_initiative(candidate, YEARS, ())
    assert (dict(initiative.start_cost), dict(initiative.yearly_cost)) == ({"operating": 40}, {"operating": 400})
    assert dict(initiative.profile) == {}


def test_a_running_initiative_keeps_its_year_and_sees_its_grant_end() -> None:
    grant = Grant(name="Fylket", status="tilsagn", yearly_share=50, years=3)
    candidate = Candidate(
        code="T30", title="Service", theme="b", started=2026, costs=Costs(yearly=Cost(800), grants=(grant,))
    )
    initiative = to_initiative(candidate, YEARS, ())
    assert initiative.started == 2026
    assert [initiative.use("operating", 2026, year) for year in YEARS] == [400, 400, 800, 800]


def test_no_factor_leaves_the_theme_to_the_rules() -> None:
    assert to_initiative(Candidate(code="X1", title="Noe", theme="eget"), YEARS, ()).theme == "eget"


def test_what_is_missing() -> None:
    assert Candidate(code="X1", title="Noe", theme="eget").lacks() == ("cost", "effect", "targets", "responsible")
    assert FULL.lacks() == ()
    asked = Candidate(code="X1", title="Noe", theme="eget", partners=(Partner("NAV"),), chance_source="eksempelbank")
    assert asked.lacks()[-2:] == ("partner", "example")


def test_impossible_candidates_are_refused_with_everything_at_once() -> None:
    assert refusals(code="", title="", theme="", level="verden", chance=101, delay=-1, earliest=27) == [
        ("candidate_text_missing", "code"),
        ("candidate_text_missing", "title"),
        ("candidate_text_missing", "theme"),
        ("candidate_unknown_choice", "level"),
        ("candidate_out_of_range", "chance"),
        ("candidate_out_of_range", "delay"),
        ("candidate_out_of_range", "earliest"),
    ]
    assert refusals(code="=cmd()") == [("candidate_bad_code", "code")]
    assert refusals(title="x" * 201) == [("candidate_text_too_long", "title")]
    assert refusals(effects=(Effect("s06", 5), Effect("s06", 15))) == [("candidate_repeated", "effects")]
    assert refusals(requires_all=("T01",)) == [("candidate_links_itself", "requires_all")]
    assert refusals(requires_all=("T02",), excludes=("T02",)) == [("candidate_required_and_excluded", "excludes")]
    assert refusals(requires_any=("T02", "T03"), excludes=("T02", "T03")) == [
        ("candidate_required_and_excluded", "excludes")
    ]
    assert Candidate(code="T01", title="a", theme="b", requires_any=("T02", "T03"), excludes=("T02",)).code == "T01"


@pytest.mark.parametrize("percent", [-1, 95.5, 100])
def test_an_effect_outside_0_to_95_is_refused(percent: float) -> None:
    with pytest.raises(Refused) as refused:
        Effect("s06", percent)
    assert [finding.code for finding in refused.value.findings] == ["candidate_out_of_range"]


def test_a_document_reads_back_equal() -> None:
    loan = Costs(
        one_time=Cost(9000), budget="investment", one_time_years=2, extra_investment=(5, 6), loan=Loan(interest=3.9)
    )
    for candidate in (FULL, Candidate(code="T24", title="Park", theme="m", costs=loan, staff_yearly=Staff(1))):
        assert from_document(to_document(candidate)) == (candidate, ())


def test_a_form_of_texts_reads_like_a_document() -> None:
    candidate, findings = from_document(
        {
            "code": " T20 ",
            "title": "Frivilligsentral",
            "theme": "moteplass",
            "targets": ["unge", "voksne"],
            "reach": [{"segment": "unge", "percent": ""}, {"segment": "voksne", "percent": "0 %"}],
            "effects": [{"statement": "s06", "percent": "12,5 %"}, {"statement": "", "percent": ""}],
            "chance": {"percent": "75 %", "source": "verksted"},
            "delay": "1",
            "earliest": "",
            "staff_start": {"value": "0,5"},
            "costs": {
                "one_time": {"value": "1\u00a0234,5 kr", "source": "avtale"},
                "yearly": {"value": "320"},
                "extra_operating": "0; 300; 600",
                "grants": [
                    {"name": "", "yearly_share": ""},
                    {"name": "Bufdir", "status": "tilsagn", "yearly_share": "20 %"},
                ],
                "loan": {"share": "", "interest": "4,5", "years": "20"},
            },
            "requires_any": "T30, T31",
            "csrf_token": "ignored",
        }
    )
    assert candidate is not None
    assert [(f.code, f.severity, f.where) for f in findings] == [("candidate_rounded", "info", "costs.one_time.value")]
    assert candidate.costs.one_time == Cost(1235, "avtale")
    assert candidate.costs.extra_operating == (0, 300, 600)
    assert candidate.costs.loan is None
    assert [grant.name for grant in candidate.costs.grants] == ["Bufdir"]
    assert candidate.effects == (Effect("s06", 12.5),)
    assert (candidate.reaches("unge"), candidate.reaches("voksne")) == (100, 0)
    assert float(candidate.staff_start.value) == 0.5
    assert candidate.requires_any == ("T30", "T31")


def test_every_wrong_field_is_named_by_its_path() -> None:
    candidate, findings = from_document(
        {
            "code": "T20",
            "title": "",
            "theme": "moteplass",
            "level": "rike",
            "effects": [
                {"statement": "s06", "percent": "mye"},
                {"statement": "s12"},
                {"statement": "s15", "percent": "99"},
            ],
            "costs": {
                "one_time": {"value": "-5"},
                "yearly": {"value": "dyrt", "source": "rykte"},
                "grants": [{}, {"name": "Bufdir", "yearly_share": "120"}],
            },
            "staff_start": {"value": "-1"},
            "latest": "2028,5",
        }
    )
    assert candidate is None
    assert {(finding.code, finding.where) for finding in findings} == {
        ("candidate_text_missing", "title"),
        ("candidate_unknown_choice", "level"),
        ("candidate_not_a_number", "effects.0.percent"),
        ("effect_without_size", "effects.1.percent"),
        ("candidate_out_of_range", "effects.2.percent"),
        ("candidate_negative", "costs.one_time.value"),
        ("candidate_not_a_number", "costs.yearly.value"),
        ("candidate_unknown_choice", "costs.yearly.source"),
        ("candidate_out_of_range", "costs.grants.1.yearly_share"),
        ("candidate_out_of_range", "staff_start.value"),
        ("candidate_not_whole", "latest"),
    }


@pytest.mark.parametrize(
    "document", [{}, {"costs": "text"}, {"effects": "text"}, {"effects": [1, None]}, {"chance": 3}, {"targets": 5}]
)
def test_a_strange_document_is_findings_not_a_crash(document: dict[str, object]) -> None:
    candidate, findings = from_document(document)
    assert candidate is None
    assert ("candidate_text_missing", "code") in {(finding.code, finding.where) for finding in findings}
