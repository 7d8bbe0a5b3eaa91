"""Shows a document to an imaginary webcam: one shot, with the place of its corners."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specimens.desks import KINDS, desk
from specimens.hand import hold
from specimens.optics import Difficulty, Optics, apply_optics, draw_optics
from specimens.pose import Pose, Rotation, draw_pose
from specimens.tabletop import lay

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from specimens.specimen import Image, Specimen

FRAME_SIZE: Final = (1280, 720)
_HELD: Final[dict[Difficulty, float]] = {"easy": 0.0, "medium": 0.25, "hard": 0.4}
"""How often a thumb lies on the edge of the document."""
_STILLS: Final = 6
"""Pictures of the same steady view, played in any order: a live camera must cost little."""


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
    if rng.random() < _HELD[difficulty]:
        hold(frame, specimen, corners, rng)
    optics = _aimed(draw_optics(rng, difficulty), corners, size, rng)
    return Shot(apply_optics(frame, optics, rng), corners)


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
    stills: dict[float, list[Image]] = {0.0: [], 1.0: []}
    count = max(8, round(seconds * fps))
    for number in range(count):
        away = _away(number / (count - 1))
        seen = stills.get(away, [])
        if len(seen) == _STILLS:
            yield rng.choice(seen)
            continue
        frame, _ = lay(specimen, _on_the_way(rest, away, side, hand), table)
        seen.append(apply_optics(frame, replace(camera, motion_px=9 * away * (1 - away)), rng))
        yield seen[-1]


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
