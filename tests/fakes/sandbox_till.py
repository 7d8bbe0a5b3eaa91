"""A till of few words: a key, an enrolment with a sandbox carrier, and packets to send it."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from carrier_sandbox import Sandbox
from pos_client.carrier.http import HttpCarrier, Limits
from pos_client.carrier.invitation import parse_invitation
from pos_client.model.enrolment import CarrierIdentity, Invitation
from pos_client.model.packet import PacketHeader, frame
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import SealedPacket

#: Short enough for a test, long enough for a busy machine.
BRISK: Final = Limits(connect_s=5.0, read_s=10.0)
PICTURES: Final = (b"portrait side", b"emblem side")


def real_now() -> datetime:
    """Return the machine's time: certificates and signatures on a real line are held against it."""
    return datetime.now(UTC)  # noqa: TID251 - tests of a real server are run by a real clock


@dataclass(frozen=True, slots=True)
class Sample:
    """A packet as bytes, with what a receipt for it has to name."""

    id: RegistrationId
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the packet, hex."""
        return hashlib.sha256(self.data).hexdigest()


def seal_to(identity: CarrierIdentity, header: bytes, plain: bytes) -> bytes:
    """Encrypt to the carrier's X-Wing key with the header bound in."""
    mlkem, x25519 = identity.seal_key[:1184], identity.seal_key[1184:]
    public = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(mlkem), X25519PublicKey.from_public_bytes(x25519)
    )
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.encrypt(plain, public, info=header)


@dataclass
class SandboxTill:
    """Seals packets one after the other, as the device chain wants them."""

    invitation: Invitation
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device_id: str = "till-not-enrolled"
    counter: int = 0
    previous_sha256: str = "0" * 64

    @classmethod
    def enrolled(cls, sandbox: Sandbox) -> "SandboxTill":
        """Return a till that the sandbox knows."""
        till = cls(parse_invitation(sandbox.invitation()))
        carrier = till.carrier()
        try:
            till.device_id = carrier.enrol(till.invitation, till.public)
        finally:
            carrier.close()
        return till

    @property
    def public(self) -> bytes:
        """The raw public key of the device."""
        return self.key.public_key().public_bytes_raw()

    def carrier(self, limits: Limits = BRISK) -> HttpCarrier:
        """Return the real adapter for this till; the caller closes it."""
        return HttpCarrier(self.invitation.carrier, self.device_id, self.key.sign, real_now, limits)

    def seal(
        self,
        *,
        packet_id: str | None = None,
        number: str = "13800138000",
        images: tuple[bytes, ...] = PICTURES,
    ) -> Sample:
        """Return the next packet of the chain."""
        self.counter += 1
        record = {
            "evidence": [{"kind": "document", "size": len(image)} for image in images],
            "lines": [{"msisdn": number}],
        }
        text = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
        plain = len(text).to_bytes(4, "big") + text + b"".join(images)
        header = PacketHeader(
            packet_id=RegistrationId(packet_id or str(uuid.uuid4())),
            device_id=self.device_id,
            carrier_kid=self.invitation.carrier.seal_kid,
            counter=self.counter,
            previous_sha256=self.previous_sha256,
            sealed_at=real_now().isoformat(),
        )
        body = frame(header, seal_to(self.invitation.carrier, header.encode(), plain))
        data = body + self.key.sign(hashlib.sha256(body).digest())
        self.previous_sha256 = hashlib.sha256(data).hexdigest()
        return Sample(header.packet_id, data)


def packed(till: SandboxTill, images: tuple[bytes, ...] = PICTURES) -> SealedPacket:
    """Return the till's next packet as the outbox takes it."""
    sample = till.seal(images=images)
    return SealedPacket(
        id=sample.id,
        data=sample.data,
        flow=FlowKind.NEW_LINE,
        operator=OperatorNumber("1042"),
        outlet="SH-0231",
        masked_name="样*",
        masked_msisdn="138****8000",
        sealed_at=real_now(),
    )
