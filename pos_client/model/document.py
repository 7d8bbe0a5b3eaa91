"""Identity documents, their sides, and the straightened picture of one side."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from pos_client.model.originality import Suspicion
from pos_client.model.private import Private

#: Code of a document declaration, e.g. `cn.resident_id.2`.
DocumentKind = NewType("DocumentKind", str)

Point = tuple[float, float]


class Side(StrEnum):
    """Which side of a document; never "front" or "back", which people use both ways round."""

    PORTRAIT = "portrait"
    EMBLEM = "emblem"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Quad:
    """The four corners of a card in pixels of the camera frame, clockwise from its own top left."""

    top_left: Point
    top_right: Point
    bottom_right: Point
    bottom_left: Point


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured on a picture.

    `sharpness` is the variance of the Laplacian on the straightened card, `brightness` the mean
    luminance 0..255, `glare` the share 0..1 of clipped pixels, `coverage` the card's width as a
    share of the frame's width, `tilt_deg` the perspective tilt in degrees.
    """

    sharpness: float
    brightness: float
    glare: float
    coverage: float
    tilt_deg: float


@dataclass(frozen=True, slots=True)
class DocumentImage:
    """One straightened side as it is kept as evidence: JPEG bytes, never a path.

    `originality` tells what speaks against an original card; empty where nobody looked.
    """

    jpeg: Private[bytes]
    sha256: str
    width: int
    height: int
    camera: str
    captured_at: datetime
    quality: Quality
    originality: tuple[Suspicion, ...] = ()
