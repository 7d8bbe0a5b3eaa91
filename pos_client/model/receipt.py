"""The carrier's word: a signed receipt for a packet, and decisions that follow it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_client.model.registration import RegistrationId


@dataclass(frozen=True, slots=True)
class JournalHead:
    """How far the till's journal had come: how many entries, and the last one's hash in hex."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The carrier holds this very packet, durably; the only licence to purge ours.

    `message` are the signed bytes as they came, `signature` 64 bytes Ed25519 of key `kid`.
    `counter` countersigns the place of the packet in the device's chain; `journal` the head of the
    till's journal that was sent along, None where none was.
    """

    packet_id: RegistrationId
    packet_sha256: str
    device_id: str
    carrier_ref: str
    duplicate: bool
    received_at: datetime
    counter: int
    kid: str
    message: bytes
    signature: bytes
    journal: JournalHead | None = None


class Outcome(StrEnum):
    """What the carrier decided about a registration it holds."""

    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the carrier's decision feed. `sequence` is the feed's cursor."""

    sequence: int
    packet_id: RegistrationId
    outcome: Outcome
    reason: str | None
    about: str | None
    decided_at: datetime
