"""Lays a thumb on the edge of a document, as a customer does who will not let go of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    import random

    from numpy.typing import NDArray

    from specimens.specimen import Image, Specimen

_SKINS: Final = ((158, 190, 226), (128, 164, 206), (96, 128, 172), (64, 88, 126))
_HALF_MM: Final = 8.0
_REACH_MM: Final = (2.0, 4.2)
"""No field is nearer to the edge than this."""


def hold(
    frame: Image,
    specimen: Specimen,
    corners: NDArray[np.float64],
    rng: random.Random,
    *,
    tip_mm: tuple[float, float] | None = None,
    from_left: bool = False,
) -> None:
    """Draw a thumb that comes in over an edge of the document; changes the frame.

    Args:
        frame: height x width x 3, BGR.
        specimen: the document that lies there.
        corners: its corners in the frame, 4 x 2 pixels.
        rng: chooses skin, and place and reach where they are not given.
        tip_mm: how far the thumb reaches in and how far from the upper edge its tip lies.
        from_left: it comes over the left edge, else over the right one.
    """
    width, height = specimen.width_mm, specimen.height_mm
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    view = np.asarray(cv2.getPerspectiveTransform(source, corners.astype(np.float32)), np.float64)
    reach, down = tip_mm or (rng.uniform(*_REACH_MM), height * rng.uniform(0.3, 0.6))
    tip = (width - reach, down)
    if from_left:
        # A mirror image of the card, as far as the thumb is concerned.
        view = view @ np.array([[-1.0, 0, width], [0, 1, 0], [0, 0, 1]])
    lean = rng.uniform(-0.35, 0.35)
    skin = rng.choice(_SKINS)
    for shrink, shade in ((1.0, 0.82), (0.86, 0.94), (0.6, 1.0)):
        colour = tuple(channel * shade for channel in skin)
        _fill(frame, view, _capsule(tip, lean, _HALF_MM * shrink, 1 - shrink), colour)
    nail = tuple(min(255.0, channel * 1.12 + 8) for channel in skin)
    _fill(frame, view, _nail(tip, lean), nail)


def _capsule(
    tip: tuple[float, float], lean: float, half: float, inset: float
) -> NDArray[np.float64]:
    """Outline (mm) of a finger whose round end touches ``tip`` and whose far end is far outside."""
    turn = np.linspace(math.pi / 2, 3 * math.pi / 2, 16)
    end = np.stack([half + half * np.cos(turn), half * np.sin(turn)], axis=1)
    outline = np.vstack([end, [(70, -half * 1.25), (70, half * 1.25)]])
    outline[:, 0] += inset * _HALF_MM
    return _placed(outline, tip, lean)


def _nail(tip: tuple[float, float], lean: float) -> NDArray[np.float64]:
    turn = np.linspace(0, 2 * math.pi, 24)
    outline = np.stack([6.2 + 4.6 * np.cos(turn), 4.0 * np.sin(turn)], axis=1)
    return _placed(outline, tip, lean)


def _placed(
    outline: NDArray[np.float64], tip: tuple[float, float], lean: float
) -> NDArray[np.float64]:
    across = np.array([(math.cos(lean), math.sin(lean)), (-math.sin(lean), math.cos(lean))])
    return np.asarray(outline @ across + np.array(tip), np.float64)


def _fill(
    frame: Image,
    view: NDArray[np.float64],
    outline: NDArray[np.float64],
    colour: tuple[float, ...],
) -> None:
    points = cv2.perspectiveTransform(outline[None].astype(np.float64), view)[0]
    cv2.fillPoly(frame, [np.round(points * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)
