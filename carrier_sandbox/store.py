"""The carrier's database: every packet once, durably, with what was decided about it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from carrier_sandbox.behaviour import Verdict
from carrier_sandbox.packet import Packet

_SCHEMA: Final = (Path(__file__).parent / "schema.sql").read_text("utf-8")


def stamp(when: datetime) -> str:
    """Return an instant as the contract writes it: UTC, so that texts sort by time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Held:
    """A packet in custody. `repeats` counts how often it was sent again; `data` the whole file."""

    number: int
    packet_id: str
    sha256: str
    device_id: str
    counter: int
    previous_sha256: str
    received_at: str
    repeats: int
    data: bytes

    @property
    def carrier_ref(self) -> str:
        """The carrier's own reference, printed and spoken."""
        return f"SC-{self.number:08d}"


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of the decision feed."""

    sequence: int
    packet_id: str
    outcome: str
    reason: str | None
    about: str | None
    decided_at: str


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was given out."""

    token: str
    outlet: str
    dealers: tuple[str, ...]
    policy: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A till that may send."""

    device_id: str
    public_key: bytes
    token: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person at the carrier should look at."""

    at: str
    kind: str
    packet_id: str
    device_id: str


class Store:
    """One connection, one verb at a time, each verb one transaction. Times are ISO 8601 texts."""

    def __init__(self, file: Path) -> None:
        """Open the database, making it where it does not exist."""
        self._lock = threading.Lock()
        file.touch(mode=0o600)
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a receipt is signed only for what survives a power cut.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def invite(self, invited: Invited, at: datetime) -> None:
        """Keep an invitation."""
        with self._verb() as db:
            db.execute(
                "INSERT INTO invitation VALUES (?, ?, ?, ?, ?)",
                (
                    invited.token,
                    invited.outlet,
                    json.dumps(invited.dealers),
                    invited.policy,
                    stamp(at),
                ),
            )

    def invited(self, token: str) -> bool:
        """Say whether such a token was given out."""
        with self._verb() as db:
            return bool(db.execute("SELECT 1 FROM invitation WHERE token = ?", (token,)).fetchone())

    def enrol(self, device: Enrolled, at: datetime) -> Enrolled:
        """Add a device unless its token is used, and return the device that holds the token."""
        with self._verb() as db:
            db.execute(
                "INSERT INTO device (device_id, public_key, token, enrolled_at)"
                " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (device.device_id, device.public_key, device.token, stamp(at)),
            )
            holder = db.execute(f"{_DEVICE} WHERE token = ?", (device.token,)).fetchone()
        return _enrolled(holder) if holder else device

    def device(self, device_id: str) -> Enrolled | None:
        """Return an enrolled device."""
        with self._verb() as db:
            row = db.execute(f"{_DEVICE} WHERE device_id = ?", (device_id,)).fetchone()
        return _enrolled(row) if row else None

    def revoke(self, device_id: str) -> bool:
        """Shut a device out; True where there is such a device."""
        with self._verb() as db:
            done = db.execute("UPDATE device SET revoked = 1 WHERE device_id = ?", (device_id,))
            return done.rowcount == 1

    def take_in(self, packet: Packet, data: bytes, at: datetime) -> Held:
        """Store a packet unless its id is known, and return what is held under that id.

        A repeat is counted; another packet under the id raises an alarm and changes nothing.
        """
        with self._verb() as db:
            twin = db.execute(
                "SELECT 1 FROM packet WHERE device_id = ? AND counter = ? AND packet_id <> ?",
                (packet.device_id, packet.counter, packet.packet_id),
            ).fetchone()
            added = db.execute(
                "INSERT INTO packet (packet_id, sha256, device_id, counter, previous_sha256,"
                " received_at, data) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    packet.packet_id,
                    packet.sha256,
                    packet.device_id,
                    packet.counter,
                    packet.previous_sha256,
                    stamp(at),
                    data,
                ),
            ).rowcount
            if not added:
                db.execute(
                    "UPDATE packet SET repeats = repeats + 1 WHERE packet_id = ? AND sha256 = ?",
                    (packet.packet_id, packet.sha256),
                )
            held = Held(
                *db.execute(f"{_PACKET} WHERE packet_id = ?", (packet.packet_id,)).fetchone()
            )
            kind = _alarm_kind(same=held.sha256 == packet.sha256, twin=bool(added and twin))
            if kind:
                db.execute(
                    "INSERT INTO alarm (at, kind, packet_id, device_id) VALUES (?, ?, ?, ?)",
                    (stamp(at), kind, packet.packet_id, packet.device_id),
                )
            return held

    def held(self, packet_id: str) -> Held | None:
        """Return a packet in custody."""
        with self._verb() as db:
            row = db.execute(f"{_PACKET} WHERE packet_id = ?", (packet_id,)).fetchone()
        return Held(*row) if row else None

    def all_held(self) -> tuple[Held, ...]:
        """Return all packets without their data, in the order in which they came."""
        with self._verb() as db:
            rows = db.execute(f"{_PACKET_LABELS} ORDER BY number").fetchall()
        return tuple(Held(*row) for row in rows)

    def copies(self, packet_id: str) -> int:
        """Count what is stored under an id: never more than one."""
        with self._verb() as db:
            count = db.execute("SELECT count(*) FROM packet WHERE packet_id = ?", (packet_id,))
            return int(count.fetchone()[0])

    def decide(self, packet_id: str, verdict: Verdict, at: datetime) -> bool:
        """Put a decision into the feed; False where it is unknown or was decided for good."""
        with self._verb() as db:
            done = db.execute(
                "INSERT INTO decision (packet_id, device_id, outcome, reason, about, decided_at)"
                " SELECT packet_id, device_id, :outcome, :reason, :about, :at FROM packet"
                " WHERE packet_id = :id AND NOT EXISTS (SELECT 1 FROM decision"
                " WHERE packet_id = :id AND outcome <> 'in_review')",
                {
                    "id": packet_id,
                    "outcome": verdict.outcome,
                    "reason": verdict.reason,
                    "about": verdict.about,
                    "at": stamp(at),
                },
            )
            return done.rowcount == 1

    def undecided(self, received_before: datetime) -> tuple[str, ...]:
        """Return the ids that were received at or before that time and await a decision."""
        with self._verb() as db:
            rows = db.execute(
                "SELECT packet_id FROM packet WHERE received_at <= ? AND packet_id NOT IN"
                " (SELECT packet_id FROM decision) ORDER BY number",
                (stamp(received_before),),
            ).fetchall()
        return tuple(row[0] for row in rows)

    def decisions(self, device_id: str, after: int, most: int) -> tuple[Decided, ...]:
        """Return the next decisions for a device."""
        with self._verb() as db:
            rows = db.execute(
                "SELECT sequence, packet_id, outcome, reason, about, decided_at FROM decision"
                " WHERE device_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                (device_id, after, most),
            ).fetchall()
        return tuple(Decided(*row) for row in rows)

    def decision_of(self, packet_id: str) -> Decided | None:
        """Return the latest decision about a packet."""
        with self._verb() as db:
            row = db.execute(
                "SELECT sequence, packet_id, outcome, reason, about, decided_at FROM decision"
                " WHERE packet_id = ? ORDER BY sequence DESC LIMIT 1",
                (packet_id,),
            ).fetchone()
        return Decided(*row) if row else None

    def alarms(self) -> tuple[Alarm, ...]:
        """Return all alarms, oldest first."""
        with self._verb() as db:
            rows = db.execute("SELECT at, kind, packet_id, device_id FROM alarm ORDER BY id")
            return tuple(Alarm(*row) for row in rows.fetchall())

    def devices(self) -> tuple[Enrolled, ...]:
        """Return all enrolled devices."""
        with self._verb() as db:
            rows = db.execute(f"{_DEVICE} ORDER BY enrolled_at").fetchall()
        return tuple(_enrolled(row) for row in rows)

    def chain(self, device_id: str) -> tuple[tuple[int, str, str], ...]:
        """Return (counter, previous SHA-256, SHA-256) of a device's packets, by counter."""
        with self._verb() as db:
            rows = db.execute(
                "SELECT counter, previous_sha256, sha256 FROM packet"
                " WHERE device_id = ? ORDER BY counter, number",
                (device_id,),
            ).fetchall()
        return tuple(tuple(row) for row in rows)

    @contextmanager
    def _verb(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


_DEVICE: Final = "SELECT device_id, public_key, token, revoked FROM device"
_PACKET: Final = (
    "SELECT number, packet_id, sha256, device_id, counter, previous_sha256, received_at, repeats,"
    " data FROM packet"
)
_PACKET_LABELS: Final = _PACKET.replace(" data FROM", " x'' FROM")


def _enrolled(row: tuple[str, bytes, str, int]) -> Enrolled:
    return Enrolled(row[0], row[1], row[2], bool(row[3]))


def _alarm_kind(*, same: bool, twin: bool) -> str | None:
    if not same:
        return "conflict"
    return "counter_twice" if twin else None
