"""Makes the grounds that lines are printed on: plain, shaded, guilloche, grain, coloured waves."""

from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_HEIGHT: Final = 96
_WIDTH: Final = 900


def textures(rng: Generator, count: int) -> list[Floats]:
    """Draw a store of grounds with values around zero, each -1 to 1, to be cut from at random."""
    return [_texture(rng) for _ in range(count)]


def _texture(rng: Generator) -> Floats:
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH].astype(np.float32)
    kind = int(rng.integers(5))
    ground = np.zeros((_HEIGHT, _WIDTH), np.float32)
    if kind <= 2:  # bundles of thin waved lines, as on banknotes
        for _ in range(int(rng.integers(1, 5))):
            ground += _waves(rng, x, y)
    elif kind == 3:  # cloudy paper
        small = rng.normal(0, 1, (12, 60)).astype(np.float32)
        ground = np.asarray(cv2.resize(small, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC))
    else:  # small print and fibres
        for _ in range(int(rng.integers(40, 260))):
            at = (int(rng.integers(_WIDTH)), int(rng.integers(_HEIGHT)))
            to = (at[0] + int(rng.integers(-12, 12)), at[1] + int(rng.integers(-9, 9)))
            cv2.line(ground, at, to, float(rng.uniform(-1, 1)), 1, cv2.LINE_AA)
    top = float(np.abs(ground).max()) or 1.0
    return np.asarray(ground / top, np.float32)


def _waves(rng: Generator, x: Floats, y: Floats) -> Floats:
    """Parallel lines that swing: the sharpness of their edges and their distance differ."""
    angle = rng.uniform(0, np.pi)
    across = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    along = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
    pitch = rng.uniform(2.5, 16)
    swing = rng.uniform(0, 14) * np.sin(along / rng.uniform(6, 60) + rng.uniform(0, 6))
    swing = swing + rng.uniform(0, 10) * np.sin(along / rng.uniform(4, 30))
    wave = np.sin((across + swing) * (2 * np.pi / pitch))
    if rng.random() < 0.6:
        wave = np.clip((wave - rng.uniform(0.2, 0.8)) * 4, 0, 1)
    return np.asarray(wave * rng.uniform(0.3, 1.0), np.float32)


def cut(rng: Generator, store: list[Floats], height: int, width: int) -> Floats:
    """Cut a piece of a ground out at a random place and magnification."""
    ground = store[rng.integers(len(store))]
    zoom = rng.uniform(0.5, 2.0)
    tall, wide = (
        min(_HEIGHT, max(4, round(height / zoom))),
        min(_WIDTH, max(8, round(width / zoom))),
    )
    top, left = int(rng.integers(_HEIGHT - tall + 1)), int(rng.integers(_WIDTH - wide + 1))
    piece = ground[top : top + tall, left : left + wide]
    return np.asarray(cv2.resize(piece, (width, height), interpolation=cv2.INTER_LINEAR))
