"""The Nigerian identity number (NIN): eleven digits; how its check works is not public."""

from enum import StrEnum
from typing import Final

_LENGTH: Final = 11


class NinFault(StrEnum):
    """Why a text cannot be a Nigerian identity number."""

    LENGTH = "length"
    CHARSET = "charset"


def fault(number: str) -> NinFault | None:
    """Say what is wrong with a number without separators, or None where nothing speaks against."""
    if len(number) != _LENGTH:
        return NinFault.LENGTH
    plain = number.isascii() and number.isdigit() and len(set(number)) > 1
    return None if plain else NinFault.CHARSET
