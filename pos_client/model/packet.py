"""The sealed packet as bytes: clear header, ciphertext only the carrier can open, signature.

Layout (big endian): magic `POSPKT1` and a line feed | u32 header length | header (canonical JSON,
UTF-8) | ciphertext | 64 bytes Ed25519 signature of the device over the SHA-256 of everything
before it.
The header is also the `info` of the HPKE encryption, so neither part can be exchanged.

The plaintext inside: u32 length | registration record (canonical JSON) | then, for each entry of
the record's `evidence` list in its order, the image bytes of the size named there.
"""

import hashlib
import json
import re
import struct
from dataclasses import dataclass
from typing import Final

from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId

MAGIC: Final = b"POSPKT1\n"
MAX_PACKET_BYTES: Final = 8 * 1024 * 1024
MAX_HEADER_BYTES: Final = 4096
SIGNATURE_BYTES: Final = 64
#: HPKE (RFC 9180): KEM ML-KEM-768 + X25519 (X-Wing), HKDF-SHA256, AES-256-GCM; Ed25519.
SUITE: Final = "xwing-hkdfsha256-aes256gcm-ed25519"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class PacketDamaged(Problem):
    """The bytes are not a packet of ours: cut, edited, or another file."""

    code = "P110"
    title = "A sealed packet is damaged ({reason})"
    advice = "It was set aside and not deleted. Show it to your supervisor."


@dataclass(frozen=True, slots=True)
class PacketHeader:
    """What anybody may read on the outside of a packet; nothing about the customer."""

    packet_id: RegistrationId
    device_id: str
    carrier_kid: str
    counter: int
    previous_sha256: str
    sealed_at: str
    suite: str = SUITE
    v: int = 1

    def encode(self) -> bytes:
        """Return the canonical JSON bytes that are signed and bound into the encryption."""
        return canonical_json(
            {
                "v": self.v,
                "suite": self.suite,
                "packet_id": self.packet_id,
                "device_id": self.device_id,
                "carrier_kid": self.carrier_kid,
                "counter": self.counter,
                "previous_sha256": self.previous_sha256,
                "sealed_at": self.sealed_at,
            }
        )


@dataclass(frozen=True, slots=True)
class Packet:
    """A framed packet: `signed` is everything the signature covers, `data` the whole file."""

    header: PacketHeader
    header_bytes: bytes
    ciphertext: bytes
    signature: bytes
    data: bytes

    @property
    def signed_digest(self) -> bytes:
        """SHA-256 over all bytes before the signature: the message that was signed."""
        return hashlib.sha256(self.data[:-SIGNATURE_BYTES]).digest()

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole file, hex: what the receipt must name."""
        return hashlib.sha256(self.data).hexdigest()


def canonical_json(value: object) -> bytes:
    """Encode as JSON with sorted keys, no spaces, UTF-8: the same bytes for the same value."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def frame(header: PacketHeader, ciphertext: bytes) -> bytes:
    """Return the bytes to sign: magic, header length, header and ciphertext."""
    head = header.encode()
    return MAGIC + struct.pack(">I", len(head)) + head + ciphertext


def parse(data: bytes) -> Packet:
    """Take a packet file apart. The signature is not verified here.

    Raises:
        PacketDamaged: not a packet, cut short, too long, or a header of unknown shape.
    """
    if len(data) > MAX_PACKET_BYTES:
        raise PacketDamaged(reason="too_long")
    start = len(MAGIC) + 4
    if len(data) < start + SIGNATURE_BYTES or not data.startswith(MAGIC):
        raise PacketDamaged(reason="not_a_packet")
    (length,) = struct.unpack(">I", data[len(MAGIC) : start])
    if length > MAX_HEADER_BYTES or len(data) < start + length + SIGNATURE_BYTES:
        raise PacketDamaged(reason="cut_short")
    head = data[start : start + length]
    return Packet(
        header=_header(head),
        header_bytes=head,
        ciphertext=data[start + length : -SIGNATURE_BYTES],
        signature=data[-SIGNATURE_BYTES:],
        data=data,
    )


def _header(head: bytes) -> PacketHeader:
    try:
        untrusted = json.loads(head)
    except (ValueError, RecursionError) as err:
        raise PacketDamaged(reason="header") from err
    if not isinstance(untrusted, dict):
        raise PacketDamaged(reason="header")
    try:
        header = PacketHeader(**untrusted)
    except TypeError as err:
        raise PacketDamaged(reason="header_keys") from err
    if not _plausible(header) or header.encode() != head:
        raise PacketDamaged(reason="header_values")
    return header


def _plausible(header: PacketHeader) -> bool:
    texts = (
        header.packet_id,
        header.device_id,
        header.carrier_kid,
        header.previous_sha256,
        header.sealed_at,
    )
    return (
        all(isinstance(text, str) for text in texts)
        and type(header.v) is int
        and header.v == 1
        and header.suite == SUITE
        and type(header.counter) is int
        and header.counter >= 1
        and _UUID.fullmatch(header.packet_id) is not None
        and _HEX64.fullmatch(header.previous_sha256) is not None
        and _NAME.fullmatch(header.device_id) is not None
        and _NAME.fullmatch(header.carrier_kid) is not None
    )
