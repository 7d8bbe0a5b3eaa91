"""How a flat document lies in a picture: from millimetres on it to pixels, and back."""

import math
from typing import Final

import numpy as np

from pos_client.capture.frame import Floats
from pos_client.model.document import Quad

#: How far tilt may bend the view away from a plain turn and zoom before the points must insist:
#: weights of "no perspective" and "no stretching" against points that are off by a few tenths of
#: a millimetre. They keep few or badly spread points from inventing a tilt.
_STIFF_PERSPECTIVE: Final = 0.03
_STIFF_SHAPE: Final = 0.02
_ROUNDS: Final = 4
#: Points further off than this share of the document's half diagonal lose their weight.
_OUTLIER: Final = 0.035


def fit_view(
    millimetres: Floats,
    pixels: Floats,
    size_mm: tuple[float, float],
    trust: Floats | None = None,
) -> Floats | None:
    """Fit the 3 x 3 view that takes points on a document to points in a picture.

    Works from two points up: what the points do not tell, stays a plain turn and zoom.

    Args:
        millimetres: n x 2, from the document's top left.
        pixels: n x 2, the same points in the picture.
        size_mm: width and height of the document.
        trust: n weights, 1 for a point that is where it should be; all 1 where not given.

    Returns:
        A homography, or None where the points coincide.
    """
    if len(millimetres) < 2:  # noqa: PLR2004 - a turn and a zoom need two points
        return None
    half = math.hypot(*size_mm) / 2
    to_unit = _scaling(np.array(size_mm) / 2, half)
    spread = float(np.linalg.norm(pixels.max(axis=0) - pixels.min(axis=0)))
    if spread < 1:
        return None
    zoom = spread / max(float(np.linalg.norm(millimetres.max(axis=0) - millimetres.min(axis=0))), 1)
    to_flat = _scaling(pixels.mean(axis=0), half * zoom)
    source, target = move(to_unit, millimetres), move(to_flat, pixels)
    trusted = np.ones(len(source)) if trust is None else trust
    weights = trusted
    view: Floats = np.eye(3)
    for _ in range(_ROUNDS):
        view = _solve(source, target, weights)
        off = np.linalg.norm(move(view, source) - target, axis=1)
        weights = trusted / (1 + (off / _OUTLIER) ** 2)
    result = np.linalg.inv(to_flat) @ view @ to_unit
    return np.asarray(result / result[2, 2])


def _scaling(centre: Floats, unit: float) -> Floats:
    """A matrix that puts `centre` at the origin and makes `unit` one."""
    return np.array(
        [[1 / unit, 0, -centre[0] / unit], [0, 1 / unit, -centre[1] / unit], [0, 0, 1.0]]
    )


def _solve(source: Floats, target: Floats, weights: Floats) -> Floats:
    """Weighted least squares for a homography with its last entry 1, kept stiff."""
    x, y = source[:, 0], source[:, 1]
    zero, one = np.zeros_like(x), np.ones_like(x)
    root = np.sqrt(weights)
    rows = [
        np.stack([x, y, one, zero, zero, zero, -target[:, 0] * x, -target[:, 0] * y], 1),
        np.stack([zero, zero, zero, x, y, one, -target[:, 1] * x, -target[:, 1] * y], 1),
    ]
    stiff = np.zeros((4, 8))
    stiff[0, 6] = stiff[1, 7] = math.sqrt(_STIFF_PERSPECTIVE)
    stiff[2, [0, 4]] = math.sqrt(_STIFF_SHAPE), -math.sqrt(_STIFF_SHAPE)
    stiff[3, [1, 3]] = math.sqrt(_STIFF_SHAPE), math.sqrt(_STIFF_SHAPE)
    left = np.concatenate([rows[0] * root[:, None], rows[1] * root[:, None], stiff])
    right = np.concatenate([target[:, 0] * root, target[:, 1] * root, np.zeros(4)])
    answer = np.linalg.lstsq(left, right, rcond=None)[0]
    return np.array(
        [[answer[0], answer[1], answer[2]], [answer[3], answer[4], answer[5]], [*answer[6:], 1.0]]
    )


def move(view: Floats, points: Floats) -> Floats:
    """Take n x 2 points through a 3 x 3 view."""
    flat = np.column_stack([points, np.ones(len(points))]) @ view.T
    return np.asarray(flat[:, :2] / flat[:, 2:])


def outline(view: Floats, size_mm: tuple[float, float]) -> Quad:
    """Return where the corners of a document lie in the picture."""
    width, height = size_mm
    corners = move(view, np.array([(0, 0), (width, 0), (width, height), (0, height)], float))
    points = [(float(x), float(y)) for x, y in corners]
    return Quad(points[0], points[1], points[2], points[3])


def corners_of(quad: Quad) -> Floats:
    """Return the corners as 4 x 2 numbers: top left, top right, bottom right, bottom left."""
    return np.array([quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left])


def roll_deg(quad: Quad) -> float:
    """How far the document is turned clockwise in the picture, 0 to 360 degrees."""
    corners = corners_of(quad)
    across = corners[1] + corners[2] - corners[0] - corners[3]
    return math.degrees(math.atan2(across[1], across[0])) % 360


def tilt_deg(quad: Quad, size_mm: tuple[float, float]) -> float:
    """Estimate how far the document leans away from the camera, in degrees.

    A lean shortens one direction by its cosine and makes opposite edges unequal; the larger of the
    two estimates counts.
    """
    corners = corners_of(quad)
    top, right, bottom, left = (
        float(np.linalg.norm(corners[(at + 1) % 4] - corners[at])) for at in range(4)
    )
    if min(top, right, bottom, left) < 1:
        return 90.0
    seen, true = (top + bottom) / (left + right), size_mm[0] / size_mm[1]
    shortened = math.degrees(math.acos(min(1.0, seen / true, true / seen)))
    unequal = max(abs(math.log(top / bottom)), abs(math.log(left / right)))
    return min(90.0, max(shortened, math.degrees(math.atan(unequal * 1.5))))
