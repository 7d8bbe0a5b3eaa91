"""Makes what is not a card: its picture on a screen, and its copy on paper, to be told apart."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from specimens.specimen import Image, Specimen

    Floats = NDArray[np.float32]

_SUBPIXELS: Final = 3
"""A pixel of the screen is drawn three dots wide and three high."""


def on_screen(specimen: Specimen, seed: int) -> Specimen:
    """Show the document on a flat screen: dots of red, green and blue with dark gaps between them.

    A laptop shows a card some 500 pixels wide, a telephone some 1000; what the camera makes of the
    grid (moiré) follows from where its own pixels fall, when the result is photographed.
    """
    rng = random.Random(f"screen {seed}")
    width = rng.randint(420, 1000)
    height = round(width * specimen.image.shape[0] / specimen.image.shape[1])
    # What is shown was photographed before: a little soft, a little noisy, compressed.
    shown = cv2.resize(specimen.image, (width, height), interpolation=cv2.INTER_AREA)
    shown = cv2.GaussianBlur(shown, (0, 0), rng.uniform(0.3, 0.8))
    shown = _jpeg(shown.astype(np.uint8), rng.randint(60, 92))
    dots = np.repeat(np.repeat(shown, _SUBPIXELS, 0), _SUBPIXELS, 1).astype(np.float32)
    dots *= _grid(width, height, rng)
    level = rng.uniform(1.2, 1.7)
    cold = np.array([rng.uniform(1.0, 1.12), 1.0, rng.uniform(0.92, 1.0)], np.float32)
    lit = np.clip(dots * level * cold + rng.uniform(2, 14), 0, 255).astype(np.uint8)
    return replace(specimen, image=lit, corner_mm=rng.choice((0.0, specimen.corner_mm)))


def _grid(width: int, height: int, rng: random.Random) -> Floats:
    """What each dot lets through: one colour a column, darker towards the edges of a pixel."""
    gap = rng.uniform(0.15, 0.45)
    columns = np.full((_SUBPIXELS, 3), rng.uniform(0.25, 0.5), np.float32)
    order = (2, 1, 0) if rng.random() < 0.8 else (0, 1, 2)
    for dot, colour in enumerate(order):
        columns[dot, colour] = 1.0
    rows = np.array([1.0, 1.0, 1.0 - gap], np.float32)
    one = columns[None, :, :] * rows[:, None, None]
    return np.tile(one, (height, width, 1))


def grey_copy(specimen: Specimen, seed: int) -> Specimen:
    """Copy the document on an office machine without colour, and cut it out."""
    rng = random.Random(f"grey {seed}")
    grey = cv2.cvtColor(specimen.image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = np.clip((grey - 128) * rng.uniform(1.0, 1.35) + 128 + rng.uniform(0, 25), 0, 255)
    if rng.random() < 0.5:
        grey = _screened(grey, rng.uniform(2.7, 4.0), rng.uniform(30, 60), rng.uniform(0.4, 0.9))
    paper = np.array([rng.uniform(225, 250), rng.uniform(232, 252), rng.uniform(232, 255)])
    toner = np.array([rng.uniform(20, 50)] * 3)
    share = (grey / 255.0)[:, :, None]
    image = share * paper + (1 - share) * toner
    noise = np.random.default_rng(seed).normal(0, rng.uniform(1, 4), image.shape[:2])
    return replace(specimen, image=_bytes(image + noise[:, :, None]), corner_mm=0.0)


def colour_copy(specimen: Specimen, seed: int) -> Specimen:
    """Print the document in colour: three inks in fine rasters at angles of their own."""
    rng = random.Random(f"colour {seed}")
    period, hard = rng.uniform(2.6, 4.2), rng.uniform(0.35, 0.9)
    inks = [
        _screened(specimen.image[:, :, channel].astype(np.float32), period, angle, hard)
        for channel, angle in enumerate((0.0, 75.0, 15.0))
    ]
    image = np.stack(inks, 2)
    paper = np.array([rng.uniform(0.93, 1.0), 1.0, rng.uniform(0.97, 1.0)])
    return replace(specimen, image=_bytes(image * paper * 0.94 + 12), corner_mm=0.0)


#: Each kind of attack by its name in tables.
ATTACKS: Final[dict[str, Callable[[Specimen, int], Specimen]]] = {
    "screen": on_screen,
    "grey copy": grey_copy,
    "colour copy": colour_copy,
}


def _screened(plane: Floats, period_px: float, angle_deg: float, hardness: float) -> Floats:
    """Print grey values as dots of different size, `period_px` apart; `hardness` 0..1."""
    height, width = plane.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = math.radians(angle_deg)
    along = (x * math.cos(turn) + y * math.sin(turn)) * (2 * math.pi / period_px)
    across = (y * math.cos(turn) - x * math.sin(turn)) * (2 * math.pi / period_px)
    threshold = 127.5 + 63.0 * (np.cos(along) + np.cos(across))
    dots = 255.0 / (1.0 + np.exp(-(plane - threshold) / 12.0))
    return np.asarray(plane * (1 - hardness) + dots * hardness, np.float32)


def _jpeg(image: Image, quality: int) -> Image:
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert unpacked is not None  # noqa: S101 - it was packed in the line before
    return np.asarray(unpacked, np.uint8)


def _bytes(image: NDArray[np.float64]) -> Image:
    return np.clip(image, 0, 255).astype(np.uint8)
