"""What did `planner doctor` find about one thing? How it stands, in words, and what to do where it is not well."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Line:
    """about: a word for programs that read the lines. todo: what to do; nothing where all is well.

    A warning is worth a look, a fault does not hold: data may be lost or shown, or somebody waits in vain.
    """

    about: str
    state: State
    text: str
    todo: str = ""


def judged(about: str, good: bool, well: str, ill: str, todo: str, state: State = "fault") -> Line:
    """`well` where it is good, else `ill` and what to do about it."""
    return Line(about, "ok", well) if good else Line(about, state, ill, todo)


def said(error: Exception) -> str:
    """An error in its own first line; of the driver's, where a library has wrapped it."""
    cause: BaseException = error
    while isinstance(cause.__cause__ or getattr(cause, "orig", None), BaseException):
        cause = cause.__cause__ or cause.orig  # type: ignore[attr-defined]
    lines = str(cause).strip().splitlines()
    return (lines[0] if lines else type(cause).__name__).rstrip(".")
