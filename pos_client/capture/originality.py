"""Looks for signs of a screen or a copy in a picture of a card, and for pictures seen before.

Scores and bounds are those of `python -m bench originality`: at each bound one original in a
hundred is suspected. What leaves no trace in the picture is not found; see the table there.
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2
from pos_client.model.originality import Sign, Suspicion

#: Above this a raster is suspected (natural logarithm of power over its surroundings).
RASTER_BOUND: Final = 3.4
#: Below this colourfulness (logarithm of colour ratios) a copy without colour is suspected.
GREY_BOUND: Final = 0.065

_BLOCK: Final = 128
_MOST_BLOCKS: Final = 40
#: Slower patterns than this (periods to a pixel) are print, light and shade.
_SLOWEST: Final = 0.05
_AROUND: Final = 19
_LETTERS: Final = 20.0
#: What is taken off as light and shade: the mean of such fields, twice.
_COARSE: Final = (25, 25)
_HASH: Final = (16, 16)
_SAME_BITS: Final = 3
_KEPT: Final = 2000


def examine(pixels: Pixels, quad: Floats) -> tuple[Suspicion, ...]:
    """Look at the card in a camera picture.

    Args:
        pixels: the whole frame, height x width x 3, BGR.
        quad: 4 x 2, the card's corners in pixels.

    Returns:
        One entry for each sign that could be judged; none where the card is too small.
    """
    found = []
    raster = raster_score(pixels, quad)
    if raster is not None:
        found.append(Suspicion(Sign.RASTER, round(raster, 2), raster > RASTER_BOUND))
    colour = colourfulness(pixels, quad)
    if colour is not None:
        found.append(Suspicion(Sign.GREY, round(-colour, 3), colour < GREY_BOUND))
    return tuple(found)


def raster_score(pixels: Pixels, quad: Floats) -> float | None:
    """Say how far one regular pattern stands out in most places of the card; None if too small.

    Print and guilloche differ from place to place, a grid of dots does not: so the spectra of many
    places are compared, each with some room for perspective, and only what most share counts.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)
    places = _places(grey.shape, quad)
    if len(places) < 3:  # noqa: PLR2004 - most of two is both
        return None
    spread = np.ones((5, 5), np.uint8)
    spectra = [
        cv2.dilate(_spectrum(grey[y : y + _BLOCK, x : x + _BLOCK]), spread)[_BAND]
        for x, y in places
    ]
    shared = np.median(spectra, axis=0)
    return float(shared.max() - np.median(shared))


def colourfulness(pixels: Pixels, quad: Floats) -> float | None:
    """Say how much colour the card has beyond the tint of light and paper; None if too small.

    A tint changes with brightness at most; what of the colour follows brightness is taken out.
    """
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    inside = _inside(small.shape, quad / 4.0, 0.94)
    colours = small[inside > 0].astype(np.float32)
    light = colours.mean(axis=1)
    colours = colours[(light > 25) & (colours.max(axis=1) < 245)]  # noqa: PLR2004 - dark, clipped
    if len(colours) < 200:  # noqa: PLR2004 - less than a stamp
        return None
    light = colours.mean(axis=1) / 255.0
    blue, green, red = (np.maximum(colours[:, at], 1.0) for at in range(3))
    ratios = np.stack([np.log(red / green), np.log(blue / green)], axis=1)
    follows = np.stack([np.ones_like(light), light, light**2], axis=1)
    rest = ratios - follows @ np.linalg.lstsq(follows, ratios, rcond=None)[0]
    return float(np.percentile(np.hypot(rest[:, 0], rest[:, 1]), 97))


class PicturesBefore:
    """Knows a picture again that was delivered for an earlier customer. Keeps 256 bits of each.

    A real camera never delivers the same noise twice; a file that stands in for it does.
    """

    def __init__(self) -> None:
        self._earlier: deque[int] = deque(maxlen=_KEPT)
        self._visit: list[int] = []

    def examine(self, pixels: Pixels) -> Suspicion:
        """Compare a picture with those of earlier visits, and keep its bits for later ones."""
        bits = picture_bits(pixels)
        nearest = min(((bits ^ other).bit_count() for other in self._earlier), default=256)
        self._visit.append(bits)
        return Suspicion(Sign.REPEATED, float(256 - nearest), nearest <= _SAME_BITS)

    def next_visit(self) -> None:
        """What was seen until now belongs to an earlier customer."""
        self._earlier.extend(self._visit)
        self._visit.clear()


def picture_bits(pixels: Pixels) -> int:
    """Return 256 bits: where the picture gets brighter from one of 17 x 16 fields to the next."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (_HASH[0] + 1, _HASH[1]), interpolation=cv2.INTER_AREA)
    brighter = small[:, 1:] > small[:, :-1]
    return int.from_bytes(np.packbits(brighter).tobytes(), "big")


def _spectrum(block: Floats) -> NDArray[np.float32]:
    """Return the power of each frequency over its surroundings, logarithmic, zero in the middle."""
    fine = block - cv2.blur(cv2.blur(block, _COARSE), _COARSE)
    waves = cv2.dft(np.clip(fine, -_LETTERS, _LETTERS) * _WINDOW, flags=cv2.DFT_COMPLEX_OUTPUT)
    size = cv2.magnitude(*cv2.split(waves))[:, : _BLOCK // 2 + 1]
    level = np.fft.fftshift(cv2.log(size**2 + 1.0), axes=0)
    around = cv2.blur(level, (_AROUND, _AROUND), borderType=cv2.BORDER_REFLECT)
    return np.asarray(level - around, np.float32)


def _places(shape: tuple[int, ...], quad: Floats) -> list[tuple[int, int]]:
    """Return the upper left corners of blocks that lie wholly on the card, spread over it."""
    inside = _inside(shape, quad, 1.0)
    low = np.maximum(np.floor(quad.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(quad.max(axis=0)).astype(int), (shape[1], shape[0]))
    found = [
        (x, y)
        for y in range(low[1], high[1] - _BLOCK + 1, _BLOCK // 2)
        for x in range(low[0], high[0] - _BLOCK + 1, _BLOCK // 2)
        if inside[y : y + _BLOCK, x : x + _BLOCK].min()
    ]
    return found[:: max(1, -(-len(found) // _MOST_BLOCKS))]


def _inside(shape: tuple[int, ...], quad: Floats, share: float) -> NDArray[np.uint8]:
    middle = quad.mean(axis=0)
    corners = np.round(middle + (quad - middle) * share).astype(np.int32)
    mask = np.zeros(shape[:2], np.uint8)
    return np.asarray(cv2.fillConvexPoly(mask, corners, 1), np.uint8)


def _band() -> NDArray[np.bool_]:
    """The frequencies that count: not the slow ones, and not the grid of JPEG's own blocks."""
    down = np.fft.fftshift(np.fft.fftfreq(_BLOCK))[:, None]
    across = np.fft.rfftfreq(_BLOCK)[None, :]
    radius = np.hypot(down, across)
    band = (radius > _SLOWEST) & (radius <= 0.5)  # noqa: PLR2004 - half a period to a pixel
    near = 0.012
    for step in (1, 2, 3, 4):
        grid = step / 8
        band &= ~((np.abs(across - grid) < near) & (np.abs(down) < near))
        band &= ~((np.abs(np.abs(down) - grid) < near) & (across < near))
    return np.asarray(band)


_WINDOW: Final = np.outer(np.hanning(_BLOCK), np.hanning(_BLOCK)).astype(np.float32)
_BAND: Final = _band()
