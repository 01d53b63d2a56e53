"""How much of what a room answered may be shown, so that nobody's answer can be worked out?

Nothing below five answers. The picture of a round is made once and frozen, since the difference of two pictures of the
same answers is a picture too. A group and the others are shown together or not at all: the whole is shown, and what is
left when one part is taken from it is the other part.

Between rounds the same: what an earlier picture has taken in stays in each later one, and it grows by three people or
more at a time. Everybody sees who goes home after the first round and who comes late; had a picture one person fewer or
one more, its difference from the one before would say what that person answered.
"""

SHOWN_FROM, STEP = 5, 3


def may_show(answers: int) -> bool:
    return answers >= SHOWN_FROM


def may_join(new: int) -> bool:
    """Whether so many new answers may be taken in by a picture, when one without them has been shown."""
    return new >= STEP


def may_part(group: int, others: int) -> bool:
    """Whether a group's figures may stand beside the others', when those of everyone are shown too.

    A part nobody is in hides nothing: the other part is then the whole.
    """
    return all(part == 0 or may_show(part) for part in (group, others)) and group > 0
