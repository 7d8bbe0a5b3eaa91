"""Making and opening the slots of the key file: what a PIN opens, and what the carrier can open."""

import json
from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.model.operator import Operator
from pos_client.model.private import Private
from pos_client.outbox import keys
from pos_client.outbox.key_file import RecoverySlot, Slot
from pos_client.outbox.key_pairs import KeyPair, seal_to
from pos_client.outbox.keys import Argon2Cost
from pos_client.outbox.store import KEY_BYTES, SALT_BYTES, DatabaseKey

_DATABASE_BYTES: Final = KEY_BYTES + SALT_BYTES


@dataclass(frozen=True, slots=True)
class Secrets:
    """What every slot leads to. `next_key` is there while the store moves to another key."""

    till_secret: bytes = field(repr=False)
    database_key: DatabaseKey = field(repr=False)
    next_key: DatabaseKey | None = field(default=None, repr=False)


def make(
    operator: Operator, pin: Private[str], cost: Argon2Cost, secrets: Secrets, *, pin_alone: bool
) -> Slot:
    """Return a new slot with a new key pair.

    Args:
        operator: whose slot it is; bound in, so that an edited role opens nothing.
        pin: what will open it, together with the till's secret.
        cost: what one guess of the PIN costs.
        secrets: what it leads to.
        pin_alone: there is no keystore, so the till's secret hangs on the PIN too.
    """
    salt, about, pair = keys.new_salt(), _about(operator), KeyPair.random()
    stretched = keys.stretch(pin, salt, cost)
    own = keys.derive(stretched + secrets.till_secret, "operator")
    slot = Slot(
        operator=operator,
        cost=cost,
        salt=salt.hex(),
        public=pair.public.hex(),
        private=keys.wrap(own, pair.seed, about),
        device=keys.wrap(keys.derive(stretched, "till"), secrets.till_secret, about)
        if pin_alone
        else None,
        database="",
    )
    return replace(slot, database=_sealed(slot, secrets.database_key))


def unlock(slot: Slot, pin: Private[str], till_secret: bytes | None) -> Secrets:
    """Open a slot; `till_secret` is None where the PIN alone leads to it.

    Raises:
        keys.DoesNotOpen: wrong PIN, another till's secret, or an edited slot.
    """
    about = _about(slot.operator)
    stretched = keys.stretch(pin, bytes.fromhex(slot.salt), slot.cost)
    if till_secret is None:
        till_secret = keys.unwrap(keys.derive(stretched, "till"), slot.device or "", about)
    own = keys.derive(stretched + till_secret, "operator")
    pair = KeyPair(keys.unwrap(own, slot.private, about))
    return Secrets(
        till_secret,
        _opened(slot, pair, slot.database),
        _opened(slot, pair, slot.next) if slot.next else None,
    )


def announce(slot: Slot, new: DatabaseKey) -> Slot:
    """Return the slot leading to both keys: the one in use and the one to come. Needs no PIN."""
    return replace(slot, next=_sealed(slot, new))


def settle(slot: Slot) -> Slot:
    """Return the slot leading to the new key alone."""
    return replace(slot, database=slot.next, next=None) if slot.next else slot


# -- the carrier's slot -------------------------------------------------------------------------
def for_carrier(kid: str, public: bytes, device_id: str, secrets: Secrets) -> RecoverySlot:
    """Return the slot that only the carrier can open.

    Raises:
        keys.DoesNotOpen: `public` is no key of the suite.
    """
    empty = RecoverySlot(kid, public.hex(), device_id, "")
    return replace(empty, sealed=_for_carrier(empty, secrets.till_secret, secrets.database_key))


def announce_to_carrier(slot: RecoverySlot, till_secret: bytes, new: DatabaseKey) -> RecoverySlot:
    """Return the carrier's slot leading to the key to come as well."""
    return replace(slot, next=_for_carrier(slot, till_secret, new))


def settle_carrier(slot: RecoverySlot) -> RecoverySlot:
    """Return the carrier's slot leading to the new key alone."""
    return replace(slot, sealed=slot.next, next=None) if slot.next else slot


def from_carrier(opened: bytes) -> Secrets:
    """Take apart what the carrier found in its slot.

    Raises:
        keys.DoesNotOpen: it has another length.
    """
    if len(opened) != _DATABASE_BYTES + keys.SECRET_BYTES:
        raise keys.DoesNotOpen
    return Secrets(opened[_DATABASE_BYTES:], DatabaseKey(opened[:_DATABASE_BYTES]))


def _for_carrier(slot: RecoverySlot, till_secret: bytes, key: DatabaseKey) -> str:
    about = f"pos-recovery-slot-v1\n{slot.device_id}\n{slot.kid}".encode()
    return seal_to(bytes.fromhex(slot.public), key.raw + till_secret, about).hex()


def _sealed(slot: Slot, key: DatabaseKey) -> str:
    return seal_to(bytes.fromhex(slot.public), key.raw, _about_database(slot)).hex()


def _opened(slot: Slot, pair: KeyPair, sealed: str) -> DatabaseKey:
    try:
        return DatabaseKey(pair.open(bytes.fromhex(sealed), _about_database(slot)))
    except ValueError as err:
        raise keys.DoesNotOpen from err


def _about(operator: Operator) -> dict[str, str]:
    return {"number": operator.number, "role": operator.role}


def _about_database(slot: Slot) -> bytes:
    said = {"purpose": "pos-client/1/database", **_about(slot.operator)}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
