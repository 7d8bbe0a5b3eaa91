"""Turns the bytes of a picture file into pixels: upright, small enough, on white, or not at all."""

import io
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pos_client.capture.problems import PictureUnreadable

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels

MAX_PIXELS: Final = 50_000_000
_FORMATS: Final = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF")
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
            if picture.width * picture.height > MAX_PIXELS:
                raise refusal("too_large")
            # JPEG is made smaller while it is decoded, everything else right after.
            picture.draft("RGB", (_LONGEST_PX, _LONGEST_PX))
            picture.load()
            small = _small(picture)
            upright = ImageOps.exif_transpose(small)
            return np.ascontiguousarray(_on_white(upright)[:, :, ::-1])
    except UnidentifiedImageError as err:
        raise refusal("not_a_picture") from err
    except MemoryError as err:
        raise refusal("too_large") from err
    except _BROKEN as err:
        raise refusal("broken_file") from err


def refusal(reason: str) -> PictureUnreadable:
    """Return why a file is no picture for us."""
    return PictureUnreadable(reason=reason, limit=MAX_PIXELS // 1_000_000)


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
