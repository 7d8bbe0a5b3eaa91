"""The file that takes the carrier's receipts back to a till on a stick."""

import json
from collections.abc import Iterable
from typing import Final

from pos_client.carrier import wire
from pos_client.carrier.problems import NotAReceipt, ReceiptsFileDamaged
from pos_client.carrier.receipts import Verifier
from pos_client.model.receipt import Receipt

#: A receipt is about 700 bytes; nobody carries more than a few ten thousand.
MOST_BYTES: Final = 64 * 1024 * 1024
_KEYS: Final = frozenset("v type receipts".split())


def write(words: Iterable[tuple[str, bytes, bytes]]) -> bytes:
    """Return the file for (key id, message, signature) triples."""
    receipts = [
        {
            "message": wire.base64_text(message),
            "signature": wire.base64_text(signature),
            "kid": kid,
        }
        for kid, message, signature in words
    ]
    return json.dumps({"v": 1, "type": "receipts", "receipts": receipts}, indent=1).encode()


def read(data: bytes, verifier: Verifier) -> tuple[tuple[Receipt, ...], int]:
    """Return the receipts that the carrier signed, and how many entries it did not.

    Raises:
        ReceiptsFileDamaged: not such a file at all.
    """
    try:
        said = wire.read_object(data, _KEYS)
    except wire.WireError as err:
        raise ReceiptsFileDamaged(reason=err.reason) from err
    entries = said["receipts"]
    if said["type"] != "receipts" or said["v"] is True or said["v"] != 1:
        raise ReceiptsFileDamaged(reason="type")
    if not isinstance(entries, list):
        raise ReceiptsFileDamaged(reason="list")
    found, refused = [], 0
    for entry in entries:
        try:
            found.append(verifier.any_receipt(json.dumps(entry).encode()))
        except (NotAReceipt, RecursionError):
            refused += 1
    return tuple(found), refused
