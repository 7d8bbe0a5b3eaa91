"""What the text of a scanned code is: of all that a SIM card's holder carries, its own number."""

import re
from typing import Final

from pos_client.model.numbers.sim import IccidFault, iccid_fault, normalise_iccid

#: Words that are printed in front of the number within one code.
_LABEL: Final = re.compile(r"^(?:ICCID|SIM)(?=89)")
_BETWEEN: Final = re.compile(r"[^0-9A-Za-z]+")


def iccids_in(text: str) -> tuple[str, ...]:
    """Return the SIM card numbers in a scanned text, in their order, bare.

    A number has to stand by itself: the 32 digits of an embedded chip (EID) also begin with 89,
    and a part of them is not a card. A wrong check digit does not exclude one: it is the carrier's
    policy that weighs it.
    """
    whole = _LABEL.sub("", normalise_iccid(text))
    if _fits(whole):
        return (whole,)
    words = (_LABEL.sub("", word.upper()) for word in _BETWEEN.split(text))
    return tuple(dict.fromkeys(word for word in words if _fits(word)))


def _fits(word: str) -> bool:
    return iccid_fault(word) in {None, IccidFault.CHECK_DIGIT}
