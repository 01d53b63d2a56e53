"""What is said around the texts people write into the council paper? Labels, help, and what is wrong with a field."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.paper_texts import COUNCILS
from planner.wording import N_
from planner.wording.gaps import listed

FINDINGS: dict[str, tuple[str, str]] = {
    "paper_text_too_long": (
        N_("Teksten er på %(count)s tegn, og det er plass til %(limit)s."),
        N_("Kort den ned, og legg resten ved saken."),
    ),
    "paper_texts_changed": (
        N_("Noen andre har lagret tekster mens du skrev."),
        N_("Det du skrev, står her, og det som er lagret, står under feltene der det er annerledes. Lagre når det er "
           "slik du vil ha det."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    name: str
    help: str = ""


def question() -> str:
    return _("Hva skal stå i saken fra dere selv?")


def answer() -> str:
    return _(
        "Tall og tabeller er skrevet. Dette må noen skrive. Saken er offentlig: skriv ikke navn på dem som har svart "
        "eller vært med i verksted."
    )


def left_open(names: Sequence[str], without_responsible: int) -> tuple[str, ...]:
    """Before a decision is written down: what stays open in the paper for good. Nothing where all is filled in.

    without_responsible: how many of the initiatives nobody is to carry out.
    """
    told = []
    if names:
        which = listed([f"«{label(name).name}»" for name in names])
        told.append(_("Dette er ikke fylt ut i saken: %(which)s.", which=which))
    if without_responsible:
        told.append(
            ngettext(
                "%(n)s tiltak i planen har ingen ansvarlig.",
                "%(n)s tiltak i planen har ingen ansvarlig.",
                without_responsible,
                n=notation.number(without_responsible),
            )
        )
    if told:
        told.append(_("Det blir stående slik når vedtaket er ført inn."))
    if any(name in COUNCILS for name in names):
        told.append(_("De tre rådene har rett til å uttale seg i saker som gjelder dem (kommuneloven § 5-12)."))
    if "children" in names:
        told.append(_("Saken skal være forsvarlig utredet (kommuneloven § 13-1), også for barn og unge."))
    return tuple(told)


def saved() -> str:
    return _("Tekstene er lagret og står i saken.")


def label(name: str) -> Label:
    return {
        "officer": Label(_("Saksbehandler")),
        "case_number": Label(_("Arkivsaksnummer"), _("For eksempel 26/1234.")),
        "involvement": Label(
            _("Medvirkning"),
            _("Hvem andre har vært med, hvordan og når. Undersøkelsen og verkstedene står der allerede."),
        ),
        "children": Label(
            _("Konsekvenser for barn og unge"), _("Hva planen betyr for dem, og hvordan hensynet til dem er veid.")
        ),
        "youth_council": Label(_("Ungdomsrådets uttalelse")),
        "elders_council": Label(_("Eldrerådets uttalelse")),
        "disability_council": Label(_("Uttalelse fra rådet for personer med funksjonsnedsettelse")),
        "others": Label(
            _("Klima og miljø, folkehelse, universell utforming, likestilling og beredskap"),
            _("Uten tekst her sier saken at planen ikke er vurdert opp mot dette."),
        ),
        "risk": Label(_("Mer om risiko"), _("Kommer etter det planen selv sier om usikkerhet, penger og folk.")),
    }[name]
