"""What the carrier may order a single till to do: lock itself, or wipe itself."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class OrderKind(StrEnum):
    """What is to be done."""

    LOCK = "lock"
    WIPE = "wipe"


@dataclass(frozen=True, slots=True)
class Order:
    """One signed order. `message` are the signed bytes as they came, `signature` of key `kid`.

    `keep_unsent` says that sealed packets the carrier does not hold are still to be sent.
    """

    sequence: int
    id: str
    kind: OrderKind
    keep_unsent: bool
    issued_at: datetime
    expires_at: datetime
    kid: str
    message: bytes = field(repr=False)
    signature: bytes = field(repr=False)
