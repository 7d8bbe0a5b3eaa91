"""Makes pictures smaller, where less of them tells as much or where time has to be bounded."""

import numpy as np

from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2


def smaller(pixels: Pixels, longest_px: int) -> tuple[Pixels, float]:
    """Return a picture with its longer side at so many pixels at most, and its scale, up to 1."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest_px / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), scale
