"""Keeps the carrier's books in a file of its own: all that one server needs."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from carrier_sandbox.database import Sheet, schema_for

_Row = tuple[Any, ...]
_Result = TypeVar("_Result")


class SqliteDatabase:
    """One file, one connection, one verb at a time."""

    def __init__(self, file: Path) -> None:
        """Open the file, making it where it does not exist."""
        self._lock = threading.Lock()
        file.touch(mode=0o600)
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a receipt is signed only for what survives a power cut.
        self._db.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            for statement in schema_for("sqlite"):
                self._db.execute(statement)

    def run(self, verb: Callable[[Sheet], _Result]) -> _Result:
        """See `Database.run`."""
        with self._lock, self._transaction():
            return verb(_SqliteSheet(self._db))

    def alone(self, verb: Callable[[Sheet], _Result]) -> _Result:
        """See `Database.alone`."""
        with self._lock:
            return verb(_SqliteSheet(self._db))

    def close(self) -> None:
        """See `Database.close`."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


class _SqliteSheet:
    """See `Sheet`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def rows(self, sql: str, *values: object) -> list[_Row]:
        return self._db.execute(sql.replace("%s", "?"), _plain(values)).fetchall()

    def row(self, sql: str, *values: object) -> _Row | None:
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def count(self, sql: str, *values: object) -> int:
        return self._db.execute(sql.replace("%s", "?"), _plain(values)).rowcount


def _plain(values: Sequence[object]) -> tuple[Any, ...]:
    return tuple(values)
