"""Under which names are a phone and what it says kept, so that it can go on and nobody can tell whose it was?

A phone holds a token of 128 random bits, which is never stored. All that is stored is derived from it: the seat, and a
name of its own for each single thing the phone says. Two names of one token look as unlike as two of two people, so
the rows of a database say nothing about which came from the same person, nor from which seat. With a name asked for, a
phone says everything as its seat: that is what «with names» means. Without the token nothing can be derived again;
whoever holds a phone and the database can find what that phone said, until the workshop ends and the names are drawn
anew.
"""

import hmac
import json
import re

TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")  # 16 bytes or more in base64
COMMENT = "·comment"  # in place of a statement: what is said in words about an initiative
Token = str


def is_token(text: str) -> bool:
    """Whether it could be a phone's token. Anything else is no phone of ours."""
    return TOKEN.fullmatch(text) is not None


def seat_of(token: Token, salt: str) -> str:
    """The row of the phone: its table, its group, its cards."""
    return _derived(token, salt, "seat")


def voter_of(token: Token, salt: str, *, is_named: bool, round_: int, initiative: str, statement: str) -> str:
    """The name that one score is kept under, the same each time the phone changes it."""
    return seat_of(token, salt) if is_named else _derived(token, salt, "score", str(round_), initiative, statement)


def author_of(token: Token, salt: str, *, is_named: bool, what: str) -> str:
    """The name of anything else that is said once by a phone: an allotment of points («points/segment»)."""
    return seat_of(token, salt) if is_named else _derived(token, salt, "said", what)


def proposer_of(token: Token, salt: str, slot: int) -> str:
    """The name of one proposal. Of the idea nobody needs to know whose it was: so it is where people give names too."""
    return _derived(token, salt, "proposal", str(slot))


def _derived(token: Token, salt: str, *about: str) -> str:
    # As a list, so that no two things to be told apart are ever written alike.
    return hmac.digest(token.encode(), json.dumps([salt, *about]).encode(), "sha256").hex()[:40]
