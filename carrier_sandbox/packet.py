r"""Takes a sealed packet apart and opens it, written from the documented layout alone.

Layout (big endian): `POSPKT1\n` | u32 header length | header (canonical JSON, UTF-8) |
ciphertext | 64 bytes Ed25519 signature of the device over SHA-256 of everything before it.
The ciphertext is HPKE (RFC 9180: X-Wing, HKDF-SHA256, AES-256-GCM) with the header as `info`.
The plaintext: u32 length | record (canonical JSON) | the images, in the order and sizes of the
record's `evidence` list.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

MOST_BYTES: Final = 8 * 1024 * 1024
_MAGIC: Final = b"POSPKT1\n"
_MOST_HEADER: Final = 4096
_SIGNATURE: Final = 64
_SUITE_NAME: Final = "xwing-hkdfsha256-aes256gcm-ed25519"
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SHAPES: Final = {
    "packet_id": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "device_id": re.compile(r"[A-Za-z0-9._:-]{1,64}"),
    "carrier_kid": re.compile(r"[A-Za-z0-9._:-]{1,64}"),
    "previous_sha256": re.compile(r"[0-9a-f]{64}"),
    "sealed_at": re.compile(r"[0-9T:.+Z-]{10,40}"),
}


class BadPacket(ValueError):
    """Not a packet, or one that cannot be opened; `code` is a word for the problem report."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet taken apart. `header` are the exact bytes, the other fields what they say."""

    packet_id: str
    device_id: str
    carrier_kid: str
    counter: int
    previous_sha256: str
    sealed_at: str
    header: bytes
    ciphertext: bytes
    signature: bytes
    signed_digest: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What was inside: the record as JSON values, and the pictures with what the record says."""

    record: dict[str, Any]
    images: tuple[tuple[dict[str, Any], bytes], ...]


def take_apart(data: bytes) -> Packet:
    """Read the outside of a packet.

    Raises:
        BadPacket: `too_long`, `not_a_packet`, `cut_short` or `header`.
    """
    if len(data) > MOST_BYTES:
        raise BadPacket("too_long")
    if not data.startswith(_MAGIC):
        raise BadPacket("not_a_packet")
    rest = data[len(_MAGIC) :]
    length = int.from_bytes(rest[:4], "big")
    if length > _MOST_HEADER or len(rest) < 4 + length + _SIGNATURE:
        raise BadPacket("cut_short")
    header = rest[4 : 4 + length]
    said = _header(header)
    return Packet(
        packet_id=said["packet_id"],
        device_id=said["device_id"],
        carrier_kid=said["carrier_kid"],
        counter=said["counter"],
        previous_sha256=said["previous_sha256"],
        sealed_at=said["sealed_at"],
        header=header,
        ciphertext=rest[4 + length : -_SIGNATURE],
        signature=data[-_SIGNATURE:],
        signed_digest=hashlib.sha256(data[:-_SIGNATURE]).digest(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _header(header: bytes) -> dict[str, Any]:
    try:
        said = json.loads(header.decode())
    except (ValueError, RecursionError) as err:
        raise BadPacket("header") from err
    if not isinstance(said, dict) or said.keys() != {"v", "suite", "counter", *_SHAPES}:
        raise BadPacket("header")
    shaped = all(
        isinstance(said[name], str) and shape.fullmatch(said[name])
        for name, shape in _SHAPES.items()
    )
    counted = type(said["counter"]) is int and 1 <= said["counter"] < 2**63
    known = said["v"] == 1 and said["v"] is not True and said["suite"] == _SUITE_NAME
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if not (shaped and counted and known and canonical.encode() == header):
        raise BadPacket("header")
    return said


def check_signature(packet: Packet, device_key: bytes) -> None:
    """Check that the device (raw Ed25519 public key) made this packet.

    Raises:
        BadPacket: `packet_signature`.
    """
    try:
        Ed25519PublicKey.from_public_bytes(device_key).verify(
            packet.signature, packet.signed_digest
        )
    except InvalidSignature as err:
        raise BadPacket("packet_signature") from err


def unseal(packet: Packet, key: MLKEM768X25519PrivateKey) -> Opened:
    """Open a packet with the carrier's private key.

    Raises:
        BadPacket: `sealed_to_another_key` or `contents`.
    """
    try:
        plain = _SUITE.decrypt(packet.ciphertext, key, info=packet.header)
    except (InvalidTag, ValueError) as err:
        raise BadPacket("sealed_to_another_key") from err
    length = int.from_bytes(plain[:4], "big")
    try:
        record = json.loads(plain[4 : 4 + length].decode())
        sizes = [int(entry["size"]) for entry in record["evidence"]]
    except (ValueError, RecursionError, KeyError, TypeError) as err:
        raise BadPacket("contents") from err
    images, start = [], 4 + length
    for entry, size in zip(record["evidence"], sizes, strict=True):
        images.append((entry, plain[start : start + size]))
        start += size
    if min(sizes, default=0) < 0 or start != len(plain):
        raise BadPacket("contents")
    return Opened(record=record, images=tuple(images))
