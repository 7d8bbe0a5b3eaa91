"""What the till recognises again without keeping it: keyed hashes of cards, numbers and people."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from pos_client.model.private import Private
from pos_client.model.registration import RegistrationId


@dataclass(frozen=True, slots=True)
class Marks:
    """What a registration uses up: its SIM, its number, and one place of the person's quota."""

    iccid: Private[str]
    msisdn: Private[str]
    document_number: Private[str]


@dataclass(frozen=True, slots=True)
class LineUse:
    """Which registration of this till took a SIM or a number first, None where none did."""

    iccid: RegistrationId | None
    msisdn: RegistrationId | None


def remember(connection: Any, registration: RegistrationId, marks: Marks) -> None:
    """Keep a registration's marks inside the caller's transaction."""
    key = _key(connection)
    connection.executemany(
        "INSERT OR REPLACE INTO mark (id, kind, digest) VALUES (?, ?, ?)",
        [
            (registration, "iccid", _digest(key, "iccid", marks.iccid)),
            (registration, "msisdn", _digest(key, "msisdn", marks.msisdn)),
            (registration, "document", _digest(key, "document", marks.document_number)),
        ],
    )


def forget(connection: Any, registration: RegistrationId) -> None:
    """Give back what a registration used up: the carrier did not take it."""
    connection.execute("DELETE FROM mark WHERE id = ?", (registration,))


def line_use(connection: Any, iccid: Private[str], msisdn: Private[str]) -> LineUse:
    """Say which registrations here took this SIM and this number."""
    key = _key(connection)
    return LineUse(
        iccid=_taken_by(connection, "iccid", _digest(key, "iccid", iccid)),
        msisdn=_taken_by(connection, "msisdn", _digest(key, "msisdn", msisdn)),
    )


def registrations_of(connection: Any, document_number: Private[str]) -> int:
    """Count the registrations made here for the holder of a document."""
    return _count(connection, "document", _digest(_key(connection), "document", document_number))


def _count(connection: Any, kind: str, digest: bytes) -> int:
    found: int = connection.execute(
        "SELECT count(*) FROM mark WHERE kind = ? AND digest = ?", (kind, digest)
    ).fetchone()[0]
    return found


def _taken_by(connection: Any, kind: str, digest: bytes) -> RegistrationId | None:
    found = connection.execute(
        "SELECT id FROM mark WHERE kind = ? AND digest = ? LIMIT 1", (kind, digest)
    ).fetchone()
    return RegistrationId(found[0]) if found else None


def _key(connection: Any) -> bytes:
    key: bytes = connection.execute("SELECT key FROM mark_key").fetchone()[0]
    return key


def _digest(key: bytes, kind: str, value: Private[str]) -> bytes:
    # Numbers of 18 digits can be guessed through a plain or salted hash; without the key not.
    plain = "".join(value.reveal().split()).upper()
    return hmac.digest(key, f"{kind}:{plain}".encode(), hashlib.sha256)
