"""Reads the carrier's answer to a till that lost its keys."""

from dataclasses import dataclass, field
from typing import Final

from pos_client.carrier import wire
from pos_client.carrier.problems import NotAReceipt, ReceiptForged
from pos_client.carrier.receipts import Verifier

_KEYS: Final = frozenset("v type request_id device_id key".split())
_MOST: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class RecoveryAnswer:
    """The till's secrets, sealed to the key pair of the request `request_id`."""

    request_id: str
    key: bytes = field(repr=False)


def parse_answer(verifier: Verifier, data: bytes, device_id: str) -> RecoveryAnswer:
    """Return the answer if the carrier signed it for this till.

    Raises:
        NotAReceipt: anything else; ReceiptForged where a signature or the till is another.
    """
    if len(data) > _MOST:
        raise NotAReceipt(reason="too_long")
    said = verifier.statement(data, "recovery_answer", _KEYS)
    if said["device_id"] != device_id:
        raise ReceiptForged(reason="device_id")
    try:
        return RecoveryAnswer(wire.text(said["request_id"], wire.UUID), wire.raw(said["key"]))
    except wire.WireError as err:
        raise NotAReceipt(reason=err.reason) from err
