"""Brings print to one strength: in the dark, and under a lamp's reflection where ink is pale."""

from typing import Final

import numpy as np

from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2

#: Paper and ink are told around each place, this many heights of the line wide.
_AROUND: Final = 1.2
_SOFT: Final = 0.03
#: Ink no darker than this against its paper is noise, in grey levels.
_LEAST_INK: Final = 14.0
_PAPER: Final = 235.0
_INK: Final = 200.0
#: A document whose brightest 2 % are darker than this is made as bright as readers are used to.
_BRIGHT: Final = 98
_DARK: Final = 140.0
_WELL_LIT: Final = 215.0
_MOST_GAIN: Final = 4.0


def gain_for(document: Pixels) -> float:
    """How many times as bright a straightened document (BGR) would be in good light; 1 where so."""
    brightest = float(np.percentile(document[::8, ::8].max(axis=2), _BRIGHT))
    return 1.0 if brightest >= _DARK else min(_MOST_GAIN, _WELL_LIT / max(brightest, 1.0))


def brightened(picture: Pixels, gain: float) -> Pixels:
    """Make a picture so many times as bright."""
    if gain == 1.0:
        return picture
    return np.asarray(cv2.convertScaleAbs(picture, alpha=gain), np.uint8)


def lit(document: Pixels) -> Pixels:
    """Give a straightened document (BGR) as it would look in good light; as it is where it does."""
    return brightened(document, gain_for(document))


def evened(line: Pixels) -> Pixels:
    """Give an upright picture of one line (BGR) with the same paper and ink from end to end."""
    height = line.shape[0]
    grey = cv2.cvtColor(line, cv2.COLOR_BGR2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.5, height * _SOFT))
    size = max(3, round(height * _AROUND)) | 1
    around = np.ones((size, size), np.uint8)
    paper = cv2.GaussianBlur(cv2.morphologyEx(soft, cv2.MORPH_CLOSE, around), (0, 0), size / 8)
    ink = cv2.dilate(cv2.subtract(paper, soft), around).astype(np.float32)
    ink = np.maximum(cv2.GaussianBlur(ink, (0, 0), size / 8), _LEAST_INK)
    print_ = _PAPER - _INK * (paper.astype(np.float32) - soft) / ink
    flat = np.clip(print_, 0, 255).astype(np.uint8)
    return np.asarray(cv2.merge([flat, flat, flat]), np.uint8)
