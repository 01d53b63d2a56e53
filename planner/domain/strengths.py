"""What is good today? The statements that people find important, count on having here, and do not lack more than most.

Says nothing of who made it so, nor of what it takes to keep it.
"""

# Where «important» and «likely» begin on the scale from 1 to 7, as in the measure of unmet need.
IMPORTANT_FROM, LIKELY_FROM = 5.0, 4.0
NAMED = 3  # so many of the largest needs are named before all else, on the page and in the paper


def is_strength(importance: float, likelihood: float, place: int, of: int) -> bool:
    """importance, likelihood: means. place: 1 is the largest unmet need of the `of` that are shown.

    One that is named among the largest needs is none, nor one of the larger half of them: where half the people are
    sure to get something and the others sure not to, its mean is likely, though nearly half lack it.
    """
    return importance >= IMPORTANT_FROM and likelihood >= LIKELY_FROM and place > NAMED and 2 * place > of + 1
