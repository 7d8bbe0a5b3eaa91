"""What the status strip shows: link, queue, camera, clock and mode, at one glance."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_client.model.row import QueueFigures


class LinkState(StrEnum):
    """The connection to the carrier. Offline is calm, not an error; REFUSED means the till is."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"


class TillState(StrEnum):
    """Whether anybody can work here."""

    NEW = "new"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come that somebody waits for."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Status:
    """The strip in one value. `clock_offset_s` is local minus carrier time, None before contact.

    `room` is about how many more registrations fit on the disk, None while the store is closed.
    `rate` is how many bytes a second the line carries for us and `left_s` in how many seconds
    nothing will wait any more at that rate; None before the first upload of the day. `held`: what
    waits stays here while the line is paid by volume.
    """

    link: LinkState
    queue: QueueFigures
    camera: str | None
    clock_offset_s: float | None
    training: bool
    last_contact: datetime | None
    cause: str | None = None
    room: int | None = None
    rate: float | None = None
    left_s: float | None = None
    held: bool = False
