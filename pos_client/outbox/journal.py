"""The journal of the till: what happened to which registration, in a chain nobody can edit."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

_START: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class JournalBreak:
    """The first entry that does not fit. `reason` is `missing` or `changed`."""

    number: int
    reason: str


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
    entry = (number + 1, at, event, about)
    connection.execute(
        "INSERT INTO journal (number, at, event, about, hash) VALUES (?, ?, ?, ?, ?)",
        (*entry, _link(previous, entry)),
    )


def verify(connection: Any) -> JournalBreak | None:
    """Walk the chain from its start and return the first entry that does not fit.

    An edit, a gap and an exchange are seen. A tail that was cut off, or a chain written anew from
    an early entry, can only be seen against a head that the carrier countersigned.
    """
    entries = connection.execute(
        "SELECT number, at, event, about, hash FROM journal ORDER BY number"
    )
    return first_break(entries)


def last_time(connection: Any) -> str:
    """Return the time of the last entry as stored, empty before the first."""
    last = connection.execute("SELECT at FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    return last[0] if last else ""


def first_break(entries: Iterable[tuple[int, str, str, str, bytes]]) -> JournalBreak | None:
    """Return the first of these entries that does not follow from the one before."""
    previous = _START
    for expected, (number, at, event, about, found) in enumerate(entries, start=1):
        if number != expected:
            return JournalBreak(expected, "missing")
        previous = _link(previous, (number, at, event, about))
        if found != previous:
            return JournalBreak(number, "changed")
    return None


def _link(previous: bytes, entry: tuple[int, str, str, str]) -> bytes:
    # JSON keeps the parts apart: ("ab", "c") and ("a", "bc") must not give the same hash.
    return hashlib.sha256(previous + json.dumps(entry).encode()).digest()
