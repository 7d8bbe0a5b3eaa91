"""What a scanned text is: a SIM card, a mobile number, or nothing known here."""

from enum import StrEnum

from pos_client.model.numbers.sim import msisdn_fits, normalise_msisdn
from pos_client.model.policy import PolicyPack
from pos_client.model.private import Private
from pos_client.model.scan import iccids_in


class Scan(StrEnum):
    """The kinds of codes a counter meets."""

    ICCID = "iccid"
    MSISDN = "msisdn"
    UNKNOWN = "unknown"


def recognise(text: Private[str], policy: PolicyPack) -> tuple[Scan, Private[str]]:
    """Return what the text is, and its bare value."""
    scanned = text.reveal().strip()
    iccids = iccids_in(scanned)
    if len(iccids) == 1:
        return Scan.ICCID, Private(iccids[0])
    msisdn = normalise_msisdn(scanned)
    if msisdn_fits(msisdn, policy.msisdn_patterns):
        return Scan.MSISDN, Private(msisdn)
    return Scan.UNKNOWN, text
