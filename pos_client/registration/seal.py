"""Locks a registration so that only the carrier can open it, and signs it as this till's."""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from pos_client.model.mask import mask_msisdn
from pos_client.model.packet import MAX_PACKET_BYTES, SIGNATURE_BYTES, PacketHeader, frame
from pos_client.model.registration import Registration, Role
from pos_client.model.row import SealedPacket
from pos_client.registration import evidence_json, holder, record_codec
from pos_client.registration.problems import CarrierKeyUnusable, RecordTooLarge

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_BYTES: Final = 1184
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SealKey:
    """The carrier's public key and its id: raw X-Wing, ML-KEM-768 (1184 bytes) then X25519 (32)."""

    kid: str
    public: bytes


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Where a packet stands among this till's packets, so that a missing one is seen.

    `counter` starts at 1; `previous_sha256` is the whole previous packet's, 64 zeros at first.
    """

    counter: int
    previous_sha256: str


def seal(
    registration: Registration, key: SealKey, link: ChainLink, sign: Callable[[bytes], bytes]
) -> SealedPacket:
    """Encrypt a registration to the carrier and sign the packet.

    `sign` takes the packet's SHA-256 digest and returns the device's Ed25519 signature of 64 bytes.

    Raises:
        CarrierKeyUnusable: `key` is no public key of the suite.
        RecordTooLarge: the packet would be longer than the carrier takes.
    """
    header = PacketHeader(
        packet_id=registration.id,
        device_id=registration.device.device_id,
        carrier_kid=key.kid,
        counter=link.counter,
        previous_sha256=link.previous_sha256,
        sealed_at=evidence_json.moment(registration.times.sealed),
    )
    plaintext = _plaintext(registration)
    public = _public_key(key.public)
    unsigned = frame(header, _SUITE.encrypt(plaintext, public, info=header.encode()))
    size = len(unsigned) + SIGNATURE_BYTES
    if size > MAX_PACKET_BYTES:
        raise RecordTooLarge(mb=f"{size / _MEGABYTE:.1f}", limit=MAX_PACKET_BYTES // _MEGABYTE)
    digest = hashlib.sha256(unsigned).digest()
    return _sealed(registration, unsigned + sign(digest))


def _plaintext(registration: Registration) -> bytes:
    record = record_codec.encode(registration)
    pictures = (each.image.jpeg.reveal() for each in registration.evidence)
    return struct.pack(">I", len(record)) + record + b"".join(pictures)


def _public_key(raw: bytes) -> MLKEM768X25519PublicKey:
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_BYTES]),
            X25519PublicKey.from_public_bytes(raw[_MLKEM_BYTES:]),
        )
    except ValueError as err:
        raise CarrierKeyUnusable from err


def _sealed(registration: Registration, data: bytes) -> SealedPacket:
    owner = next(each for each in registration.persons if each.role is Role.HOLDER)
    fields = {field.name: field for field in owner.document.fields}
    return SealedPacket(
        id=registration.id,
        data=data,
        flow=registration.flow,
        operator=registration.channel.operator,
        outlet=registration.channel.outlet,
        masked_name=holder.masked_name(fields),
        masked_msisdn=mask_msisdn(registration.lines[0].msisdn.reveal()),
        sealed_at=registration.times.sealed,
        supersedes=registration.supersedes,
    )
