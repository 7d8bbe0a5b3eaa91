"""Where a flat document lies, from a few points on it."""

from __future__ import annotations

import numpy as np
import pytest

from pos_client.capture.geometry import (
    corners_of,
    fit_view,
    move,
    outline,
    roll_deg,
    tilt_deg,
)

CARD = (85.6, 54.0)


def turned(degrees: float, zoom: float = 8.0) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    angle = np.radians(degrees)
    return np.array(
        [
            [zoom * np.cos(angle), -zoom * np.sin(angle), 640],
            [zoom * np.sin(angle), zoom * np.cos(angle), 360],
            [0, 0, 1.0],
        ]
    )


@pytest.mark.parametrize("degrees", [0, 33, 90, 180, 275])
def test_two_points_give_turn_and_zoom(degrees: float) -> None:
    points = np.array([(30.0, 46.0), (77.0, 46.0)])
    view = fit_view(points, move(turned(degrees), points), CARD)
    assert view is not None
    corners = corners_of(outline(view, CARD))
    whole = np.array([(0, 0), (85.6, 0), (85.6, 54), (0, 54)])
    assert np.abs(corners - move(turned(degrees), whole)).max() < 1.0
    off = (roll_deg(outline(view, CARD)) - degrees + 180) % 360 - 180
    assert abs(off) < 0.5
    assert tilt_deg(outline(view, CARD), CARD) < 3


def test_many_points_give_the_tilt_as_well() -> None:
    grid = np.array([(x, y) for x in (7, 30, 55, 78) for y in (9, 24, 46)], float)
    true = turned(12)
    true[2, :2] = 0.0012, -0.0009
    view = fit_view(grid, move(true, grid), CARD)
    assert view is not None
    whole = np.array([(0, 0), (85.6, 0), (85.6, 54), (0, 54)])
    assert np.abs(move(view, whole) - move(true, whole)).max() < 12


def test_one_wrong_point_does_not_move_the_others() -> None:
    grid = np.array([(x, y) for x in (7, 30, 55, 78) for y in (9, 24, 46)], float)
    pixels = move(turned(5), grid)
    pixels[3] += (90, -70)
    view = fit_view(grid, pixels, CARD)
    assert view is not None
    rest = [at for at in range(len(grid)) if at != 3]
    assert np.abs(move(view, grid)[rest] - pixels[rest]).max() < 8


def test_points_in_one_spot_give_no_view() -> None:
    assert fit_view(np.zeros((3, 2)), np.zeros((3, 2)), CARD) is None
    assert fit_view(np.zeros((1, 2)), np.zeros((1, 2)), CARD) is None
