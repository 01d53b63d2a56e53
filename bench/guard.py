"""What is a guard, and by which small edit of the source is it taken away?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """old stands exactly once in the file."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Guard:
    """keeps: what it keeps from happening. tests: by path and name. engine: which database they run on."""

    name: str
    keeps: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    engine: str = "sqlite"


def one(name: str, keeps: str, file: str, old: str, new: str, *tests: str, engine: str = "sqlite") -> Guard:
    return Guard(name, keeps, (Edit(file, old, new),), tests, engine)
