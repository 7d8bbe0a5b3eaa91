"""Tells where print fades or is covered at the end of a line: the next character may be gone."""

from typing import Final

import numpy as np

from pos_client.capture.frame import Pixels
from pos_client.capture.piece import Piece
from pos_client.capture.vision import cv2

#: Print at the ends of a line is usually this strong at least, as a share of the strongest in it.
_FADED: Final = 0.5
_INK: Final = 4
#: The same where the paper behind it is lighter by so many levels: a reflection has begun.
_PALER: Final = 0.66
_LIGHTER: Final = 15.0
_LEAST_PX: Final = 4
#: White beyond what the camera can tell, and how much of the room for one more character may be so.
_BLOWN: Final = 250
_BLOWN_SHARE: Final = 0.35
#: On paper that is nearly as white all along the line that says nothing.
_DARKER_PAPER: Final = 235.0
_PAPER: Final = 70
#: What lies on paper is darker than it by so many levels in its darkest colour.
_COVERED: Final = 35.0


def fades(flat: Pixels, piece: Piece) -> bool:
    """Say whether the first or last character is much paler than the strongest of its line."""
    return min(_ink(flat, piece, 0), _ink(flat, piece, -1)) < _FADED * _strongest(flat, piece)


def blown_beyond(flat: Pixels, piece: Piece) -> bool:
    """Say whether a reflection begins where the last character ends: more may stand under it."""
    x, y = (float(each) for each in piece.line.point(piece.chars[-1]))
    half = piece.tall * 0.4
    row = slice(max(0, round(y - half)), max(0, round(y + half)))
    first = max(0, round(float(piece.line.point(piece.chars[0])[0] - half)))
    end = max(0, round(x + half))
    beyond = flat[row, end : round(end + piece.tall)].min(axis=2)
    along = flat[row, first:end].min(axis=2)
    if not beyond.size or not along.size:
        return False
    blown = float((beyond >= _BLOWN).mean()) > _BLOWN_SHARE
    return blown and float(np.percentile(along, _PAPER)) < _DARKER_PAPER


def covered_beyond(flat: Pixels, piece: Piece) -> bool:
    """Say whether something darker than paper lies where one more character would: a thumb."""
    paper = [_paper(flat, piece.line.point(each)[0], piece) for each in piece.chars]
    x, y = (float(each) for each in piece.line.point(piece.chars[-1]))
    half = piece.tall * 0.4
    left, right = round(x + piece.tall * 0.6), round(x + piece.tall * 1.3)
    beyond = flat[max(0, round(y - half)) : max(0, round(y + half)), max(0, left) : max(0, right)]
    if not beyond.size:
        return False
    return float(np.median(beyond.min(axis=2))) < float(np.median(paper)) - _COVERED


def fades_into_light(flat: Pixels, piece: Piece) -> bool:
    """Say whether the last character is pale, and what lies behind it lighter than its paper."""
    if _ink(flat, piece, -1) >= _PALER * _strongest(flat, piece):
        return False
    paper = [_paper(flat, piece.line.point(each)[0], piece) for each in piece.chars]
    x = float(piece.line.point(piece.chars[-1])[0]) + piece.tall
    return _paper(flat, x, piece) > float(np.median(paper)) + _LIGHTER


def _strongest(flat: Pixels, piece: Piece) -> float:
    """The strongest ink of the whole line that a piece is a part of."""
    whole = Piece(piece.line, piece.line.chars, 0, len(piece.line.seen.probabilities))
    return max((_ink(flat, whole, at) for at in range(len(whole.chars))), default=0.0)


def _paper(flat: Pixels, x: float, piece: Piece) -> float:
    """How light the ground is around one place of a line, 0 to 255 in its darkest colour."""
    y, half = float(piece.line.line.middle[1]), max(_LEAST_PX, round(piece.tall * 0.5))
    left, top = max(0, round(float(x)) - half), max(0, round(y) - half)
    patch = flat[top : top + 2 * half, left : left + 2 * half]
    return float(np.percentile(patch.min(axis=2), _PAPER)) if patch.size else 0.0


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
