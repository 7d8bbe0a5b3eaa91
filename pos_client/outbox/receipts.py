"""The carrier's words as they were received: receipts, decisions, and what reprints need."""

from typing import Any

from pos_client.model.receipt import Decision, JournalHead, Outcome, Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import MOVES, RowState
from pos_client.outbox import marks, rows, times


def keep(connection: Any, receipt: Receipt) -> None:
    """Store a receipt byte for byte and note in the row that the carrier holds the packet."""
    received = times.text(receipt.received_at)
    connection.execute(
        "INSERT INTO receipt (id, sha256, device_id, carrier_ref, duplicate, received_at, counter,"
        " kid, message, signature, journal_count, journal_sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.packet_id,
            receipt.packet_sha256,
            receipt.device_id,
            receipt.carrier_ref,
            receipt.duplicate,
            received,
            receipt.counter,
            receipt.kid,
            receipt.message,
            receipt.signature,
            receipt.journal.count if receipt.journal else None,
            receipt.journal.sha256 if receipt.journal else None,
        ),
    )
    connection.execute(
        "UPDATE outbox SET carrier_ref = ?, received_at = ?, cause = NULL WHERE id = ?",
        (receipt.carrier_ref, received, receipt.packet_id),
    )


def find(connection: Any, registration: RegistrationId) -> Receipt | None:
    """Return the stored receipt of a registration, or None."""
    found = connection.execute(
        "SELECT id, sha256, device_id, carrier_ref, duplicate, received_at, counter, kid, message,"
        " signature, journal_count, journal_sha256 FROM receipt WHERE id = ?",
        (registration,),
    ).fetchone()
    if found is None:
        return None
    packet_id, sha256, device_id, carrier_ref, duplicate, received, *rest = found
    counter, kid, message, signature, count, head = rest
    return Receipt(
        packet_id=packet_id,
        packet_sha256=sha256,
        device_id=device_id,
        carrier_ref=carrier_ref,
        duplicate=bool(duplicate),
        received_at=times.moment(received),
        counter=counter,
        kid=kid,
        message=message,
        signature=signature,
        journal=JournalHead(count, head) if count is not None else None,
    )


def keep_decision(connection: Any, decision: Decision) -> None:
    """Store a decision as the newest for its registration, and move the feed's cursor behind it."""
    connection.execute(
        "INSERT INTO decision (id, sequence, outcome, reason, about, decided_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, outcome = excluded.outcome,"
        " reason = excluded.reason, about = excluded.about, decided_at = excluded.decided_at",
        (
            decision.packet_id,
            decision.sequence,
            decision.outcome,
            decision.reason,
            decision.about,
            times.text(decision.decided_at),
        ),
    )
    connection.execute("UPDATE feed SET cursor = ?", (decision.sequence,))


def cursor(connection: Any) -> int:
    """Return the sequence of the last decision that was taken in; 0 before the first."""
    found: int = connection.execute("SELECT cursor FROM feed").fetchone()[0]
    return found


def apply_decision(connection: Any, registration: RegistrationId) -> Outcome | None:
    """Move a row where the carrier's newest decision wants it, if it can go there already.

    A decision may come before its receipt (the answer to our upload was lost): it waits here and
    is applied together with the receipt.

    Returns:
        The outcome that was applied, None where nothing was to be done.
    """
    row = rows.find(connection, registration)
    found = connection.execute(
        "SELECT outcome, reason, about, decided_at FROM decision WHERE id = ?", (registration,)
    ).fetchone()
    if row is None or found is None:
        return None
    outcome, reason, about, decided_at = found
    to = RowState(outcome)
    if to not in MOVES[row.state]:
        return None
    rows.move(connection, registration, row.state, to)
    connection.execute(
        "UPDATE outbox SET reason = ?, about = ?, decided_at = ? WHERE id = ?",
        (reason, about, decided_at, registration),
    )
    if to in {RowState.RETURNED, RowState.REFUSED}:
        marks.forget(connection, registration)
    return Outcome(outcome)


def keep_extract(connection: Any, registration: RegistrationId, body: bytes) -> None:
    """Keep what the customer's receipt is printed from once more; masked by the desk."""
    connection.execute(
        "INSERT INTO extract (id, body) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        (registration, body),
    )


def extract(connection: Any, registration: RegistrationId) -> bytes | None:
    """Return what was kept for a reprint, None after the purge."""
    found = connection.execute("SELECT body FROM extract WHERE id = ?", (registration,)).fetchone()
    return None if found is None else found[0]
