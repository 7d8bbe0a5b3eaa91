"""Knows a picture again that was delivered for an earlier customer, by its noise."""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2
from pos_client.capture.waves import inside
from pos_client.model.originality import Sign, Suspicion

#: From this share of noise in common two pictures are one. In a stand, where even the print of two
#: cards covers itself, other pictures share 0.5 to 0.7, and without noise worth the name 0.9; the
#: same picture packed again, brighter or of another size shares 0.94 and more.
SAME: Final = 0.93
#: Less noise than this says nothing either way.
_FEWEST: Final = 150
_WIDTH: Final = 640
_SOFT: Final = 1.2
#: What differs from its surroundings by less is smooth, by more it is print: grey levels of a
#: picture of middling brightness.
_NOISE: Final = (0.15, 2.5)
_MIDDLING: Final = 128.0
_KEPT: Final = 2000
#: Places in a picture, as shares of height and width. Too few for any print to be read from them.
_PLACES: Final = np.random.default_rng(0).random((8192, 2))


@dataclass(frozen=True, slots=True)
class Grain:
    """One bit for each place: where there is noise, and where it is brighter."""

    noisy: int
    brighter: int


class PicturesBefore:
    """Keeps the grain of earlier customers' pictures, in memory only, and nothing else of them.

    A real camera never delivers the same noise twice; a file that stands in for it does. What is
    printed says nothing: the same side of many cards in one stand is one print, and a customer may
    come again. A picture that was cropped or turned is another one.
    """

    def __init__(self) -> None:
        self._earlier: deque[Grain] = deque(maxlen=_KEPT)
        self._visit: list[Grain] = []

    def examine(self, pixels: Pixels, quad: Floats) -> Suspicion:
        """Compare the card in a picture with those of earlier visits, and keep its grain."""
        grain = grain_of(pixels, quad)
        nearest = max((in_common(grain, other) for other in self._earlier), default=0.0)
        self._visit.append(grain)
        return Suspicion(Sign.REPEATED, round(nearest, 3), nearest >= SAME)

    def next_visit(self) -> None:
        """What was seen until now belongs to an earlier customer."""
        self._earlier.extend(self._visit)
        self._visit.clear()


def grain_of(pixels: Pixels, quad: Floats) -> Grain:
    """Take the grain of what lies in the quad: a table that never moves is the same every day."""
    scale = _WIDTH / pixels.shape[1]
    size = _WIDTH, max(1, round(pixels.shape[0] * scale))
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    light = max(1.0, float(small.mean())) / _MIDDLING
    fine = (small - cv2.GaussianBlur(small, (0, 0), _SOFT)) / light
    down, across = (_PLACES * small.shape).astype(int).T
    there = np.asarray(fine[down, across])
    size_of = np.abs(there)
    noisy = (size_of > _NOISE[0]) & (size_of < _NOISE[1])
    noisy &= inside(small.shape, quad * scale, 0.97)[down, across] > 0
    return Grain(_packed(noisy), _packed(there > 0))


def in_common(one: Grain, other: Grain) -> float:
    """Return the share of noise that both pictures have, 0 where they have too little."""
    both = one.noisy & other.noisy
    count = both.bit_count()
    if count < _FEWEST:
        return 0.0
    return 1.0 - ((one.brighter ^ other.brighter) & both).bit_count() / count


def _packed(bits: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
