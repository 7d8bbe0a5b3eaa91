"""The carrier's policy as it was signed: the last good one, kept beside the keys."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults

FILE: Final = "policy.json"


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """The exact bytes that were signed, 64 bytes Ed25519, and the id of the key."""

    kid: str
    message: bytes
    signature: bytes


def save(folder: Path, policy: KeptPolicy) -> None:
    """Keep a policy in place of the one before, in one step."""
    stored = {
        "kid": policy.kid,
        "message": policy.message.hex(),
        "signature": policy.signature.hex(),
    }
    with disk_faults():
        durable.replace(folder / FILE, json.dumps(stored).encode())


def load(folder: Path) -> KeptPolicy | None:
    """Return what is kept; None where nothing is, or what is there is not what we wrote."""
    with disk_faults():
        try:
            data = (folder / FILE).read_bytes()
        except FileNotFoundError:
            return None
    try:
        stored = json.loads(data)
        return KeptPolicy(
            str(stored["kid"]),
            bytes.fromhex(stored["message"]),
            bytes.fromhex(stored["signature"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
