"""Tells where print fades towards the end of a line: under glare the next character may be gone."""

from typing import Final

import numpy as np

from pos_client.capture.frame import Pixels
from pos_client.capture.piece import Piece
from pos_client.capture.vision import cv2

#: Print at the ends of a line is usually this strong at least, as a share of the strongest in it.
_FADED: Final = 0.5
_INK: Final = 4
_LEAST_PX: Final = 4


def fades(flat: Pixels, piece: Piece) -> bool:
    """Say whether the first or last character is much paler than the strongest of its line."""
    whole = Piece(piece.line, piece.line.chars, 0, len(piece.line.seen.probabilities))
    strongest = max((_ink(flat, whole, at) for at in range(len(whole.chars))), default=0.0)
    return min(_ink(flat, piece, 0), _ink(flat, piece, -1)) < _FADED * strongest


def _ink(flat: Pixels, piece: Piece, at: int) -> float:
    """How much darker the print of one character is than what it stands on, 0 to 255."""
    x, y = piece.line.point(piece.chars[at])
    half = max(_LEAST_PX, round(piece.tall * 0.4))
    top, left = max(0, round(float(y)) - half), max(0, round(float(x)) - half)
    patch = flat[top : top + 2 * half, left : left + 2 * half]
    if min(patch.shape[:2]) < _LEAST_PX:
        return 0.0
    soft = cv2.blur(cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY), (3, 3))
    return float(np.median(soft) - np.percentile(soft, _INK))
