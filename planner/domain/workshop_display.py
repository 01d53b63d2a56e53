"""How much of what a room answered may be shown, so that nobody's answer can be worked out?

Nothing below five answers. The picture of a round is made once and frozen, since the difference of two pictures of the
same answers is a picture too. A group and the others are shown together or not at all: the whole is shown, and what is
left when one part is taken from it is the other part.
"""

SHOWN_FROM = 5


def may_show(answers: int) -> bool:
    return answers >= SHOWN_FROM


def may_part(group: int, others: int) -> bool:
    """Whether a group's figures may stand beside the others', when those of everyone are shown too.

    A part nobody is in hides nothing: the other part is then the whole.
    """
    return all(part == 0 or may_show(part) for part in (group, others)) and group > 0
