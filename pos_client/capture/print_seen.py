"""A tiny, blurred likeness of a card's side, to know the same print again; never kept on disk."""

from typing import Final

import numpy as np

from pos_client.capture.frame import Floats, Frame
from pos_client.capture.quality import corners
from pos_client.capture.vision import cv2
from pos_client.model.document import Quad

_SIZE: Final = (96, 60)
_SOFT: Final = 1.5
#: Correlation from which two likenesses are of one print. The two sides of a card stay below 0.6
#: even under glare, the same side in the same light is above 0.9.
_ALIKE: Final = 0.75

#: _SIZE[1] x _SIZE[0], mean 0 and deviation 1.
Likeness = Floats


def likeness(frame: Frame, quad: Quad) -> Likeness:
    """Straighten the card inside `quad` to a likeness."""
    width, height = _SIZE
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    view = cv2.getPerspectiveTransform(np.array(corners(quad), np.float32), target)
    small = cv2.warpPerspective(frame.pixels, view, _SIZE, flags=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), _SOFT), np.float32)
    return np.asarray((soft - soft.mean()) / (soft.std() + 1e-6), np.float32)


def alike(one: Likeness, other: Likeness) -> bool:
    """Say whether both are of the same print, whichever way up."""
    turned = other[::-1, ::-1]
    return max(float(np.mean(one * other)), float(np.mean(one * turned))) > _ALIKE
