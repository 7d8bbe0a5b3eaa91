"""What the text of a scanned code is: of all that a SIM card's holder carries, its own number."""

import re
import unicodedata
from typing import Final

from pos_client.model.numbers.sim import (
    IccidFault,
    begins_like_eid,
    iccid_fault,
    is_eid,
    normalise_iccid,
)

#: Words that are printed in front of the number within one code.
_LABEL: Final = re.compile(r"^(?:I?CCID|ICC|U?SIM(?:NO)?|SN|NO)(?=89)")
_BETWEEN: Final = re.compile(r"[^0-9A-Za-z]+")
#: What parts one value from the next: a sign other than those within groups, a word, a line.
_NEXT_VALUE: Final = re.compile(
    r"[^0-9A-Za-z \-\u2010-\u2015]+|(?<![0-9A-Za-z])[A-Za-z]{2,}(?![0-9A-Za-z])"
)


def iccids_in(text: str) -> tuple[str, ...]:
    """Return the SIM card numbers in a scanned text, in their order, bare.

    A number has to stand by itself, in one piece or in groups: the 32 digits of an embedded chip
    (EID) also begin with 89, and a part of them is not a card. A wrong check digit does not exclude
    one: it is the carrier's policy that weighs it.
    """
    whole = _LABEL.sub("", normalise_iccid(text))
    if _fits(whole):
        return (whole,)
    found: list[str] = []
    for value in _NEXT_VALUE.split(unicodedata.normalize("NFKC", text)):
        joined = normalise_iccid(value)
        if is_eid(joined):
            continue
        words = (*_BETWEEN.split(value.upper()), joined)
        bare = [_LABEL.sub("", word) for word in words]
        found += [word for word in bare if _fits(word) and not begins_like_eid(word)]
    return tuple(dict.fromkeys(found))


def _fits(word: str) -> bool:
    return iccid_fault(word) in {None, IccidFault.CHECK_DIGIT}
