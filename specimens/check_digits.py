"""Check digits computed a second time, so that drawings do not borrow the product's sums."""

from __future__ import annotations

from typing import Final

_ID_REMAINDERS: Final = "10X98765432"
_MRZ_ORDER: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def resident_id_check(first_17: str) -> str:
    """Check character of a resident number (GB 11643-1999): weights are powers of two modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first_17))
    return _ID_REMAINDERS[total % 11]


def mrz_check(text: str) -> str:
    """Check digit of a machine-readable field (ICAO 9303-3): weights 7, 3, 1; fillers are 0."""
    worth = (0 if character == "<" else _MRZ_ORDER.index(character) for character in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(worth)) % 10)


def luhn_check(body: str) -> str:
    """Luhn digit that completes a number (ISO/IEC 7812-1), used for the ICCID of a SIM."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def ean13_check(first_12: str) -> str:
    """Last digit of a shop bar code (GS1): weights 1 and 3 in turn."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_12))
    return str(-total % 10)
