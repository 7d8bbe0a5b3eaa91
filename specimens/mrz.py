"""Writes the machine-readable lines of travel documents (ICAO 9303), with right check digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specimens.check_digits import mrz_check

if TYPE_CHECKING:
    from specimens.persons import Traveller


def td3(traveller: Traveller, code: str = "P<") -> tuple[str, str]:
    """Two lines of 44 (ICAO 9303-4): a passport's data page."""
    second = _second_line(traveller, 14, optional_check=True)
    composite = mrz_check(second[:10] + second[13:20] + second[21:43])
    return _first_line(code, traveller, 44), second + composite


def td2(traveller: Traveller, code: str = "I<") -> tuple[str, str]:
    """Two lines of 36 (ICAO 9303-6): a larger identity card."""
    second = _second_line(traveller, 7)
    composite = mrz_check(second[:10] + second[13:20] + second[21:35])
    return _first_line(code, traveller, 36), second + composite


def mrv_a(traveller: Traveller, code: str = "V<") -> tuple[str, str]:
    """Two lines of 44 (ICAO 9303-7): a full-page visa, which has no composite digit."""
    return _first_line(code, traveller, 44), _second_line(traveller, 16)


def mrv_b(traveller: Traveller, code: str = "V<") -> tuple[str, str]:
    """Two lines of 36 (ICAO 9303-7): a smaller visa, which has no composite digit."""
    return _first_line(code, traveller, 36), _second_line(traveller, 8)


def td1(traveller: Traveller, code: str = "I<") -> tuple[str, str, str]:
    """Three lines of 30 (ICAO 9303-5): a card of bank-card size."""
    number, overflow = _number(traveller.document_number)
    state = traveller.issuing_state.ljust(3, "<")
    first = f"{code}{state}{number}{_filled(overflow + traveller.optional_data, 15)}"
    birth, expiry = _birth(traveller.birth_date), _day(traveller.expiry_date)
    nationality = traveller.nationality.ljust(3, "<")
    sex = traveller.sex.replace("X", "<")
    second = f"{birth}{sex}{expiry}{nationality}{'<' * 11}"
    composite = mrz_check(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return first, second + composite, name_field(traveller, 30)


def name_field(traveller: Traveller, width: int) -> str:
    """Surname and given names in ``width`` places; what does not fit is cut, never both names."""
    surname = _letters(traveller.surname)
    given = _letters(traveller.given_names)
    if given:
        # ICAO 9303-3 4.6.3: a long surname gives way so that the given names still begin.
        surname = surname[: width - 3].rstrip("<")
        return _filled(f"{surname}<<{given}"[:width], width)
    return _filled(surname[:width], width)


def _first_line(code: str, traveller: Traveller, width: int) -> str:
    return f"{code}{traveller.issuing_state.ljust(3, '<')}{name_field(traveller, width - 5)}"


def _second_line(traveller: Traveller, optional: int, *, optional_check: bool = False) -> str:
    number, overflow = _number(traveller.document_number)
    rest = _filled(overflow + traveller.optional_data, optional)
    # An empty optional field may carry a filler for its check digit (ICAO 9303-4, 4.2.2.2).
    check = (mrz_check(rest) if rest.strip("<") else "<") if optional_check else ""
    nationality = traveller.nationality.ljust(3, "<")
    sex = traveller.sex.replace("X", "<")
    birth, expiry = _birth(traveller.birth_date), _day(traveller.expiry_date)
    return f"{number}{nationality}{birth}{sex}{expiry}{rest}{check}"


def _number(number: str) -> tuple[str, str]:
    """Ten places with the check digit, and what goes on in the optional field (ICAO 9303-5)."""
    if len(number) <= 9:
        shown = number.ljust(9, "<")
        return shown + mrz_check(shown), ""
    return f"{number[:9]}<", f"{number[9:]}{mrz_check(number)}<"


def _day(iso: str) -> str:
    """``YYMMDD`` and its check digit."""
    digits = iso.replace("-", "")[2:]
    return digits + mrz_check(digits)


def _birth(iso: str) -> str:
    """As ``_day``; an unknown day, or month and day, are fillers (ICAO 9303-3, 4.8)."""
    digits = iso.replace("-", "")[2:].ljust(6, "<")
    return digits + mrz_check(digits)


def _letters(name: str) -> str:
    return name.replace("'", "").replace("-", "<").replace(" ", "<")


def _filled(text: str, width: int) -> str:
    return text[:width].ljust(width, "<")
