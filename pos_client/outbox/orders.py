"""The carrier's orders as they were carried out, and what a wipe takes away: all about people."""

from dataclasses import dataclass
from typing import Any

from pos_client.model.order import Order
from pos_client.outbox import journal


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away: counts, for the journal."""

    drafts: int
    labels: int
    extracts: int

    def __str__(self) -> str:
        return f"drafts={self.drafts} labels={self.labels} extracts={self.extracts}"


def last(connection: Any) -> int:
    """Return the sequence of the last order that was carried out; 0 before the first."""
    found: int = connection.execute(
        "SELECT coalesce(max(sequence), 0) FROM carrier_order"
    ).fetchone()[0]
    return found


def keep(connection: Any, order: Order, result: str, at: str) -> None:
    """Keep an order byte for byte with what became of it; once."""
    connection.execute(
        "INSERT OR IGNORE INTO carrier_order"
        " (sequence, id, kind, result, kid, message, signature, done_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            order.sequence,
            order.id,
            order.kind,
            result,
            order.kid,
            order.message,
            order.signature,
            at,
        ),
    )


def wiped(connection: Any) -> bool:
    """Say whether a wipe was carried out here."""
    found = connection.execute(
        "SELECT 1 FROM carrier_order WHERE kind = 'wipe' AND result = 'done' LIMIT 1"
    ).fetchone()
    return found is not None


def anything_personal(connection: Any) -> bool:
    """Say whether there is anything left that `erase` would take away."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM extract)"
        " OR EXISTS (SELECT 1 FROM outbox WHERE masked_name <> '' OR masked_msisdn <> '')"
    ).fetchone()[0]
    return bool(found)


def erase(connection: Any, at: str, why: str) -> Erased:
    """Take away everything about people inside the caller's transaction; sealed packets stay.

    Drafts lose their keys, rows their masked labels; the keyed hashes lose the key that could
    compare them with anybody.
    """
    drafts = connection.execute("DELETE FROM draft").rowcount
    connection.execute("DELETE FROM draft_key")
    extracts = connection.execute("DELETE FROM extract").rowcount
    labels = connection.execute(
        "UPDATE outbox SET masked_name = '', masked_msisdn = '', about = NULL"
        " WHERE masked_name <> '' OR masked_msisdn <> ''"
    ).rowcount
    connection.execute("DELETE FROM mark")
    connection.execute("UPDATE mark_key SET key = randomblob(32)")
    erased = Erased(drafts, labels, extracts)
    journal.write(connection, at, why, str(erased))
    return erased
