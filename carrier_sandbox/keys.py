"""The carrier's own keys, made at the first start and kept in its home folder."""

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

_OLD_SEAL: Final = re.compile(r"seal-until-(\d{8}T\d{6})\.key")


@dataclass(frozen=True, slots=True)
class OldSeal:
    """A seal key that is no longer given out; what was sealed to it stays acceptable."""

    key: MLKEM768X25519PrivateKey
    public: bytes
    until: datetime

    @property
    def kid(self) -> str:
        """The id of the key."""
        return seal_kid(self.public)


@dataclass(frozen=True, slots=True)
class Keys:
    """`seal` opens packets, `receipt` signs answers, `root` signs what tills build their trust on.

    Servers need the first two. The root key is None where it is kept elsewhere.
    """

    seal: MLKEM768X25519PrivateKey
    seal_public: bytes
    receipt: Ed25519PrivateKey
    receipt_public: bytes
    books: bytes
    root: Ed25519PrivateKey | None = None
    old_seals: tuple[OldSeal, ...] = ()

    @property
    def seal_kid(self) -> str:
        """The id of the seal key: the start of its fingerprint."""
        return seal_kid(self.seal_public)

    @property
    def receipt_kid(self) -> str:
        """The id of the receipt key."""
        return f"receipt-{hashlib.sha256(self.receipt_public).hexdigest()[:16]}"

    @property
    def seals(self) -> dict[str, MLKEM768X25519PrivateKey]:
        """Every key that opens packets, by id."""
        return {self.seal_kid: self.seal, **{old.kid: old.key for old in self.old_seals}}

    def manifest(self, root_public: bytes) -> dict[str, Any]:
        """Return what tills are told about these keys; the first seal key is the one to use."""
        seals = [{"kid": self.seal_kid, "key": _text(self.seal_public), "seal_until": None}]
        for old in self.old_seals:
            until = old.until.isoformat().replace("+00:00", "Z")
            seals.append({"kid": old.kid, "key": _text(old.public), "seal_until": until})
        return {
            "root": {root_kid(root_public): _text(root_public)},
            "receipt": {self.receipt_kid: _text(self.receipt_public)},
            "seal": seals,
        }


def load(home: Path) -> Keys:
    """Read the keys in `home`, making what is not there yet; but a root key only at the start."""
    fresh = not (home / "receipt.key").exists()
    seal, seal_public = xwing(secret(home / "seal.key"))
    receipt = Ed25519PrivateKey.from_private_bytes(secret(home / "receipt.key"))
    root = home / "root.key"
    if fresh:
        secret(root)
    return Keys(
        seal=seal,
        seal_public=seal_public,
        receipt=receipt,
        receipt_public=receipt.public_key().public_bytes_raw(),
        books=secret(home / "books.key"),
        root=Ed25519PrivateKey.from_private_bytes(root.read_bytes()) if root.exists() else None,
        old_seals=tuple(_old(file) for file in sorted(home.glob("seal-until-*.key"), reverse=True)),
    )


def rotate_seal(home: Path, now: datetime) -> None:
    """Put a new seal key in use; the old one goes on opening what was sealed to it."""
    (home / "seal.key").replace(home / f"seal-until-{now.astimezone(UTC):%Y%m%dT%H%M%S}.key")
    secret(home / "seal.key")


def seal_kid(public: bytes) -> str:
    """Return the id of a seal key."""
    return f"seal-{hashlib.sha256(public).hexdigest()[:16]}"


def root_kid(public: bytes) -> str:
    """Return the id of a root key."""
    return f"root-{hashlib.sha256(public).hexdigest()[:16]}"


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


def xwing(seed: bytes) -> tuple[MLKEM768X25519PrivateKey, bytes]:
    """Expand a 32-byte X-Wing seed (draft-connolly-cfrg-xwing-kem, section 5.2)."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return MLKEM768X25519PrivateKey(mlkem, x25519), public


def _old(file: Path) -> OldSeal:
    found = _OLD_SEAL.fullmatch(file.name)
    if found is None:
        raise ValueError(file.name)
    key, public = xwing(file.read_bytes())
    return OldSeal(key, public, datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
