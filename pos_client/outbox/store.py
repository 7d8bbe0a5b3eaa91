"""The encrypted database: opened in one fixed way, or not at all."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from pos_client.outbox import exchange
from pos_client.outbox.durable import make_folder, sync_folder
from pos_client.outbox.faults import disk_faults, sqlite_faults
from pos_client.outbox.journal import keep_time
from pos_client.outbox.migrations import Migration, migrate, shipped
from pos_client.outbox.problems import (
    CipherMissing,
    DiskFull,
    StoreDamaged,
    StoreNotEncrypted,
    StoreUnavailable,
)

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_PLAIN_SQLITE: Final = b"SQLite format 3\0"
_BUSY_SECONDS: Final = 5.0
#: Every write of the other connection empties the reader's cache, page by page, each of them wiped
#: and unlocked: after one look through a long queue that took 20 ms of the next submit.
_READER_PAGES: Final = 32


@dataclass(frozen=True, slots=True)
class Timekeeper:
    """What tells time beside the wall clock: which start of the computer, and seconds since."""

    boot: str = "unknown"
    monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The raw key of the store: 32 bytes of key and 16 bytes of salt."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse any other length.

        SQLCipher takes a raw key of another length for a passphrase without a word, and derives
        a different key from it.
        """
        if len(self.raw) != KEY_BYTES + SALT_BYTES:
            message = f"a database key has {KEY_BYTES + SALT_BYTES} bytes, not {len(self.raw)}"
            raise ValueError(message)

    @classmethod
    def random(cls) -> "DatabaseKey":
        """Make a new key."""
        return cls(os.urandom(KEY_BYTES + SALT_BYTES))


def connect(path: Path, key: DatabaseKey) -> Any:
    """Open one connection. Every one in the product is made here, with these settings only.

    Raises:
        CipherMissing: the library is not SQLCipher; it would have written plain text.
        StoreKeyWrong: the key does not fit, or the file is no database.
    """
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
    )
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: DatabaseKey) -> None:
    # A library without encryption ignores unknown pragmas, the key among them, and says nothing.
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise CipherMissing
    # Otherwise a wrong key is reported on stderr, with page numbers, before we can say it in words.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
    # Changed after the first page was read, these can destroy a database: here and nowhere else.
    connection.execute("PRAGMA cipher_page_size = 8192")
    connection.execute("PRAGMA cipher_memory_security = ON")
    with sqlite_faults():
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    # Deleted rows are written over. Pages that fall free as a whole are not: only drafts fill any,
    # and those are unreadable without their own key.
    connection.execute("PRAGMA secure_delete = FAST")
    connection.execute("PRAGMA synchronous = FULL")


class Store:
    """One writer and one reader on the same database: a screen that reads never waits for a writer.

    Both may be used from any thread; each is guarded by its own lock.
    """

    def __init__(
        self,
        path: Path,
        key: DatabaseKey,
        migrations: tuple[Migration, ...] | None = None,
        timekeeper: Timekeeper | None = None,
    ) -> None:
        """Open the store at `path`, making it where there is none.

        Raises:
            StoreKeyWrong: the key does not open it.
            StoreNotEncrypted: a plain SQLite database lies there.
            StoreDamaged: a page does not match its seal.
            StoreNewer: a newer version of the client wrote it.
            StoreUnavailable, DiskFull, DiskTrouble: the environment.
        """
        self.path = path
        self._key = key
        self._timekeeper = timekeeper or Timekeeper()
        self._write_lock = threading.RLock()
        self._read_lock = threading.RLock()
        self._untidy = True
        with disk_faults():
            make_folder(path.parent)
            fresh = not path.exists()
            _refuse_plain(path)
        with sqlite_faults():
            if not fresh:
                check_pages(path, key)
            self._writer = self._open(migrations or shipped())
        with disk_faults():
            _refuse_plain(path)
            if fresh:
                sync_folder(path.parent)
        with sqlite_faults():
            self._reader = self._open_reader()

    def _open_reader(self) -> Any:
        connection = connect(self.path, self._key)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = {_READER_PAGES}")
        return connection

    def _open(self, migrations: tuple[Migration, ...]) -> Any:
        _keep_private(self.path)
        connection = connect(self.path, self._key)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            keep_time(connection, self._timekeeper.boot, self._timekeeper.monotonic)
            migrate(connection, self.path, lambda path: connect(path, self._key), migrations)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Give the writer inside one transaction, which is on the disk when this block ends.

        Raises:
            Problem: the environment failed; nothing of the block happened.
        """
        with self._write_lock, sqlite_faults():
            self._writer.execute("BEGIN IMMEDIATE")
            self._untidy = True
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Give the reader, which sees everything that was committed."""
        with self._read_lock, sqlite_faults():
            yield self._reader

    def tidy(self) -> None:
        """Empty the write-ahead log into the database, so that deleted things leave the disk.

        Called when nobody waits; does nothing where nothing was written since. A reader at work is
        not waited for, and neither is room on a full disk: then the rest is done next time.
        """
        with self._write_lock, suppress(DiskFull), sqlite_faults():
            if not self._untidy:
                return
            self._writer.execute("PRAGMA busy_timeout = 0")
            try:
                busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._writer.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")
            self._untidy = bool(busy)

    def check(self) -> None:
        """Check the seal of every page, then tables and indexes; nobody writes meanwhile.

        Raises:
            StoreDamaged: something does not fit.
        """
        with self._write_lock:
            check_pages(self.path, self._key)
        with self.reading() as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise StoreDamaged

    def rekey(self, new: DatabaseKey, announce: Callable[[], None]) -> None:
        """Move everything under a new key; whoever reads or writes meanwhile waits.

        A copy is written under the new key and checked; `announce` lets the key file lead to both
        keys; the copy takes the place of the database. A crash in between is finished by
        `exchange.settle` at the next start.

        Raises:
            DiskFull, DiskTrouble: before `announce` nothing was changed.
        """
        beside = self.path.with_name(exchange.REKEYED)
        with self._write_lock, self._read_lock:
            self._copy_to(beside, new)
            announce()
            self.close()
            exchange.settle(self.path.parent, moving=True)
            self._key = new
            with sqlite_faults():
                self._writer = self._open(shipped())
                self._reader = self._open_reader()

    def _copy_to(self, beside: Path, key: DatabaseKey) -> None:
        exchange.clear(beside)
        with sqlite_faults():
            copy = connect(beside, key)
            try:
                self._writer.backup(copy)
            except BaseException:
                copy.close()
                raise
            exchange.close_durably(copy, beside)
            check_pages(beside, key)

    def close(self) -> None:
        """Close both connections. The key is dropped; what Python copied of it is freed memory."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()


def check_pages(path: Path, key: DatabaseKey) -> None:
    """Check the seal of every page.

    The check reads the database file alone: with a log left by a crash it finds damage that is not
    there. So the log is emptied first, and the check runs on a connection that has read nothing.

    Raises:
        StoreDamaged: a page does not match its seal.
    """
    with sqlite_faults():
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        connection = connect(path, key)
        try:
            found = connection.execute("PRAGMA cipher_integrity_check").fetchone()
        finally:
            connection.close()
    if found is not None:
        raise StoreDamaged


def _refuse_plain(path: Path) -> None:
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(_PLAIN_SQLITE)) == _PLAIN_SQLITE:
                raise StoreNotEncrypted


def _keep_private(path: Path) -> None:
    # SQLite gives its -wal and -shm files the rights of the database file.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as err:
        raise StoreUnavailable from err
