"""Paints the tables on which a document may lie: wood, cloth, paper clutter, plain plastic."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from specimens.specimen import Image

KINDS: Final = ("wood", "cloth", "paper", "plastic", "stone", "clutter")
_VARIANTS: Final = 4

_Float = NDArray[np.float32]


def desk(kind: str, variant: int, size: tuple[int, int]) -> Image:
    """Give a table top of ``size`` (width, height), BGR; it is shared, do not write into it."""
    return _desk(kind, variant % _VARIANTS, size)


@lru_cache(maxsize=len(KINDS) * _VARIANTS * 2)
def _desk(kind: str, variant: int, size: tuple[int, int]) -> Image:
    rng = random.Random(f"{kind} {variant}")
    noise = np.random.default_rng(rng.randrange(1 << 32))
    painted = {
        "wood": _wood,
        "cloth": _cloth,
        "paper": _paper,
        "plastic": _plastic,
        "stone": _stone,
        "clutter": _clutter,
    }[kind](size, rng, noise)
    table: Image = np.clip(painted, 0, 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def _clouds(size: tuple[int, int], cells: tuple[int, int], noise: np.random.Generator) -> _Float:
    """Smooth random field, about -1 to 1, with ``cells`` (across, down) grid cells."""
    small = noise.normal(0, 0.5, (cells[1] + 1, cells[0] + 1)).astype(np.float32)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.float32)


def _tinted(field: _Float, colour: tuple[float, float, float]) -> _Float:
    return np.asarray(field[:, :, None] * np.array(colour, np.float32), np.float32)


def _wood(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    down = np.linspace(0, 1, size[1], dtype=np.float32)[:, None]
    bend = _clouds(size, (3, 4), noise)
    rings = np.sin((down * rng.uniform(30, 70) + bend * 6).astype(np.float32))
    streaks = _clouds(size, (6, 220), noise)
    grain = 1 + 0.05 * rings + 0.07 * streaks + 0.05 * bend
    colours = ((62.0, 98.0, 142.0), (96.0, 138.0, 178.0), (40.0, 58.0, 86.0), (128.0, 168.0, 200.0))
    return _tinted(grain, rng.choice(colours))


def _cloth(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    across = np.arange(size[0], dtype=np.float32)[None, :]
    down = np.arange(size[1], dtype=np.float32)[:, None]
    pitch = rng.uniform(4, 9)
    weave = np.sin(across * 6.28 / pitch) * np.sin(down * 6.28 / pitch)
    folds = _clouds(size, (5, 4), noise)
    field = 1 + 0.09 * weave + 0.14 * folds + 0.03 * noise.normal(0, 1, (size[1], size[0]))
    if rng.random() < 0.5:
        checks = ((across // 90).astype(int) + (down // 90).astype(int)) % 2
        field = field * (1 - 0.18 * checks)
    colours = ((120.0, 70.0, 50.0), (60.0, 60.0, 130.0), (90.0, 110.0, 70.0), (150.0, 150.0, 155.0))
    return _tinted(field.astype(np.float32), rng.choice(colours))


def _paper(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    field = 1 + 0.05 * _clouds(size, (4, 3), noise) + 0.012 * noise.normal(0, 1, (size[1], size[0]))
    table = _tinted(
        field.astype(np.float32), rng.choice(((206.0, 212.0, 214.0), (178.0, 196.0, 205.0)))
    )
    _print_lines(table, rng, (0, 0, size[0], size[1]), rng.uniform(20, 34))
    return table


def _print_lines(
    table: _Float, rng: random.Random, area: tuple[int, int, int, int], pitch: float
) -> None:
    """Cover an area with rows of grey strokes that look like print from afar."""
    left, top, width, height = area
    y = top + pitch
    while y < top + height - pitch / 2:
        x = left + rng.uniform(8, 40)
        while x < left + width * rng.uniform(0.75, 1):
            word = rng.uniform(8, 70)
            grey = rng.uniform(70, 140)
            end = min(x + word, left + width - 6)
            cv2.rectangle(
                table, (int(x), int(y)), (int(end), int(y + pitch * 0.3)), (grey, grey, grey), -1
            )
            x += word + rng.uniform(6, 14)
        y += pitch


def _plastic(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    field = 1 + 0.16 * _clouds(size, (2, 2), noise) + 0.01 * noise.normal(0, 1, (size[1], size[0]))
    colours = (
        (66.0, 62.0, 60.0),
        (186.0, 186.0, 180.0),
        (112.0, 86.0, 52.0),
        (224.0, 226.0, 226.0),
    )
    return _tinted(field.astype(np.float32), rng.choice(colours))


def _stone(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    field = 1 + 0.1 * _clouds(size, (5, 3), noise) + 0.12 * _clouds(size, (60, 34), noise)
    field += 0.06 * noise.normal(0, 1, (size[1], size[0]))
    colours = ((120.0, 124.0, 128.0), (86.0, 90.0, 96.0), (170.0, 178.0, 186.0))
    return _tinted(field.astype(np.float32), rng.choice(colours))


def _clutter(size: tuple[int, int], rng: random.Random, noise: np.random.Generator) -> _Float:
    """A table with sheets of paper, a pen and a phone lying about."""
    table = _wood(size, rng, noise) if rng.random() < 0.6 else _plastic(size, rng, noise)
    for _ in range(rng.randint(2, 4)):
        width, height = rng.randint(240, 560), rng.randint(200, 480)
        left, top = rng.randint(-160, size[0] - 120), rng.randint(-120, size[1] - 100)
        _sheet_of_paper(table, rng, (left, top, width, height))
    start = (rng.randint(0, size[0]), rng.randint(0, size[1]))
    end = (start[0] + rng.randint(-360, 360), start[1] + rng.randint(-160, 160))
    cv2.line(
        table,
        start,
        end,
        (rng.randint(20, 180), rng.randint(20, 90), 30),
        rng.randint(10, 18),
        cv2.LINE_AA,
    )
    return table


def _sheet_of_paper(table: _Float, rng: random.Random, area: tuple[int, int, int, int]) -> None:
    left, top, width, height = area
    sheet = np.full((height, width, 3), rng.uniform(196, 236), np.float32)
    _print_lines(sheet, rng, (0, 0, width, height), rng.uniform(14, 26))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-40, 40), 1)
    turn[:, 2] += (left, top)
    where = cv2.warpAffine(
        np.ones((height, width), np.float32), turn, (table.shape[1], table.shape[0])
    )[:, :, None]
    moved = cv2.warpAffine(sheet, turn, (table.shape[1], table.shape[0]))
    table *= 1 - where
    table += moved * where
