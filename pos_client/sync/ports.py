"""The outbox as sending needs it; the real one keeps these promises, and so does every fake."""

from datetime import datetime, timedelta
from typing import Protocol

from pos_client.model.receipt import Decision, Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import Row


class Leased(Protocol):
    """A row in the hands of the one sender, with its packet's bytes."""

    @property
    def row(self) -> Row:
        """The row, already SENDING; `attempts` counts the one that begins."""
        ...

    @property
    def data(self) -> bytes:
        """The packet, unchanged since it was sealed."""
        ...


class Carried(Protocol):
    """A packet of another till that came on a stick and is sent from here."""

    @property
    def id(self) -> RegistrationId:
        """The registration."""
        ...

    @property
    def device_id(self) -> str:
        """The till that sealed it."""
        ...

    @property
    def sha256(self) -> str:
        """SHA-256 of the packet, hex."""
        ...

    @property
    def attempts(self) -> int:
        """How often it was tried, with the try that begins."""
        ...

    @property
    def data(self) -> bytes:
        """The packet."""
        ...


class Outbox(Protocol):
    """Every verb is one transaction, on the disk when it returns; each may raise a Problem."""

    def lease(self, now: datetime) -> Leased | None:
        """Take the row that is due longest, None where none is.

        A row that seems to wait longer than any policy lets it is due: the clock was moved.
        """
        ...

    def release(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """Put a leased row back, not to be tried before `until`."""
        ...

    def hasten(self, causes: tuple[str, ...], now: datetime) -> None:
        """Make the rows due that wait for one of these causes: it is gone."""
        ...

    def note_sent(self, registration: RegistrationId, sent: int) -> None:
        """Write down how many bytes of a packet the carrier has. From any thread."""
        ...

    def quarantine(self, registration: RegistrationId, cause: str) -> None:
        """Set a leased row aside for a person to look at."""
        ...

    def acknowledge(self, receipt: Receipt) -> None:
        """Record a verified receipt for a leased row."""
        ...

    def carried_due(self, now: datetime) -> Carried | None:
        """Return the packet of another till that is due longest, and count the try."""
        ...

    def carried_waits(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """Try a carried packet again later."""
        ...

    def carried_refused(self, registration: RegistrationId, cause: str) -> None:
        """The carrier never takes it from here; its own till still has it."""
        ...

    def carried_held(self, receipt: Receipt) -> None:
        """The carrier has it: keep its receipt, drop the packet."""
        ...

    def feed_cursor(self) -> int:
        """Return the sequence of the last decision taken in; 0 before the first."""
        ...

    def decide(self, decision: Decision, now: datetime) -> None:
        """Take in one decision and move the cursor behind it."""
        ...

    def purge(self, now: datetime, grace: timedelta) -> int:
        """Remove packets whose receipt is older than `grace`; return how many."""
        ...
