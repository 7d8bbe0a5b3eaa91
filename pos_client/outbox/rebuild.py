"""Makes a new database when the old one is broken: what can still be read, and all the packets.

Every page of the old one carries its own seal, so whatever can be read is true. The packets are
taken in by the next start, as after a crash.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.model.packet import PacketDamaged
from pos_client.outbox import chain, exchange
from pos_client.outbox.faults import sqlite_faults
from pos_client.outbox.migrations import migrate, shipped
from pos_client.outbox.packets import Packets
from pos_client.outbox.problems import DiskTrouble, PacketNotOurs, StoreDamaged, StoreKeyWrong
from pos_client.outbox.store import DatabaseKey, connect

log = logging.getLogger(__name__)

#: Of a chain only the part before the first gap proves anything.
_CHAINED: Final = frozenset({"journal"})
_COUNTED: Final = ("outbox", "draft", "journal")
_TABLES: Final = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
)
#: What reading past a damaged page may end in.
_UNREADABLE: Final = (StoreDamaged, StoreKeyWrong, DiskTrouble)


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was taken over from the old database. `unread` names tables with parts beyond reading.

    `registrations` counts rows of the outbox, `journal` entries of its chain.
    """

    registrations: int = 0
    drafts: int = 0
    journal: int = 0
    unread: tuple[str, ...] = ()


def build(
    folder: Path, packets: Packets, old_key: DatabaseKey | None, new_key: DatabaseKey
) -> Salvage:
    """Write a new database beside the old one, which keeps its rows.

    Args:
        folder: the till's folder; nobody has the database open.
        packets: its packets; the last of them says where the next one hangs.
        old_key: what opens the old one, None where that is lost.
        new_key: what the new one is made under.

    Raises:
        DiskFull, DiskTrouble: nothing was changed.
    """
    new = folder / exchange.REBUILT
    exchange.clear(new)
    with sqlite_faults():
        connection = connect(new, new_key)
        try:
            migrate(connection, new, lambda path: connect(path, new_key), shipped())
            salvage = _salvage(folder / exchange.DATABASE, old_key, connection)
            _find_chain_end(packets, connection)
        except BaseException:
            connection.close()
            raise
        exchange.close_durably(connection, new)
    log.info("rebuilt: %s", salvage)
    return salvage


def _salvage(old: Path, key: DatabaseKey | None, new: Any) -> Salvage:
    if key is None or not old.exists():
        return Salvage()
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN IMMEDIATE")
    tables = [name for (name,) in new.execute(_TABLES).fetchall()]
    unread = tuple(table for table in tables if not _copy(old, key, new, table))
    _drop_what_hangs_loose(new)
    new.execute("COMMIT")
    new.execute("PRAGMA foreign_keys = ON")
    counts = [new.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _COUNTED]  # noqa: S608 - our names
    return Salvage(counts[0], counts[1], counts[2], unread)


def _copy(old: Path, key: DatabaseKey, new: Any, table: str) -> bool:
    """Copy what can be read of a table, from its start and from its end; say if that was all."""
    last = -1
    with suppress(*_UNREADABLE):
        for rowid, columns, values in _rows(old, key, table, ""):
            _put(new, table, columns, values)
            last = rowid
        return True
    if table not in _CHAINED:
        with suppress(*_UNREADABLE):
            for rowid, columns, values in _rows(old, key, table, "DESC"):
                if rowid <= last:
                    break
                _put(new, table, columns, values)
    return False


def _rows(
    old: Path, key: DatabaseKey, table: str, order: str
) -> Iterator[tuple[int, list[str], tuple[Any, ...]]]:
    # A connection that met one bad page may take good ones for bad: each pass has its own.
    with sqlite_faults():
        connection = connect(old, key)
        try:
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            if not columns:
                return  # the old database is older than this table
            found = connection.execute(
                f"SELECT rowid, {', '.join(columns)} FROM {table} ORDER BY rowid {order}"  # noqa: S608 - our names
            )
            for rowid, *values in found:
                yield rowid, columns, tuple(values)
        finally:
            connection.close()


def _put(new: Any, table: str, columns: list[str], values: tuple[Any, ...]) -> None:
    # Single values were made by the first migration: the old ones take their place.
    places = ", ".join("?" * len(columns))
    new.execute(
        f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608 - our names
        values,
    )


def _drop_what_hangs_loose(new: Any) -> None:
    while loose := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in loose:
            new.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608 - our names
    new.execute("DELETE FROM draft WHERE id NOT IN (SELECT draft FROM draft_key)")
    new.execute("DELETE FROM draft_image WHERE draft NOT IN (SELECT id FROM draft)")


def _find_chain_end(packets: Packets, new: Any) -> None:
    # The row that said so may be what was lost: a till that counts anew looks like a till that hid
    # something.
    for counter, sha256 in new.execute("SELECT counter, sha256 FROM receipt").fetchall():
        chain.follow_to(new, counter, sha256)
    for registration in packets.names():
        with suppress(PacketDamaged, PacketNotOurs):
            chain.follow(new, packets.check(packets.peek(registration) or b""))
