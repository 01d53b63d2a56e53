"""How much of what a room answered may be shown, so that nobody's answer can be worked out?

Nothing below five answers; then a new picture only when at least three more have answered, since the difference of two
pictures is a picture too. A group and the others are shown together or not at all: the whole is shown, and what is left
when one part is taken from it is the other part.
"""

SHOWN_FROM = 5
STEP = 3


def may_show(answers: int) -> bool:
    return answers >= SHOWN_FROM


def may_replace(shown: int | None, now: int) -> bool:
    """Whether a picture of `now` answers may take the place of the one of `shown` (None: none has been shown).

    Equal numbers may differ by one person's second thoughts, so they do not either.
    """
    return may_show(now) and (shown is None or now - shown >= STEP)


def may_part(group: int, others: int) -> bool:
    """Whether a group's figures may stand beside the others', when those of everyone are shown too.

    A part nobody is in hides nothing: the other part is then the whole.
    """
    return all(part == 0 or may_show(part) for part in (group, others)) and group > 0
