"""Finds faces in a picture and makes their prints, with two networks that OpenCV runs."""

import threading
from pathlib import Path
from typing import Any, Final

import numpy as np

from pos_client.capture.face import Face, FacePrint, unit_print
from pos_client.capture.frame import Pixels
from pos_client.capture.pinned import checked_model, wanted_hashes
from pos_client.capture.problems import FaceModelsMissing, ModelsMissing
from pos_client.capture.vision import cv2

FINDER: Final = "face_detection_yunet_2023mar_int8bq.onnx"
COMPARER: Final = "face_recognition_sface_2021dec_int8bq.onnx"
MANIFEST: Final = "FACES.json"

#: The finder knows faces of 10 to 300 pixels; a picture of this size shows ours at 40 to 300.
_LONGEST_PX: Final = 640
_SHORTEST_PX: Final = 24
_LEAST_CERTAIN: Final = 0.7
#: Two boxes that share more than this are one face.
_ONE_FACE: Final = 0.3
#: More faces than this in one picture are a crowd, however many there are.
_MOST_FACES: Final = 50
_BOX_AND_POINTS: Final = 14


class FaceNets:
    """Both networks. Its methods may be called from any thread; they take turns."""

    def __init__(self, finder: bytes, comparer: bytes) -> None:
        """Make the networks ready.

        Raises:
            FaceModelsMissing: OpenCV cannot load them.
        """
        nothing = np.zeros(0, np.uint8)
        try:
            self._finder: Any = cv2.FaceDetectorYN.create(
                "onnx",
                np.frombuffer(finder, np.uint8),
                nothing,
                (_LONGEST_PX, _LONGEST_PX),
                _LEAST_CERTAIN,
                _ONE_FACE,
                _MOST_FACES,
            )
            self._comparer: Any = cv2.FaceRecognizerSF.create(
                "onnx", np.frombuffer(comparer, np.uint8), nothing
            )
        except cv2.error as err:
            raise FaceModelsMissing(file=FINDER) from err
        self._turns = threading.Lock()

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        """Find the faces in a picture (BGR), the largest first; about 30 ms."""
        height, width = pixels.shape[:2]
        if min(height, width) < _SHORTEST_PX:
            return ()
        scale = min(1.0, _LONGEST_PX / max(height, width))
        if scale < 1.0:
            size = max(1, round(width * scale)), max(1, round(height * scale))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        if min(pixels.shape[:2]) < _SHORTEST_PX:
            # A strip: no face is so much longer than wide.
            return ()
        with self._turns:
            self._finder.setInputSize((pixels.shape[1], pixels.shape[0]))
            _, rows = self._finder.detect(pixels)
        found = [_face(row, scale) for row in rows] if rows is not None else []
        return tuple(sorted(filter(None, found), key=lambda face: -face.width))

    def align(self, pixels: Pixels, face: Face) -> Pixels:
        """Cut a face out, 112 x 112 and upright, eyes and mouth in their usual places."""
        return np.asarray(self._comparer.alignCrop(pixels, _row(face)), np.uint8)

    def print_of(self, aligned: Pixels) -> FacePrint:
        """Return the print of an aligned face; 50 to 150 ms."""
        with self._turns:
            numbers = self._comparer.feature(aligned)
        return unit_print(np.asarray(numbers, np.float32).ravel())


def load_faces(models: Path) -> FaceNets:
    """Load both networks after comparing their SHA-256 with the list; about 0.1 s.

    Raises:
        FaceModelsMissing: a file is missing, damaged, or OpenCV cannot load it.
    """
    try:
        wanted = wanted_hashes(models / MANIFEST)
        finder, comparer = (checked_model(models / name, wanted) for name in (FINDER, COMPARER))
    except ModelsMissing as err:
        raise FaceModelsMissing(**err.values) from err
    return FaceNets(finder, comparer)


def _face(row: Any, scale: float) -> Face | None:
    """Take one row of the finder apart; None where its numbers are none."""
    numbers = [float(each) for each in row]
    if not np.isfinite(numbers).all():
        return None
    x, y, width, height, *points = (each / scale for each in numbers[:_BOX_AND_POINTS])
    if width < 1 or height < 1:
        return None
    right_eye, left_eye, nose, right_mouth, left_mouth = zip(points[::2], points[1::2], strict=True)
    return Face(
        x,
        y,
        width,
        height,
        right_eye,
        left_eye,
        nose,
        right_mouth,
        left_mouth,
        numbers[_BOX_AND_POINTS],
    )


def _row(face: Face) -> Any:
    points = (face.right_eye, face.left_eye, face.nose, face.right_mouth, face.left_mouth)
    flat = [each for point in points for each in point]
    box = (face.x, face.y, face.width, face.height)
    return np.array([[*box, *flat, face.certainty]], np.float32)
