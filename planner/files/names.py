"""What may a downloaded file be called? A name any machine can keep, out of words people wrote."""

import re
import unicodedata

LONGEST = 80


def file_name(stem: str, ending: str) -> str:
    """Letters, digits, spaces, hyphens and points of the stem, at most LONGEST; «plan» when nothing is left.

    No slash, no control character, no text direction mark, no leading point: the name goes into a header and onto a
    disk.
    """
    text = unicodedata.normalize("NFC", stem).replace("–", "-").replace("—", "-")
    kept = "".join(letter for letter in text if letter.isalnum() or letter in " -_.")
    name = re.sub(r"[ .]*\.[ .]*", ".", re.sub(r" {2,}", " ", kept)).strip(" .-_")[:LONGEST].strip(" .-_")
    return f"{name or 'plan'}.{ending}"
