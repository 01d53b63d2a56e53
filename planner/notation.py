"""How are numbers, money and dates written for the reader? The only place that formats them.

The reader's language comes from Flask-Babel; outside a request it is bokmål. Nothing here rounds what is computed
with. Halves go away from zero, as people, spreadsheets and `needs.whole_percent` round. Thin spaces between thousands
in every language: 3,000 in a field of an English form came back as 3 when it was sent. Norwegian has a decimal comma
and dates as 22. november 2026. What happened at a moment is told by Norwegian clocks, whatever the machine's: after
midnight in summer, UTC is still in yesterday for two hours.
"""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask_babel import get_locale

Number = int | float | Decimal | Fraction
THIN = "\u202f"  # narrow no-break space: a number is never broken over two lines
MINUS = "\u2212"
NOTHING = "–"
NORWAY = ZoneInfo("Europe/Oslo")


def _locale() -> Locale:
    return get_locale() or Locale("nb")


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def as_told(value: Number, digits: int = 0) -> float:
    """The figure as it is read."""
    return float(_rounded(value, digits))


def difference(first: Number, second: Number, digits: int = 0) -> float:
    """The first less the second where both are shown with so many digits: what whoever reads them would get. To a
    reader 10,0 and 7,6 are not 2,3 apart.
    """
    return float(_rounded(first, digits) - _rounded(second, digits))


def _rounded(value: Number, digits: int) -> Decimal:
    return _decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def number(value: Number | None, digits: int = 0) -> str:
    """12 345,6 in Norwegian, 12 345.6 in English; a missing value is a dash."""
    if value is None:
        return NOTHING
    rounded = _rounded(value, digits)
    text = f"{abs(rounded):,.{digits}f}".replace(",", THIN)
    if _locale().language != "en":
        text = text.replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def compact(value: Number | None) -> str:
    """As many digits as the number has, at most two: 3 is «3», 2.5 is «2,5»."""
    if value is None:
        return NOTHING
    exact = _decimal(value)
    digits = next(d for d in (0, 1, 2) if d == 2 or exact == round(exact, d))
    return number(exact, digits)


def percent(share: Number | None, digits: int = 0) -> str:
    """A share 0–1 as «31 %»."""
    if share is None:
        return NOTHING
    gap = "" if _locale().language == "en" else "\u00a0"
    return f"{number(_decimal(share) * 100, digits)}{gap}%"


def kroner(thousands: Number | None) -> str:
    """An amount in 1000 kr with its unit: «1 250 000 kr»; columns that say 1000 kr use number() instead."""
    if thousands is None:
        return NOTHING
    return f"{number(_decimal(thousands) * 1000)}\u00a0kr"


def day(when: date | datetime | None) -> str:
    """22. november 2026."""
    if when is None:
        return NOTHING
    if isinstance(when, datetime):
        when = here(when)
    return dates.format_date(when, "d. MMMM y" if _locale().language != "en" else "d MMMM y", locale=_locale())


def here(when: datetime) -> datetime:
    """By Norwegian clocks; without a zone it is UTC, as it is stored."""
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(NORWAY)


def moment(when: datetime | None) -> str:
    """22. november 2026 kl. 14.05; 22 November 2026, 14:05 in English."""
    if when is None:
        return NOTHING
    pattern = "%s, %H:%M" if _locale().language == "en" else "%s kl. %H.%M"
    return here(when).strftime(pattern.replace("%s", day(when)))


FILTERS = {"number": number, "compact": compact, "percent": percent, "kroner": kroner, "day": day, "moment": moment}
