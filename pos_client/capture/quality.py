"""How well a card is placed and lit: figures for the guidance and for the evidence."""

from typing import Final

import numpy as np

from pos_client.capture.frame import Pixels
from pos_client.capture.gate import CLIPPED, Region
from pos_client.capture.vision import cv2
from pos_client.model.document import Quad, Quality
from pos_client.model.reading import Reading

#: The evidence is measured at this width, so that figures of different cameras can be compared.
_MEASURED_PX: Final = 640
#: A corner this near to the border of the frame counts as outside, in shares of the frame's width.
_BORDER: Final = 0.004


def measure(card: Pixels, *, coverage: float, tilt_deg: float) -> Quality:
    """Measure a straightened card, height x width x 3; `coverage` and `tilt_deg` are passed on."""
    grey = cv2.cvtColor(card, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    size = (_MEASURED_PX, max(1, round(height * _MEASURED_PX / width)))
    grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Quality(
        sharpness=float(cv2.Laplacian(grey, cv2.CV_64F).var()),
        brightness=float(grey.mean()),
        glare=float(np.count_nonzero(grey >= CLIPPED)) / grey.size,
        coverage=coverage,
        tilt_deg=tilt_deg,
    )


def leaning_deg(reading: Reading) -> float:
    """Return how far the card that was read leans; 0 where it is not known.

    It is known once the place was fitted to all of the print. The rows of a machine-readable zone
    are too low for it: they said 30 degrees of cards that lay flat.
    """
    if reading.image is None or reading.mrz:
        return 0.0
    return reading.image.quality.tilt_deg


def corners(quad: Quad) -> tuple[tuple[float, float], ...]:
    """Return the four corners, clockwise from the card's own top left."""
    return (quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left)


def filled(quad: Quad, width: int, height: int) -> float:
    """Return how much of the frame the card takes: the larger of its shares of width and height.

    A card held upright cannot fill the width of a lying frame, so the height counts as well.
    """
    xs, ys = zip(*corners(quad), strict=True)
    return float(max((max(xs) - min(xs)) / width, (max(ys) - min(ys)) / height))


def cut_off(quad: Quad, width: int, height: int) -> bool:
    """Say whether a corner lies outside the frame, or so near to its border that it is not seen."""
    edge = width * _BORDER
    return any(
        x < edge or y < edge or x > width - edge or y > height - edge for x, y in corners(quad)
    )


def region(quad: Quad, frame_width: int, luma: Pixels) -> Region:
    """Return the part of a small grey picture that holds the card, never empty.

    Args:
        quad: the card in pixels of the frame that `luma` was made from.
        frame_width: the width of that frame.
        luma: the small grey picture of a glance.
    """
    height, width = luma.shape
    scale = width / frame_width
    xs, ys = zip(*((x * scale, y * scale) for x, y in corners(quad)), strict=True)
    left, right = max(0, min(int(min(xs)), width - 1)), min(width, int(max(xs)) + 1)
    top, bottom = max(0, min(int(min(ys)), height - 1)), min(height, int(max(ys)) + 1)
    return slice(top, max(top + 1, bottom)), slice(left, max(left + 1, right))
