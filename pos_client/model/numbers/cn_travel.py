"""Numbers of the permits with which people of Hong Kong, Macau and Taiwan travel to the mainland.

None carries a check digit, so only their form is tested. The last two digits of a Hong Kong or
Macau permit count its renewals; the nine characters before them stay the holder's for life.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

_HK_MACAU: Final = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
#: For permanent residents who are not Chinese citizens, given since 2024-07-10.
_NON_CHINESE: Final = re.compile(r"(?:HA|MA)[0-9]{7}")
#: Cards carry 8 digits; booklets before 2015 ten, with a mark of the issuing office in brackets.
_TAIWAN: Final = re.compile(r"[0-9]{8}|[0-9]{10}(?:\([A-Z0-9]+\))?")
_SPACES: Final = re.compile(r"[\s\-\u200b-\u200f]+")


class TravelFault(StrEnum):
    """Why a text cannot be the number of a travel permit."""

    LENGTH = "length"
    CHARSET = "charset"


def normalise(text: str) -> str:
    """Return the bare number: half-width capitals, without separators."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


def hk_macau_fault(number: str) -> TravelFault | None:
    """Say what is wrong with the number of a permit of a Hong Kong or Macau resident."""
    if len(number) not in {9, 11}:
        return TravelFault.LENGTH
    return None if _HK_MACAU.fullmatch(number) else TravelFault.CHARSET


def non_chinese_fault(number: str) -> TravelFault | None:
    """Say what is wrong with the number of a permit of a resident who is no Chinese citizen."""
    if len(number) != 9:  # noqa: PLR2004 - two letters and seven digits
        return TravelFault.LENGTH
    return None if _NON_CHINESE.fullmatch(number) else TravelFault.CHARSET


def taiwan_fault(number: str) -> TravelFault | None:
    """Say what is wrong with the number of a permit of a Taiwan resident."""
    bare = number.partition("(")[0]
    if len(bare) not in {8, 10}:
        return TravelFault.LENGTH
    return None if _TAIWAN.fullmatch(number) else TravelFault.CHARSET
