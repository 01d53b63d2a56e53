"""Who may do what in a municipality, and what must hold of an address and a password? Never asks the time.

Roles are steps of one ladder: whoever may run workshops may also read, whoever leads may do all of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.typed import read_words

ROLES = ("viewer", "facilitator", "director")
"""The least first."""
NAME_LONGEST, EMAIL_LONGEST = 200, 254
PASSWORD_LEAST, PASSWORD_LONGEST = 12, 200
_EMAIL = re.compile(r"[^\s@<>\"'(),:;\\\[\]]{1,64}@[^\s@<>\"'(),:;\\\[\]]+\.[^\s@<>\"'(),:;\\\[\]]{2,}")
_SAID_BY_MANY = (
    "passord",
    "password",
    "sommer",
    "vinter",
    "kommune",
    "malrett",
    "målrett",
    "qwerty",
    "123456",
    "abcdef",
)


def may(role: str, least: str) -> bool:
    """Whether someone with this role may do what asks for the least. Raises ValueError for a role there is not."""
    return ROLES.index(role) >= ROLES.index(least)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in, in the municipality that they look at now.

    role: in that municipality; «» where they have no place in any. signin: which signing-in this is, never its secret.
    language: that they chose, or «».
    """

    account_id: str
    email: str
    name: str
    language: str
    signin: str
    municipality_id: str = ""
    municipality: str = ""
    municipality_language: str = ""
    role: str = ""

    def may(self, least: str) -> bool:
        return bool(self.role) and may(self.role, least)


@dataclass(frozen=True, slots=True)
class Member:
    account_id: str
    name: str
    email: str
    role: str


def read_email(raw: str, where: str, findings: list[Finding]) -> str:
    """The address in small letters without space round it; «» with a Finding where it is none."""
    email = read_words(raw).lower()
    if len(email) > EMAIL_LONGEST or not _EMAIL.fullmatch(email):
        findings.append(Finding("people_email", where=where))
        return ""
    return email


def read_name(raw: str, where: str, findings: list[Finding]) -> str:
    name = read_words(raw)
    if not name or len(name) > NAME_LONGEST:
        findings.append(Finding("people_name", where=where, details={"limit": NAME_LONGEST}))
    return name


def password_findings(password: str, again: str, known: Iterable[str]) -> tuple[Finding, ...]:
    """What is wrong with a new password. known: what others know of the person (name, address, municipality).

    Length and not being guessed at once, no rules of which letters (NIST SP 800-63B, 3.1.1.2).
    """
    if len(password) > PASSWORD_LONGEST:
        return (Finding("people_password_long", where="password", details={"limit": PASSWORD_LONGEST}),)
    if len(password) < PASSWORD_LEAST:
        return (Finding("people_password_short", where="password", details={"limit": PASSWORD_LEAST}),)
    if _is_guessed(password.lower(), known):
        return (Finding("people_password_guessed", where="password"),)
    if password != again:
        return (Finding("people_password_differs", where="again"),)
    return ()


def _is_guessed(password: str, known: Iterable[str]) -> bool:
    """Whether little is left of it without words that many use, what is known of the person, and repeated letters."""
    words = {part for text in known for part in re.split(r"\W+", text.lower()) if len(part) >= 4}
    left = password
    for word in sorted({*_SAID_BY_MANY, *words}, key=len, reverse=True):
        left = left.replace(word, "")
    return len(set(left)) < 5


def last_director(members: Iterable[Member], account_id: str) -> bool:
    """Whether nobody would lead the municipality without this one."""
    return {member.account_id for member in members if member.role == "director"} == {account_id}
