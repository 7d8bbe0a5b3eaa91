"""Files that are still there, whole, after the power was cut."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
#: Windows would turn line feeds into two bytes without it; elsewhere it does not exist.
_BINARY: int = getattr(os, "O_BINARY", 0)


def make_folder(folder: Path) -> None:
    """Make a folder only its owner can enter, and make its name durable."""
    if folder.is_dir():
        return
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True)
    sync_folder(folder.parent)


def create(path: Path, data: bytes) -> None:
    """Write a new file, down to the disk, content and name.

    Raises:
        FileExistsError: there is one already; it was not touched.
        OSError: it could not be written; a part of it may be left under the name.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE_FILE)
    _fill(handle, data)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Write a file in one step: readers and power cuts see the old content or the new one."""
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, _PRIVATE_FILE)
    _fill(handle, data)
    beside.replace(path)
    sync_folder(path.parent)


@contextmanager
def write_new(path: Path) -> Iterator[BinaryIO]:
    """Write a file that is there whole or not at all; for media of any kind.

    Raises:
        OSError: it cannot be written; nothing was left of it.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    handle = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make names that were added to or removed from a folder durable."""
    if sys.platform == "win32":
        return  # a folder cannot be opened there; NTFS journals names with the file's own flush
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(handle: int, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
