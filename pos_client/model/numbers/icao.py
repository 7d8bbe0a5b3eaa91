"""The check digit of passports and machine-readable cards (ICAO 9303-3, section 4.9)."""

from typing import Final

_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {
    character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
} | {"<": 0}


def check_digit(text: str) -> str:
    """Return the one-character check digit over `text`, made of 0-9, A-Z and `<`.

    Raises:
        ValueError: a character that no machine-readable zone has.
    """
    try:
        values = [_VALUES[character] for character in text]
    except KeyError as err:
        raise ValueError("only 0-9, A-Z and < stand in a machine-readable zone") from err
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)
