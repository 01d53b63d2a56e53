"""By which numbers do the processes of an installation take turns in PostgreSQL? Advisory locks, one namespace for all.

In one list, so that no two are the same: else whoever has the one keeps out those who want the other.
"""

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """Any numbers that no other program on the database has."""

    MIGRATING = 5_070_800
    TAKING = 5_070_801
    AT_NIGHT = 5_070_802
