"""A lock that anybody may close and one person alone can open: a key pair for each operator."""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from pos_client.outbox.keys import DoesNotOpen, new_secret

#: The same as for packets: HPKE (RFC 9180) with X-Wing, so that what is copied today stays shut.
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC: Final = 1184
_MLKEM_SEED: Final = 64
_EXPANDED: Final = 96


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X-Wing key pair, kept as its 32-byte seed (draft-connolly-cfrg-xwing-kem, 5.2)."""

    seed: bytes = field(repr=False)

    @classmethod
    def random(cls) -> "KeyPair":
        """Make a new pair."""
        return cls(new_secret())

    @property
    def public(self) -> bytes:
        """The public half: ML-KEM-768 (1184 bytes), then X25519 (32)."""
        mlkem, x25519 = self._halves()
        return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Return what was sealed to the public half.

        Raises:
            DoesNotOpen: another pair, another `about`, or changed bytes.
        """
        try:
            return _SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*self._halves()), info=about)
        except (InvalidTag, ValueError) as err:
            raise DoesNotOpen from err

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self.seed).digest(_EXPANDED)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED])
        return mlkem, X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:])


def seal_to(public: bytes, secret: bytes, about: bytes) -> bytes:
    """Return a secret that only the owner of this public half can open, for exactly this `about`.

    Raises:
        DoesNotOpen: `public` is no public key of the suite.
    """
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
    except ValueError as err:
        raise DoesNotOpen from err
    return _SUITE.encrypt(secret, key, info=about)
