"""Where a document is before the camera: its place, turn and tilt, and the corners that follow."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    import random

    from numpy.typing import NDArray

    from specimens.optics import Difficulty
    from specimens.specimen import Specimen

Rotation = Literal[0, 90, 180, 270]
ROTATIONS: Final[tuple[Rotation, ...]] = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the document is before the camera.

    Attributes:
        centre: middle of the document in the frame, pixels.
        width_px: length of its upper edge when flat, pixels.
        roll_deg: turn in the picture, clockwise.
        tilt_x_deg: tilt about its horizontal axis.
        tilt_y_deg: tilt about its vertical axis.
    """

    centre: tuple[float, float]
    width_px: float
    roll_deg: float = 0.0
    tilt_x_deg: float = 0.0
    tilt_y_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class _Spread:
    """How far poses of one difficulty may be from the ideal."""

    tilt_deg: float
    roll_deg: float
    fill: tuple[float, float]


_SPREADS: Final[dict[Difficulty, _Spread]] = {
    "easy": _Spread(5, 3, (0.66, 0.8)),
    "medium": _Spread(14, 8, (0.56, 0.76)),
    "hard": _Spread(23, 14, (0.48, 0.72)),
}
_FOCAL: Final = 1.25
"""Focal length as a share of the frame's width: a webcam with about 44 degrees across."""
_MARGIN_PX: Final = 8


def draw_pose(
    specimen: Specimen,
    rng: random.Random,
    difficulty: Difficulty,
    rotation: Rotation,
    size: tuple[int, int],
) -> Pose:
    """Pick a pose that keeps the whole document inside the frame of ``size`` (width, height)."""
    spread = _SPREADS[difficulty]
    fill = rng.uniform(*spread.fill)
    # A standing document is limited by the height of the frame: it fills that as a hand would.
    lying = rotation in (0, 180)
    pose = Pose(
        centre=(0.0, 0.0),
        width_px=fill * size[0] if lying else size[1] * min(0.93, fill * 1.2),
        roll_deg=rotation + rng.uniform(-spread.roll_deg, spread.roll_deg),
        tilt_x_deg=rng.uniform(-spread.tilt_deg, spread.tilt_deg),
        tilt_y_deg=rng.uniform(-spread.tilt_deg, spread.tilt_deg),
    )
    shift = np.array((rng.uniform(-0.7, 0.7), rng.uniform(-0.7, 0.7)))
    while True:
        corners = corners_of(pose, specimen.width_mm / specimen.height_mm, size)
        low, high = corners.min(axis=0), corners.max(axis=0)
        spare = (np.array(size) - (high - low)) / 2 - _MARGIN_PX
        if spare.min() >= 0:
            across, down = np.array(size) / 2 - (high + low) / 2 + shift * spare
            return replace(pose, centre=(float(across), float(down)))
        pose = replace(pose, width_px=pose.width_px * 0.97)


def corners_of(pose: Pose, aspect: float, size: tuple[int, int]) -> NDArray[np.float64]:
    """Project the document's corners (own TL, TR, BR, BL) through a pinhole camera; 4 x 2 pixels.

    Args:
        pose: place, size and tilt.
        aspect: width over height of the document.
        size: width and height of the frame.
    """
    half = np.array((pose.width_px, pose.width_px / aspect, 0)) / 2
    flat = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]) * half
    turned = flat @ _turn(pose).T
    focal = _FOCAL * size[0]
    scale = focal / (focal + turned[:, 2])
    return np.asarray(turned[:, :2] * scale[:, None] + np.array(pose.centre), np.float64)


def _turn(pose: Pose) -> NDArray[np.float64]:
    """The rotation of the pose: first about the document's own axes, then in the picture."""
    x, y, z = (math.radians(a) for a in (pose.tilt_x_deg, pose.tilt_y_deg, pose.roll_deg))
    about_x = np.array(
        [(1, 0, 0), (0, math.cos(x), -math.sin(x)), (0, math.sin(x), math.cos(x))], np.float64
    )
    about_y = np.array(
        [(math.cos(y), 0, math.sin(y)), (0, 1, 0), (-math.sin(y), 0, math.cos(y))], np.float64
    )
    about_z = np.array(
        [(math.cos(z), -math.sin(z), 0), (math.sin(z), math.cos(z), 0), (0, 0, 1)], np.float64
    )
    return np.asarray(about_z @ about_y @ about_x, np.float64)
