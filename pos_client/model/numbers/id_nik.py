"""The Indonesian resident number (NIK): six digits of place, the birth date, four of sequence.

No check digit. To the day of birth of women forty is added.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from pos_client.model.numbers.cn_id import Sex

_SHAPE: Final = re.compile(r"[1-9][0-9]{15}")
_LENGTH: Final = 16
_WOMEN: Final = 40


class NikFault(StrEnum):
    """Why a text cannot be a resident number."""

    LENGTH = "length"
    CHARSET = "charset"
    DATE = "date"


def fault(number: str) -> NikFault | None:
    """Say what is wrong with bare digits, or None where they hold."""
    if len(number) != _LENGTH:
        return NikFault.LENGTH
    if _SHAPE.fullmatch(number) is None:
        return NikFault.CHARSET
    # 2000 is a leap year, so that no real birthday is refused.
    return None if _day(number, 2000) else NikFault.DATE


def birth_date(number: str, today: date) -> date | None:
    """Return the latest day not in the future that the number's six digits may mean.

    None for a number with a fault.
    """
    if fault(number) is not None:
        return None
    century = today.year // 100 * 100
    days = (_day(number, each + int(number[10:12])) for each in (century, century - 100))
    return next((day for day in days if day is not None and day <= today), None)


def sex(number: str) -> Sex:
    """Return the sex that a number without fault tells."""
    return Sex.FEMALE if int(number[6:8]) > _WOMEN else Sex.MALE


def _day(number: str, year: int) -> date | None:
    day = int(number[6:8])
    try:
        return date(year, int(number[8:10]), day - _WOMEN if day > _WOMEN else day)
    except ValueError:
        return None
