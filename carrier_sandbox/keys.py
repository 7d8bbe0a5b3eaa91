"""The carrier's own keys, made at the first start and kept in its home folder."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey


@dataclass(frozen=True, slots=True)
class Keys:
    """Both secrets: `seal` opens packets, `receipt` signs answers; each public part has an id."""

    seal: MLKEM768X25519PrivateKey
    seal_public: bytes
    receipt: Ed25519PrivateKey
    receipt_public: bytes

    @property
    def seal_kid(self) -> str:
        """The id of the seal key: the start of its fingerprint."""
        return f"seal-{hashlib.sha256(self.seal_public).hexdigest()[:16]}"

    @property
    def receipt_kid(self) -> str:
        """The id of the receipt key."""
        return f"receipt-{hashlib.sha256(self.receipt_public).hexdigest()[:16]}"


def load(home: Path) -> Keys:
    """Read the keys in `home`, making what is not there yet."""
    seal, seal_public = _xwing(secret(home / "seal.key"))
    receipt = Ed25519PrivateKey.from_private_bytes(secret(home / "receipt.key"))
    return Keys(seal, seal_public, receipt, receipt.public_key().public_bytes_raw())


def secret(file: Path) -> bytes:
    """Return the 32 bytes in `file`, made and kept for the owner alone where it does not exist."""
    if not file.exists():
        write_private(file, secrets.token_bytes(32))
    return file.read_bytes()


def write_private(file: Path, data: bytes) -> None:
    """Write a file nobody else may read; complete, or not there at all."""
    part = file.with_name(file.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _xwing(seed: bytes) -> tuple[MLKEM768X25519PrivateKey, bytes]:
    """Expand a 32-byte X-Wing seed (draft-connolly-cfrg-xwing-kem, section 5.2)."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return MLKEM768X25519PrivateKey(mlkem, x25519), public
