"""Shows a document to an imaginary webcam: single shots with known corners, and a hand that brings it in."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import cv2
import numpy as np

from specimens.desks import KINDS, desk
from specimens.optics import Difficulty, Optics, apply_optics, draw_optics
from specimens.specimen import PX_PER_MM, Image, Specimen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Rotation = Literal[0, 90, 180, 270]
FRAME_SIZE: Final = (1280, 720)


@dataclass(frozen=True)
class Shot:
    """One camera frame and where the document lies in it.

    Attributes:
        frame: height x width x 3, BGR.
        corners: 4 x 2, pixels: the document's own top left, top right, bottom right, bottom left.
    """

    frame: Image
    corners: NDArray[np.float64]


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


_TILT: Final[dict[Difficulty, float]] = {"easy": 5.0, "medium": 14.0, "hard": 23.0}
_ROLL: Final[dict[Difficulty, float]] = {"easy": 3.0, "medium": 8.0, "hard": 14.0}
_FILL: Final[dict[Difficulty, tuple[float, float]]] = {
    "easy": (0.66, 0.8),
    "medium": (0.56, 0.76),
    "hard": (0.48, 0.72),
}
_FOCAL: Final = 1.25
"""Focal length as a share of the frame's width: a webcam with about 44 degrees across."""


def shoot(
    specimen: Specimen,
    *,
    seed: int,
    difficulty: Difficulty = "easy",
    rotation: Rotation = 0,
    size: tuple[int, int] = FRAME_SIZE,
) -> Shot:
    """Photograph a document on a table, whole and inside the frame.

    Args:
        specimen: what is photographed.
        seed: chooses table, pose and camera faults.
        difficulty: how much tilt, blur, glare, noise and darkness.
        rotation: quarter turns in the picture, clockwise.
        size: width and height of the frame.
    """
    rng = random.Random(f"shot {seed} {difficulty} {rotation}")
    pose = _draw_pose(specimen, rng, difficulty, rotation, size)
    table = desk(rng.choice(KINDS), rng.randrange(4), size)
    frame, corners = lay(specimen, pose, table, shadow=rng.uniform(0.1, 0.5))
    return Shot(
        apply_optics(frame, _aimed(draw_optics(rng, difficulty), corners, size, rng), rng), corners
    )


def _draw_pose(
    specimen: Specimen,
    rng: random.Random,
    difficulty: Difficulty,
    rotation: Rotation,
    size: tuple[int, int],
) -> Pose:
    """Pick a pose that keeps the whole document 8 pixels or more inside the frame."""
    lying = rotation in (0, 180)
    aspect = specimen.width_mm / specimen.height_mm
    tilt, roll = _TILT[difficulty], _ROLL[difficulty]
    fill = rng.uniform(*_FILL[difficulty])
    turn = rotation + rng.uniform(-roll, roll)
    tilts = (rng.uniform(-tilt, tilt), rng.uniform(-tilt, tilt))
    # A standing document is limited by the height of the frame: it fills that as a hand would.
    width_px = fill * size[0] if lying else size[1] * min(0.93, fill * 1.2)
    shift = (rng.uniform(-1, 1), rng.uniform(-1, 1))
    pose = Pose((0.0, 0.0), width_px, turn, *tilts)
    while True:
        corners = corners_of(pose, aspect, size)
        low, high = corners.min(axis=0), corners.max(axis=0)
        spare = (np.array(size) - (high - low) - 16) / 2
        if spare.min() >= 0:
            middle = np.array(size) / 2 - (high + low) / 2 + np.array(shift) * spare * 0.7
            return _centred(pose, middle, aspect, size)
        pose = replace(pose, width_px=pose.width_px * 0.97)


