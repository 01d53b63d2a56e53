"""What has a look to bring? A look is one closer question about one kept plan, answered by a job of its own.

`planner.services.looks` has the list of them and all that is alike: the page, asking, following, stopping.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.store.portfolio import KeptPlan

Document = dict[str, Any]
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a look is shown.

    request: as last asked about this plan; None before. told: what has been found of it so far, or in all; None before
    the first report. going_on: more is coming; queued: it waits for its turn. typed, findings: a form that could not be
    used, and why; else empty.
    """

    plan_id: str
    kept: KeptPlan
    request: Document | None = None
    told: Document | None = None
    going_on: bool = False
    queued: bool = False
    typed: Form | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """word: in the address, the kind of its job (`planner.work.KINDS`), and its template scenarios/_<word>.html.

    question: what it answers, given the plan's name. about: why one would ask, in a sentence. ask: the job's request,
    or what is wrong with the form. body: what the template gets as `view.body`, a frozen dataclass. answer: in a
    sentence, "" while there is none. progress: how far it has come, while it goes on.
    """

    word: str
    question: Callable[[str], str]
    about: Callable[[], str]
    ask: Callable[[Session, str, KeptPlan, Form], Document | tuple[Finding, ...]]
    body: Callable[[Session, Known], Any]
    answer: Callable[[Known], str]
    progress: Callable[[Known], str]
