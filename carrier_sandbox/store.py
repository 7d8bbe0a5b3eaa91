"""Packets in custody: every one once, durably, and the alarms about what came."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from carrier_sandbox.books import Alarm, Held, JournalHead, stamp
from carrier_sandbox.database import Database, Sheet
from carrier_sandbox.packet import Packet

#: A request that was sent before another may be answered after it, but not by more than this.
OVERTAKEN: Final = timedelta(minutes=2)


class Store:
    """The shelf of packets. Each verb is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_in(
        self,
        packet: Packet,
        data: bytes,
        at: datetime,
        brought_by: str,
        head: JournalHead | None = None,
    ) -> Held:
        """Store a packet unless its id is known, and return what is held under that id.

        A repeat is counted; another packet under the id raises an alarm and changes nothing.
        """
        stored = stamp(at)

        def add(sheet: Sheet) -> tuple[Any, ...] | None:
            return sheet.row(
                "INSERT INTO packet (packet_id, sha256, device_id, counter, previous_sha256,"
                " received_at, brought_by, data) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT (packet_id) DO NOTHING RETURNING number",
                packet.packet_id,
                packet.sha256,
                packet.device_id,
                packet.counter,
                packet.previous_sha256,
                stored,
                brought_by,
                data,
            )

        if head is not None:
            self._database.run(lambda s: _note_head(s, packet, brought_by, head, at))
        # One statement is one round trip to the database and one wait for its disk.
        added = self._database.alone(add)
        if added:
            return _as_held(packet, data, added[0], stored)
        return self._database.run(lambda s: _again(s, packet, stored))

    def held(self, packet_id: str) -> Held | None:
        """Return a packet in custody."""
        row = self._database.alone(lambda s: s.row(f"{_PACKET} WHERE packet_id = %s", packet_id))
        return _held(row) if row else None

    def labels(self, packet_id: str) -> Held | None:
        """Return a packet in custody without its data."""
        row = self._database.alone(lambda s: s.row(f"{_LABELS} WHERE packet_id = %s", packet_id))
        return _held(row) if row else None

    def all_held(self) -> tuple[Held, ...]:
        """Return all packets without their data, in the order in which they came."""
        rows = self._database.alone(lambda s: s.rows(f"{_LABELS} ORDER BY number"))
        return tuple(_held(row) for row in rows)

    def count(self) -> int:
        """Count the packets in custody."""
        row = self._database.alone(lambda s: s.row("SELECT count(*) FROM packet"))
        return int(row[0]) if row else 0

    def copies(self, packet_id: str) -> int:
        """Count what is stored under an id: never more than one."""
        sql = "SELECT count(*) FROM packet WHERE packet_id = %s"
        row = self._database.alone(lambda s: s.row(sql, packet_id))
        return int(row[0]) if row else 0

    def seen_by(self, device_id: str, packet_ids: list[str]) -> dict[str, Held]:
        """Return, without data, those of the packets that this till sealed or brought."""

        def verb(sheet: Sheet) -> dict[str, Held]:
            places = ", ".join(["%s"] * len(packet_ids))
            rows = sheet.rows(
                f"{_LABELS} WHERE packet_id IN ({places}) AND (device_id = %s OR brought_by = %s)",
                *packet_ids,
                device_id,
                device_id,
            )
            return {held.packet_id: held for held in map(_held, rows)}

        return self._database.run(verb) if packet_ids else {}

    def chain(self, device_id: str) -> tuple[tuple[int, str, str], ...]:
        """Return (counter, previous SHA-256, SHA-256) of a device's packets, by counter."""
        rows = self._database.alone(
            lambda s: s.rows(
                "SELECT counter, previous_sha256, sha256 FROM packet"
                " WHERE device_id = %s ORDER BY counter, number",
                device_id,
            )
        )
        return tuple((int(row[0]), str(row[1]), str(row[2])) for row in rows)

    def alarm(self, kind: str, packet_id: str, device_id: str, at: datetime) -> None:
        """Write down what somebody should look at."""
        self._database.alone(lambda s: _alarm(s, kind, packet_id, device_id, stamp(at)))

    def alarms(self) -> tuple[Alarm, ...]:
        """Return all alarms, oldest first."""
        rows = self._database.alone(
            lambda s: s.rows("SELECT at, kind, packet_id, device_id FROM alarm ORDER BY id")
        )
        return tuple(Alarm(*row) for row in rows)


def _again(sheet: Sheet, packet: Packet, at: str) -> Held:
    """Count a repeat, or raise the alarm about another packet under a known id."""
    row = sheet.row(f"{_LABELS} WHERE packet_id = %s", packet.packet_id)
    if row is None:  # cannot be: the key was taken a moment ago, and packets are never deleted
        raise LookupError(packet.packet_id)
    held = _held(row)
    if held.sha256 != packet.sha256:
        _alarm(sheet, "conflict", packet.packet_id, packet.device_id, at)
        return held
    sheet.count(
        "UPDATE packet SET repeats = repeats + 1 WHERE packet_id = %s AND sha256 = %s",
        packet.packet_id,
        packet.sha256,
    )
    return replace(held, repeats=held.repeats + 1)


def _note_head(sheet: Sheet, packet: Packet, sender: str, head: JournalHead, at: datetime) -> None:
    """Keep where the sender's journal stands; one that was cut or rewritten raises an alarm.

    A head that a later one has only just overtaken is no cut: a request of a client that was killed
    may still be on its way when the next one's arrives. A cut shows again with the next packet.
    """
    now = stamp(at)
    sheet.count(
        "INSERT INTO journal_head (device_id, entries, head, seen_at) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (device_id, entries) DO NOTHING",
        sender,
        head.entries,
        head.head,
        now,
    )
    known = sheet.row(
        "SELECT head FROM journal_head WHERE device_id = %s AND entries = %s", sender, head.entries
    )
    later = sheet.row(
        "SELECT 1 FROM journal_head WHERE device_id = %s AND entries > %s AND seen_at < %s LIMIT 1",
        sender,
        head.entries,
        stamp(at - OVERTAKEN),
    )
    if known is not None and known[0] != head.head:
        _alarm(sheet, "journal_rewritten", packet.packet_id, sender, now)
    elif later is not None:
        _alarm(sheet, "journal_cut", packet.packet_id, sender, now)


def _alarm(sheet: Sheet, kind: str, packet_id: str, device_id: str, at: str) -> None:
    sheet.count(
        "INSERT INTO alarm (at, kind, packet_id, device_id) VALUES (%s, %s, %s, %s)",
        at,
        kind,
        packet_id,
        device_id,
    )


_PACKET: Final = (
    "SELECT number, packet_id, sha256, device_id, counter, previous_sha256, received_at, repeats,"
    " data FROM packet"
)
_LABELS: Final = _PACKET.replace(" data FROM", " NULL FROM")


def _held(row: tuple[Any, ...]) -> Held:
    number, packet_id, sha256, device_id, counter, previous, received_at, repeats, data = row
    return Held(
        number,
        packet_id,
        sha256,
        device_id,
        counter,
        previous,
        received_at,
        repeats,
        bytes(data or b""),
    )


def _as_held(packet: Packet, data: bytes, number: int, at: str) -> Held:
    return Held(
        number=number,
        packet_id=packet.packet_id,
        sha256=packet.sha256,
        device_id=packet.device_id,
        counter=packet.counter,
        previous_sha256=packet.previous_sha256,
        received_at=at,
        repeats=0,
        data=data,
    )
