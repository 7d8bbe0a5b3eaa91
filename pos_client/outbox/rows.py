"""Rows of the outbox as the rest of the client sees them, and the one way to move them."""

from datetime import datetime, timedelta
from typing import Any, Final

from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import MOVES, QueueFigures, Row, RowState, SealedPacket
from pos_client.outbox import times
from pos_client.outbox.problems import RowElsewhere, RowUnknown

_SELECT: Final = (
    "SELECT id, state, flow, operator, outlet, masked_name, masked_msisdn, created_at, size,"
    " sha256, attempts, next_at, cause, carrier_ref, received_at, reason, about, packet,"
    " sent, exported_at, superseded_by, supersedes"
    " FROM outbox"
)
#: No wait is longer than this: a row due later than that was given a time by a clock gone wrong.
LONGEST_WAIT: Final = timedelta(hours=2)
_BEHIND: Final = " WHERE seq < coalesce((SELECT seq FROM outbox WHERE id = :after), :newest)"
_OF_AUTHOR: Final = " AND operator = :author"
_PAGE: Final = " ORDER BY seq DESC LIMIT :limit"
_PAST_ALL: Final = 2**63 - 1
_NAMES: Final = _SELECT.removeprefix("SELECT ").removesuffix(" FROM outbox").split(", ")


def find(connection: Any, registration: RegistrationId) -> Row | None:
    """Return a row, or None."""
    found = connection.execute(_SELECT + " WHERE id = ?", (registration,)).fetchone()
    return None if found is None else _row(found)


def get(connection: Any, registration: RegistrationId) -> Row:
    """Return a row.

    Raises:
        RowUnknown: there is none.
    """
    row = find(connection, registration)
    if row is None:
        raise RowUnknown
    return row


def page(
    connection: Any,
    limit: int,
    after: RegistrationId | None,
    author: OperatorNumber | None = None,
) -> tuple[Row, ...]:
    """Return up to `limit` rows, newest first, starting behind `after`; of one author if given."""
    of_author = "" if author is None else _OF_AUTHOR
    found = connection.execute(
        _SELECT + _BEHIND + of_author + _PAGE,
        {"after": after, "newest": _PAST_ALL, "limit": limit, "author": author},
    ).fetchall()
    return tuple(_row(entry) for entry in found)


def count(connection: Any) -> int:
    """Count all rows."""
    found: int = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    return found


def insert(connection: Any, packet: SealedPacket, sha256: str) -> None:
    """Put a new row in, due at once."""
    created = times.text(packet.sealed_at)
    connection.execute(
        "INSERT INTO outbox (id, state, flow, operator, outlet, masked_name, masked_msisdn,"
        " created_at, size, sha256, next_at, supersedes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            packet.id,
            RowState.QUEUED,
            packet.flow,
            packet.operator,
            packet.outlet,
            packet.masked_name,
            packet.masked_msisdn,
            created,
            len(packet.data),
            sha256,
            created,
            packet.supersedes,
        ),
    )
    if packet.supersedes is not None:
        connection.execute(
            "UPDATE outbox SET superseded_by = ? WHERE id = ?", (packet.id, packet.supersedes)
        )


def due(connection: Any, now: datetime) -> RegistrationId | None:
    """Return the queued registration that is due longest, None where none is due."""
    found = (
        connection.execute(
            "SELECT id FROM outbox WHERE state = :queued AND next_at <= :now"
            " ORDER BY next_at, seq LIMIT 1",
            {"queued": RowState.QUEUED, "now": times.text(now)},
        ).fetchone()
        or connection.execute(
            "SELECT id FROM outbox WHERE state = :queued AND next_at > :horizon"
            " ORDER BY next_at, seq LIMIT 1",
            {"queued": RowState.QUEUED, "horizon": times.text(now + LONGEST_WAIT)},
        ).fetchone()
    )
    return None if found is None else found[0]


def move(connection: Any, registration: RegistrationId, origin: RowState, to: RowState) -> None:
    """Move one row, from the state it must come from, along `MOVES`.

    Raises:
        RowElsewhere: the row stands somewhere else.
        RowUnknown: there is no such row.
    """
    if to not in MOVES[origin]:
        message = f"no move leads from {origin} to {to}"
        raise ValueError(message)
    moved = connection.execute(
        "UPDATE outbox SET state = :to WHERE id = :id AND state = :origin",
        {"id": registration, "origin": origin, "to": to},
    ).rowcount
    if moved != 1:
        raise RowElsewhere(state=get(connection, registration).state)


def figures(connection: Any) -> QueueFigures:
    """Return the outbox in numbers.

    `waiting` counts what the carrier does not hold yet and what goes by itself: queued and sending.
    `returned` counts what nobody has corrected yet.
    """
    count = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
    oldest = [
        created
        for state in (RowState.QUEUED, RowState.SENDING, RowState.QUARANTINED)
        for (created,) in connection.execute(
            "SELECT created_at FROM outbox WHERE state = ? ORDER BY seq LIMIT 1", (state,)
        )
    ]
    (left,) = connection.execute(
        "SELECT coalesce(sum(size - sent), 0) FROM outbox WHERE state IN (?, ?)",
        (RowState.QUEUED, RowState.SENDING),
    ).fetchone()
    (corrected,) = connection.execute(
        "SELECT count(*) FROM outbox WHERE state = ? AND superseded_by IS NOT NULL",
        (RowState.RETURNED,),
    ).fetchone()
    last = connection.execute("SELECT max(received_at) FROM outbox").fetchone()[0]
    sending = count.get(RowState.SENDING, 0)
    return QueueFigures(
        waiting=count.get(RowState.QUEUED, 0) + sending,
        sending=sending,
        quarantined=count.get(RowState.QUARANTINED, 0),
        returned=count.get(RowState.RETURNED, 0) - corrected,
        in_review=count.get(RowState.IN_REVIEW, 0),
        oldest_waiting=times.moment_or_none(min(oldest, default=None)),
        last_received=times.moment_or_none(last),
        waiting_bytes=left,
    )


def _row(entry: tuple[Any, ...]) -> Row:
    named = dict(zip(_NAMES, entry, strict=True))
    named["state"] = RowState(named["state"])
    named["flow"] = FlowKind(named["flow"])
    for name in ("created_at", "next_at", "received_at", "exported_at"):
        named[name] = times.moment_or_none(named[name])
    named["packet_present"] = named.pop("packet") != "gone"
    return Row(**named)
