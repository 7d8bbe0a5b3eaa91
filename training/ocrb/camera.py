"""What print, light, lens and compression do to a line before a reader gets it."""

import math
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LEVELS: Final = 255


def seen_by_camera(rng: Generator, ink: Floats, ground: Floats, cap_px: float) -> Floats:
    """Print `ink` (0 to 1) on a ground and look at it through a poor camera: grey, 0 to 255.

    `cap_px` is the height of a capital letter in this picture.
    """
    height, width = ink.shape
    light = float(rng.uniform(120, 250))
    dark = light * float(
        rng.choice((rng.uniform(0.02, 0.35), rng.uniform(0.3, 0.72)), p=(0.7, 0.3))
    )
    deep = float(
        rng.choice(
            (rng.uniform(0, 0.08), rng.uniform(0.08, 0.3), rng.uniform(0.3, 0.6)),
            p=(0.4, 0.42, 0.18),
        )
    )
    page = light * (1 - deep * (0.5 + 0.5 * ground))
    if rng.random() < 0.25:
        _edge_of_card(rng, page)
    picture = page * (1 - ink) + np.minimum(dark, page) * ink
    if rng.random() < 0.12:
        _stamped(rng, picture, cap_px)
    picture = picture * _shade(rng, width, height)
    picture = _blurred(rng, picture, cap_px)
    if rng.random() < 0.18:
        picture = picture + _glare(rng, width, height)
    gamma = float(np.exp(rng.normal(0, 0.2)))
    picture = _LEVELS * np.power(np.clip(picture / _LEVELS, 0, 1), gamma)
    if rng.random() < 0.03:  # light print on a dark ground
        picture = _LEVELS - picture
    sigma = float(abs(rng.normal(0, 5)))
    noise = rng.standard_normal(picture.shape, dtype=np.float32) * sigma
    picture = np.clip(picture + noise, 0, _LEVELS).astype(np.uint8)
    if rng.random() < 0.65:
        picture = _packed(rng, picture)
    return np.asarray(picture, np.float32)


def _edge_of_card(rng: Generator, page: Floats) -> None:
    """Table beyond the lower edge, a border line, or a dark band above."""
    height = page.shape[0]
    share = float(rng.uniform(0.0, 0.17))
    rows = max(1, round(height * share))
    tone = float(rng.uniform(0, 255))
    if rng.random() < 0.6:
        page[height - rows :] = tone
    else:
        page[:rows] = tone


def _stamped(rng: Generator, picture: Floats, cap_px: float) -> None:
    """Arcs and strokes of a stamp or a pen across the letters, never darker than print."""
    height, width = picture.shape
    over = np.zeros(picture.shape, np.float32)
    for _ in range(int(rng.integers(1, 4))):
        thick = max(1, round(cap_px * rng.uniform(0.03, 0.16)))
        if rng.random() < 0.5:
            centre = int(rng.integers(width)), int(rng.integers(-height, 2 * height))
            cv2.circle(over, centre, int(rng.integers(height, 4 * height)), 1.0, thick, cv2.LINE_AA)
        else:
            one = int(rng.integers(width)), int(rng.integers(height))
            other = one[0] + int(rng.integers(-200, 200)), int(rng.integers(-height, 2 * height))
            cv2.line(over, one, other, 1.0, thick, cv2.LINE_AA)
    depth = float(rng.uniform(0.1, 0.55))
    picture *= 1 - depth * over


def _shade(rng: Generator, width: int, height: int) -> Floats:
    low, high = rng.uniform(0.55, 1.0), 1.0
    if rng.random() < 0.5:
        low, high = high, low
    across = np.linspace(low, high, width, dtype=np.float32)[None]
    down = np.linspace(1.0, float(rng.uniform(0.8, 1.0)), height, dtype=np.float32)[:, None]
    return np.asarray(across * down, np.float32)


def _blurred(rng: Generator, picture: Floats, cap_px: float) -> Floats:
    """Out of focus, shaken, or sharpened by the camera, in proportion to what is still readable."""
    kind = rng.random()
    if kind < 0.6:
        sigma = float(rng.uniform(0.0, 0.11)) * cap_px
        if sigma > 0.25:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)
    elif kind < 0.8:
        length = float(rng.uniform(0.05, 0.32)) * cap_px
        if length > 1:
            picture = np.asarray(cv2.filter2D(picture, -1, _smear(rng, length)), np.float32)
    if rng.random() < 0.2:
        soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.2), np.float32)
        picture = picture + (picture - soft) * float(rng.uniform(0.3, 1.5))
    return np.asarray(picture, np.float32)


def _smear(rng: Generator, length: float) -> Floats:
    side = math.ceil(length) | 1
    angle = rng.uniform(0, math.pi)
    kernel = np.zeros((side * 4, side * 4), np.float32)
    middle, dx, dy = side * 2, length * 2 * math.cos(angle), length * 2 * math.sin(angle)
    cv2.line(
        kernel,
        (round(middle - dx), round(middle - dy)),
        (round(middle + dx), round(middle + dy)),
        1.0,
        4,
    )
    small = np.asarray(cv2.resize(kernel, (side, side), interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(small / small.sum(), np.float32)


def _glare(rng: Generator, width: int, height: int) -> Floats:
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    far = ((x - rng.uniform(0, width)) / (height * rng.uniform(0.6, 4))) ** 2
    far = far + ((y - rng.uniform(0, height)) / (height * rng.uniform(0.4, 2))) ** 2
    return np.asarray(np.exp(-far) * rng.uniform(30, 150), np.float32)


def _packed(rng: Generator, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    quality = int(rng.integers(25, 96))
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
