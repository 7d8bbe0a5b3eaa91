"""Spots where bars may be printed, and turns each such strip upright and large enough."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2

#: Bars are looked for in a picture of this width.
_SEARCH_PX: Final = 640
#: How far around a pixel its surroundings are asked for their direction, pixels.
_AROUND_PX: Final = 13
#: From here on nearly all edges around a pixel run the same way: 0 any way, 1 all one way.
_ONE_WAY: Final = 0.6
#: The least mean contrast of the edges, grey levels per pixel.
_CONTRAST: Final = 9.0
#: Directions are told apart in steps of this many degrees.
_STEP_DEG: Final = 15
#: Bars of one code that the search tears apart are joined over this many pixels.
_JOIN_PX: Final = 15
#: A code covers at least this share of the picture.
_LEAST_AREA: Final = 0.0015
_MOST_STRIPS: Final = 6
#: Room beside the bars, as a share of their length: a code needs its white margins.
_MARGIN: Final = 0.12
#: Strips are made this wide where that does not enlarge them more than three times.
_STRIP_PX: Final = 1500
_MOST_SCALE: Final = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """An upright strip of bars. `back` is the 2 x 3 matrix from its pixels to the picture's."""

    pixels: Pixels
    back: Floats


def strips(grey: Pixels) -> Iterator[Strip]:
    """Yield the places that look like bars, the largest first, cut from the full picture."""
    scale = min(1.0, _SEARCH_PX / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    spots = _spots(np.asarray(small, np.float32))
    for middle, size, degrees in spots[:_MOST_STRIPS]:
        centre = (middle[0] / scale, middle[1] / scale)
        yield _cut(grey, centre, (size[0] / scale, size[1] / scale), degrees)


_Spot = tuple[tuple[float, float], tuple[float, float], float]


def _spots(grey: Floats) -> list[_Spot]:
    """Return middle, (length across the bars, height along them) and angle, by falling area."""
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    box = (_AROUND_PX, _AROUND_PX)
    xx, yy = cv2.blur(across * across, box), cv2.blur(down * down, box)
    xy = cv2.blur(across * down, box)
    energy = xx + yy
    one_way = np.hypot(xx - yy, 2 * xy) > _ONE_WAY * energy
    bars = one_way & (energy > _CONTRAST**2)
    angle = np.degrees(np.arctan2(2 * xy, xx - yy)) / 2 % 180
    found = [spot for step in range(0, 180, _STEP_DEG) for spot in _alike(bars, angle, step)]
    found.sort(key=lambda spot: -spot[1][0] * spot[1][1])
    return found


def _alike(
    bars: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], angle: Floats, step: int
) -> list[_Spot]:
    """Collect the spots whose edges run across `step` degrees, give or take one step."""
    off = np.abs((angle - step + 90) % 180 - 90)
    mask = (bars & (off < _STEP_DEG)).astype(np.uint8)
    if np.count_nonzero(mask) < _LEAST_AREA * mask.size:
        return []
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_JOIN_PX, _JOIN_PX), np.uint8))
    count, labels, figures, _ = cv2.connectedComponentsWithStats(joined)
    spots: list[_Spot] = []
    for label in range(1, count):
        if figures[label, cv2.CC_STAT_AREA] < _LEAST_AREA * mask.size:
            continue
        inside = (labels == label) & (mask > 0)
        spot = _measured(inside, angle)
        # A spot that lies between two steps is seen from both; it belongs to the nearer one.
        if spot is not None and abs((spot[2] - step + 90) % 180 - 90) <= _STEP_DEG / 2:
            spots.append(spot)
    return spots


def _measured(
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], angle: Floats
) -> _Spot | None:
    rows, columns = np.nonzero(inside)
    doubled = np.radians(2 * angle[inside])
    mean = math.atan2(float(np.sin(doubled).mean()), float(np.cos(doubled).mean())) / 2
    along = columns * math.cos(mean) + rows * math.sin(mean)
    beside = rows * math.cos(mean) - columns * math.sin(mean)
    (low, high), (top, bottom) = (np.percentile(v, (0.5, 99.5)) for v in (along, beside))
    length, height = float(high - low), float(bottom - top)
    if length < height:
        return None
    u, v = (low + high) / 2, (top + bottom) / 2
    middle = (
        float(u * math.cos(mean) - v * math.sin(mean)),
        float(u * math.sin(mean) + v * math.cos(mean)),
    )
    return middle, (length, height), math.degrees(mean) % 180


def _cut(
    grey: Pixels, centre: tuple[float, float], size: tuple[float, float], degrees: float
) -> Strip:
    """Cut a strip out of the full picture, upright and enlarged."""
    length, height = size[0] * (1 + 2 * _MARGIN), size[1]
    scale = max(1.0, min(_MOST_SCALE, _STRIP_PX / length))
    turn = cv2.getRotationMatrix2D(centre, degrees, scale)
    wide, high = max(1, round(length * scale)), max(1, round(height * scale))
    turn[:, 2] += np.array([wide / 2 - centre[0], high / 2 - centre[1]])
    strip = cv2.warpAffine(
        grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Strip(np.asarray(strip, np.uint8), np.asarray(cv2.invertAffineTransform(turn)))
