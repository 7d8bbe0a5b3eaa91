"""The dots of screens and printers stand out; print whose colours lie on one another does not."""

import cv2
import numpy as np
import pytest

from pos_client.capture.frame import Pixels
from pos_client.capture.originality import RASTER_BOUND, SCREEN_BOUND
from pos_client.capture.waves import BLOCK, blocks_of, out_of_step, raster

WIDTH, HEIGHT = 900, 600
QUAD = np.array([(20, 20), (880, 20), (880, 580), (20, 580)], np.float64)


def paper(seed: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Light paper as a camera delivers it, with noise of its own in each colour."""
    return np.random.default_rng(seed).normal(170, 2, (HEIGHT, WIDTH, 3))


def moire(steps: tuple[float, float, float], size: float) -> Pixels:
    """Rings that become finer from left to right, each colour so many periods beside the others."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    periods = x / 14 + x**2 / 30_000 + np.hypot(x, y) / 60
    waves = np.stack([np.cos(2 * np.pi * (periods + step)) for step in steps], 2)
    return seen(paper(1) + size * waves * (0.5, 1.0, 1.5))


def seen(picture: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Pixels:
    """Pack a picture as webcams do, and unpack it."""
    whole = np.clip(picture, 0, 255).astype(np.uint8)
    unpacked = cv2.imdecode(cv2.imencode(".jpg", whole, (1, 85))[1], cv2.IMREAD_COLOR)
    assert unpacked is not None
    return np.asarray(unpacked, np.uint8)


@pytest.mark.parametrize("size", [4.0, 12.0])
def test_colours_side_by_side_are_the_dots_of_a_screen(size: float) -> None:
    apart = moire((0.0, 1 / 3, 2 / 3), size)
    assert out_of_step(blocks_of(apart, QUAD)) > SCREEN_BOUND


@pytest.mark.parametrize("size", [4.0, 12.0, 40.0])
def test_lines_of_coloured_ink_are_no_screen_however_regular(size: float) -> None:
    printed = moire((0.0, 0.0, 0.0), size)
    assert out_of_step(blocks_of(printed, QUAD)) < SCREEN_BOUND


@pytest.mark.parametrize("pitch", [28, 32])
def test_rows_of_print_are_no_part_of_a_raster(pitch: int) -> None:
    page = paper(3)
    for row, y in enumerate(range(30, HEIGHT - 20, pitch)):
        for x in range(25, 860, 120):
            cv2.putText(page, "SAMPLE", (x + row % 3 * 5, y), 0, 0.35, (30, 30, 30), 1)
    # With the rows in it came to 2.2.
    assert raster(blocks_of(seen(page), QUAD)) < 1.0


def test_a_faint_grid_of_dots_is_a_raster() -> None:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    dots = np.cos(2 * np.pi * (x * 0.31 + y * 0.08)) + np.cos(2 * np.pi * (y * 0.31 - x * 0.08))
    assert raster(blocks_of(seen(paper(5) + 2 * dots[:, :, None]), QUAD)) > RASTER_BOUND


def test_a_card_smaller_than_a_block_has_none() -> None:
    small = np.array([(0, 0), (BLOCK - 1, 0), (BLOCK - 1, 90), (0, 90)], np.float64)
    assert blocks_of(np.zeros((HEIGHT, WIDTH, 3), np.uint8), small) == []
