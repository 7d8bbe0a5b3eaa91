"""Plain SQLite under the same power cuts: what it survives shows whether the cuts are fair."""

import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from tests.faults.scenes import Tell
from tests.faults.traced import Act

_ROWS: Final = 30
_FILE: Final = "plain.db"


def _connect(folder: Path) -> Any:
    connection = sqlite3.connect(folder / _FILE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def prepare(folder: Path) -> None:
    """Make the table."""
    folder.mkdir()
    connection = _connect(folder)
    connection.execute("CREATE TABLE r (id INTEGER PRIMARY KEY, body BLOB)")
    connection.close()


def begin(folder: Path) -> Act:
    """Insert rows, and tell of each once it is committed."""
    null = os.open(os.devnull, os.O_WRONLY)

    def act(tell: Tell) -> None:
        connection = _connect(folder)
        for number in range(_ROWS):
            connection.execute("INSERT INTO r VALUES (?, ?)", (number, bytes([number]) * 9000))
            os.write(null, f"saved {number}".encode())
            if number % 10 == 9:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tell("done")

    return act


def judge(folder: Path, told: list[str]) -> list[str]:
    """Count what is missing."""
    saved = {int(line.split()[1]) for line in told}
    try:
        connection = _connect(folder)
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        there = dict(connection.execute("SELECT id, body FROM r").fetchall())
    except sqlite3.Error as error:
        return [f"store damaged: {error}"]
    connection.close()
    wrong = [] if whole == "ok" else [f"store damaged: {whole}"]
    return wrong + [f"lost: {n}" for n in saved if there.get(n) != bytes([n]) * 9000]
