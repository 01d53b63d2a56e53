"""Which settings is this installation run with? The only reader of the environment."""

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

Access = Literal["local", "browser", "server"]
Queue = Literal["inside", "worker"]
Log = Literal["human", "json"]
_CONTACT = re.compile(r"(mailto:|https://|tel:)[!-~]{3,300}")
_OIDC = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "NAME", "ACR")


@dataclass(frozen=True, slots=True)
class Oidc:
    """Sign-in by OpenID Connect at one issuer.

    issuer: letter by letter as it names itself. name: what people call it, on the button; else its host.
    levels: of assurance (MALRETT_OIDC_ACR) that are asked for, one of which must be told; none: as the issuer sets it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = ""
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _is_issuer(self.issuer):
            raise ValueError(
                "MALRETT_OIDC_ISSUER must be the issuer exactly as it names itself, as https://login.example.no, of at "
                f"most 300 letters (http only on this machine itself), not {self.issuer!r}"
            )
        if not self.client_id:
            raise ValueError("MALRETT_OIDC_CLIENT_ID is missing: the issuer gives it")
        if not self.client_secret:
            raise ValueError(
                "MALRETT_OIDC_CLIENT_SECRET is missing, or MALRETT_OIDC_CLIENT_SECRET_FILE, a file with it"
            )
        if len(self.name) > 60 or not self.name.isprintable():
            raise ValueError("MALRETT_OIDC_NAME must be at most 60 letters: it stands on a button")

    @property
    def called(self) -> str:
        return self.name or urlsplit(self.issuer).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether the issuer is on this machine, as when it is tried."""
        return is_loopback(urlsplit(self.issuer).hostname or "")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting. Sizes are in MiB, times in seconds.

    access: «local», everyone who reaches the address shares the plans (one machine, 127.0.0.1);
        «browser», each browser sees only the plans it has made;
        «server», people sign in and have a role in their municipality, which the plans belong to.
    queue: «inside», the web process works its jobs itself; «worker», it leaves them to `planner worker`.
    solve_workers: so many solves run at once, in all processes on this database together.
    proxies: so many proxies stand before the application, each adding itself to X-Forwarded-For; 0 believes none.
    external_url: the address people use, as «https://plan.example.no»; links are made of it, whatever Host is sent.
        Empty: of the Host that is asked.
    log: «json», a line of JSON for each request and event. metrics: /metrics is given to whoever reaches it, else
        only on this machine itself.
    contact: who answers for the installation, as the pages of privacy and accessibility say it.
    security_contact: where whoever finds a weakness tells of it, an address of e-mail or a mailto:, https: or tel: URI;
        it makes /.well-known/security.txt.
    oidc: where people may sign in instead of by password; None: by password only.
    """

    data_folder: Path
    database_url: str
    secret_key: str
    access: Access = "local"
    upload_mb: int = 200
    parse_memory_mb: int = 1024
    parse_seconds: float = 60.0
    solve_memory_mb: int = 4096
    solve_seconds: float = 600.0
    solve_workers: int = 1
    queue: Queue = "inside"
    secure_cookies: bool = False
    proxies: int = 0
    external_url: str = ""
    log: Log = "human"
    metrics: bool = False
    contact: str = ""
    security_contact: str = ""
    oidc: Oidc | None = None
    testing: bool = False

    def __post_init__(self) -> None:
        if self.access not in ("local", "browser", "server"):
            raise ValueError(f"MALRETT_ACCESS must be local, browser or server, not {self.access!r}")
        if self.queue not in ("inside", "worker"):
            raise ValueError(f"MALRETT_QUEUE must be inside or worker, not {self.queue!r}")
        if self.upload_mb < 1 or self.solve_workers < 1 or self.solve_seconds <= 0 or self.parse_seconds <= 0:
            raise ValueError("sizes, times and the number of workers must be positive")
        if self.log not in ("human", "json"):
            raise ValueError(f"MALRETT_LOG must be human or json, not {self.log!r}")
        if not 0 <= self.proxies <= 9:
            raise ValueError(f"MALRETT_PROXIES must be how many proxies there are, from 0 to 9, not {self.proxies}")
        if self.external_url and not _is_origin(self.external_url):
            raise ValueError(f"MALRETT_EXTERNAL_URL must be as https://plan.example.no, not {self.external_url!r}")
        if self.security_contact and not _CONTACT.fullmatch(self.security_contact):
            raise ValueError(
                "MALRETT_SECURITY_CONTACT must be an address as sikkerhet@example.no, or a mailto:, https: or tel: "
                f"URI, not {self.security_contact!r}"
            )
        if self.oidc is not None:
            self._check_oidc()

    def _check_oidc(self) -> None:
        if self.access != "server":
            raise ValueError("MALRETT_OIDC_ISSUER asks for MALRETT_ACCESS=server: else nobody signs in")
        url = urlsplit(self.external_url)
        if url.scheme != "https" and not is_loopback(url.hostname or ""):
            raise ValueError(
                "MALRETT_OIDC_ISSUER asks for MALRETT_EXTERNAL_URL, as https://plan.example.no: the issuer sends "
                "people back to it"
            )


class BadSettings(ValueError):
    """The settings cannot be used; says which, and how it should be."""


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """Settings from MALRETT_* variables; a plain `./run` needs none of them. Makes the data folder.

    Any of them may lie in a file, as secrets do: MALRETT_SECRET_KEY_FILE=/run/secrets/key. Raises BadSettings.
    """
    try:
        return _read(_with_files(environ))
    except (ValueError, OSError) as error:
        raise BadSettings(str(error)) from error


def given_names(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """All variables that may be meant as settings, misspelt ones among them."""
    return tuple(name for name in environ if name.upper().startswith("MALRETT"))


def _read(environ: Mapping[str, str]) -> Config:
    folder = Path(environ.get("MALRETT_DATA", "var")).absolute()
    # It holds what people have answered: where it is made here, nobody else on the machine looks into it.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    external_url = environ.get("MALRETT_EXTERNAL_URL", "").rstrip("/")
    return Config(
        data_folder=folder,
        database_url=environ.get("MALRETT_DATABASE_URL", f"sqlite:///{folder / 'malrett.db'}"),
        secret_key=environ.get("MALRETT_SECRET_KEY") or _kept_secret(kept_secret_file(folder)),
        access=cast(Access, environ.get("MALRETT_ACCESS", "local")),
        upload_mb=int(_number(environ, "MALRETT_UPLOAD_MB", 200)),
        solve_seconds=_number(environ, "MALRETT_SOLVE_SECONDS", 600),
        solve_workers=int(_number(environ, "MALRETT_SOLVE_WORKERS", 1)),
        queue=cast(Queue, environ.get("MALRETT_QUEUE", "inside")),
        secure_cookies=environ.get("MALRETT_SECURE_COOKIES") == "1" or external_url.startswith("https://"),
        proxies=int(_number(environ, "MALRETT_PROXIES", 0)),
        contact=environ.get("MALRETT_CONTACT", "").strip(),
        security_contact=_as_uri(environ.get("MALRETT_SECURITY_CONTACT", "").strip()),
        external_url=external_url,
        log=cast(Log, environ.get("MALRETT_LOG", "human")),
        metrics=environ.get("MALRETT_METRICS") == "1",
        oidc=_oidc(environ),
    )


def _with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """With what lies in the file that NAME_FILE names as NAME."""
    settings = {name: value for name, value in environ.items() if name.startswith("MALRETT_")}
    for name in [one for one in settings if one.endswith("_FILE") and "_OIDC_" not in one]:
        inner = name.removesuffix("_FILE")
        if inner in environ:
            raise ValueError(f"{inner} and {name} are both set; one of them is enough")
        settings[inner] = Path(settings.pop(name)).read_text(encoding="utf-8").strip()
    return settings


def _number(environ: Mapping[str, str], name: str, default: int) -> float:
    given = environ.get(name, str(default))
    try:
        number = float(given) if name.endswith("_SECONDS") else int(given)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ValueError(f"{name} must be a number, not {given!r}")
    return number


def _as_uri(contact: str) -> str:
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


def _oidc(environ: Mapping[str, str]) -> Oidc | None:
    given = {word: environ.get(f"MALRETT_OIDC_{word}", "").strip() for word in _OIDC}
    if not any(given.values()):
        return None
    if not given["ISSUER"]:
        raise ValueError("MALRETT_OIDC_ISSUER is missing, while other MALRETT_OIDC settings are there")
    secret = given["CLIENT_SECRET"]
    if given["CLIENT_SECRET_FILE"]:
        if secret:
            raise ValueError("MALRETT_OIDC_CLIENT_SECRET and MALRETT_OIDC_CLIENT_SECRET_FILE: only one of them")
        try:
            secret = Path(given["CLIENT_SECRET_FILE"]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"MALRETT_OIDC_CLIENT_SECRET_FILE cannot be read: {error}") from None
    return Oidc(given["ISSUER"], given["CLIENT_ID"], secret, given["NAME"], tuple(given["ACR"].split()))


def is_loopback(host: str) -> bool:
    """Whether the name or address is of this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_issuer(url: str) -> bool:
    """OpenID Connect Discovery 1.0, section 3: https, host, perhaps port and path; no query and no fragment."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    plain = url.isascii() and url.isprintable() and not set(url) & set(' ?#@\\"<>{}') and len(url) <= 300
    return secure and plain and bool(parts.hostname)


def _is_origin(url: str) -> bool:
    """Scheme, host and perhaps a port: no path, since the application stands at the root of its host."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url == f"{parts.scheme}://{parts.netloc}"


def kept_secret_file(folder: Path) -> Path:
    """Where the secret key lies when no setting gives one."""
    return folder / "secret-key"


def _kept_secret(path: Path) -> str:
    """A secret that survives a restart, so that nobody is logged out by one; readable by the owner only.

    It comes into its place whole: a web process and a worker that start at once, or one that was killed at it, must not
    leave two secrets or an empty one.
    """
    if not path.exists() or not path.stat().st_size:
        made = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(made, path)
        except FileExistsError:  # another was first: theirs stands, unless it is an empty one
            if not path.stat().st_size:
                made.replace(path)
        except OSError:  # a file system without links
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    return path.read_text(encoding="ascii")
