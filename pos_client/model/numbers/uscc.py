"""The code of a Chinese company or office: 18 characters with a check character (GB 32100-2015)."""

from enum import StrEnum
from typing import Final

#: Without I, O, S, V and Z, which are taken for digits.
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MODULUS: Final = 31
_LENGTH: Final = 18


class UsccFault(StrEnum):
    """Why a text cannot be a company code."""

    LENGTH = "length"
    CHARSET = "charset"
    CHECKSUM = "checksum"


def fault(code: str) -> UsccFault | None:
    """Say what is wrong with a code in capitals without separators, or None where it holds."""
    if len(code) != _LENGTH:
        return UsccFault.LENGTH
    if any(character not in ALPHABET for character in code):
        return UsccFault.CHARSET
    weighted = sum(
        ALPHABET.index(character) * pow(3, at, _MODULUS) for at, character in enumerate(code[:-1])
    )
    # A remainder of 0 stands for 0, not for 31: the outer modulus is easily forgotten.
    check = (_MODULUS - weighted % _MODULUS) % _MODULUS
    return None if ALPHABET[check] == code[-1] else UsccFault.CHECKSUM
