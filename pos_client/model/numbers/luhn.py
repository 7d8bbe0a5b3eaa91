"""The Luhn check digit (ISO/IEC 7812-1) of SIM cards and handsets."""


def holds(digits: str) -> bool:
    """Return True where `digits`, the last of them the check digit, pass the Luhn test."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + at % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the digit sum of 10..18
    return total % 10 == 0
