"""Do the settings fit together: the address people use, proxies, cookies, who gets in, the secret key?"""

from collections.abc import Iterator

from planner.config import Config, Oidc
from planner.doctor_line import Line, judged
from planner.services.identity import Away, Refused

SHORT_SECRET = 32


def look(config: Config) -> Iterator[Line]:
    yield judged(
        "secret key",
        len(config.secret_key) >= SHORT_SECRET,
        "The secret key is long.",
        f"The secret key has {len(config.secret_key)} signs; a short one can be guessed, and opens every plan.",
        'python3 -c "import secrets; print(secrets.token_urlsafe(48))" makes a new one; everybody signs in anew.',
    )
    lines = [*_address(config), *_access(config)]
    if config.oidc is not None:
        yield _issuer(config.oidc)
    yield from lines or [Line("address", "ok", f"Address, proxies and cookies fit together ({_told(config)}).")]


def _issuer(settings: Oidc) -> Line:
    from planner.services.issuer import Issuer

    well, ill = f"The issuer {settings.issuer} answers, and names itself so.", ""
    try:
        Issuer(settings, "").look()
    except Away:
        ill = f"The issuer {settings.issuer} does not answer: nobody signs in by it."
    except Refused as error:
        ill = f"The issuer {settings.issuer} is not to be believed: {error.word}."
    return judged(
        "issuer", not ill, well, ill, "Hold MALRETT_OIDC_ISSUER against docs/sign-in.md, and try its address."
    )


def _told(config: Config) -> str:
    where = config.external_url or "no address set: this machine"
    return f"{where}, {config.proxies} proxies, access «{config.access}»"


def _address(config: Config) -> Iterator[Line]:
    https = config.external_url.startswith("https://")
    if config.secure_cookies and config.external_url and not https:
        yield Line(
            "cookies",
            "fault",
            "Cookies are sent over https only, but the address is http: nobody stays signed in.",
            "Set MALRETT_EXTERNAL_URL to the https address, or take MALRETT_SECURE_COOKIES away.",
        )
    elif config.external_url and not https:
        yield Line(
            "tls",
            "warning",
            f"People reach {config.external_url} without encryption.",
            "Put a proxy with https before it: docs/run-many.md",
        )
    if config.proxies and not config.external_url:
        yield Line(
            "address",
            "warning",
            "There is a proxy, but no address is set: links follow whatever Host is sent.",
            "Set MALRETT_EXTERNAL_URL to the address people use.",
        )
    if https and not config.proxies:
        yield Line(
            "proxies",
            "warning",
            "The address is https, but no proxy is stated: all who guess codes or passwords "
            "look like one, and lock each other out.",
            "Set MALRETT_PROXIES to how many proxies stand before the application, usually 1.",
        )


def _access(config: Config) -> Iterator[Line]:
    if config.external_url and config.access == "local":
        yield Line(
            "access",
            "fault",
            f"Everyone who reaches {config.external_url} shares all plans (MALRETT_ACCESS=local).",
            "Set MALRETT_ACCESS=server, and make a municipality: docs/run-many.md",
        )
    if config.access == "server" and not config.external_url:
        yield Line(
            "access",
            "warning",
            "People sign in, but no address is set: links in invitations follow whatever Host is sent.",
            "Set MALRETT_EXTERNAL_URL to the address people use.",
        )
    if config.access != "local" and not config.contact:
        yield Line(
            "contact",
            "warning",
            "The pages on privacy and accessibility do not say who answers for this installation.",
            "Set MALRETT_CONTACT to a name and an address.",
        )
