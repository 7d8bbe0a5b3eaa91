"""Puts a new database in the place of the old one, so that a power cut leaves one of them whole.

The new one is written beside the old under its new key and brought down to the disk. Then the key
file leads to both keys; from there on every start goes forward, before it every start goes back.
"""

import itertools
import logging
from pathlib import Path
from typing import Any, Final

from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults

log = logging.getLogger(__name__)

DATABASE: Final = "outbox.db"
#: The same rows under another key: the old file goes.
REKEYED: Final = "outbox.db.rekeyed"
#: What could be saved of a broken database: the old file is set aside.
REBUILT: Final = "outbox.db.rebuilt"
ASIDE: Final = "aside"
_BESIDE: Final = ("-wal", "-shm", "-journal")
_BEFORE: Final = "outbox.db.before-*"


def settle(folder: Path, *, moving: bool) -> None:
    """Finish an exchange that was announced in the key file, or forget one that was not.

    Args:
        folder: the till's folder; nobody has the database open.
        moving: whether the key file leads to a key to come.
    """
    with disk_faults():
        for name in (REKEYED, REBUILT):
            new = folder / name
            if not new.exists():
                continue
            if moving:
                _exchange(folder, new)
            else:
                log.info("a change of the key had broken off early: its half copy is removed")
                clear(new)


def leave_behind(folder: Path) -> None:
    """Set a database aside whose keys were destroyed, so that a new till can begin here."""
    with disk_faults():
        if (folder / DATABASE).exists():
            _set_aside(folder, folder / DATABASE)


def clear(path: Path) -> None:
    """Remove a database that was only a copy, with what SQLite keeps beside it."""
    with disk_faults():
        for name in (*_BESIDE, ""):
            path.with_name(path.name + name).unlink(missing_ok=True)
        durable.sync_folder(path.parent)


def close_durably(connection: Any, path: Path) -> None:
    """Close a new database so that all of it is in its one file, on the disk."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with disk_faults():
        durable.sync_file(path)
        durable.sync_folder(path.parent)


def _exchange(folder: Path, new: Path) -> None:
    old = folder / DATABASE
    if new.name == REBUILT:
        _set_aside(folder, old)
    else:
        # A log of the old database beside the new one would be taken for damage.
        for name in _BESIDE:
            old.with_name(old.name + name).unlink(missing_ok=True)
        for copy in folder.glob(_BEFORE):
            copy.unlink()
        durable.sync_folder(folder)
    new.replace(old)
    durable.sync_folder(folder)


def _set_aside(folder: Path, old: Path) -> None:
    aside = folder / ASIDE
    durable.make_folder(aside)
    names = (f"outbox.{n}.db" for n in itertools.count(1))
    name = next(name for name in names if not (aside / name).exists())
    for beside in (*_BESIDE, ""):
        source = old.with_name(old.name + beside)
        if source.exists():
            source.rename(aside / (name + beside))
    durable.sync_folder(aside)
    durable.sync_folder(folder)
