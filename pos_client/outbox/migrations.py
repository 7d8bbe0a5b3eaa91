"""How the store grows: numbered SQL files, each in one transaction, with a copy kept before."""

import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any, Final

from pos_client.outbox.durable import sync_folder
from pos_client.outbox.problems import StoreNewer

_NAME: Final = re.compile(r"(\d{4})_\w+\.sql")

Migration = tuple[int, str]


def shipped() -> tuple[Migration, ...]:
    """Return the migrations of this version as (number, SQL), in their order."""
    folder = resources.files("pos_client.outbox") / "schema"
    found = [
        (int(match[1]), file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if (match := _NAME.fullmatch(file.name))
    ]
    return tuple(sorted(found))


def migrate(
    connection: Any,
    path: Path,
    connect: Callable[[Path], Any],
    migrations: tuple[Migration, ...],
) -> None:
    """Bring the database at `path` to the newest of `migrations`.

    Before the first one that changes an existing store, a copy under the same key is left beside it
    as `<name>.before-<number>`.

    Raises:
        StoreNewer: a newer version of the client wrote it; nothing was changed.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    known = migrations[-1][0]
    if version > known:
        raise StoreNewer(found=version, known=known)
    due = [migration for migration in migrations if migration[0] > version]
    if due and version:
        _keep_copy(connection, path.with_name(f"{path.name}.before-{due[0][0]:04}"), connect)
    for number, sql in due:
        _apply(connection, number, sql)


def _apply(connection: Any, number: int, sql: str) -> None:
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;"
        )
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _keep_copy(connection: Any, beside: Path, connect: Callable[[Path], Any]) -> None:
    beside.unlink(missing_ok=True)  # of a migration that did not come to its end
    copy = connect(beside)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    sync_folder(beside.parent)
