"""What a scanned text is: a SIM card, a mobile number, a receipt, or nothing known here."""

import re
from enum import StrEnum
from typing import Final

from pos_client.model.numbers.sim import msisdn_fits, normalise_msisdn
from pos_client.model.policy import PolicyPack
from pos_client.model.private import Private
from pos_client.model.scan import iccids_in

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Scan(StrEnum):
    """The kinds of codes a counter meets."""

    ICCID = "iccid"
    MSISDN = "msisdn"
    RECEIPT = "receipt"
    UNKNOWN = "unknown"


def recognise(text: Private[str], policy: PolicyPack) -> tuple[Scan, Private[str]]:
    """Return what the text is, and its bare value."""
    scanned = text.reveal().strip()
    if _UUID.fullmatch(scanned.lower()):
        return Scan.RECEIPT, Private(scanned.lower())
    iccids = iccids_in(scanned)
    if len(iccids) == 1:
        return Scan.ICCID, Private(iccids[0])
    msisdn = normalise_msisdn(scanned)
    if msisdn_fits(msisdn, policy.msisdn_patterns):
        return Scan.MSISDN, Private(msisdn)
    return Scan.UNKNOWN, text
