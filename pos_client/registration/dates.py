"""Dates on documents: typed in many shapes, partly unknown in machine-readable zones, long-term."""

import calendar
import re
import unicodedata
from datetime import date
from typing import Final

from pos_client.model.numbers import mrz

#: The value of `valid_until` on a card that never expires (长期).
LONG_TERM: Final = "long-term"

_LONG_TERM_TYPED: Final = frozenset({"c", "长", "长期", LONG_TERM})
_PARTS: Final = re.compile(r"([0-9]{4})[-./年 ]([0-9]{1,2})[-./月 ]([0-9]{1,2})日?")
_EIGHT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SIX: Final = re.compile(r"[0-9]{6}")
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_UNKNOWN: Final = re.compile(r"<+")


def typed(text: str, today: date, *, expiry: bool = False) -> str:
    """Return what somebody typed as an ISO date, or as typed where it is no date.

    Takes `19900307`, `1990-3-7`, `1990.03.07`, `1990年3月7日` and `900307`; two-digit years are
    placed as in machine-readable zones. With `expiry`, `c` or `长` stands for long-term.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if expiry and plain.lower() in _LONG_TERM_TYPED:
        return LONG_TERM
    if _SIX.fullmatch(plain):
        place = mrz.expiry_date if expiry else mrz.birth_date
        return place(plain, today)
    found = _EIGHT.fullmatch(plain) or _PARTS.fullmatch(plain)
    if found is None:
        return plain
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return plain


def span(value: str) -> tuple[date, date] | None:
    """Return the first and last day a value may mean: `2030-02` gives 1 and 28 February 2030.

    None for long-term, for a wholly unknown date and for what is no date.
    """
    found = _ISO.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(int(value), 1, 1), date(int(value), 12, 31)
        last = day or calendar.monthrange(year, month)[1]
        return date(year, month, day or 1), date(year, month, last)
    except ValueError:
        return None


def whole(value: str) -> date | None:
    """Return the day where a value names exactly one, else None."""
    found = span(value)
    return found[0] if found and found[0] == found[1] else None


def sound(value: str) -> bool:
    """Say whether a value is a date, partly or wholly unknown included, or long-term."""
    return value == LONG_TERM or bool(_UNKNOWN.fullmatch(value)) or span(value) is not None


def age(born: date, on: date) -> int:
    """Return the age in whole years on a day; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def years_apart(start: date, end: date, years: int) -> bool:
    """Say whether two days lie so many years apart, give or take a day for 29 February."""
    try:
        exact = start.replace(year=start.year + years)
    except ValueError:
        exact = date(start.year + years, 3, 1)
    return abs((end - exact).days) <= 1
