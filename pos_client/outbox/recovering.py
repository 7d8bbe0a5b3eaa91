"""Getting the till back through the carrier, after the keystore or every PIN was lost.

The till asks with a fresh key pair whose private half hangs on the new PIN; the carrier opens its
slot, after a look at the person, and seals what it finds to that pair. Both ways fit on a stick.
"""

import base64
import json
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.model.private import Private
from pos_client.outbox import durable, exchange, key_file, keys, slots, times
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.key_file import RecoverySlot
from pos_client.outbox.key_pairs import KeyPair
from pos_client.outbox.key_problems import (
    NoRecoverySlot,
    RecoveryAnswerWrong,
    RecoveryNotAsked,
    TillNotEnrolled,
)
from pos_client.outbox.keys import Argon2Cost, DoesNotOpen
from pos_client.outbox.slots import Secrets

FILE: Final = "recovery.json"


def ask(folder: Path, pin: Private[str], cost: Argon2Cost, now: datetime) -> bytes:
    """Return the request for the carrier. `pin` will be needed for the answer.

    Raises:
        NoRecoverySlot: this till was set up without one.
        TillNotEnrolled, KeysDamaged: there is nothing to get back.
    """
    slot = _slot(folder)
    pair, salt, request = KeyPair.random(), keys.new_salt(), str(uuid.uuid4())
    own = keys.derive(keys.stretch(pin, salt, cost), "recovery")
    kept = {
        "v": 1,
        "request_id": request,
        "salt": salt.hex(),
        "cost": {"memory_kib": cost.memory_kib, "time": cost.time, "lanes": cost.lanes},
        "private": keys.wrap(own, pair.seed, request),
    }
    with disk_faults():
        durable.replace(folder / FILE, json.dumps(kept).encode())
    said = {
        "v": 1,
        "type": "recovery_request",
        "request_id": request,
        "device_id": slot.device_id,
        "seal_kid": slot.kid,
        "slot": base64.b64encode(bytes.fromhex(slot.sealed)).decode(),
        "reply_key": base64.b64encode(pair.public).decode(),
        "made_at": times.text(now),
        # The signing key is what was lost; who asks is for people to find out.
        "signature": None,
    }
    return json.dumps(said, indent=1).encode()


def open_answer(folder: Path, request: str, sealed: bytes, pin: Private[str]) -> Secrets:
    """Return what the carrier found in its slot.

    Raises:
        RecoveryNotAsked: this till asked nothing, or something else.
        RecoveryAnswerWrong: the PIN is another one, or the answer is for somebody else.
    """
    kept = _kept(folder)
    if kept.get("request_id") != request:
        raise RecoveryNotAsked
    try:
        cost = Argon2Cost(**kept["cost"])
        if not cost.sane:
            raise RecoveryNotAsked
        own = keys.derive(keys.stretch(pin, bytes.fromhex(kept["salt"]), cost), "recovery")
        pair = KeyPair(keys.unwrap(own, kept["private"], request))
        return slots.from_carrier(pair.open(sealed, f"pos-recovery-answer-v1\n{request}".encode()))
    except DoesNotOpen as err:
        raise RecoveryAnswerWrong from err
    except (KeyError, TypeError, ValueError) as err:
        raise RecoveryNotAsked from err


def forget(folder: Path) -> None:
    """Forget the question: it was answered."""
    with disk_faults():
        (folder / FILE).unlink(missing_ok=True)


def _slot(folder: Path) -> RecoverySlot:
    found = key_file.load(folder)
    if found is None:
        raise TillNotEnrolled
    if found.recovery is None:
        raise NoRecoverySlot
    if found.moving:
        # The store is or will be under the key to come; putting it there needs no key.
        exchange.settle(folder, moving=True)
        return replace(found.recovery, sealed=found.recovery.next or found.recovery.sealed)
    return found.recovery


def _kept(folder: Path) -> dict[str, Any]:
    with disk_faults():
        try:
            data = (folder / FILE).read_bytes()
        except FileNotFoundError as err:
            raise RecoveryNotAsked from err
    try:
        kept = json.loads(data)
    except (ValueError, RecursionError) as err:
        raise RecoveryNotAsked from err
    return kept if isinstance(kept, dict) else {}
