"""An outbox in memory that keeps the promises of `sync.ports.Outbox`, and a machine at rest.

`Machine` is the world of a sync test: two clocks that move only when somebody waits.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from pos_client.model.receipt import Decision, Outcome, Receipt
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import Row, RowState
from pos_client.sync.round import Clocks

NOON: Final = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
#: Longer than any wait the policy allows: a row that waits longer shows that the clock was moved.
_TOO_LONG: Final = timedelta(hours=2)
_AFTER: Final = {
    Outcome.IN_REVIEW: RowState.IN_REVIEW,
    Outcome.ACCEPTED: RowState.ACCEPTED,
    Outcome.RETURNED: RowState.RETURNED,
    Outcome.REFUSED: RowState.REFUSED,
}


def dice(seed: int) -> random.Random:
    """Return chance that falls the same way in every run."""
    return random.Random(seed)  # noqa: S311 - a repeatable test, not a secret


@dataclass(frozen=True, slots=True)
class SmallLease:
    """A row in the hands of the sender."""

    row: Row
    data: bytes


@dataclass
class SmallOutbox:
    """Rows by id, in the order in which they came."""

    rows: dict[RegistrationId, Row] = field(default_factory=dict)
    receipts: dict[RegistrationId, Receipt] = field(default_factory=dict)
    decided: dict[RegistrationId, Outcome] = field(default_factory=dict)
    cursor: int = 0
    purges: int = 0

    def put(self, registration: str, now: datetime = NOON) -> Row:
        """Add a row that is due."""
        row = Row(
            id=RegistrationId(registration),
            state=RowState.QUEUED,
            flow=FlowKind.NEW_LINE,
            operator=OperatorNumber("1042"),
            outlet="SH-0231",
            masked_name="样*",
            masked_msisdn="138****8000",
            created_at=now,
            size=len(registration),
            sha256=f"sha of {registration}",
            attempts=0,
            next_at=now,
        )
        self.rows[row.id] = row
        return row

    def in_state(self, state: RowState) -> list[str]:
        """Return the ids of the rows in a state."""
        return [row.id for row in self.rows.values() if row.state is state]

    # -- sync.ports.Outbox ------------------------------------------------------------------

    def lease(self, now: datetime) -> SmallLease | None:
        """See `sync.ports.Outbox`."""
        due = [
            row
            for row in self.rows.values()
            if row.state is RowState.QUEUED
            and (row.next_at <= now or row.next_at > now + _TOO_LONG)
        ]
        if not due:
            return None
        first = min(due, key=lambda row: row.next_at)
        row = self._move(first.id, RowState.QUEUED, RowState.SENDING)
        self.rows[row.id] = replace(row, attempts=row.attempts + 1)
        return SmallLease(self.rows[row.id], row.id.encode())

    def release(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """See `sync.ports.Outbox`."""
        row = self._move(registration, RowState.SENDING, RowState.QUEUED)
        self.rows[row.id] = replace(row, next_at=until, cause=cause)

    def hasten(self, causes: tuple[str, ...], now: datetime) -> None:
        """See `sync.ports.Outbox`."""
        for row in self.rows.values():
            if row.state is RowState.QUEUED and row.cause in causes and row.next_at > now:
                self.rows[row.id] = replace(row, next_at=now)

    def note_sent(self, registration: RegistrationId, sent: int) -> None:
        """See `sync.ports.Outbox`."""
        self.rows[registration] = replace(self.rows[registration], sent=sent)

    def quarantine(self, registration: RegistrationId, cause: str) -> None:
        """See `sync.ports.Outbox`."""
        row = self._move(registration, RowState.SENDING, RowState.QUARANTINED)
        self.rows[row.id] = replace(row, cause=cause)

    def acknowledge(self, receipt: Receipt) -> None:
        """See `sync.ports.Outbox`."""
        self._move(receipt.packet_id, RowState.SENDING, RowState.RECEIVED)
        self.receipts[receipt.packet_id] = receipt
        self._apply(receipt.packet_id)

    def carried_due(self, now: datetime) -> None:
        """See `sync.ports.Outbox`: nothing comes on a stick here."""
        del now

    def carried_waits(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """See `sync.ports.Outbox`."""

    def carried_refused(self, registration: RegistrationId, cause: str) -> None:
        """See `sync.ports.Outbox`."""

    def carried_held(self, receipt: Receipt) -> None:
        """See `sync.ports.Outbox`."""

    def feed_cursor(self) -> int:
        """See `sync.ports.Outbox`."""
        return self.cursor

    def decide(self, decision: Decision, now: datetime) -> None:
        """See `sync.ports.Outbox`."""
        del now
        if decision.sequence > self.cursor:
            self.cursor = decision.sequence
            self.decided[decision.packet_id] = decision.outcome
            self._apply(decision.packet_id)

    def purge(self, now: datetime, grace: timedelta) -> int:
        """See `sync.ports.Outbox`; the packets themselves are not kept here."""
        del now, grace
        self.purges += 1
        return 0

    def _apply(self, registration: RegistrationId) -> None:
        # After a lost answer the decision can be here before the receipt; it waits for it.
        row = self.rows[registration]
        if registration in self.decided and row.state is RowState.RECEIVED:
            self._move(registration, RowState.RECEIVED, _AFTER[self.decided[registration]])

    def _move(self, registration: RegistrationId, origin: RowState, to: RowState) -> Row:
        row = self.rows[registration]
        assert row.state is origin, f"{registration} is {row.state}, not {origin}"
        self.rows[registration] = replace(row, state=to)
        return self.rows[registration]


@dataclass
class Machine:
    """A wall clock and a monotonic one; only `wait` moves both, only `jump` the wall alone."""

    wall: datetime = NOON
    seconds: float = 1000.0
    #: What one request takes.
    request_s: float = 0.05

    @property
    def clocks(self) -> Clocks:
        """Both clocks as the round takes them."""
        return Clocks(now=lambda: self.wall, monotonic=lambda: self.seconds)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)

    def jump(self, by: timedelta) -> None:
        """Move the wall clock, as people and time servers do."""
        self.wall += by
