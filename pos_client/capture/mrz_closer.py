"""Looks again, closer and upright, at the place where machine-readable rows stayed in doubt."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import direction
from pos_client.capture.vision import cv2

#: Characters are this far apart in the closer picture: the network finds such lines best.
_PITCH_PX: Final = 13.0
#: How far rows may reach from the middle of a piece of one, in characters: along it and across.
_ALONG: Final = 50.0
_ACROSS: Final = 9.0
#: The same row lies so near to where it was seen before, in heights of it.
_NEAR: Final = 0.6


def closer(engine: TextEngine, pixels: Pixels, row: TextLine, pitch: float) -> list[TextLine]:
    """Find the lines around a piece of a row anew; the corners are in pixels of the picture.

    From the first, distant look lines that stand on end, under glare or close together come
    broken; laid flat and at the right size they come whole.
    """
    along = direction(row)
    axes = np.stack([along, (-along[1], along[0])], axis=1)
    height, width = pixels.shape[:2]
    edges = (np.array([(0, 0), (width, 0), (width, height), (0, height)]) - row.middle) @ axes
    far = np.array((_ALONG, _ACROSS)) * pitch
    low, high = np.maximum(edges.min(axis=0), -far), np.minimum(edges.max(axis=0), far)
    scale = _PITCH_PX / pitch
    size = np.maximum(np.ceil((high - low) * scale), 1).astype(int)
    # From pixels of the closer picture back to the frame's: turn, scale, shift.
    back = np.column_stack([axes / scale, row.middle + axes @ low])
    near = cv2.warpAffine(
        pixels,
        back,
        (int(size[0]), int(size[1])),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    found = engine.find_lines(np.asarray(near, np.uint8), int(size.max()))
    return [TextLine(_moved(back, each.quad), each.score) for each in found]


def same_row(row: TextLine, boxes: Sequence[TextLine]) -> TextLine | None:
    """The longest of the boxes in the row that was seen before, or else in any."""
    along = direction(row)
    down = np.array((-along[1], along[0]))
    here = [
        each for each in boxes if abs(float((each.middle - row.middle) @ down)) < _NEAR * row.height
    ]
    return max(here or boxes, key=lambda each: each.length, default=None)


def _moved(back: Floats, quad: Floats) -> Floats:
    return np.asarray(quad @ back[:, :2].T + back[:, 2])
