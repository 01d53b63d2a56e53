"""What is said while a large survey file is read?"""

from flask_babel import gettext as _

from planner import notation


def reading(share: int) -> str:
    if share >= 100:
        return _("Alt er lest. Ser på svarene.")
    return _("Leser filen, %(share)s prosent så langt.", share=notation.number(share))
