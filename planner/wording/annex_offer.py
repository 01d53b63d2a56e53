"""What does the Plan page say of the public annex? What it is, and whether anything of it is still to be worked out."""

from dataclasses import dataclass

from flask_babel import gettext as _

from planner.wording import why


@dataclass(frozen=True, slots=True)
class Offer:
    """What the Plan page says of the annex. button: words of the one that has more worked out, or empty."""

    said: str
    progress: str = ""
    button: str = ""


def offer(complete: bool, going_on: bool, trouble: bool, done: int, of: int) -> Offer:
    about = _("Én fil alle kan åpne uten nett: behovene, planen, og hva som skjer om et tiltak tas inn eller ut.")
    if complete:
        return Offer(about)
    if going_on:
        return Offer(about, why.progress(done, of) if of else _("Svarene for hvert tiltak regnes ut straks."))
    ask = _("Regn ut svarene for hvert tiltak")
    lacking = _("Svarene for hvert tiltak er ikke regnet ut ennå. Vedlegget sier fra om det.")
    if trouble and done:
        lacking = _("Utregningen ble avbrutt. Noen av svarene mangler, og vedlegget sier hvor mange.")
    return Offer(f"{about} {lacking}", button=ask)
