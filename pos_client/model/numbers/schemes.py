"""The numbers that documents carry, by name: how each is cleaned, tested, and what it tells.

A declaration of a document names one of these for its number field; nothing else in the client
knows which document carries which number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final

from pos_client.model.numbers import (
    cn_id,
    cn_permanent_residence,
    cn_residence,
    cn_travel,
    id_nik,
    in_cards,
    kr_rrn,
    ng_nin,
    uscc,
)
from pos_client.model.numbers.cn_id import Sex

Fault = Callable[[str, date], StrEnum | None]
_NOT_IN_NUMBERS: Final = re.compile(r"[^0-9A-Za-z()]+")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of number.

    `charset` is what may stand in it once it is clean, `lengths` how many characters it has.
    `proves` tells whether it has a check digit at all; where `warns` is True a wrong one is no
    more than a warning, because some holders' numbers have none. `born` and `sex` read what the
    number tells, None where it tells nothing.
    """

    normalise: Callable[[str], str]
    fault: Fault
    charset: str
    lengths: tuple[int, ...]
    proves: bool = True
    warns: bool = False
    born: Callable[[str, date], date | None] | None = None
    sex: Callable[[str], Sex] | None = None


def bare(text: str) -> str:
    """Return letters and digits in capitals; whatever separates them is left out."""
    return _NOT_IN_NUMBERS.sub("", cn_travel.normalise(text))


def _citizen(test: Callable[..., StrEnum | None]) -> Scheme:
    """A number built like a citizen number: eighteen places, birth date and sex in it."""
    return Scheme(
        normalise=cn_id.normalise,
        fault=lambda number, today: test(number, today=today),
        charset=_DIGITS + "X",
        lengths=(18,),
        born=lambda number, _today: cn_id.birth_date(number),
        sex=cn_id.sex,
    )


def _permanent_2017(number: str, today: date) -> StrEnum | None:
    if len(number) != _LENGTH_2017:
        return cn_id.IdFault.LENGTH
    return cn_permanent_residence.fault(number, today=today)


def _permanent_2023(number: str, *, today: date) -> StrEnum | None:
    if len(number) != cn_id.LENGTH:
        return cn_id.IdFault.LENGTH
    return cn_permanent_residence.fault(number, today=today)


def _form_only(
    test: Callable[[str], StrEnum | None], charset: str, lengths: tuple[int, ...]
) -> Scheme:
    return Scheme(bare, lambda number, _today: test(number), charset, lengths, proves=False)


_DIGITS: Final = "0123456789"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH_2017: Final = 15

SCHEMES: Final[dict[str, Scheme]] = {
    "cn_id18": _citizen(cn_id.fault),
    "cn_residence_hk_macau": _citizen(partial(cn_residence.fault, places=cn_residence.HK_MACAU)),
    "cn_residence_taiwan": _citizen(partial(cn_residence.fault, places=cn_residence.TAIWAN)),
    "cn_pr_2017": Scheme(
        bare,
        _permanent_2017,
        _LETTERS + _DIGITS,
        (15,),
        born=cn_permanent_residence.birth_date_2017,
        sex=cn_permanent_residence.sex_2017,
    ),
    "cn_pr_2023": _citizen(_permanent_2023),
    "cn_permit_hk_macau": _form_only(cn_travel.hk_macau_fault, "HM" + _DIGITS, (9, 11)),
    "cn_permit_non_chinese": _form_only(cn_travel.non_chinese_fault, "HMA" + _DIGITS, (9,)),
    "cn_permit_taiwan": _form_only(
        cn_travel.taiwan_fault, _LETTERS + _DIGITS + "()", (8, 10, 12, 13)
    ),
    "cn_uscc": Scheme(bare, lambda code, _today: uscc.fault(code), uscc.ALPHABET, (18,)),
    "in_aadhaar": Scheme(
        bare, lambda number, _today: in_cards.aadhaar_fault(number), _DIGITS, (12,)
    ),
    "in_pan": _form_only(in_cards.pan_fault, _LETTERS + _DIGITS, (10,)),
    "in_epic": Scheme(
        bare, lambda number, _today: in_cards.epic_fault(number), _LETTERS + _DIGITS, (10,)
    ),
    "kr_rrn": Scheme(
        bare,
        lambda number, today: kr_rrn.fault(number, today=today),
        _DIGITS,
        (13,),
        warns=True,
        born=lambda number, _today: kr_rrn.birth_date(number),
        sex=kr_rrn.sex,
    ),
    "id_nik": Scheme(
        bare,
        lambda number, _today: id_nik.fault(number),
        _DIGITS,
        (16,),
        proves=False,
        born=id_nik.birth_date,
        sex=id_nik.sex,
    ),
    "ng_nin": _form_only(ng_nin.fault, _DIGITS, (11,)),
}


def fault(scheme: str, number: str, today: date) -> StrEnum | None:
    """Say what is wrong with a normalised number, or None where nothing is.

    Raises:
        KeyError: no such scheme; declarations are held against the table when they are loaded.
    """
    return SCHEMES[scheme].fault(number, today)


def stops(scheme: str, fault: str) -> bool:
    """Say whether a fault is more than a warning: all are, but a check digit some holders lack."""
    return not (SCHEMES[scheme].warns and fault == "checksum")
