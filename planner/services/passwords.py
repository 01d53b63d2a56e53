"""How is a password kept, and how is one tried? Argon2id, as RFC 9106 advises; never a text of it anywhere."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # 64 MiB and three passes, RFC 9106 section 4, the second recommended choice
# Each takes 64 MiB and a core; a Monday morning of eight at once would hold up everybody else.
_TURNS = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    with _TURNS:
        return _HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether it is the one. Takes the same time where nothing is kept: a stranger learns no addresses by the clock."""
    with _TURNS:
        try:
            return _HASHER.verify(kept or _nobodys(), password) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether it was made by weaker settings than today's."""
    return bool(kept) and _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's")
