"""What comes with the program? The files of seed_data: at the top of a checkout, inside an installed package."""

from functools import cache

from planner.domain.statements import Statement, StayStatement, read_statements, read_stay_statements
from planner.files.shipped import shipped


def read_seed(name: str) -> bytes:
    """The bytes of one of the files."""
    return (shipped("seed_data") / name).read_bytes()


@cache
def statements() -> tuple[Statement, ...]:
    """The thirty statements of the survey."""
    return read_statements(read_seed("statements.csv").decode("utf-8"))


@cache
def stay_statements() -> tuple[StayStatement, ...]:
    """The five that are asked beside whether somebody wants to go on living here."""
    return read_stay_statements(read_seed("stay_statements.csv").decode("utf-8"))
