"""A plan whose every text is a canary: what would run, load or be reckoned if a page took it for anything but text.

Each field has a canary of its own, so that a test can tell which of them a page has shown.
"""

import io
from dataclasses import dataclass, field, replace

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import update

from planner.domain.basis import Basis
from planner.domain.candidates import Candidate, Effect, Partner
from planner.domain.costs import Cost, Costs, Grant
from planner.domain.decision import Change
from planner.domain.followup import STATUSES, Quarter, Report
from planner.domain.freed import Freed
from planner.domain.paper_texts import LINES, NAMES, PaperTexts
from planner.domain.problem_file import canonical, problem_sha256
from planner.domain.proposals import Against, Verdict
from planner.domain.segments import Segment
from planner.domain.statements import Statement
from planner.services import installation
from planner.store import decisions, followup, initiatives, proposals, scenarios, survey_comments
from planner.store import report as paper
from planner.store.database import Database
from planner.store.workshop_tables import WorkshopRow
from tests import decision_case, gap_survey, paper_case, people_case, report_case, workshop_case
from tests.services.test_report import KEPT_AT, keep
from tests.web.test_survey import SAMPLE

RECKONED = "1787569"
"""1337 × 1337: what a template or a workbook that reckoned with the canary would show."""
_RUNS = "<svg onload=canary(1)><img src=x onerror=canary(2)>"
_ENDS = (
    "</textarea></title></script><script>canary(3)</script><a href=javascript:canary(4) hx-get=/canary hx-trigger=load>"
)
_RECKONS = "{{1337*1337}}${1337*1337}<%=1337*1337%>#{1337*1337}{%print(1337*1337)%}"


@dataclass
class Canaries:
    """Gives each field its own, and remembers which there are."""

    tags: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, longest: int = 1000) -> str:
        """The longest that fits. A quarter of them begin as a formula of a workbook does."""
        tag = self.tags.setdefault(name, f"kanari{len(self.tags):02}")
        begin = "=1337*1337+" if len(self.tags) % 4 == 0 and longest > 60 else ""
        text = f"{begin}{tag}\"'><img src=x onerror=canary()>"
        for more in (_RUNS, _RECKONS, _ENDS):
            text += more if len(text) + len(more) <= longest else ""
        assert len(text) <= longest, name
        return text

    def unseen(self, pages: str) -> list[str]:
        return [name for name, tag in self.tags.items() if tag not in pages]


@dataclass
class Nest:
    """Where the canaries are: an installation with accounts, one plan, one workshop with a phone in it."""

    app: Flask
    client: FlaskClient
    plan_id: str
    phone: FlaskClient
    invitation: str
    canary: Canaries


def build(app: Flask, database: Database) -> Nest:
    canary = Canaries()
    client, invitation = _people(app, database, canary)
    form = {"name": canary("plan", 200), "municipality": canary("municipality of the plan", 200)}
    plan_id = client.post("/plans", data=form).headers["Location"].split("/")[2]
    _survey(database, plan_id, canary)
    _paper(database, plan_id, canary)
    _initiatives(client, database, plan_id, canary)
    phone = _room(app, client, database, plan_id, canary)
    _waiting_file(client, plan_id, canary)
    return Nest(app, client, plan_id, phone, invitation, canary)


def _people(app: Flask, database: Database, canary: Canaries) -> tuple[FlaskClient, str]:
    """The one who leads, and a link that somebody else has been given."""
    path = installation.add_municipality(database, canary("municipality", 200), "nb", "leder@x.no")
    assert path is not None
    client = app.test_client()
    known = {"password": people_case.PASSWORD, "again": people_case.PASSWORD}
    assert client.post(path, data={"name": canary("account", 200), **known}).status_code == 303
    said = client.post("/people/invite", data={"email": "{{1337*1337}}&lt@x.no", "role": "viewer"})
    return client, "/invitation/" + said.get_data(as_text=True).split("/invitation/")[1].split('"')[0]


def _survey(database: Database, plan_id: str, canary: Canaries) -> None:
    statements = [
        Statement(one.id, canary(f"statement {one.id}"), one.factor, canary(f"statement {one.id} in English"))
        for one in report_case.STATEMENTS
    ]
    statements.append(Statement("s04", canary("statement s04"), "tjenester"))
    groups = tuple(Segment(id_, canary(f"group {id_}", 120)) for id_ in ("innvandrere", "unge", "voksne"))
    gap_survey.keep(database, plan_id, gap_survey.summary(tuple(statements), groups))
    with database.write() as session:
        survey_comments.put_all(session, plan_id, [canary("free text") + f" {number}" for number in range(12)])
        session.commit()


def basis(canary: Canaries) -> Basis:
    """The basis of the paper, with a canary in each text that people write."""
    a, b, c, d = report_case.BASIS.candidates
    grant = replace(a.costs.grants[0], name=canary("grant of the paper"))
    a = replace(
        a, title=canary("title of A", 200), theme=canary("theme of A", 60), responsible=canary("responsible of A", 200),
        deadline=canary("deadline of A", 200), idea=canary("idea of A"), partners=(Partner(canary("partner of A")),),
        costs=replace(a.costs, grants=(grant,)),
    )  # fmt: skip
    others = tuple(replace(one, title=canary(f"title of {one.code}", 200)) for one in (b, c, d))
    freed = replace(report_case.FREED, title=canary("what ends, of the paper", 200), affected=canary("affected"))
    return replace(
        report_case.BASIS,
        municipality=canary("municipality of the paper", 200),
        plan_name=canary("plan of the paper", 200),
        statements=tuple(
            replace(one, text=canary(f"statement {one.id} of the paper")) for one in report_case.STATEMENTS
        ),
        segments=tuple(replace(one, name=canary(f"group {one.id} of the paper")) for one in report_case.BASIS.segments),
        candidates=(a, *others),
        freed=(freed,),
    )


