"""Lays a document on a table: perspective, rounded corners, and the shadow it throws."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from specimens.pose import Pose, corners_of
from specimens.specimen import PX_PER_MM, Image, Specimen

if TYPE_CHECKING:
    from numpy.typing import NDArray


def lay(
    specimen: Specimen, pose: Pose, table: Image, *, shadow: float = 0.3
) -> tuple[Image, NDArray[np.float64]]:
    """Lay the document on the table in this pose; gives the frame and the corners in it."""
    size = (table.shape[1], table.shape[0])
    corners = corners_of(pose, specimen.width_mm / specimen.height_mm, size)
    low = np.clip(np.floor(corners.min(axis=0)).astype(int) - 24, 0, size)
    high = np.clip(np.ceil(corners.max(axis=0)).astype(int) + 24, 0, size)
    frame = table.copy()
    if (high <= low).any():
        return frame, corners
    window = (int(high[0] - low[0]), int(high[1] - low[1]))
    picture, covering = _warped(specimen, corners - low, window)
    part = frame[low[1] : high[1], low[0] : high[0]]
    offset = np.array([[1, 0, 5], [0, 1, 7]], np.float32)
    dark = cv2.warpAffine(cv2.blur(covering, (17, 17)), offset, window)
    shaded = cv2.multiply(
        part, cv2.merge([255 - (dark * shadow).astype(np.uint8)] * 3), scale=1 / 255
    )
    frame[low[1] : high[1], low[0] : high[0]] = _blend(shaded.astype(np.uint8), picture, covering)
    return frame, corners


def _warped(
    specimen: Specimen, corners: NDArray[np.float64], window: tuple[int, int]
) -> tuple[Image, Image]:
    height, width = specimen.image.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    # Shrinking by sampling alone would break thin strokes: soften first, as a lens does.
    shrink = width / max(1.0, float(np.linalg.norm(corners[1] - corners[0])))
    image = specimen.image
    if shrink > 1.3:
        image = cv2.GaussianBlur(image, (0, 0), 0.35 * shrink).astype(np.uint8)
    view = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    picture = cv2.warpPerspective(
        image, view, window, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    covering = cv2.warpPerspective(
        _outline(width, height, specimen.corner_mm), view, window, flags=cv2.INTER_LINEAR
    )
    return picture.astype(np.uint8), cv2.blur(covering, (3, 3)).astype(np.uint8)


@lru_cache(maxsize=16)
def _outline(width: int, height: int, corner_mm: float) -> Image:
    radius = round(corner_mm * PX_PER_MM)
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(mask, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask


def _blend(below: Image, above: Image, covering: Image) -> Image:
    share = cv2.merge([covering] * 3)
    top = cv2.multiply(above, share, scale=1 / 255)
    return np.asarray(
        cv2.add(top, cv2.multiply(below, cv2.bitwise_not(share), scale=1 / 255)), np.uint8
    )
