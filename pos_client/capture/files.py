"""Reads one picture file into a frame, without trusting a single byte of it."""

from collections.abc import Callable
from pathlib import Path

from pos_client.capture.decode import decode
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.picture_problems import MAX_BYTES, refusal
from pos_client.plain_file import NotPlainError, read_plain


def read_picture(path: Path, decoded: Callable[[bytes], Pixels] = decode) -> Frame:
    """Read a picture; size in bytes and pixels is tested before anything is decoded.

    `captured_at` is the file's time of change. `decoded` makes pixels of the bytes; files of
    strangers are given to `bounded.Decoder`.

    Raises:
        PictureUnreadable: missing, broken, too large or no picture; the file's name is not told.
        PicturesNotOpened: the process that `decoded` asks cannot be started.
    """
    try:
        file = read_plain(path, MAX_BYTES)
    except NotPlainError as err:
        raise refusal(err.why) from err
    return Frame(decoded(file.data), "file", file.changed)
