"""What is said of people with accounts, of their roles, and of the ways in?"""

from flask_babel import gettext as _

from planner.wording import N_

FINDINGS = {
    "people_email": (N_("Skriv en e-postadresse, for eksempel kari@kommunen.no."), ""),
    "people_name": (N_("Skriv et navn på høyst %(limit)s tegn."), ""),
    "people_role": (N_("Velg en rolle."), ""),
    "people_already_here": (N_("Denne personen har allerede en plass i kommunen. Endre rollen i listen."), ""),
    "people_gone": (
        N_("Personen er ikke i kommunen lenger."),
        N_("En annen kan ha fjernet den i mellomtiden. Listen under er slik den er nå."),
    ),
    "people_role_changed": (
        N_("En annen har endret rollen i mellomtiden, så ingenting er gjort."),
        N_("Listen under er slik den er nå. Gjør det igjen hvis du fortsatt vil."),
    ),
    "people_last_director": (
        N_("Kommunen må ha minst én som leder."),
        N_("Gi rollen til en annen først."),
    ),
    "people_elsewhere_too": (
        N_("Denne personen har plass i flere kommuner, og én av dem kan ikke bytte passordet."),
        N_("Be den som drifter Målrett om en lenke."),
    ),
    "people_changed": (
        N_("En annen har endret dette mens du skrev. Ingenting er lagret."),
        N_("Det som står nå, er det den andre lagret. Endre det hvis du fortsatt vil."),
    ),
    "people_password_short": (
        N_("Passordet er for kort. Bruk minst %(limit)s tegn, gjerne noen ord etter hverandre."),
        "",
    ),
    "people_password_long": (N_("Passordet er for langt. Bruk høyst %(limit)s tegn."), ""),
    "people_password_guessed": (N_("Passordet er lett å gjette. Bruk noen ord som ikke har med deg å gjøre."), ""),
    "people_password_differs": (N_("De to passordene er ikke like."), ""),
    "signin_wrong": (N_("E-postadressen eller passordet er feil."), N_("Se etter skrivefeil, og prøv igjen.")),
    "oidc_away": (
        N_("%(name)s svarer ikke akkurat nå."),
        N_("Prøv igjen om litt. Har du et passord her, kan du logge inn med det."),
    ),
    "oidc_refused": (
        N_("Svaret fra %(name)s kunne ikke godtas, og du er ikke logget inn med det."),
        N_("Prøv igjen. Hvis det skjer på nytt, si fra til den som drifter Målrett, og oppgi «%(word)s»."),
    ),
    "oidc_state": (
        N_("Innloggingen hos %(name)s ble begynt i en annen nettleser, eller for lenge siden."),
        N_("Begynn på nytt."),
    ),
    "oidc_cancelled": (N_("Innloggingen hos %(name)s ble avbrutt."), ""),
    "oidc_unknown": (
        N_("Ingen konto her er knyttet til innloggingen din hos %(name)s."),
        N_(
            "Er du invitert, åpne lenken du fikk. Har du en konto med passord, logg inn med det og knytt den til "
            "%(name)s på kontosiden din."
        ),
    ),
    "oidc_taken": (
        N_("Innloggingen din hos %(name)s er knyttet til en annen konto her."),
        N_("Logg inn med den, og fjern knytningen der først."),
    ),
    "signin_wait": (
        N_("Det er prøvd for mange feil passord."),
        N_("Vent i %(minutes)s minutter og prøv igjen. Den som alt er logget inn, merker ikke noe."),
    ),
}


def role(code: str) -> str:
    return {"director": _("leder"), "facilitator": _("prosessleder"), "viewer": _("leser")}[code]


def role_does(code: str) -> str:
    return {
        "director": _("gjør alt: vedtar, sletter, og styrer hvem som har tilgang"),
        "facilitator": _("arbeider med undersøkelse, tiltak, verksteder og prioritering"),
        "viewer": _("ser alle planene, kontrollerer og laster ned"),
    }[code]


def invitation(kind: str, role_code: str) -> str:
    """What a link gives."""
    if kind == "password":
        return _("nytt passord")
    return _("plass som %(role)s", role=role(role_code))


def too_little(least: str) -> str:
    """Why a page or a command is not for this person."""
    if least == "director":
        return _("Dette kan bare ledere i kommunen gjøre. Spør en av dem om du trenger det.")
    return _("Dette kan bare prosessledere og ledere i kommunen gjøre. Spør en leder om du trenger det.")
