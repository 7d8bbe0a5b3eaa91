"""Lays a document found at any angle flat again, and packs the picture as evidence."""

import hashlib
from typing import Final

import numpy as np

from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.locate import Located
from pos_client.capture.originality import examine
from pos_client.capture.quality import corners, measure
from pos_client.capture.vision import cv2
from pos_client.model.document import DocumentImage
from pos_client.model.private import Private

#: Width of every straightened picture: 15 pixels to the millimetre on a card.
WIDTH_PX: Final = 1284
_JPEG_QUALITY: Final = 90


def to_flat(view: Floats, size_mm: tuple[float, float]) -> Floats:
    """The 3 x 3 matrix from pixels of the frame to pixels of the straightened picture."""
    scale = WIDTH_PX / size_mm[0]
    return np.asarray(np.diag([scale, scale, 1.0]) @ np.linalg.inv(view))


def straighten(
    pixels: Pixels, view: Floats, size_mm: tuple[float, float], *, roughly: bool = False
) -> Pixels:
    """Cut the document out of the full-resolution frame, WIDTH_PX wide and upright.

    `roughly` takes a quarter of the time; print is found on it as well, but read less well.
    """
    scale = WIDTH_PX / size_mm[0]
    size = WIDTH_PX, round(size_mm[1] * scale)
    how = cv2.INTER_LINEAR if roughly else cv2.INTER_CUBIC
    picture = cv2.warpPerspective(
        pixels, to_flat(view, size_mm), size, flags=how, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(picture, np.uint8)


def document_image(flat: Pixels, frame: Frame, located: Located) -> DocumentImage:
    """Pack a straightened picture (BGR) as JPEG with what was measured on it."""
    _, packed = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    data = packed.tobytes()
    return DocumentImage(
        jpeg=Private(data),
        sha256=hashlib.sha256(data).hexdigest(),
        width=flat.shape[1],
        height=flat.shape[0],
        camera=frame.camera,
        captured_at=frame.captured_at,
        quality=measure(flat, coverage=located.coverage, tilt_deg=located.tilt_deg),
        originality=examine(frame.pixels, np.array(corners(located.quad))),
    )
