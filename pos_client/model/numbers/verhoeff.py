"""Verhoeff's check digit, which catches every wrong digit and every swap; used by Aadhaar."""

from typing import Final

#: Multiplication in the dihedral group of order ten, and the permutation of positions.
_TIMES: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_TURNED: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def holds(digits: str) -> bool:
    """Return True where `digits`, the last of them the check digit, pass Verhoeff's test."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    state = 0
    for at, digit in enumerate(reversed(digits)):
        state = int(_TIMES[state][int(_TURNED[at % 8][int(digit)])])
    return state == 0