def _centred(pose: Pose, middle: NDArray[np.float64], aspect: float, size: tuple[int, int]) -> Pose:
    """Move the pose so that nothing sticks out; the outline keeps its shape because the view is taken about its middle."""
    moved = replace(pose, centre=(float(middle[0]), float(middle[1])))
    corners = corners_of(moved, aspect, size)
    over = np.maximum(corners.max(axis=0) - (np.array(size) - 8), 0) + np.minimum(
        corners.min(axis=0) - 8, 0
    )
    return replace(
        moved, centre=(moved.centre[0] - float(over[0]), moved.centre[1] - float(over[1]))
    )


def corners_of(pose: Pose, aspect: float, size: tuple[int, int]) -> NDArray[np.float64]:
    """Project the document's corners (own TL, TR, BR, BL) through a pinhole camera; 4 x 2 pixels.

    Args:
        pose: place, size and tilt.
        aspect: width over height of the document.
        size: width and height of the frame.
    """
    half_w, half_h = pose.width_px / 2, pose.width_px / aspect / 2
    flat = np.array(
        [(-half_w, -half_h, 0), (half_w, -half_h, 0), (half_w, half_h, 0), (-half_w, half_h, 0)]
    )
    tilt_x, tilt_y, roll = (
        math.radians(angle) for angle in (pose.tilt_x_deg, pose.tilt_y_deg, pose.roll_deg)
    )
    about_x = np.array(
        [
            (1, 0, 0),
            (0, math.cos(tilt_x), -math.sin(tilt_x)),
            (0, math.sin(tilt_x), math.cos(tilt_x)),
        ]
    )
    about_y = np.array(
        [
            (math.cos(tilt_y), 0, math.sin(tilt_y)),
            (0, 1, 0),
            (-math.sin(tilt_y), 0, math.cos(tilt_y)),
        ]
    )
    about_z = np.array(
        [(math.cos(roll), -math.sin(roll), 0), (math.sin(roll), math.cos(roll), 0), (0, 0, 1)]
    )
    turned = flat @ (about_z @ about_y @ about_x).T
    focal = _FOCAL * size[0]
    scale = focal / (focal + turned[:, 2])
    return np.asarray(turned[:, :2] * scale[:, None] + np.array(pose.centre), np.float64)


def lay(
    specimen: Specimen, pose: Pose, table: Image, *, shadow: float = 0.3
) -> tuple[Image, NDArray[np.float64]]:
    """Lay the document on the table in this pose; gives the frame and the document's corners in it."""
    size = (table.shape[1], table.shape[0])
    corners = corners_of(pose, specimen.width_mm / specimen.height_mm, size)
    low = np.clip(np.floor(corners.min(axis=0)).astype(int) - 24, 0, size)
    high = np.clip(np.ceil(corners.max(axis=0)).astype(int) + 24, 0, size)
    frame = table.copy()
    if (high <= low).any():
        return frame, corners
    window = (int(high[0] - low[0]), int(high[1] - low[1]))
    picture, covering = _warped(specimen, corners - low, window)
    part = frame[low[1] : high[1], low[0] : high[0]]
    offset = np.array([[1, 0, 5], [0, 1, 7]], np.float32)
    dark = cv2.warpAffine(cv2.blur(covering, (17, 17)), offset, window)
    shaded = cv2.multiply(
        part, cv2.merge([255 - (dark * shadow).astype(np.uint8)] * 3), scale=1 / 255
    )
    frame[low[1] : high[1], low[0] : high[0]] = _blend(shaded.astype(np.uint8), picture, covering)
    return frame, corners


