"""Draws an enrolment token as a QR code, for a screen, a sheet of paper or a terminal."""

import io
from typing import Final

import numpy as np
import zxingcpp
from PIL import Image

_MODULE: Final = 8
_DARK_BELOW: Final = 128


def picture(text: str) -> bytes:
    """Return a PNG."""
    out = io.BytesIO()
    modules = Image.fromarray(_modules(text))
    size = modules.width * _MODULE
    modules.resize((size, size), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def drawn(text: str) -> str:
    """Return lines for a terminal, two rows of the code in each; light on dark reads as well."""
    light = _modules(text) >= _DARK_BELOW
    if len(light) % 2:
        light = np.vstack([light, np.ones_like(light[:1])])
    blocks = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    pairs = zip(light[::2].tolist(), light[1::2].tolist(), strict=True)
    return "\n".join(
        "".join(blocks[upper, lower] for upper, lower in zip(*pair, strict=True)) for pair in pairs
    )


def _modules(text: str) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    return np.asarray(zxingcpp.write_barcode_to_image(code, scale=1), dtype=np.uint8)
