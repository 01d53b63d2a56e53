"""What is said about free texts: what may tell who somebody is, how many there are, and why they are not shown?"""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.comment_pages import Listing
from planner.domain.comments import KINDS, LEAST, Kind
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "comment_empty": (N_("Teksten er tom."), N_("Skriv noe i den, eller slett den.")),
    "comment_changed": (
        N_("Teksten ble endret i et annet vindu. Der står det nå: «%(now)s» Det du har skrevet, er ikke lagret."),
        N_("Lagre på nytt om ditt skal gjelde."),
    ),
    "comment_changed_not_deleted": (
        N_("Teksten ble endret i et annet vindu, så den er ikke slettet."),
        N_("Slik står den nå. Slett igjen hvis du fortsatt vil."),
    ),
    "comment_gone": (
        N_("Teksten ble slettet i et annet vindu. Det du har skrevet, står her, men er ikke lagret."),
        "",
    ),
}


def kind(code: Kind) -> str:
    return {
        "number": _("fødselsnummer eller konto"),
        "email": _("e-post"),
        "web": _("nettadresse"),
        "phone": _("telefon"),
        "handle": _("brukernavn"),
        "address": _("adresse"),
        "name": _("navn"),
    }[code]


def marks() -> dict[Kind, str]:
    """What stands in a text in place of what is taken out of it."""
    return {code: _("[fjernet: %(kind)s]", kind=kind(code)) for code in KINDS}


def maybe(code: Kind) -> str:
    return _("kan være %(kind)s", kind=kind(code))


def answer(listing: Listing) -> str:
    if not listing.total:
        return _(
            "Ingen fritekster er lagret. De tas bare med når du velger det for en kolonne i filen, og minst %(least)s "
            "har skrevet noe.",
            least=LEAST,
        )
    if not listing.enough:
        return ngettext(
            "Bare én fritekst er lagret. Så få forteller lett hvem som har skrevet dem, og derfor vises de ikke.",
            "Bare %(n)s fritekster er lagret. Så få forteller lett hvem som har skrevet dem, og derfor vises de ikke.",
            listing.total,
            n=listing.total,
        )
    if not listing.waiting:
        return ngettext("Teksten er lest.", "Alle %(n)s tekster er lest.", listing.total, n=_n(listing.total))
    return ngettext(
        "Én av %(all)s tekster venter på å bli lest.",
        "%(n)s av %(all)s tekster venter på å bli lest.",
        listing.waiting,
        n=_n(listing.waiting),
        all=_n(listing.total),
    )


def waiting() -> str:
    return _("Venter på å bli lest")


def about_no() -> str:
    return _("Ikke om noe bestemt utsagn")


def saved() -> str:
    return _("Lagret.")


def removed() -> str:
    return _("Slettet.")


def slot(number: int) -> str:
    return _("Handler om") if number == 1 else _("og om (%(number)s)", number=number)


def _n(number: int) -> str:
    return notation.number(number)
