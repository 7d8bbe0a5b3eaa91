"""Reads one picture file into a frame, without trusting a single byte of it."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pos_client.capture.frame import Frame
from pos_client.capture.problems import PictureUnreadable

MAX_BYTES: Final = 40 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
_FORMATS: Final = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
#: Pictures are made smaller than this while decoding: no document needs more.
_LONGEST_PX: Final = 4000
# Pillow's own limit only warns, and only from 89 megapixels; ours is tested before decoding.
Image.MAX_IMAGE_PIXELS = None

#: What Pillow raises for broken, truncated or hostile files of these formats.
_BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    ArithmeticError,
    EOFError,
    AttributeError,
    NotImplementedError,
    Warning,
)


def read_picture(path: Path) -> Frame:
    """Read a picture; size in bytes and pixels is tested before anything is decoded.

    The turn noted by the camera (EXIF) is applied; transparency becomes white; of several pages or
    frames the first counts. `captured_at` is the file's time of change.

    Raises:
        PictureUnreadable: missing, broken, too large or no picture; the file's name is not told.
    """
    data, changed = _bytes_of(path)
    return Frame(_decoded(data), "file", changed)


def _bytes_of(path: Path) -> tuple[bytes, datetime]:
    try:
        status = path.stat()
        if not path.is_file():
            raise _problem("missing")
        if status.st_size > MAX_BYTES:
            raise _problem("too_large")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as err:
        raise _problem("missing") from err
    if len(data) > MAX_BYTES:
        raise _problem("too_large")
    return data, datetime.fromtimestamp(status.st_mtime, UTC)


def _decoded(data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _problem("too_large")
            picture.draft("RGB", (_LONGEST_PX, _LONGEST_PX))
            upright = ImageOps.exif_transpose(picture)
            return np.ascontiguousarray(_on_white(upright)[:, :, ::-1])
    except UnidentifiedImageError as err:
        raise _problem("not_a_picture") from err
    except _BROKEN as err:
        raise _problem("broken_file") from err


def _on_white(picture: Image.Image) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """The picture as height x width x 3, red-green-blue."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        picture = Image.alpha_composite(ground, seen)
    return np.asarray(picture.convert("RGB"), np.uint8)


def _problem(reason: str) -> PictureUnreadable:
    return PictureUnreadable(reason=reason, limit=MAX_PIXELS // 1_000_000)
