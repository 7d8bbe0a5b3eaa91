"""Reads one picture file into a frame, without trusting a single byte of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pos_client.capture.decode import decode, refusal
from pos_client.capture.frame import Frame, Pixels

MAX_BYTES: Final = 40 * 1024 * 1024


def read_picture(path: Path, decoded: Callable[[bytes], Pixels] = decode) -> Frame:
    """Read a picture; size in bytes and pixels is tested before anything is decoded.

    `captured_at` is the file's time of change. `decoded` makes pixels of the bytes; files of
    strangers are given to `bounded.Decoder`.

    Raises:
        PictureUnreadable: missing, broken, too large or no picture; the file's name is not told.
    """
    data, changed = _bytes_of(path)
    return Frame(decoded(data), "file", changed)


def _bytes_of(path: Path) -> tuple[bytes, datetime]:
    try:
        status = path.stat()
        if not path.is_file():
            raise refusal("missing")
        if status.st_size > MAX_BYTES:
            raise refusal("too_large")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as err:
        raise refusal("missing") from err
    if len(data) > MAX_BYTES:
        raise refusal("too_large")
    return data, datetime.fromtimestamp(status.st_mtime, UTC)
