"""The one door through which errors of the disk and of the database come in."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlcipher3 import dbapi2

from pos_client.model.problems import Problem
from pos_client.outbox.problems import (
    DiskFull,
    DiskTrouble,
    StoreBusy,
    StoreDamaged,
    StoreKeyWrong,
    StoreUnavailable,
)

#: Primary result codes that the environment causes (https://sqlite.org/rescode.html).
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_PERM: Final = 3
_ENVIRONMENT: Final[dict[int, type[Problem]]] = {
    _PERM: StoreUnavailable,
    _BUSY: StoreBusy,
    _LOCKED: StoreBusy,
    _READONLY: StoreUnavailable,
    _IOERR: DiskTrouble,
    _CORRUPT: StoreDamaged,
    _FULL: DiskFull,
    _CANTOPEN: StoreUnavailable,
    _NOTADB: StoreKeyWrong,
}
#: What SQLite says where the driver passes no code on, as in `backup`.
_IN_WORDS: Final[dict[str, type[Problem]]] = {
    "database or disk is full": DiskFull,
    "disk I/O error": DiskTrouble,
}
_NO_WAY: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.ENOENT}
)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def sqlite_faults() -> Iterator[None]:
    """Turn what the environment did to SQLite into Problems; everything else is a bug.

    Raises:
        Problem: disk full or failing, file damaged, locked, missing or keyed differently.
    """
    try:
        yield
    except dbapi2.Error as err:
        code = (getattr(err, "sqlite_errorcode", None) or 0) & 0xFF
        problem = _ENVIRONMENT.get(code) or _IN_WORDS.get(str(err))
        if problem is None:
            raise
        raise problem() from err


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn errors of files and folders into Problems.

    Raises:
        DiskFull: no room, quota used up, or the file may not grow.
        StoreUnavailable: no rights, or something else lies where the file should.
        DiskTrouble: anything else the operating system refuses.
    """
    try:
        yield
    except OSError as err:
        raise _of_disk(err.errno) from err


def _of_disk(number: int | None) -> Problem:
    if number in _NO_ROOM:
        return DiskFull()
    return StoreUnavailable() if number in _NO_WAY else DiskTrouble()