def _warped(
    specimen: Specimen, corners: NDArray[np.float64], window: tuple[int, int]
) -> tuple[Image, Image]:
    height, width = specimen.image.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    # Shrinking by sampling alone would break thin strokes: soften first, as a lens does.
    shrink = width / max(1.0, float(np.linalg.norm(corners[1] - corners[0])))
    image = specimen.image
    if shrink > 1.3:
        image = cv2.GaussianBlur(image, (0, 0), 0.35 * shrink).astype(np.uint8)
    view = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    picture = cv2.warpPerspective(
        image, view, window, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    covering = cv2.warpPerspective(
        _outline(width, height, specimen.corner_mm), view, window, flags=cv2.INTER_LINEAR
    )
    return picture.astype(np.uint8), cv2.blur(covering, (3, 3)).astype(np.uint8)


def _outline(width: int, height: int, corner_mm: float) -> Image:
    radius = round(corner_mm * PX_PER_MM)
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(mask, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask


def _blend(below: Image, above: Image, covering: Image) -> Image:
    share = cv2.merge([covering] * 3)
    top = cv2.multiply(above, share, scale=1 / 255)
    return np.asarray(
        cv2.add(top, cv2.multiply(below, cv2.bitwise_not(share), scale=1 / 255)), np.uint8
    )


def _aimed(
    optics: Optics, corners: NDArray[np.float64], size: tuple[int, int], rng: random.Random
) -> Optics:
    """Put the glare on the document, where it does harm."""
    share = rng.uniform(0.15, 0.85), rng.uniform(0.15, 0.85)
    top = corners[0] * (1 - share[0]) + corners[1] * share[0]
    bottom = corners[3] * (1 - share[0]) + corners[2] * share[0]
    spot = top * (1 - share[1]) + bottom * share[1]
    return replace(optics, glare_at=(float(spot[0] / size[0]), float(spot[1] / size[1])))


def scene(
    specimen: Specimen,
    *,
    seed: int,
    seconds: float = 4.0,
    fps: float = 15.0,
    difficulty: Difficulty = "easy",
    rotation: Rotation = 0,
    size: tuple[int, int] = FRAME_SIZE,
) -> Iterator[Image]:
    """Play a hand that brings a document: empty table, it slides in, settles, lies steady, and leaves.

    Args:
        specimen: what is brought.
        seed: chooses table, pose and camera faults.
        seconds: length of the whole scene; more than half of it the document lies steady.
        fps: frames per second.
        difficulty: how bad the camera is.
        rotation: quarter turns in the picture, clockwise.
        size: width and height of the frames.

    Yields:
        Frames, height x width x 3, BGR.
    """
    rng = random.Random(f"scene {seed} {difficulty} {rotation}")
    rest = _draw_pose(specimen, rng, difficulty, rotation, size)
    table = desk(rng.choice(KINDS), rng.randrange(4), size)
    corners = corners_of(rest, specimen.width_mm / specimen.height_mm, size)
    still = _aimed(replace(draw_optics(rng, difficulty), motion_px=0.0), corners, size, rng)
    from_side = rng.choice((-1, 1))
    count = max(8, round(seconds * fps))
    for number in range(count):
        away = _away(number / (count - 1))
        pose = _on_the_way(rest, away, from_side, size, rng)
        frame, _ = lay(specimen, pose, table) if away < 1 else (table.copy(), None)
        moving = 0 < away < 1
        yield apply_optics(
            frame, replace(still, motion_px=9 * away if moving else 0.0, motion_deg=0.0), rng
        )


def _away(share: float) -> float:
    """How far the document is from its place of rest (1 = out of sight) at this share of the scene."""
    if share < 0.1 or share > 0.95:
        return 1.0
    if share < 0.28:
        return (1 - (share - 0.1) / 0.18) ** 2
    return ((share - 0.87) / 0.08) ** 2 if share > 0.87 else 0.0


def _on_the_way(
    rest: Pose, away: float, from_side: int, size: tuple[int, int], rng: random.Random
) -> Pose:
    """The pose between rest and out of sight, with the tremor of a hand that never fully stops."""
    reach = size[0] * 1.1
    tremor = 0.35 + 6 * away
    return replace(
        rest,
        centre=(
            rest.centre[0] + from_side * reach * away + rng.uniform(-tremor, tremor),
            rest.centre[1] + 0.15 * size[1] * away + rng.uniform(-tremor, tremor),
        ),
        roll_deg=rest.roll_deg + from_side * 18 * away,
        tilt_x_deg=rest.tilt_x_deg + 10 * away,
        width_px=rest.width_px * (1 + 0.08 * away),
    )
