"""Numbers on Indian cards: Aadhaar (Verhoeff), PAN of the tax office, EPIC of the voters' roll."""

import re
from enum import StrEnum
from typing import Final

from pos_client.model.numbers import luhn, verhoeff

#: Aadhaar numbers never start with 0 or 1 (UIDAI).
_AADHAAR: Final = re.compile(r"[2-9][0-9]{11}")
_AADHAAR_LENGTH: Final = 12
#: The fourth letter is the kind of holder, the fifth begins the surname; the last letter checks,
#: but how is not public.
_PAN: Final = re.compile(r"[A-Z]{3}[ABCFGHJLPTK][A-Z][0-9]{4}[A-Z]")
_EPIC: Final = re.compile(r"[A-Z]{3}[0-9]{7}")
_TEN: Final = 10


class IndianFault(StrEnum):
    """Why a text cannot be the number of an Indian card."""

    LENGTH = "length"
    CHARSET = "charset"
    CHECKSUM = "checksum"


def aadhaar_fault(number: str) -> IndianFault | None:
    """Say what is wrong with bare digits of an Aadhaar number."""
    if len(number) != _AADHAAR_LENGTH:
        return IndianFault.LENGTH
    # A number that reads the same backwards is not given out.
    if _AADHAAR.fullmatch(number) is None or number == number[::-1]:
        return IndianFault.CHARSET
    return None if verhoeff.holds(number) else IndianFault.CHECKSUM


def pan_fault(number: str) -> IndianFault | None:
    """Say what is wrong with a number of the tax office: its form only."""
    if len(number) != _TEN:
        return IndianFault.LENGTH
    return None if _PAN.fullmatch(number) and number[5:9] != "0000" else IndianFault.CHARSET


def epic_fault(number: str) -> IndianFault | None:
    """Say what is wrong with a voter's number: three letters, seven digits under Luhn's test."""
    if len(number) != _TEN:
        return IndianFault.LENGTH
    if _EPIC.fullmatch(number) is None:
        return IndianFault.CHARSET
    return None if luhn.holds(number[3:]) else IndianFault.CHECKSUM
