"""Numbers on the cards of foreigners who live in China for good: 15 characters, since 2023 18.

2017: `KAZ 1100 901231 0 5`, checked by the 7-3-1 digit of ICAO 9303 over the first 14 characters.
2023: `9 11 398 19901231 002 1`, checked like a citizen number. Both cards are in use side by side.
"""

import re
from datetime import date
from typing import Final

from pos_client.model.numbers import cn_id, icao
from pos_client.model.numbers.cn_id import IdFault, Sex

_SHAPE_2017: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
_SHAPE_2023: Final = re.compile(r"9[0-9]{16}[0-9X]")
_LENGTH_2017: Final = 15


def fault(number: str, *, today: date | None = None) -> IdFault | None:
    """Say what is wrong with a normalised number of either edition, or None where it holds."""
    if len(number) == _LENGTH_2017:
        return _fault_2017(number)
    if len(number) != cn_id.LENGTH:
        return IdFault.LENGTH
    if _SHAPE_2023.fullmatch(number) is None:
        return IdFault.CHARSET
    return cn_id.eighteen_fault(number, today=today)


def _fault_2017(number: str) -> IdFault | None:
    if _SHAPE_2017.fullmatch(number) is None:
        return IdFault.CHARSET
    if icao.check_digit(number[:14]) != number[14]:
        return IdFault.CHECKSUM
    month, day = int(number[9:11]), int(number[11:13])
    try:
        # Two-digit years: 2000 is a leap year, so that no real birthday is refused.
        date(2000, month, day)
    except ValueError:
        return IdFault.DATE
    return None


def birth_date_2017(number: str, today: date) -> date | None:
    """Return the latest day not in the future that the two-digit year may mean; None where none."""
    if _fault_2017(number) is not None:
        return None
    century = today.year // 100 * 100
    for start in (century, century - 100):
        try:
            born = date(start + int(number[7:9]), int(number[9:11]), int(number[11:13]))
        except ValueError:
            continue
        if born <= today:
            return born
    return None


def sex_2017(number: str) -> Sex:
    """Return the sex that the fourteenth place of a number of 2017 stands for."""
    return Sex.MALE if int(number[13]) % 2 else Sex.FEMALE
