"""The Chinese citizen number: does it add up, when was its holder born, which sex, which place.

GB 11643-1999: `AAAAAA YYYYMMDD SSS C`; region, birth date, sequence (odd for men), check by
MOD 11-2 of ISO 7064. Check digits are mathematics and may block; tables of regions age and are
therefore not looked at here.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"
#: What keyboards and recognisers give for the Roman ten: Cyrillic Kha, Greek Chi, times, a cross.
_TENS: Final = str.maketrans(dict.fromkeys("\u0425\u0445\u03a7\u03c7\u00d7\u2715", "X"))
_SEPARATORS: Final = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff\u00b7.]+")
#: The standard itself gives an example born in 1880; an older year is a misread digit.
_OLDEST_YEAR: Final = 1800
#: Sequences kept for people who were a hundred years old when numbers were first given.
_CENTENARIANS: Final = "996"

LENGTH: Final = 18


class IdFault(StrEnum):
    """Why a number cannot be a citizen number, the plainest reason first."""

    LENGTH = "length"
    FIRST_GENERATION = "first_generation"
    CHARSET = "charset"
    CHECKSUM = "checksum"
    DATE = "date"
    FUTURE = "future"
    #: Right in itself, but of another document than the one in hand.
    PLACE = "place"


class Sex(StrEnum):
    """Sex as numbers and machine-readable zones know it."""

    MALE = "M"
    FEMALE = "F"


def normalise(text: str) -> str:
    """Return the bare number: half-width, without separators, every look-alike of X made an X.

    Only for numbers whose one possible letter is X: the same map would ruin a name.
    """
    plain = unicodedata.normalize("NFKC", text)
    return _SEPARATORS.sub("", plain).translate(_TENS).upper()


def check_character(body: str) -> str:
    """Return the MOD 11-2 character (0-9 or X) for the first 17 digits.

    Raises:
        ValueError: `body` is not 17 ASCII digits.
    """
    if re.fullmatch(r"[0-9]{17}", body) is None:
        raise ValueError("the body of a citizen number is 17 digits")
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def fault(number: str, *, today: date | None = None) -> IdFault | None:
    """Say what is wrong with a normalised number, or None where it holds.

    `today` turns on the test for a birth date in the future.
    """
    if _FIRST_GENERATION.fullmatch(number):
        return IdFault.FIRST_GENERATION
    if len(number) != LENGTH:
        return IdFault.LENGTH
    if _SHAPE.fullmatch(number) is None:
        return IdFault.CHARSET
    return eighteen_fault(number, today=today)


def eighteen_fault(number: str, *, today: date | None = None) -> IdFault | None:
    """Test check character and birth date of any 18-digit number built like a citizen number."""
    if check_character(number[:17]) != number[17]:
        return IdFault.CHECKSUM
    born = _date(number[6:14])
    if born is None:
        return IdFault.DATE
    return IdFault.FUTURE if today is not None and born > today else None


def from_first_generation(number: str) -> str:
    """Return the 18 places that became of 15, for old customer lists only.

    Cards of 15 digits lost their validity in 2013 and are never taken at the counter. All of them
    were given to people born in the twentieth century, but for those of more than a hundred years
    (sequence 996 to 999), whose numbers said so.

    Raises:
        ValueError: not 15 digits of the first generation, or no date in them.
    """
    if _FIRST_GENERATION.fullmatch(number) is None:
        raise ValueError("a number of the first generation has 15 digits")
    century = "18" if number[12:] >= _CENTENARIANS else "19"
    body = f"{number[:6]}{century}{number[6:]}"
    if _date(body[6:14]) is None:
        raise ValueError("no birth date in this number")
    return body + check_character(body)


def birth_date(number: str) -> date:
    """Return the birth date that stands in a number without fault.

    Raises:
        ValueError: the digits are no date.
    """
    born = _date(number[6:14])
    if born is None:
        raise ValueError("no birth date in this number")
    return born


def sex(number: str) -> Sex:
    """Return the sex that the 17th digit of a number without fault stands for."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def region(number: str) -> str:
    """Return the six digits of the place of first registration; it may be abolished long since."""
    return number[:6]


_SHAPE: Final = re.compile(r"[1-8][0-9]{16}[0-9X]")
#: Cards of the first generation carried 15 digits: region, YYMMDD, sequence, no check.
_FIRST_GENERATION: Final = re.compile(r"[1-8][0-9]{14}")


def _date(digits: str) -> date | None:
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return found if found.year >= _OLDEST_YEAR else None