def _paper(database: Database, plan_id: str, canary: Canaries) -> None:
    """A kept plan with its paper, a decision on it, how it goes, a scenario and a proposal with its answer."""
    told = basis(canary)
    keep(database, plan_id, canary("kept plan", 200), told)
    asked = report_case.problem(told)
    scenario = scenarios.Scenario(
        1, canary("scenario", 200), canonical(asked), problem_sha256(asked), report_case.result(asked), told, KEPT_AT
    )
    change = Change("D", "in", 2029, canary("reason of a change"))
    heading = {"by": canary("decided by", 200), "case": canary("case", 100), "anyway": canary("decided anyway")}
    decided = decision_case.document((change,), basis=told, **heading)
    texts = {name: canary(f"paper: {name}", 200 if name in LINES else 6000) for name in NAMES}
    report = Report("A", Quarter(2027, 1), STATUSES[0], note=canary("how it goes", 500))
    idea = Candidate(code="N1", title=canary("proposal", 200), theme=canary("theme of a proposal", 60))
    against = Against("1", canary("plan that a proposal was held against"), "0" * 64, {})
    with database.write() as session:
        scenarios.add(session, plan_id, scenario)
        decisions.add(session, plan_id, decided, decision_case.DAY, decision_case.AT)
        paper.keep_texts(session, plan_id, PaperTexts(**texts))
        followup.put(session, plan_id, report, 0)
        proposals.add(session, plan_id, proposals.StoredProposal(1, idea, KEPT_AT))
        verdict = Verdict(True, 2027, 3.0, ("C",), ("A",), proven=True)
        proposals.answer(session, plan_id, 1, against, verdict, KEPT_AT)
        session.commit()


def _initiatives(client: FlaskClient, database: Database, plan_id: str, canary: Canaries) -> None:
    grants = (Grant(name=canary("grant", 200), status="søkt", yearly_share=10, years=2),)
    with database.write() as session:
        for code in workshop_case.CODES:
            one = Candidate(
                code=code, title=canary(f"title of {code}", 200), theme=canary("theme", 60), idea=canary("idea"),
                responsible=canary("responsible", 200), deadline=canary("deadline", 200),
                partners=(Partner(canary("partner")),), targets=("unge",), costs=Costs(yearly=Cost(10), grants=grants),
                effects=tuple(Effect(id_, 10.0) for id_ in workshop_case.STATEMENTS),
            )  # fmt: skip
            initiatives.put(session, plan_id, one)
        ends = {"title": canary("what ends", 200), "affected": canary("whom it affects")}
        initiatives.put(session, plan_id, Freed(code="F1", operating=Cost(10), first_year=2027, **ends))
        session.commit()
    # Each is also told of in the log, by a command.
    form = {"code": "T9", "title": canary("title by the form", 200), "theme": canary("theme by the form", 60)}
    assert client.post(f"/plans/{plan_id}/initiatives/new", data=form).status_code == 303


def _room(app: Flask, client: FlaskClient, database: Database, plan_id: str, canary: Canaries) -> FlaskClient:
    """A workshop under the address that ends with the plan's id, from set-up to the wall; a phone that is in it."""
    room = workshop_case.Room(app, client, database, plan_id)
    table = canary("table", 40)
    names = {"title": canary("workshop", 120), "tables": table, "group": ["unge", "voksne"], "named": "yes"}
    made = room.set_up(**names)
    assert made.status_code == 303, made.get_data(as_text=True)
    with database.write() as session:
        session.exec(update(WorkshopRow).values(link=plan_id))
        session.commit()
    room.act("gather", "open")
    paper_case.Paper(room).make(2)
    for number in range(5):
        phone = workshop_case.Phone(room).enter(group="unge", table=table, name=f"{canary('nickname', 39)}{number}")
        phone.score_all(str(number % 3))
        for code in workshop_case.CODES:
            said = {"initiative": code, "text": canary("comment"), "sequence": "1", "round": "1"}
            assert phone.client.post(f"{phone.url}/comment", data=said).status_code == 200
        idea = {"title": canary("idea from the room", 99) + str(number), "text": canary("why the room wants it")}
        idea |= {"statement": "s01", "sequence": "1", "round": "1"}
        assert phone.client.post(f"{phone.url}/propose", data=idea).status_code == 200
    room.act("reveal")
    return phone.client


def _waiting_file(client: FlaskClient, plan_id: str, canary: Canaries) -> None:
    """A survey that waits to be confirmed, with canaries as its name, a heading, cells and the names of its groups."""
    first, *lines = SAMPLE.decode("utf-8-sig").split("\r\n")[:-1]
    heading, cells = canary("heading").replace('"', '""'), canary("cell").replace('"', '""')
    made = [f'{first};"{heading}"', *(f'{line};"{cells if n % 2 else n % 5}"' for n, line in enumerate(lines)), ""]
    file = (io.BytesIO("\r\n".join(made).encode()), f"../../{canary('file name', 100)}.csv")
    said = client.post(f"/plans/{plan_id}/survey/upload", data={"file": file})
    assert said.status_code == 303, said.get_data(as_text=True)
