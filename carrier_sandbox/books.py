"""What stands in the carrier's books, as frozen rows, and how it writes down an instant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


def stamp(when: datetime) -> str:
    """Return an instant as the contract writes it: UTC, so that texts sort by time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class DeviceState(StrEnum):
    """How a till stands with the carrier."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    REFUSED = "refused"
    REVOKED = "revoked"


#: Who may become what. A till that was shut out stays out: it is invited anew, with a new key.
MOVES: dict[DeviceState, frozenset[DeviceState]] = {
    DeviceState.WAITING: frozenset(
        {DeviceState.ENROLLED, DeviceState.REFUSED, DeviceState.REVOKED}
    ),
    DeviceState.ENROLLED: frozenset({DeviceState.REVOKED}),
    DeviceState.REFUSED: frozenset(),
    DeviceState.REVOKED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A packet in custody. `repeats` counts how often it was sent again; `data` the whole file."""

    number: int
    packet_id: str
    sha256: str
    device_id: str
    counter: int
    previous_sha256: str
    received_at: str
    repeats: int
    data: bytes

    @property
    def carrier_ref(self) -> str:
        """The carrier's own reference, printed and spoken."""
        return f"SC-{self.number:08d}"


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of the decision feed; `revises` is the id of the registration this one corrects."""

    sequence: int
    packet_id: str
    outcome: str
    reason: str | None
    about: str | None
    decided_at: str
    revises: str | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was given out."""

    token: str
    outlet: str
    dealers: tuple[str, ...]
    policy: str
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A till and how it stands."""

    device_id: str
    public_key: bytes
    token: str
    state: DeviceState = DeviceState.ENROLLED

    @property
    def revoked(self) -> bool:
        """Whether it was shut out."""
        return self.state is DeviceState.REVOKED


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person at the carrier should look at."""

    at: str
    kind: str
    packet_id: str
    device_id: str


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where a till's journal stood: how many entries, and the hash of the last one (hex)."""

    entries: int
    head: str
