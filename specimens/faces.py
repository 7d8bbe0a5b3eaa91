"""Draws a schematic face: plain shapes that look like nobody."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from specimens.specimen import Image

_SKINS = ((242, 214, 190), (231, 196, 166), (214, 174, 140), (188, 142, 108), (150, 108, 80))
_HAIRS = ((28, 24, 24), (44, 34, 30), (66, 50, 42), (96, 88, 86), (150, 146, 142))
_CLOTHES = ((52, 62, 92), (92, 48, 54), (44, 86, 76), (70, 70, 74), (196, 200, 206), (108, 92, 60))


def draw_face(
    width: int, height: int, seed: int, *, child: bool = False, ground: int = 246
) -> tuple[Image, Image]:
    """Draw a head and shoulders.

    Args:
        width: pixels.
        height: pixels.
        seed: the same seed draws the same face.
        child: rounder head, lower eyes.
        ground: grey of the backdrop, 0 to 255.

    Returns:
        The picture (RGB) and a mask (0 to 255) of the figure without its backdrop.
    """
    rng = random.Random(f"face {seed}")
    picture = np.full((height, width, 3), ground, np.uint8)
    skin, hair, cloth = (
        rng.choice(_SKINS),
        rng.choice(_HAIRS[:2] if child else _HAIRS),
        rng.choice(_CLOTHES),
    )
    centre_x, centre_y = (
        width * (0.5 + rng.uniform(-0.015, 0.015)),
        height * (0.44 if not child else 0.47),
    )
    head = np.array(
        [width * (0.25 + rng.uniform(-0.015, 0.02)), height * (0.255 if not child else 0.235)]
    )
    _shoulders(picture, (centre_x, centre_y), head, skin, cloth)
    _hair_behind(picture, (centre_x, centre_y), head, hair, long=rng.random() < 0.45)
    _ellipse(picture, (centre_x, centre_y), (head[0], head[1]), skin)
    _features(picture, (centre_x, centre_y), head, rng, hair)
    _fringe(picture, (centre_x, centre_y), head, hair, rng)
    shaded = _shade(picture, rng)
    mask = np.where((picture == ground).all(axis=2), 0, 255).astype(np.uint8)
    return shaded, cv2.GaussianBlur(mask, (5, 5), 0).astype(np.uint8)


def _ellipse(
    picture: Image,
    at: tuple[float, float],
    axes: tuple[float, float],
    colour: tuple[int, int, int],
    *,
    arc: tuple[float, float] = (0, 360),
    line: int = -1,
) -> None:
    cv2.ellipse(
        picture,
        (round(at[0] * 16), round(at[1] * 16)),
        (round(axes[0] * 16), round(axes[1] * 16)),
        0,
        arc[0],
        arc[1],
        colour,
        line,
        cv2.LINE_AA,
        4,
    )


def _darker(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    return (int(colour[0] * share), int(colour[1] * share), int(colour[2] * share))


def _shoulders(
    picture: Image,
    at: tuple[float, float],
    head: np.ndarray[tuple[int], np.dtype[np.float64]],
    skin: tuple[int, int, int],
    cloth: tuple[int, int, int],
) -> None:
    height = picture.shape[0]
    x, y = at
    _ellipse(picture, (x, height * 1.06), (head[0] * 1.75, height * 0.3), cloth)
    neck = np.array(
        [
            (x - head[0] * 0.42, y + head[1] * 0.6),
            (x + head[0] * 0.42, y + head[1] * 0.6),
            (x + head[0] * 0.5, height * 0.82),
            (x, height * 0.87),
            (x - head[0] * 0.5, height * 0.82),
        ]
    )
    cv2.fillPoly(picture, [neck.astype(np.int32)], _darker(skin, 0.9), cv2.LINE_AA)


def _hair_behind(
    picture: Image,
    at: tuple[float, float],
    head: np.ndarray[tuple[int], np.dtype[np.float64]],
    hair: tuple[int, int, int],
    *,
    long: bool,
) -> None:
    x, y = at
    _ellipse(picture, (x, y - head[1] * 0.14), (head[0] * 1.1, head[1] * 1.02), hair)
    if long:
        _ellipse(picture, (x, y + head[1] * 0.3), (head[0] * 1.14, head[1] * 1.05), hair)
        _neck_over_hair(picture, at, head)


def _neck_over_hair(
    picture: Image, at: tuple[float, float], head: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    """Bring a strip of the neck back in front of long hair by copying it from below."""
    x, y = at
    top, bottom = int(y + head[1] * 0.8), int(picture.shape[0] * 0.84)
    left, right = int(x - head[0] * 0.4), int(x + head[0] * 0.4)
    colour = picture[min(bottom, picture.shape[0] - 1), int(x)].copy()
    picture[top:bottom, left:right] = colour


def _features(
    picture: Image,
    at: tuple[float, float],
    head: np.ndarray[tuple[int], np.dtype[np.float64]],
    rng: random.Random,
    hair: tuple[int, int, int],
) -> None:
    x, y = at
    wide, tall = head
    glasses = rng.random() < 0.3
    for side in (-1, 1):
        eye = (x + side * wide * 0.4, y - tall * 0.06)
        _ellipse(picture, eye, (wide * 0.17, tall * 0.065), (250, 250, 250))
        _ellipse(picture, eye, (wide * 0.085, tall * 0.065), (40, 30, 28))
        _ellipse(
            picture,
            (eye[0], eye[1] + tall * 0.01),
            (wide * 0.19, tall * 0.085),
            (60, 46, 42),
            arc=(190, 350),
            line=2,
        )
        _ellipse(
            picture,
            (eye[0], eye[1] - tall * 0.08),
            (wide * 0.22, tall * 0.1),
            hair,
            arc=(205, 335),
            line=4,
        )
        _ellipse(
            picture,
            (x + side * wide * 1.0, y + tall * 0.02),
            (wide * 0.1, tall * 0.16),
            _ear(picture, at, tall),
        )
        if glasses:
            _ellipse(picture, eye, (wide * 0.3, tall * 0.17), (50, 50, 56), line=3)
    shade = _darker(_ear(picture, at, tall), 0.8)
    _ellipse(
        picture, (x, y + tall * 0.24), (wide * 0.13, tall * 0.07), shade, arc=(10, 170), line=3
    )
    _ellipse(picture, (x, y + tall * 0.52), (wide * 0.28, tall * 0.06), (176, 92, 88), arc=(0, 180))
    _ellipse(
        picture, (x, y + tall * 0.52), (wide * 0.28, tall * 0.03), (150, 76, 74), arc=(180, 360)
    )


def _ear(picture: Image, at: tuple[float, float], tall: float) -> tuple[int, int, int]:
    red, green, blue = picture[int(at[1] + tall * 0.36), int(at[0])]
    return (int(red), int(green), int(blue))


def _fringe(
    picture: Image,
    at: tuple[float, float],
    head: np.ndarray[tuple[int], np.dtype[np.float64]],
    hair: tuple[int, int, int],
    rng: random.Random,
) -> None:
    x, y = at
    lean = rng.uniform(-0.25, 0.25) * head[0]
    _ellipse(
        picture, (x, y - head[1] * 0.3), (head[0] * 1.02, head[1] * 0.76), hair, arc=(195, 345)
    )
    _ellipse(picture, (x + lean, y - head[1] * 0.72), (head[0] * 0.78, head[1] * 0.36), hair)


def _shade(picture: Image, rng: random.Random) -> Image:
    """Let light fall from one side and soften the edges a little."""
    height, width = picture.shape[:2]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None] * rng.choice((-1, 1))
    soft = cv2.GaussianBlur(picture, (0, 0), 1.2).astype(np.float32)
    soft *= 1 - 0.06 * across - 0.04 * np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
    return np.clip(soft, 0, 255).astype(np.uint8)
