"""How does a list for the public become one page to be put out anywhere? Without script, without anything to fetch.

The same list always gives the same bytes.
"""

from markupsafe import Markup

from planner.files import standalone
from planner.wording.paper import Paper


def write(paper: Paper) -> bytes:
    """The file, of the paper's sections."""
    style = standalone.style()
    text: str = standalone.template("public_list.html").render(
        view=paper,
        policy=standalone.policy(style),
        style=Markup(style),  # our own file
    )
    return text.encode("utf-8")
