"""Where does the version of a new row begin? By chance, so that a row with the same name never has an earlier one's.

T1 is removed and somebody makes another T1: a form that was opened on the first one must not be taken for one that has
seen the second. Beginning at 1 both would have the version 1.
"""

import secrets

_MOST = 900_000_000  # nine digits: what a form is read for, and less than half of what a column holds


def first() -> int:
    """For a row that is new; each change adds 1."""
    return 1 + secrets.randbelow(_MOST)
