"""What leaves the till, and when: packets after the carrier's receipt, labels after the decision.

Removing a packet takes three steps, so that a crash between any two is finished at the next start:
the row says the packet is leaving; the file is removed; the row says it is gone.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from pos_client.model.registration import RegistrationId
from pos_client.model.row import RowState
from pos_client.outbox import journal, rows, times
from pos_client.outbox.packets import Packets
from pos_client.outbox.store import Store

#: However short the grace of packets is: who comes back tomorrow sees what became of today's work.
LABELS_KEPT: Final = timedelta(days=1)
#: How long a returned registration waits for its customer to come again.
TO_CORRECT: Final = timedelta(days=30)
_AT_ONCE: Final = 200
_DONE: Final = (RowState.ACCEPTED, RowState.REFUSED, RowState.RETURNED)


def purge(
    store: Store, packets: Packets, now: datetime, before: datetime, *, keep_last: bool = False
) -> int:
    """Remove the packets whose receipt is older than `before`, and the labels of what is decided.

    `keep_last` leaves the last packet of the chain: where the store is made anew at each start, it
    alone says where the next one hangs.

    Returns:
        How many packets were removed.
    """
    removed = finish_leaving(store, packets, now)
    while _mark_leaving(store, before, keep_last=keep_last):
        removed += finish_leaving(store, packets, now)
    decided_before = min(before, now - LABELS_KEPT)
    while _forget_labels(store, now, decided_before):
        pass
    return removed


def finish_leaving(store: Store, packets: Packets, now: datetime) -> int:
    """Remove the files of rows that were marked as leaving, then say that they are gone."""
    with store.reading() as connection:
        leaving = [
            registration
            for (registration,) in connection.execute(
                "SELECT id FROM outbox WHERE packet = 'leaving'"
            ).fetchall()
        ]
    if not leaving:
        return 0
    packets.remove(leaving)
    with store.writing() as connection:
        for registration in leaving:
            _note_gone(connection, registration, now)
    return len(leaving)


def _mark_leaving(store: Store, before: datetime, *, keep_last: bool) -> int:
    # The receipt table is asked, not the state: a stored receipt is the only licence to purge.
    with store.writing() as connection:
        marked: int = connection.execute(
            "UPDATE outbox SET packet = 'leaving' WHERE seq IN ("
            " SELECT outbox.seq FROM outbox JOIN receipt USING (id)"
            " WHERE packet = 'here' AND receipt.received_at < ? AND receipt.sha256 = outbox.sha256"
            " AND (NOT ? OR outbox.sha256 <> (SELECT sha256 FROM chain))"
            " ORDER BY outbox.seq LIMIT ?)",
            (times.text(before), keep_last, _AT_ONCE),
        ).rowcount
    return marked


def _note_gone(connection: Any, registration: RegistrationId, now: datetime) -> None:
    connection.execute(
        "UPDATE outbox SET packet = 'gone' WHERE id = ? AND packet = 'leaving'", (registration,)
    )
    journal.write(connection, times.text(now), "packet_removed", registration)


def _forget_labels(store: Store, now: datetime, before: datetime) -> int:
    with store.writing() as connection:
        due = connection.execute(
            "SELECT id, state FROM outbox WHERE state IN (?, ?, ?) AND packet = 'gone'"
            " AND decided_at < iif(state = ? AND superseded_by IS NULL, ?, ?) LIMIT ?",
            (
                *_DONE,
                RowState.RETURNED,
                times.text(now - TO_CORRECT),
                times.text(before),
                _AT_ONCE,
            ),
        ).fetchall()
        for registration, state in due:
            rows.move(connection, registration, RowState(state), RowState.PURGED)
            connection.execute(
                "UPDATE outbox SET masked_name = '', masked_msisdn = '', about = NULL WHERE id = ?",
                (registration,),
            )
            connection.execute("DELETE FROM extract WHERE id = ?", (registration,))
            journal.write(connection, times.text(now), "purged", registration)
    return len(due)
