"""What does a child do that makes files of a paper? Each in the paper's own language, where there is no request."""

from collections.abc import Mapping
from datetime import datetime

from planner.child import report
from planner.domain.findings import Finding
from planner.files import package as packages
from planner.files import saksframlegg_template
from planner.wording.in_language import speaking
from planner.wording.paper import Paper


def package(order: packages.Order) -> bytes | tuple[Finding, ...]:
    """All files of a case, telling how far it has come."""
    with speaking(order.paper.language):
        return packages.make(order, lambda stage: report({"stage": stage}))


def in_own_template(
    content: bytes, paper: Paper, pictures: Mapping[str, bytes], created: datetime
) -> bytes | tuple[Finding, ...]:
    """The paper in the municipality's own Word file."""
    with speaking(paper.language):
        return saksframlegg_template.fill(content, paper, pictures, created)
