"""Numbers around a SIM card: the card's own (ICCID), the phone number (MSISDN), the handset (IMEI).

ICCID by ITU-T E.118. Chinese cards print 19 or 20 characters, and issuers put letters into them;
so the check digit is a warning by default, and the carrier's policy decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pos_client.model.numbers import luhn

_SEPARATORS: Final = re.compile(r"[\s\-()\u2010-\u2015\u200b-\u200f]+")
_ICCID: Final = re.compile(r"89[0-9]{4}[0-9A-Z]{13,14}")
_ICCID_LENGTHS: Final = (19, 20)
_IMEI_LENGTH: Final = 15
_CHINA: Final = re.compile(r"(?:\+|00)86")
#: A mobile number of China behind its country code, however that is written: no number of the
#: country itself has thirteen places and begins with 86.
_ABROAD: Final = re.compile(r"(?:\+|00)?86(1[0-9]{10})")
#: An embedded chip's number (EID) writes its country with three digits, mostly 0 in front; a
#: card's has no 0 there, but for the 01 of North America.
_EID_HEAD: Final = re.compile(r"890(?!1)")
_EID: Final = re.compile(r"89[0-9]{30}")
_EID_MODULUS: Final = 97
#: Full stops and strokes part the groups of a phone number, never those of a card.
_GROUPED: Final = re.compile(r"[./\u00b7\u30fb]")


class IccidFault(StrEnum):
    """Why a text cannot be the number of a SIM card, or is probably misread."""

    LENGTH = "length"
    CHARSET = "charset"
    CHECK_DIGIT = "check_digit"


def normalise_iccid(text: str) -> str:
    """Return the bare card number: half-width capitals and digits without separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def iccid_fault(iccid: str) -> IccidFault | None:
    """Say what is wrong with a normalised card number, or None where it holds.

    A card of 20 whose last character is a letter carries its Luhn digit in place 19; one with a
    letter further in has no check digit that could be tested.
    """
    if len(iccid) not in _ICCID_LENGTHS:
        return IccidFault.LENGTH
    if _ICCID.fullmatch(iccid) is None:
        return IccidFault.CHARSET
    checked = iccid[:-1] if len(iccid) == max(_ICCID_LENGTHS) and iccid[-1].isalpha() else iccid
    if checked.isdigit() and not luhn.holds(checked):
        return IccidFault.CHECK_DIGIT
    return None


def begins_like_eid(digits: str) -> bool:
    """Say whether digits are rather a piece of an embedded chip's number than a card's number."""
    return _EID_HEAD.match(digits) is not None


def is_eid(digits: str) -> bool:
    """Return True for the 32 digits of an embedded chip whose check digits hold (GSMA SGP.02)."""
    return _EID.fullmatch(digits) is not None and int(digits) % _EID_MODULUS == 1


def normalise_msisdn(text: str) -> str:
    """Return a national mobile number as bare digits.

    `+86 138 0000 8000`, `(86)138-0000-8000` and `138.0000.8000` become 13800008000.
    """
    bare = _GROUPED.sub("", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))
    abroad = _ABROAD.fullmatch(bare)
    if abroad is not None:
        return abroad[1]
    return _CHINA.sub("", bare, count=1) if _CHINA.match(bare) else bare


def msisdn_fits(msisdn: str, patterns: Iterable[str]) -> bool:
    """Return True where one of the carrier's patterns covers the whole normalised number.

    The patterns come from the policy pack: number segments change too often for a library.
    """
    return any(re.fullmatch(pattern, msisdn) for pattern in patterns)


def imei_holds(imei: str) -> bool:
    """Return True for 15 digits with a right Luhn digit (3GPP TS 23.003, annex B)."""
    return len(imei) == _IMEI_LENGTH and luhn.holds(imei)
