"""Shows a document to an imaginary webcam: one shot, with the place of its corners."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from specimens.desks import KINDS, desk
from specimens.optics import Difficulty, Optics, apply_optics, draw_optics
from specimens.pose import Pose, Rotation, corners_of, draw_pose
from specimens.specimen import PX_PER_MM, Image, Specimen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

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
    pose = draw_pose(specimen, rng, difficulty, rotation, size)
    table = desk(rng.choice(KINDS), rng.randrange(4), size)
    frame, corners = lay(specimen, pose, table, shadow=rng.uniform(0.1, 0.5))
    return Shot(
        apply_optics(frame, _aimed(draw_optics(rng, difficulty), corners, size, rng), rng), corners
    )


def lay(
    specimen: Specimen, pose: Pose, table: Image, *, shadow: float = 0.3
) -> tuple[Image, NDArray[np.float64]]:
    """Lay the document on the table in this pose; gives the frame and the corners in it."""
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
) -> Iterator[Image]:
    """Play a hand that brings a document: empty table, it slides in, lies steady, and leaves.

    The same seed gives the same table, light and camera for every document, so that scenes played
    one after the other look like one counter.

    Args:
        specimen: what is brought.
        seed: chooses table, light and camera faults.
        seconds: length of the whole scene; more than half of it the document lies steady.
        fps: frames per second.
        difficulty: how bad the camera is.
        rotation: quarter turns in the picture, clockwise.

    Yields:
        Frames, 720 x 1280 x 3, BGR.
    """
    rng = random.Random(f"scene {seed} {difficulty}")
    table = desk(rng.choice(KINDS), rng.randrange(4), FRAME_SIZE)
    camera = replace(draw_optics(rng, difficulty), motion_px=0.0)
    hand = random.Random(f"hand {seed} {specimen.kind} {specimen.side} {rotation}")
    rest = draw_pose(specimen, hand, difficulty, rotation, FRAME_SIZE)
    side = hand.choice((-1, 1))
    count = max(8, round(seconds * fps))
    for number in range(count):
        away = _away(number / (count - 1))
        if away >= 1:
            yield apply_optics(table, camera, rng)
            continue
        frame, _ = lay(specimen, _on_the_way(rest, away, side, hand), table)
        yield apply_optics(frame, replace(camera, motion_px=9 * away), rng)


def _away(share: float) -> float:
    """How far the document is from rest (1 = out of sight) at this share of the scene."""
    if share < 0.1 or share > 0.95:
        return 1.0
    if share < 0.28:
        return (1 - (share - 0.1) / 0.18) ** 2
    return ((share - 0.87) / 0.08) ** 2 if share > 0.87 else 0.0


def _on_the_way(rest: Pose, away: float, side: int, hand: random.Random) -> Pose:
    """The pose between rest and out of sight, with the tremor of a hand that never fully stops."""
    tremor = 0.35 + 6 * away
    across = side * 1.1 * FRAME_SIZE[0] * away + hand.uniform(-tremor, tremor)
    down = 0.15 * FRAME_SIZE[1] * away + hand.uniform(-tremor, tremor)
    return replace(
        rest,
        centre=(rest.centre[0] + across, rest.centre[1] + down),
        roll_deg=rest.roll_deg + side * 18 * away,
        tilt_x_deg=rest.tilt_x_deg + 10 * away,
        width_px=rest.width_px * (1 + 0.08 * away),
    )
