"""Whether a face can be compared as it is: near, facing us, lit, sharp; one reason if not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.face import Face
from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2

LOOK_HERE: Final = "FAC01"
ONE_PERSON: Final = "FAC02"
COME_CLOSER: Final = "FAC04"
STEP_BACK: Final = "FAC13"
LIGHT_FROM_FRONT: Final = "FAC14"
HOLD_STILL: Final = "FAC15"

#: Pixels between the ears of a live face (domain rule), and of one printed on a card: prints of
#: people shrunk to 45 and 32 pixels were still told apart, with less to spare.
LIVE_PX: Final = 200.0
PRINTED_PX: Final = 45.0
#: As wide a share of the frame leaves no room for a movement.
MOST_OF_FRAME: Final = 0.6
#: The nose's place, see `Face.turn`: 15 degrees for a live face (domain rule); prints are frontal
#: by law, and small ones are found less exactly.
LIVE_TURN: Final = 0.13
PRINTED_TURN: Final = 0.20
#: Nose between eyes and mouth, see `Face.nod`: outside the head is bent or thrown back.
LEAST_NOD: Final = 0.30
MOST_NOD: Final = 0.80
#: Mean grey of the aligned face, 0 to 255.
LEAST_LIGHT: Final = 45.0
MOST_LIGHT: Final = 228.0
#: Difference of the two halves of a face as a share of its mean: light from one side only.
MOST_ONE_SIDED: Final = 0.55
#: Variance of the Laplacian of the aligned face.
LEAST_SHARP: Final = 20.0
#: A second face this much narrower is somebody behind, or the second photo of a passport.
_ALSO_A_FACE: Final = 0.5
#: A face moves where its middle goes by more than this share of its width from look to look.
_STILL: Final = 0.08


@dataclass(frozen=True, slots=True)
class FaceLight:
    """What is seen of light and focus on an aligned face, 112 x 112.

    `grey` is its mean, 0 to 255; `one_sided` the difference of its halves as a share of that;
    `sharpness` the variance of its Laplacian.
    """

    grey: float
    one_sided: float
    sharpness: float


def measure_face(aligned: Pixels) -> FaceLight:
    """Measure an aligned face (BGR)."""
    grey = cv2.cvtColor(aligned, cv2.COLOR_BGR2GRAY)
    mean = float(grey.mean())
    half = grey.shape[1] // 2
    halves = abs(float(grey[:, :half].mean()) - float(grey[:, half:].mean()))
    return FaceLight(
        grey=mean,
        one_sided=halves / max(1.0, mean),
        sharpness=float(cv2.Laplacian(np.asarray(grey), cv2.CV_64F).var()),
    )


def people(faces: Sequence[Face]) -> tuple[Face, ...]:
    """Leave out small faces beside a large one: passers-by, pictures on the wall."""
    largest = max((face.width for face in faces), default=0.0)
    return tuple(face for face in faces if face.width >= largest * _ALSO_A_FACE)


def place_fault(face: Face, frame_width: int) -> str | None:
    """Name the hint for a live face too far or too near; None where its size is right."""
    if face.width < LIVE_PX:
        return COME_CLOSER
    return STEP_BACK if face.width > MOST_OF_FRAME * frame_width else None


def facing(face: Face, most_turn: float) -> bool:
    """Say whether a face looks straight at us."""
    return abs(face.turn) <= most_turn and LEAST_NOD <= face.nod <= MOST_NOD


def live_fault(face: Face, light: FaceLight, before: Face | None) -> str | None:
    """Name the hint for a live face of the right size; None where it can be compared.

    `before` is the same face at the look before, None at the first.
    """
    if not facing(face, LIVE_TURN):
        return LOOK_HERE
    if light.grey < LEAST_LIGHT or light.grey > MOST_LIGHT or light.one_sided > MOST_ONE_SIDED:
        return LIGHT_FROM_FRONT
    if before is None or _went(before, face) > _STILL or light.sharpness < LEAST_SHARP:
        return HOLD_STILL
    return None


def printed_fault(face: Face, light: FaceLight) -> str | None:
    """Name what is wrong with a printed face in one word, None where it can be compared."""
    if face.width < PRINTED_PX:
        return "too_small"
    if not facing(face, PRINTED_TURN):
        return "turned"
    if light.grey < LEAST_LIGHT:
        return "dark"
    if light.grey > MOST_LIGHT:
        return "bright"
    return "blurred" if light.sharpness < LEAST_SHARP else None


def _went(before: Face, after: Face) -> float:
    """Return how far a face went, in widths of its own."""
    (x, y), (x_after, y_after) = before.centre, after.centre
    return float(np.hypot(x_after - x, y_after - y)) / after.width
