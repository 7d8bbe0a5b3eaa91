"""Looks past a document that is not the one wanted: the right one may lie beside it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from pos_client.capture import geometry
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.locate import Located
from pos_client.capture.vision import cv2
from pos_client.model.document import DocumentKind, Quad

#: A place that was told at a glance is rough: so much more of the picture is left out, as a share
#: of the document's own size.
_MORE: Final = 0.08


def wanted_beside(
    locate: Callable[[Frame], Located | None],
    frame: Frame,
    found: Located | None,
    wanted: DocumentKind | None,
) -> Located | None:
    """Return what was found, or what `locate` finds beside it where that is the kind wanted."""
    if wanted is None or found is None or found.document in {None, wanted}:
        return found
    other = locate(replace(frame, pixels=_without(frame.pixels, found.quad)))
    if other is None or other.document != wanted:
        return found
    return replace(other, frame=frame)


def _without(pixels: Pixels, quad: Quad) -> Pixels:
    """Return the picture with the document painted over, as dark or bright as it is in the mean."""
    corners = geometry.corners_of(quad)
    middle = corners.mean(axis=0)
    wider = np.rint(middle + (corners - middle) * (1 + _MORE)).astype(np.int32)
    painted = pixels.copy()
    cv2.fillConvexPoly(painted, wider, [float(each) for each in cv2.mean(pixels)[:3]])
    return painted
