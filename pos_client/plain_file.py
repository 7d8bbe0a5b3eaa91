"""Reads a file whole, if it is an ordinary file and not too large, or says in a word why not.

What a person names may be a folder, a pipe that nobody writes to or a device that never ends. Such
a thing is refused before it is read, so that no command waits for it or fills this computer.
"""

import errno
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final


class NotPlain(StrEnum):
    """Why there is nothing to read."""

    MISSING = "missing"
    FOLDER = "folder"
    NOT_ALLOWED = "not_allowed"
    NO_FILE = "no_file"
    TOO_LARGE = "too_large"
    BROKEN = "broken_file"


class NotPlainError(Exception):
    """A name does not lead to an ordinary file of bearable size that may be read."""

    def __init__(self, why: NotPlain) -> None:
        """Keep the reason; the file's name is not told."""
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class PlainFile:
    """What an ordinary file held when it was read, and when it was changed last."""

    data: bytes
    changed: datetime


#: A link to itself and a name too long for any disk lead to nothing, as a name that is not there.
_WHY: Final = {
    errno.EACCES: NotPlain.NOT_ALLOWED,
    errno.EPERM: NotPlain.NOT_ALLOWED,
    errno.ENOENT: NotPlain.MISSING,
    errno.ENOTDIR: NotPlain.MISSING,
    errno.ELOOP: NotPlain.MISSING,
    errno.ENAMETOOLONG: NotPlain.MISSING,
    errno.EISDIR: NotPlain.FOLDER,
    errno.ENXIO: NotPlain.NO_FILE,
}
#: A pipe must not be waited for between the look at it and its opening; Windows has no such word.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_LATEST: Final = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


def read_plain(path: Path, most: int) -> PlainFile:
    """Read a file of at most `most` bytes.

    Raises:
        NotPlainError: missing, a folder, not allowed, no ordinary file, too large or broken.
    """
    try:
        _refuse_unless_plain(path.stat(), most)
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            # Once more: another thing may have come under this name meanwhile.
            status = os.fstat(file.fileno())
            _refuse_unless_plain(status, most)
            data = file.read(most + 1)
    except OSError as err:
        raise NotPlainError(_WHY.get(err.errno or 0, NotPlain.BROKEN)) from err
    except ValueError as err:  # a name with a zero byte in it
        raise NotPlainError(NotPlain.MISSING) from err
    if len(data) > most:
        raise NotPlainError(NotPlain.TOO_LARGE)
    # Disks may note any time, also one that no calendar has.
    changed = min(max(status.st_mtime, 0.0), _LATEST)
    return PlainFile(data, datetime.fromtimestamp(changed, UTC))


def _refuse_unless_plain(status: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise NotPlainError(NotPlain.FOLDER)
    if not stat.S_ISREG(status.st_mode):
        raise NotPlainError(NotPlain.NO_FILE)
    if status.st_size > most:
        raise NotPlainError(NotPlain.TOO_LARGE)
