"""A face in a picture: where it is, how it looks past the camera, and how alike two faces are."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.model.document import Point

#: Numbers in a face print.
PRINT_SIZE: Final = 128
#: Below this the five points lie on one line or in one place, and say nothing.
_LEAST_AREA_PX: Final = 4.0


@dataclass(frozen=True, slots=True)
class Face:
    """One face, in pixels of the picture it was found in. Right and left are the person's own.

    Attributes:
        x, y, width, height: the box; its width is about the distance between the ears.
        right_eye, left_eye, nose, right_mouth, left_mouth: the five points.
        certainty: how sure the finder is that this is a face, 0 to 1.
    """

    x: float
    y: float
    width: float
    height: float
    right_eye: Point
    left_eye: Point
    nose: Point
    right_mouth: Point
    left_mouth: Point
    certainty: float

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def turn(self) -> float:
        """How far the head is turned: 0 frontal, positive to the person's left.

        It is the nose's place between the eyes, in distances of the eyes: about 0.13 at 15 degrees
        and 0.25 at 30. A flat picture that is turned, leant or stretched keeps its figure, because
        its five points move together: only what has depth can turn.
        """
        return self._nose_from_eyes()[0]

    @property
    def nod(self) -> float:
        """How far down the nose is between eyes, 0, and mouth, 1; about 0.55 looking straight."""
        return self._nose_from_eyes()[1]

    @property
    def spread(self) -> float:
        """How far the eyes are apart, in distances of eyes and mouth.

        A flat picture that is turned loses as much of it as of its width, a head much less.
        """
        right, left = np.array(self.right_eye), np.array(self.left_eye)
        mouth = (np.array(self.right_mouth) + np.array(self.left_mouth)) / 2
        down = float(np.linalg.norm(mouth - (right + left) / 2))
        return float(np.linalg.norm(left - right)) / max(down, 1e-6)

    def _nose_from_eyes(self) -> tuple[float, float]:
        """Return the nose in the frame of the face: along the eyes, and from eyes to mouth."""
        right, left = np.array(self.right_eye), np.array(self.left_eye)
        mouth = (np.array(self.right_mouth) + np.array(self.left_mouth)) / 2
        middle = (right + left) / 2
        frame = np.stack([left - right, mouth - middle], axis=1)
        if abs(float(np.linalg.det(frame))) < _LEAST_AREA_PX:
            # A profile: as far turned as can be, to a side that cannot be told.
            return 1.0, 0.5
        along, down = np.linalg.solve(frame, np.array(self.nose) - middle)
        return float(along), float(down)


@dataclass(frozen=True, slots=True, eq=False)
class FacePrint:
    """What two pictures of one person share: PRINT_SIZE numbers of length one. Never stored."""

    numbers: NDArray[np.float32] = field(repr=False)


def likeness(one: FacePrint, other: FacePrint) -> float:
    """Return how alike two faces are: the cosine, -1 to 1."""
    return float(np.clip(one.numbers @ other.numbers, -1.0, 1.0))


def mean_print(prints: tuple[FacePrint, ...]) -> FacePrint:
    """Return the print in the middle of several of one person: steadier than any single one."""
    return unit_print(np.sum([each.numbers for each in prints], axis=0))


def unit_print(numbers: NDArray[np.float32]) -> FacePrint:
    """Return the numbers at length one; all zero where they have none."""
    length = float(np.linalg.norm(numbers))
    if not np.isfinite(length) or length <= 0:
        return FacePrint(np.zeros(PRINT_SIZE, np.float32))
    return FacePrint((numbers / length).astype(np.float32))


def overlap(one: Face, other: Face) -> float:
    """Return which share, 0 to 1, of their common ground two boxes share."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if wide <= 0 or high <= 0:
        return 0.0
    common = wide * high
    return common / (one.width * one.height + other.width * other.height - common)
