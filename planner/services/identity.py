"""What passes between us and the issuer: who left, who came back, or why nobody did. Asks nobody for anything."""

from dataclasses import dataclass


class Away(Exception):
    """The issuer does not answer just now."""


class Refused(Exception):
    """What came is not to be believed. word: what was wrong with it, for whoever runs the installation."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser that left for the issuer must still have when it comes back: none of it opens anything alone."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at the issuer. name: what they are called there, or «»."""

    issuer: str
    subject: str
    name: str
