"""Finds rows of even print without a network: their strokes melt into long stripes.

Rows of a machine-readable zone and citizen numbers show so in six of seven frames, in a tenth of
the time that the search for text takes. What else shows is told from them by reading it.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.smaller import smaller
from pos_client.capture.vision import cv2

#: The picture's longer side, and in it the widest stroke, pixels.
_SIDE_PX: Final = 640
_STROKE_PX: Final = 5
#: Gaps between characters that melt: of rows, which stand close above each other, and of numbers.
_GAPS_PX: Final = (5, 9)
#: A stripe has this share of the strength of the strongest tenth, and at least so many levels.
_STRONGEST: Final = 90
_STRONG: Final = 0.8
_LEAST_LEVELS: Final = 8.0
#: Its least length as a share of the longer side and in heights (lines of an address have less),
#: its least height, and the least points of its outline.
_SHORTEST: Final = 0.15
_SLENDER: Final = 9.0
_THINNEST_PX: Final = 4.0
_LEAST_POINTS: Final = 20
#: Noise has thousands of outlines; rows have some of the longest.
_MOST: Final = 60
#: Print that melted has spread by this share of the gap; without that it is a little too narrow.
_SPREAD: Final = 0.6
_MARGIN_PX: Final = 4.0
#: Stands for a score that nobody measured.
_SCORE: Final = 0.9


def find_stripes(pixels: Pixels) -> Iterator[list[TextLine]]:
    """Give slender stripes of print in a picture (BGR), longest first, for one gap after the other.

    The corners are in pixels of the picture; which way the print runs is not told.
    """
    small, scale = smaller(pixels, _SIDE_PX)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_STROKE_PX,) * 2, np.uint8))
    for gap in _GAPS_PX:
        melted = np.asarray(cv2.blur(strokes, (gap, gap)), np.uint8)
        stripes = _stripes(melted, _MARGIN_PX - gap * _SPREAD)
        found = [TextLine(quad / scale, _SCORE) for quad in stripes]
        yield sorted(found, key=lambda each: -each.length)


def _stripes(melted: Pixels, margin_px: float) -> Iterator[Floats]:
    """Give the corners of what is strong and slender, with so much more around it."""
    level = max(_LEAST_LEVELS, _STRONG * float(np.percentile(melted, _STRONGEST)))
    strong = (melted > level).astype(np.uint8)
    outlines, _ = cv2.findContours(strong, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=len, reverse=True)[:_MOST]:
        if len(outline) < _LEAST_POINTS:
            continue
        middle, along, long, thin = _lie(outline[:, 0].astype(np.float64))
        if thin < _THINNEST_PX or long < max(_SLENDER * thin, _SHORTEST * max(melted.shape)):
            continue
        half = along * (long + margin_px) / 2
        down = np.array((-along[1], along[0])) * (thin + margin_px) / 2
        quad = np.array([-half - down, half - down, half + down, -half + down]) + middle
        yield quad


def _lie(outline: Floats) -> tuple[Floats, Floats, float, float]:
    """Middle of an outline, its direction as a unit vector, its length and its height.

    The direction is that of its mass: a stripe's ends say little about it, and its corners less.
    """
    moments = cv2.moments(outline.astype(np.float32))
    turn = np.arctan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"]) / 2
    along = np.array((np.cos(turn), np.sin(turn)))
    axes = np.stack([along, (-along[1], along[0])])
    low, high = (outline @ axes.T).min(axis=0), (outline @ axes.T).max(axis=0)
    long, thin = (high - low).tolist()
    return (low + high) / 2 @ axes, along, long, thin
