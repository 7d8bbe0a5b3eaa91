"""Takes the photo from a captured card, good enough to compare a person with, or says why not."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from pos_client.capture.decode import decode
from pos_client.capture.face import Face, FacePrint
from pos_client.capture.face_gate import measure_face, people, printed_fault
from pos_client.capture.face_nets import FaceNets
from pos_client.capture.frame import Pixels
from pos_client.capture.problems import PictureUnreadable, PortraitUnusable
from pos_client.capture.vision import cv2
from pos_client.model.declaration import BoxMm, DocumentDeclaration
from pos_client.model.document import DocumentImage
from pos_client.model.private import Private

#: Around the declared box: cards are cut, printed and straightened a little askew.
_AROUND: Final = 0.15
#: A photo is cut out this much larger than the face in it: hair, chin and some shoulder.
_PHOTO: Final = (0.55, 0.60, 0.55, 0.75)  # left, above, right, below; in widths of the face
_PHOTO_PX: Final = 320
_JPEG_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Portrait:
    """The holder's photo: its print, and the picture of the card that it was taken from."""

    print: FacePrint = field(repr=False)
    card_sha256: str


def take_portrait(
    nets: FaceNets, image: DocumentImage, declaration: DocumentDeclaration
) -> Portrait:
    """Take the photo from the straightened side that carries it.

    Raises:
        PortraitUnusable: no face, several, or one that is too small, turned, dark or blurred.
    """
    pixels, face = _find(nets, image, declaration)
    aligned = nets.align(pixels, face)
    fault = printed_fault(face, measure_face(aligned))
    if fault is not None:
        raise PortraitUnusable(reason=fault)
    return Portrait(nets.print_of(aligned), image.sha256)


def photo_of(
    nets: FaceNets, image: DocumentImage, declaration: DocumentDeclaration
) -> Private[bytes]:
    """Cut the photo out for a person to look at, as JPEG, however good it is.

    Raises:
        PortraitUnusable: there is no face, or there are several.
    """
    pixels, face = _find(nets, image, declaration)
    left, above, right, below = (each * face.width for each in _PHOTO)
    height, width = pixels.shape[:2]
    x, y = max(0, round(face.x - left)), max(0, round(face.y - above))
    x_end = min(width, round(face.x + face.width + right))
    y_end = min(height, round(face.y + face.height + below))
    return pack(pixels[y:y_end, x:x_end], _PHOTO_PX)


def pack(pixels: Pixels, most_px: int) -> Private[bytes]:
    """Pack a picture (BGR) as JPEG, made smaller where it is higher than `most_px`."""
    scale = most_px / pixels.shape[0]
    if scale < 1.0:
        size = max(1, round(pixels.shape[1] * scale)), most_px
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return Private(packed.tobytes())


def _find(
    nets: FaceNets, image: DocumentImage, declaration: DocumentDeclaration
) -> tuple[Pixels, Face]:
    """Find the one face of the photo; where the kind declares its place, nowhere else."""
    try:
        pixels = decode(image.jpeg.reveal())
    except PictureUnreadable as err:
        raise PortraitUnusable(reason="no_face") from err
    side = declaration.photo_side
    if side is not None and side.photo is not None:
        size = declaration.width_mm, declaration.height_mm
        pixels = _cut(pixels, side.photo, size)
    faces = people(nets.find(pixels))
    if len(faces) != 1:
        raise PortraitUnusable(reason="several" if faces else "no_face")
    return pixels, faces[0]


def _cut(pixels: Pixels, box: BoxMm, size_mm: tuple[float, float]) -> Pixels:
    x, y, width, height = box
    across, down = pixels.shape[1] / size_mm[0], pixels.shape[0] / size_mm[1]
    left, right = (x - width * _AROUND) * across, (x + width * (1 + _AROUND)) * across
    top, bottom = (y - height * _AROUND) * down, (y + height * (1 + _AROUND)) * down
    piece = pixels[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)]
    return np.ascontiguousarray(piece)
