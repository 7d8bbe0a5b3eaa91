"""Packets on other ways than our own line: out on a stick, and others' through this till."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pos_client.model import packet as packets
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import RowState
from pos_client.outbox import journal, times
from pos_client.outbox.looking import Looking
from pos_client.outbox.packets import Packets
from pos_client.outbox.rows import LONGEST_WAIT

_OUT: Final = (RowState.QUEUED, RowState.SENDING, RowState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Carried:
    """A packet of another till that is to be sent from here."""

    id: RegistrationId
    device_id: str
    sha256: str
    attempts: int
    data: bytes = field(repr=False)


class Carrying(Looking):
    """What the outbox does for sticks. It never opens, changes or decides anything."""

    _packets: Packets
    _latest: str

    # -- out --------------------------------------------------------------------------------
    def waiting_packets(self) -> Iterator[bytes]:
        """Return every packet the carrier does not hold yet, oldest first, its hash checked.

        Raises:
            Problem: one cannot be read.
        """
        for registration, sha256 in self._waiting():
            yield self._packets.read(registration, sha256)

    def note_exported(self, now: datetime) -> None:
        """Write down that everything that waits has left on a stick. It is sent all the same."""
        at = times.text(now)
        with self._store.writing() as connection:
            for registration, _ in _waiting(connection):
                connection.execute(
                    "UPDATE outbox SET exported_at = ? WHERE id = ?", (at, registration)
                )
                journal.write(connection, at, "exported", registration)

    def _waiting(self) -> list[tuple[RegistrationId, str]]:
        with self._store.reading() as connection:
            return _waiting(connection)

    # -- through ----------------------------------------------------------------------------
    def carry(self, packet: packets.Packet, now: datetime) -> bool:
        """Take a packet of another till in; False where it is here already."""
        at = times.text(now)
        with self._store.writing() as connection:
            taken: int = connection.execute(
                "INSERT INTO carried (id, device_id, sha256, size, data, state, next_at)"
                " VALUES (?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (id) DO NOTHING",
                (
                    packet.header.packet_id,
                    packet.header.device_id,
                    packet.sha256,
                    len(packet.data),
                    packet.data,
                    at,
                ),
            ).rowcount
            if taken:
                journal.write(connection, at, "carried_in", packet.header.packet_id)
        return bool(taken)

    def carried_due(self, now: datetime) -> Carried | None:
        """Return the packet of another till that is due longest, and count the try."""
        with self._store.writing() as connection:
            found = connection.execute(
                "SELECT id, device_id, sha256, attempts, data FROM carried"
                " WHERE state = 'waiting' AND (next_at <= ? OR next_at > ?)"
                " ORDER BY next_at LIMIT 1",
                (times.text(now), times.text(now + LONGEST_WAIT)),
            ).fetchone()
            if found is None:
                return None
            connection.execute(
                "UPDATE carried SET attempts = attempts + 1 WHERE id = ?", (found[0],)
            )
        registration, device_id, sha256, attempts, data = found
        return Carried(registration, device_id, sha256, attempts + 1, data)

    def carried_waits(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """Try a carried packet again later."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE carried SET next_at = ?, cause = ? WHERE id = ?",
                (times.text(until), cause, registration),
            )

    def carried_refused(self, registration: RegistrationId, cause: str) -> None:
        """The carrier never takes it from here; its own till still has it."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE carried SET state = 'refused', cause = ?, data = NULL WHERE id = ?",
                (cause, registration),
            )
            journal.write(connection, self._latest, "carried_refused", registration)

    def carried_held(self, receipt: Receipt) -> None:
        """The carrier has it: keep its word, which goes back on the stick, and drop the bytes."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE carried SET state = 'held', cause = NULL, data = NULL, kid = ?,"
                " message = ?, signature = ? WHERE id = ?",
                (receipt.kid, receipt.message, receipt.signature, receipt.packet_id),
            )
            journal.write(connection, self._latest, "carried_held", receipt.packet_id)

    def carried_receipts(self) -> tuple[tuple[str, bytes, bytes], ...]:
        """Return the carrier's words for other tills: (key id, message, signature)."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT kid, message, signature FROM carried WHERE state = 'held' ORDER BY id"
            ).fetchall()
        return tuple((kid, message, signature) for kid, message, signature in found)

    def carried_waiting(self) -> int:
        """Count the packets of other tills that are still to be sent from here."""
        with self._store.reading() as connection:
            count: int = connection.execute(
                "SELECT count(*) FROM carried WHERE state = 'waiting'"
            ).fetchone()[0]
        return count


def _waiting(connection: Any) -> list[tuple[RegistrationId, str]]:
    found = connection.execute(
        "SELECT id, sha256 FROM outbox WHERE state IN (?, ?, ?) ORDER BY seq", _OUT
    ).fetchall()
    return [(RegistrationId(registration), sha256) for registration, sha256 in found]
