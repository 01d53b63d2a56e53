"""What is said of any closer look at a kept plan?"""

from flask_babel import gettext as _


def queued() -> str:
    return _("Utregningen starter straks. Er det andre som regner, venter den på tur.")


def cut_short(something: bool) -> str:
    if something:
        return _("Utregningen ble avbrutt. Det som var funnet, står. Start den på nytt for å få resten.")
    return _("Utregningen ble avbrutt før noe var funnet. Start den på nytt.")
