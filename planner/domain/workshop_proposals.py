"""What may somebody in the room propose, and what does it become when it is taken into the list?

A title, a sentence and the statement it would help. Taken, it is an initiative without figures, marked as coming from
the room: what it costs and does is for others to find out. Never knows who proposed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.candidates import Candidate
from planner.domain.comments import tidy
from planner.domain.findings import Finding
from planner.domain.typed import Refused, read_words

LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON = 120, 400, 500
MOST_PER_PHONE = 3
SLOTS = range(1, MOST_PER_PHONE + 1)
LONGEST_IDEA = 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """text: why, or for whom, in a sentence or two. statement: what it would help, «» where that is not said.

    Raises Refused with every Finding; `where` names the form field.
    """

    title: str
    text: str = ""
    statement: str = ""

    def __post_init__(self) -> None:
        findings = []
        if not 0 < len(self.title) <= LONGEST_TITLE:
            findings.append(Finding("proposal_title", where="title", details={"limit": LONGEST_TITLE}))
        if len(self.text) > LONGEST_TEXT:
            findings.append(Finding("workshop_text_too_long", where="text", details={"limit": LONGEST_TEXT}))
        if findings:
            raise Refused(findings)


def read_proposal(form: Mapping[str, str], statements: Mapping[str, object]) -> Proposal:
    """What a phone sent. Fields: title, text, statement; a statement that is not asked about counts as none.

    Raises Refused.
    """
    statement = form.get("statement", "")
    text = " ".join(tidy(form.get("text", "")).split())
    return Proposal(read_words(form.get("title", "")), text, statement if statement in statements else "")


def free_code(taken: frozenset[str]) -> str:
    """R01, R02, …: the first that no initiative has."""
    number = 1
    while f"R{number:02d}" in taken:
        number += 1
    return f"R{number:02d}"


def draft(proposal: Proposal, code: str, theme: str, factor: str, idea: str) -> Candidate:
    """An initiative that says nothing of what it costs or does. theme, idea: the words that mark where it is from."""
    return Candidate(code=code, title=proposal.title, theme=theme, factor=factor, idea=idea[:LONGEST_IDEA])


def reason_findings(reason: str) -> tuple[Finding, ...]:
    """Of why it is set aside."""
    if not reason:
        return (Finding("proposal_reason_missing", where="reason"),)
    too_long = Finding("workshop_text_too_long", where="reason", details={"limit": LONGEST_REASON})
    return (too_long,) if len(reason) > LONGEST_REASON else ()
