"""A row of the outbox: where a sealed registration stands on its way, and where it may go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId


class RowState(StrEnum):
    """Where a sealed registration stands."""

    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    PURGED = "purged"


#: The only moves there are. Whoever moves a row names the state it must come from.
MOVES: Final[dict[RowState, frozenset[RowState]]] = {
    # A receipt may come by another way than our own upload: on a stick.
    RowState.QUEUED: frozenset({RowState.SENDING, RowState.RECEIVED}),
    RowState.SENDING: frozenset({RowState.QUEUED, RowState.RECEIVED, RowState.QUARANTINED}),
    RowState.RECEIVED: frozenset(
        {RowState.IN_REVIEW, RowState.ACCEPTED, RowState.RETURNED, RowState.REFUSED}
    ),
    RowState.IN_REVIEW: frozenset({RowState.ACCEPTED, RowState.RETURNED, RowState.REFUSED}),
    RowState.ACCEPTED: frozenset({RowState.PURGED}),
    RowState.RETURNED: frozenset({RowState.PURGED}),
    RowState.REFUSED: frozenset({RowState.PURGED}),
    RowState.QUARANTINED: frozenset({RowState.QUEUED, RowState.RECEIVED, RowState.PURGED}),
    RowState.PURGED: frozenset(),
}

#: Rows whose packet the carrier does not hold yet: never purged, always counted on the strip.
WAITING: Final = frozenset({RowState.QUEUED, RowState.SENDING, RowState.QUARANTINED})


@dataclass(frozen=True, slots=True)
class Row:
    """What the till still knows about a sealed registration; the customer only by masked labels.

    `size` is the packet's length in bytes; `next_at` when it is due again; `cause` the code of the
    last Problem; `reason` the carrier's reason code; `packet_present` False once it was purged.
    `sent` counts the bytes the carrier has of a packet that is under way; `exported_at` says when
    it last left on a stick. `superseded_by` is the registration that corrects a returned one,
    `supersedes` the returned one that this row corrects.
    """

    id: RegistrationId
    state: RowState
    flow: FlowKind
    operator: OperatorNumber
    outlet: str
    masked_name: str
    masked_msisdn: str
    created_at: datetime
    size: int
    sha256: str
    attempts: int
    next_at: datetime
    cause: str | None = None
    carrier_ref: str | None = None
    received_at: datetime | None = None
    reason: str | None = None
    about: str | None = None
    packet_present: bool = True
    sent: int = 0
    exported_at: datetime | None = None
    superseded_by: RegistrationId | None = None
    supersedes: RegistrationId | None = None


@dataclass(frozen=True, slots=True)
class SealedPacket:
    """What submit hands to the outbox: the packet's bytes and the labels its row may keep."""

    id: RegistrationId
    data: bytes
    flow: FlowKind
    operator: OperatorNumber
    outlet: str
    masked_name: str
    masked_msisdn: str
    sealed_at: datetime
    supersedes: RegistrationId | None = None


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """The outbox in numbers, for the status strip and for `pos-client queue`."""

    waiting: int
    sending: int
    quarantined: int
    returned: int
    in_review: int
    oldest_waiting: datetime | None
    last_received: datetime | None
    waiting_bytes: int = 0
