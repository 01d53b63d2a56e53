"""What is said of the proposals that come from a room: to those who send them, and to those who decide on them?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "proposal_title": (N_("Forslaget må ha et navn."), N_("Skriv det med høyst %(limit)s tegn.")),
    "proposal_many": (N_("Du har sendt inn %(most)s forslag, og det er det meste."), ""),
    "proposal_reason_missing": (N_("Skriv hvorfor."), N_("Begrunnelsen blir stående ved forslaget.")),
    "proposal_decided": (
        N_("Forslaget er allerede avgjort, eller finnes ikke lenger."),
        N_("Se hva som er bestemt, i lista under."),
    ),
}


def answer(waiting: int, any_there: bool) -> str:
    """Under the heading of the page where they are decided on."""
    if not any_there:
        return _("Ingen har foreslått noe ennå. I et verksted kan de som er med, sende inn forslag fra telefonen.")
    if not waiting:
        return _("Alle forslagene er avgjort.")
    return wait(waiting)


def wait(count: int) -> str:
    return ngettext(
        "%(n)s forslag fra rommet venter på svar.",
        "%(n)s forslag fra rommet venter på svar.",
        count,
        n=notation.number(count),
    )


def came_in(count: int) -> str:
    """On the board: how many."""
    return ngettext("%(n)s forslag fra rommet", "%(n)s forslag fra rommet", count, n=notation.number(count))


def theme() -> str:
    """The word that marks it in the list of initiatives, until it is given another."""
    return _("Fra rommet")


def idea(workshop: str, text: str, helps: str) -> str:
    """Where the initiative comes from, in its own field."""
    said = _("Forslag fra verkstedet «%(title)s».", title=workshop)
    helped = _("Skal hjelpe på: %(statement)s", statement=helps) if helps else ""
    return " ".join(one for one in (said, text, helped) if one)


def taken(code: str) -> str:
    return _("Forslaget er tatt inn i lista som %(code)s. Kostnad, virkning og målgruppe mangler.", code=code)


def set_aside() -> str:
    return _("Forslaget er satt til side.")
