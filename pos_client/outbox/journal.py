"""The journal of the till: what happened to which registration, in a chain nobody can edit."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pos_client.model.receipt import JournalHead

_START: Final = bytes(32)
_COLUMNS: Final = "number, at, event, about, mono_ms, boot, server_at, hash"
_MOMENT: Final = 4
_PAST_ALL: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class JournalBreak:
    """The first entry that does not fit.

    `reason` is `missing`, `changed`, `rewritten` or `cut off`; the last two show only against what
    the carrier countersigned.
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When, told by everything but the wall clock: see the column comments of the schema."""

    mono_ms: int | None
    boot: str | None
    server_at: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal, as it is chained."""

    number: int
    at: str
    event: str
    about: str
    moment: Moment
    hash: bytes


def keep_time(connection: Any, boot: str, monotonic: Callable[[], float]) -> None:
    """Tell a connection which start of the computer this is, and what counts its seconds."""
    connection.create_function("till_boot", 0, lambda: boot)
    connection.create_function("till_mono_ms", 0, lambda: int(monotonic() * 1000))


def write(connection: Any, at: str, event: str, about: str) -> None:
    """Append one entry inside the caller's transaction.

    Args:
        connection: the writer, with a transaction open.
        at: when, as ISO 8601 text.
        event: one word for what happened.
        about: the registration's id, or figures; never a value from a form.
    """
    last = connection.execute(
        "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1"
    ).fetchone()
    number, previous = last or (0, _START)
    moment = connection.execute(
        "SELECT till_mono_ms(), till_boot(), (SELECT server_at FROM heard)"
    ).fetchone()
    entry = (number + 1, at, event, about, *moment)
    connection.execute(
        "INSERT INTO journal (number, at, event, about, mono_ms, boot, server_at, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*entry, _link(previous, entry)),
    )


def heard(connection: Any, server_at: str, at: str) -> None:
    """Keep the latest time the carrier signed, with what our clock says now; never an older one."""
    connection.execute(
        "INSERT INTO heard (one, server_at, at) VALUES (1, :server_at, :at)"
        " ON CONFLICT (one) DO UPDATE SET server_at = :server_at, at = :at"
        " WHERE server_at < :server_at",
        {"server_at": server_at, "at": at},
    )


def last_heard(connection: Any) -> str | None:
    """Return the latest time the carrier signed as stored, None before the first."""
    found = connection.execute("SELECT server_at FROM heard").fetchone()
    return found[0] if found else None


def head(connection: Any) -> JournalHead | None:
    """Return how long the chain is and its last hash, None before the first entry."""
    last = connection.execute(
        "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return JournalHead(last[0], last[1].hex()) if last else None


def verify(connection: Any) -> JournalBreak | None:
    """Walk the chain from its start and return the first entry that does not fit.

    An edit, a gap and an exchange are seen by the chain itself. A tail that was cut off, and a
    chain written anew, are seen against the heads that the carrier countersigned.
    """
    heads = dict(
        connection.execute(
            "SELECT journal_count, journal_sha256 FROM receipt WHERE journal_count IS NOT NULL"
        ).fetchall()
    )
    entries = connection.execute(f"SELECT {_COLUMNS} FROM journal ORDER BY number")  # noqa: S608 - our names
    return first_break(entries, heads)


def entries(connection: Any, limit: int, before: int | None = None) -> tuple[Entry, ...]:
    """Return up to `limit` entries, newest first, from below the number `before`."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE number < ? ORDER BY number DESC LIMIT ?",  # noqa: S608 - our names
        (_PAST_ALL if before is None else before, limit),
    ).fetchall()
    return tuple(
        Entry(number, at, event, about, Moment(mono_ms, boot, server_at), found_hash)
        for number, at, event, about, mono_ms, boot, server_at, found_hash in found
    )


def last_time(connection: Any) -> str:
    """Return the time of the last entry as stored, empty before the first."""
    last = connection.execute("SELECT at FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    return last[0] if last else ""


def first_break(
    found: Iterable[tuple[Any, ...]], heads: Mapping[int, str] = MappingProxyType({})
) -> JournalBreak | None:
    """Return the first of these entries that does not fit.

    Args:
        found: entries by number, each with its hash last.
        heads: what the carrier countersigned: hash in hex by the number of the entry.
    """
    previous, last = _START, 0
    for *entry, link in found:
        number = entry[0]
        if number != last + 1:
            return JournalBreak(last + 1, "missing")
        previous, last = _link(previous, tuple(entry)), number
        if link != previous:
            return JournalBreak(number, "changed")
        if heads.get(number, link.hex()) != link.hex():
            return JournalBreak(number, "rewritten")
    beyond = [number for number in heads if number > last]
    return JournalBreak(last + 1, "cut off") if beyond else None


def _link(previous: bytes, entry: tuple[Any, ...]) -> bytes:
    # JSON keeps the parts apart: ("ab", "c") and ("a", "bc") must not give the same hash.
    # Entries of the first schema told no time but the wall clock's.
    told = entry if entry[_MOMENT] is not None else entry[:_MOMENT]
    return hashlib.sha256(previous + json.dumps(told).encode()).digest()
