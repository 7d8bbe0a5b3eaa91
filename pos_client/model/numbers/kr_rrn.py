"""The Korean resident number: its check digit holds only for numbers given before October 2020."""

import re
from typing import Final

_SHAPE: Final = re.compile(r"[0-9]{6}[0-9][0-9]{6}")
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def shaped(number: str) -> bool:
    """Return True for 13 bare digits."""
    return _SHAPE.fullmatch(number) is not None


def check_digit_holds(number: str) -> bool:
    """Return True where the last digit checks.

    A miss is a warning and never a refusal: numbers given from 2020-10-05 end in random digits.
    """
    if not shaped(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:12], strict=True))
    return (11 - total % 11) % 10 == int(number[12])
