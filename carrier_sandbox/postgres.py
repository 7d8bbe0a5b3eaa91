"""Keeps the carrier's books in PostgreSQL, so that several servers can work on the same ones."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import psycopg
from psycopg import errors

from carrier_sandbox.database import DatabaseAway, DatabaseUnfit, Sheet, schema_for

_Result = TypeVar("_Result")
_Connection = psycopg.Connection[tuple[Any, ...]]

#: Threads beyond this wait for a connection; four servers stay below PostgreSQL's default of 100.
MOST_CONNECTIONS: Final = 16
_TIMES: Final = 20
_SCHEMA_LOCK: Final = 0x706F73  # any number, the same in all servers


class PostgresDatabase:
    """Up to `most` connections, each busy with one verb at a time.

    Two verbs wait for one another only where both write the same row. Where the database would
    rather have one of them again (serialization failure, deadlock), it is run again here.
    """

    def __init__(self, url: str, most: int = MOST_CONNECTIONS) -> None:
        """Connect, and make the tables where they are missing."""
        self._url = url
        self._free: queue.LifoQueue[_Connection | None] = queue.LifoQueue()
        for _ in range(most):
            self._free.put(None)
        with self._borrowed() as connection:
            _check(connection)
            _make_tables(connection)

    def run(self, verb: Callable[[Sheet], _Result]) -> _Result:
        """See `Database.run`."""
        return self._insisting(verb, self._once)

    def alone(self, verb: Callable[[Sheet], _Result]) -> _Result:
        """See `Database.alone`."""
        return self._insisting(verb, self._bare)

    def close(self) -> None:
        """See `Database.close`."""
        while not self._free.empty():
            connection = self._free.get()
            if connection is not None:
                connection.close()

    def _insisting(
        self,
        verb: Callable[[Sheet], _Result],
        way: Callable[[Callable[[Sheet], _Result]], _Result],
    ) -> _Result:
        for _ in range(_TIMES - 1):
            try:
                return way(verb)
            except (errors.SerializationFailure, errors.DeadlockDetected):
                continue
        return way(verb)

    def _bare(self, verb: Callable[[Sheet], _Result]) -> _Result:
        with self._borrowed() as connection:
            return verb(_Sheet(connection))

    def _once(self, verb: Callable[[Sheet], _Result]) -> _Result:
        with self._borrowed() as connection, connection.transaction():
            return verb(_Sheet(connection))

    @contextmanager
    def _borrowed(self) -> Iterator[_Connection]:
        connection = self._free.get()
        try:
            if connection is None or connection.closed:
                connection = _connected(self._url)
            yield connection
        except psycopg.OperationalError as err:
            if isinstance(err, errors.SerializationFailure | errors.DeadlockDetected):
                raise
            if connection is not None:
                connection.close()
            raise DatabaseAway(type(err).__name__) from err
        finally:
            self._free.put(connection)


def _connected(url: str) -> _Connection:
    connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
    # A receipt is signed only for what survives a power cut, whatever the server's default is.
    connection.execute("SET synchronous_commit = on")
    return connection


def _check(connection: _Connection) -> None:
    # Products that only speak the protocol do not know the setting, and always write through.
    found = connection.execute("SELECT current_setting('fsync', true)").fetchone()
    if found is not None and found[0] == "off":
        raise DatabaseUnfit("this PostgreSQL runs with fsync = off: it can lose what has a receipt")


def _make_tables(connection: _Connection) -> None:
    known = connection.execute("SELECT to_regclass('packet') IS NOT NULL").fetchone()
    if known is not None and known[0]:
        return
    # Servers that start at the same moment make the tables once, one after the other.
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
        for statement in schema_for("postgresql"):
            connection.execute(statement)


class _Sheet:
    """See `carrier_sandbox.database.Sheet`."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._run(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        return self._run(sql, values).fetchone()

    def count(self, sql: str, *values: object) -> int:
        return self._run(sql, values).rowcount

    def _run(self, sql: str, values: tuple[object, ...]) -> psycopg.Cursor[tuple[Any, ...]]:
        # All SQL is ours, written out in this package; values never become part of it.
        return self._connection.execute(sql, values)
