"""Turns the bytes of a picture file into pixels: upright, small enough, on white, or not at all."""

import io
import struct
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pos_client.capture.picture_problems import MAX_PIXELS, instead, refusal

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels

_FORMATS: Final = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF")
#: No document fills so many bytes: at 600 dpi, a page of A4 takes 104 million. More than this takes
#: longer to unpack than one file may. JPEG is made smaller meanwhile and does not count.
_MOST_UNPACKED: Final = 110_000_000
#: A line of pixels is no document.
_MOST_LONG_PX: Final = 20_000
#: A camera writes one scan or ten; each is a walk through the whole picture.
_SCAN: Final = b"\xff\xda"
_MOST_SCANS: Final = 100
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
    RuntimeError,
    AssertionError,
    Warning,
    struct.error,
    zlib.error,
)
_DEEP_GREY: Final = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
_CLEAR: Final = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})


def decode(data: bytes) -> "Pixels":
    """Return the picture as height x width x 3, blue-green-red; of several the first.

    The turn noted by the camera (EXIF) is applied; transparency becomes white.

    Raises:
        PictureUnreadable: broken, too large or no picture.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            _refuse_if_large(picture)
            if picture.format == "JPEG" and data.count(_SCAN) > _MOST_SCANS:
                raise refusal("too_slow")
            # JPEG is made smaller while it is decoded, everything else right after.
            picture.draft("RGB", (_LONGEST_PX, _LONGEST_PX))
            picture.load()
            small = _small(picture)
            upright = ImageOps.exif_transpose(small)
            return np.ascontiguousarray(_on_white(upright)[:, :, ::-1])
    except UnidentifiedImageError as err:
        raise refusal(instead(data)) from err
    except MemoryError as err:
        raise refusal("too_large") from err
    except _BROKEN as err:
        raise refusal("broken_file") from err


def _refuse_if_large(picture: Image.Image) -> None:
    """Refuse, by what stands in its head, a picture that would take too long to unpack."""
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > _MOST_LONG_PX:
        raise refusal("too_large")
    deep = any(";16" in str(tile) for tile in getattr(picture, "tile", ()))
    unpacked = picture.width * picture.height * len(picture.getbands()) * (1 + deep)
    if unpacked > _MOST_UNPACKED and picture.format != "JPEG":
        raise refusal("too_large")


def _small(picture: Image.Image) -> Image.Image:
    if picture.mode in _DEEP_GREY:
        picture = _eight_bits(picture)
    longest = max(picture.size)
    if longest <= _LONGEST_PX:
        return picture
    shrunk = picture.reduce(-(-longest // _LONGEST_PX))
    shrunk.info = picture.info
    # The turn stands in the file and not in the picture that was made from it.
    shrunk.getexif().update(picture.getexif())
    return shrunk


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Spread deep grey over 256 levels; as it is, everything but black would be white."""
    deep = np.asarray(picture, np.float32)
    low, high = (float(each) for each in (np.nanmin(deep), np.nanmax(deep)))
    if not np.isfinite([low, high]).all():
        raise refusal("broken_file")
    spread = (deep - low) * (255.0 / (high - low)) if high > low else np.zeros_like(deep)
    grey = Image.fromarray(np.nan_to_num(spread).astype(np.uint8))
    grey.info = picture.info
    grey.getexif().update(picture.getexif())
    return grey


def _on_white(picture: Image.Image) -> "Pixels":
    """The picture as height x width x 3, red-green-blue."""
    if picture.mode in _CLEAR or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        picture = Image.alpha_composite(ground, seen)
    return np.asarray(picture.convert("RGB"), np.uint8)
