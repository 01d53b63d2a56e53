"""What are the templates called that a municipality makes its own declarations of?"""

from flask_babel import gettext as _


def template(name: str) -> tuple[str, str]:
    """What it is called, and what it is for."""
    return {
        "tilgjengelighet": (_("Tilgjengelighetserklæring"), _("Hva dere kan svare på uustatus.no.")),
        "personvern": (_("Personvernerklæring"), _("Tekst til kommunens nettsted.")),
        "dpia": (
            _("Vurdering av personvernkonsekvenser (DPIA)"),
            _("Beskrivelse, risiko og tiltakene programmet har; klammene fyller dere ut."),
        ),
        "protokoll": (_("Protokoll over behandlingsaktiviteter"), _("Tre linjer til protokollen dere har fra før.")),
        "databehandler": (_("Databehandleravtale"), _("Hva vedleggene bør si, når noen andre drifter.")),
    }[name]
