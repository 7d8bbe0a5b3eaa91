"""The Korean resident number: its check digit holds only for numbers given before October 2020."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from pos_client.model.numbers.cn_id import Sex

_SHAPE: Final = re.compile(r"[0-9]{13}")
_LENGTH: Final = 13
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
#: The seventh digit tells century and sex; 5 to 8 are foreigners.
_CENTURIES: Final = dict(
    zip("9012563478", (1800, 1800, 1900, 1900, 1900, 1900, 2000, 2000, 2000, 2000), strict=True)
)


class RrnFault(StrEnum):
    """Why a text cannot be a Korean number; the last one is no more than a warning."""

    LENGTH = "length"
    CHARSET = "charset"
    DATE = "date"
    FUTURE = "future"
    CHECKSUM = "checksum"


def shaped(number: str) -> bool:
    """Return True for 13 bare digits."""
    return _SHAPE.fullmatch(number) is not None


def fault(number: str, *, today: date | None = None) -> RrnFault | None:
    """Say what is wrong with bare digits.

    `CHECKSUM` is a warning and never a refusal: numbers given from 2020-10-05 end in random digits.
    """
    if len(number) != _LENGTH:
        return RrnFault.LENGTH
    if not shaped(number):
        return RrnFault.CHARSET
    born = birth_date(number)
    if born is None:
        return RrnFault.DATE
    if today is not None and born > today:
        return RrnFault.FUTURE
    return None if check_digit_holds(number) else RrnFault.CHECKSUM


def birth_date(number: str) -> date | None:
    """Return the birth date in 13 digits, None where they hold none."""
    year = _CENTURIES[number[6]] + int(number[:2])
    try:
        return date(year, int(number[2:4]), int(number[4:6]))
    except ValueError:
        return None


def sex(number: str) -> Sex:
    """Return the sex that the seventh digit stands for."""
    return Sex.MALE if int(number[6]) % 2 else Sex.FEMALE


def check_digit_holds(number: str) -> bool:
    """Return True where the last digit checks."""
    if not shaped(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:12], strict=True))
    return (11 - total % 11) % 10 == int(number[12])
