"""What a cheap camera and a shop lamp do to a picture: blur, glare, noise, tint, darkness, JPEG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    import random

    from numpy.typing import NDArray

    from specimens.specimen import Image

Difficulty = Literal["easy", "medium", "hard"]
DIFFICULTIES: Final[tuple[Difficulty, ...]] = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class Optics:
    """One set of camera faults.

    Attributes:
        blur_px: sigma of the defocus.
        motion_px: length of the smear, 0 for none.
        motion_deg: its direction.
        glare: brightness added at the middle of the highlight, 0 to 255.
        glare_at: its middle as shares of width and height.
        glare_size: its half axes as shares of the width.
        shade: how much darker one side of the frame is, 0 to 1.
        shade_deg: from where the light comes.
        gain: exposure, 1 is right.
        gamma: tone curve, 1 is straight.
        white: multipliers for blue, green, red.
        noise: sigma of the sensor noise, in grey levels.
        jpeg: quality, 0 for none.
    """

    blur_px: float = 0.0
    motion_px: float = 0.0
    motion_deg: float = 0.0
    glare: float = 0.0
    glare_at: tuple[float, float] = (0.5, 0.5)
    glare_size: tuple[float, float] = (0.1, 0.1)
    shade: float = 0.0
    shade_deg: float = 0.0
    gain: float = 1.0
    gamma: float = 1.0
    white: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 0.0
    jpeg: int = 0


@dataclass(frozen=True, slots=True)
class _Range:
    blur: tuple[float, float]
    motion: tuple[float, float]
    motion_chance: float
    glare: tuple[float, float]
    glare_chance: float
    shade: float
    gain: tuple[float, float]
    tint: float
    noise: tuple[float, float]
    jpeg: tuple[int, int]


_RANGES: Final[dict[Difficulty, _Range]] = {
    "easy": _Range(
        (0.0, 0.5), (0, 0), 0.0, (0, 40), 0.3, 0.12, (0.92, 1.08), 0.03, (0.5, 2.0), (88, 96)
    ),
    "medium": _Range(
        (0.3, 0.85), (1, 3), 0.3, (40, 110), 0.5, 0.3, (0.75, 1.15), 0.08, (1.5, 4.5), (76, 92)
    ),
    "hard": _Range(
        (0.6, 1.25), (2, 5), 0.5, (80, 190), 0.6, 0.45, (0.5, 1.25), 0.14, (4.0, 9.0), (62, 85)
    ),
}


def draw_optics(rng: random.Random, difficulty: Difficulty) -> Optics:
    """Pick a set of faults of the given difficulty."""
    span = _RANGES[difficulty]
    tint = span.tint
    return Optics(
        blur_px=rng.uniform(*span.blur),
        motion_px=rng.uniform(*span.motion) if rng.random() < span.motion_chance else 0.0,
        motion_deg=rng.uniform(0, 180),
        glare=rng.uniform(*span.glare) if rng.random() < span.glare_chance else 0.0,
        glare_at=(rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.8)),
        glare_size=(rng.uniform(0.05, 0.16), rng.uniform(0.03, 0.1)),
        shade=rng.uniform(0, span.shade),
        shade_deg=rng.uniform(0, 360),
        gain=rng.uniform(*span.gain),
        gamma=rng.uniform(1 - tint * 2, 1 + tint * 2),
        white=(1 + rng.uniform(-tint, tint), 1.0, 1 + rng.uniform(-tint, tint)),
        noise=rng.uniform(*span.noise),
        jpeg=rng.randint(*span.jpeg),
    )


def apply_optics(frame: Image, optics: Optics, rng: random.Random) -> Image:
    """Give the frame (BGR) as this camera would have delivered it; the input is not changed."""
    seen = frame
    if optics.blur_px > 0.2:
        seen = cv2.GaussianBlur(seen, (0, 0), optics.blur_px).astype(np.uint8)
    if optics.motion_px >= 1:
        seen = cv2.filter2D(seen, -1, _smear(optics.motion_px, optics.motion_deg)).astype(np.uint8)
    if optics.shade > 0.02:
        seen = _multiply(
            seen, _shade_map(seen.shape[1], seen.shape[0], optics.shade, optics.shade_deg)
        )
    if optics.glare > 1:
        seen = cv2.add(seen, _glare_map(seen.shape[1], seen.shape[0], optics)).astype(np.uint8)
    seen = cv2.LUT(seen, _tone_table(optics)).astype(np.uint8)
    if optics.noise > 0.3:
        seen = _with_noise(seen, optics.noise, rng)
    if optics.jpeg:
        _, packed = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, optics.jpeg])
        seen = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return seen


def _smear(length: float, degrees: float) -> NDArray[np.float32]:
    """A line-shaped kernel of the given length, its sum one."""
    side = math.ceil(length) | 1
    fine = np.zeros((side * 8, side * 8), np.float32)
    middle = side * 4
    reach = length * 4
    dx, dy = reach * math.cos(math.radians(degrees)), reach * math.sin(math.radians(degrees))
    cv2.line(
        fine,
        (round(middle - dx), round(middle - dy)),
        (round(middle + dx), round(middle + dy)),
        1.0,
        8,
    )
    kernel = np.asarray(cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _multiply(frame: Image, share: Image) -> Image:
    return np.asarray(cv2.multiply(frame, share, scale=1 / 255), np.uint8)


def _shade_map(width: int, height: int, depth: float, degrees: float) -> Image:
    """Light that falls off to one side: 255 where it is full."""
    dx, dy = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    across = np.linspace(-0.7, 0.7, 64, dtype=np.float32)[None, :] * dx
    down = np.linspace(-0.7, 0.7, 36, dtype=np.float32)[:, None] * dy
    small = 255 * (1 - depth * np.clip(0.5 + across + down, 0, 1))
    grey = cv2.resize(small.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.merge([grey, grey, grey]), np.uint8)


def _glare_map(width: int, height: int, optics: Optics) -> Image:
    """A soft bright spot, drawn small and enlarged."""
    columns, rows = 160, 90
    across = (
        np.arange(columns, dtype=np.float32) / columns - optics.glare_at[0]
    ) / optics.glare_size[0]
    aspect = height / width
    down = (
        (np.arange(rows, dtype=np.float32) / rows - optics.glare_at[1])
        * aspect
        / optics.glare_size[1]
    )
    far = across[None, :] ** 2 + down[:, None] ** 2
    small = optics.glare * np.exp(-far)
    grey = cv2.resize(
        small.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    ).astype(np.uint8)
    return np.asarray(cv2.merge([grey, grey, grey]), np.uint8)


def _tone_table(optics: Optics) -> Image:
    levels = np.arange(256, dtype=np.float32) / 255
    table = np.empty((1, 256, 3), np.uint8)
    for channel, white in enumerate(optics.white):
        curve = np.power(np.clip(levels * optics.gain * white, 0, 1), optics.gamma)
        table[0, :, channel] = np.clip(curve * 255, 0, 255)
    return table


@lru_cache(maxsize=2)
def _noise_tile(width: int, height: int) -> NDArray[np.int16]:
    """Noise of sigma 64, larger than the frame, so that each shot cuts another piece."""
    drawn = np.random.default_rng(7).normal(0, 64, (height + 256, width + 256, 3))
    tile: NDArray[np.int16] = drawn.astype(np.int16)
    return tile


def _with_noise(frame: Image, sigma: float, rng: random.Random) -> Image:
    height, width = frame.shape[:2]
    left, top = rng.randrange(256), rng.randrange(256)
    piece = _noise_tile(width, height)[top : top + height, left : left + width]
    noisy = cv2.addWeighted(frame.astype(np.int16), 1.0, piece, sigma / 64, 0)
    return np.asarray(cv2.convertScaleAbs(np.maximum(noisy, 0)), np.uint8)
