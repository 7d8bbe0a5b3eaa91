"""How a PIN and the computer's own secret together open a key, and neither does alone."""

import json
import os
from dataclasses import dataclass
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos_client.model.private import Private

SECRET_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_LARGEST_MEMORY_KIB: Final = 1024 * 1024
_LARGEST_TIME: Final = 64
_LARGEST_LANES: Final = 16


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess of a PIN costs. 64 MiB and three passes took 150 ms on a shop's computer.

    RFC 9106 names this its second recommended choice; `memory_kib` in KiB.
    """

    memory_kib: int = 64 * 1024
    time: int = 3
    lanes: int = 1

    @property
    def sane(self) -> bool:
        """True if computing this could not be used to choke the till."""
        return (
            8 * self.lanes <= self.memory_kib <= _LARGEST_MEMORY_KIB
            and 1 <= self.time <= _LARGEST_TIME
            and 1 <= self.lanes <= _LARGEST_LANES
        )


class DoesNotOpen(Exception):
    """A wrapped secret was not opened: wrong key, or changed bytes. Callers say which it means."""


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(SECRET_BYTES)


def new_salt() -> bytes:
    """Return a random salt for `stretch`."""
    return os.urandom(_SALT_BYTES)


def stretch(pin: Private[str], salt: bytes, cost: Argon2Cost) -> bytes:
    """Return the 32 bytes that stand for a PIN (Argon2id), slow on purpose."""
    return hash_secret_raw(
        secret=pin.reveal().encode(),
        salt=salt,
        time_cost=cost.time,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=SECRET_BYTES,
        type=Type.ID,
    )


def derive(secret: bytes, purpose: str) -> bytes:
    """Return a key for one purpose only (HKDF-SHA-256)."""
    info = f"pos-client/1/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=info).derive(secret)


def wrap(key: bytes, secret: bytes, about: object) -> str:
    """Return a secret encrypted under `key` (AES-256-GCM), as hex.

    Args:
        key: 32 bytes.
        secret: what to keep.
        about: what it belongs to, as JSON values; it opens for exactly this and nothing else.
    """
    return conceal(key, secret, _bound(about)).hex()


def unwrap(key: bytes, wrapped: str, about: object) -> bytes:
    """Return the secret that was wrapped.

    Raises:
        DoesNotOpen: another key, another `about`, or changed bytes.
    """
    try:
        data = bytes.fromhex(wrapped)
    except ValueError as err:
        raise DoesNotOpen from err
    return reveal(key, data, _bound(about))


def conceal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """Return bytes encrypted under `key`, for exactly this `about` (AES-256-GCM, nonce first)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def reveal(key: bytes, concealed: bytes, about: bytes) -> bytes:
    """Return the plain bytes.

    Raises:
        DoesNotOpen: another key, another `about`, or changed bytes.
    """
    try:
        return AESGCM(key).decrypt(concealed[:_NONCE_BYTES], concealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as err:
        raise DoesNotOpen from err


def _bound(about: object) -> bytes:
    return json.dumps(about, sort_keys=True, separators=(",", ":")).encode()
