"""A till with a real outbox, and packets, receipts and decisions to try it with."""

import hashlib
import os
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.model.packet import PacketHeader, frame
from pos_client.model.receipt import Decision, Outcome, Receipt
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import Row, SealedPacket
from pos_client.outbox.chain import ChainLink
from pos_client.outbox.drafts import DraftLabels
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.packets import CheckedPacket, Packets
from pos_client.outbox.store import DatabaseKey

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
CLERK = OperatorNumber("1042")
OTHER_CLERK = OperatorNumber("2077")
LABELS = DraftLabels(FlowKind.NEW_LINE, "SH-0231", "样*", "138****8000")
DEVICE = "till-7"
GRACE = timedelta(hours=24)


def new_id() -> RegistrationId:
    """Return a new registration's number."""
    return RegistrationId(str(uuid.uuid4()))


def sealed(
    signer: Ed25519PrivateKey,
    link: ChainLink,
    registration: RegistrationId,
    now: datetime = NOON,
    size: int = 2000,
) -> SealedPacket:
    """Return a packet as sealing would make it; the ciphertext is random bytes."""
    header = PacketHeader(
        packet_id=registration,
        device_id=DEVICE,
        carrier_kid="carrier-1",
        counter=link.counter,
        previous_sha256=link.previous_sha256,
        sealed_at=now.isoformat(),
    )
    body = frame(header, os.urandom(size))
    return SealedPacket(
        id=registration,
        data=body + signer.sign(hashlib.sha256(body).digest()),
        flow=LABELS.flow,
        operator=CLERK,
        outlet=LABELS.outlet,
        masked_name=LABELS.masked_name,
        masked_msisdn=LABELS.masked_msisdn,
        sealed_at=now,
    )


def receipt_for(row: Row, at: datetime = NOON) -> Receipt:
    """Return the carrier's receipt for a row's packet; verifying it is another stage's work."""
    return Receipt(
        packet_id=row.id,
        packet_sha256=row.sha256,
        device_id=DEVICE,
        carrier_ref=f"C-{row.id[:8]}",
        duplicate=False,
        received_at=at,
        counter=1,
        kid="receipts-1",
        message=b'{"signed":"bytes"}',
        signature=bytes(64),
    )


def decision_for(
    registration: RegistrationId, sequence: int, outcome: Outcome, at: datetime = NOON
) -> Decision:
    """Return an entry of the carrier's decision feed."""
    reason = None if outcome in {Outcome.ACCEPTED, Outcome.IN_REVIEW} else "IMG01"
    return Decision(sequence, registration, outcome, reason, None, at)


@dataclass
class OutboxTill:
    """A folder with an outbox that can be closed, broken and opened again."""

    folder: Path
    signer: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    key: DatabaseKey = field(default_factory=DatabaseKey.random)

    def __post_init__(self) -> None:
        """Open the outbox."""
        self.outbox = self.open()

    def open(self) -> Outbox:
        """Open the outbox of this folder; the field `outbox` stays as it is."""
        return Outbox(self.folder, self.key, DEVICE, self.signer.public_key().public_bytes_raw())

    def packets(self) -> Packets:
        """Return this till's packets, whether or not its outbox is open."""
        public = self.signer.public_key().public_bytes_raw()
        return Packets(self.folder / "packets", DEVICE, public)

    def open_moving(self, new: DatabaseKey) -> Outbox:
        """Open the outbox after a change to the key `new` was announced and broke off."""
        public = self.signer.public_key().public_bytes_raw()
        return Outbox(self.folder, self.key, DEVICE, public, next_key=new)

    def restart(self) -> Outbox:
        """Close and open the outbox, as after a power cut that lost nothing."""
        self.outbox.close()
        self.outbox = self.open()
        return self.outbox

    def seal(
        self, registration: RegistrationId | None = None, now: datetime = NOON
    ) -> SealedPacket:
        """Return a packet for the next place in the chain."""
        return sealed(self.signer, self.outbox.next_link(), registration or new_id(), now)

    def submit(self, now: datetime = NOON) -> Row:
        """Put a new registration in."""
        return self.outbox.put(self.seal(now=now))

    def send(self, at: datetime = NOON) -> Row:
        """Put a new registration in and have the carrier receive it."""
        self.submit(at)
        leased = self.outbox.lease(at)
        assert leased is not None
        self.outbox.acknowledge(receipt_for(leased.row, at))
        return self.outbox.row(leased.row.id)

    def packet_file(self, registration: RegistrationId) -> Path:
        """Return where a packet lies."""
        return self.folder / "packets" / f"{registration}.pkt"

    def checked(self, packet: SealedPacket) -> CheckedPacket:
        """Return a packet as the outbox sees it after checking."""
        return self.outbox._packets.check(packet.data)
