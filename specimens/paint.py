"""A sheet measured in millimetres on which captions, values, lines and faces are painted."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from specimens.fonts import SANS_BOLD, Face, font
from specimens.specimen import PX_PER_MM, Image

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

BLUE: Final[Colour] = (62, 112, 176)
INK: Final[Colour] = (28, 28, 32)
RED: Final[Colour] = (190, 48, 44)
WORDS: Final = "样本 SPECIMEN"


def px(millimetres: float) -> int:
    """Turn millimetres into whole pixels."""
    return round(millimetres * PX_PER_MM)


@dataclass(frozen=True, slots=True)
class Pen:
    """How words are written: type face, em size in millimetres, colour, extra stroke in mm."""

    face: Face
    size: float
    colour: Colour
    bold: float = 0.0


class Sheet:
    """A drawing surface; places and sizes are millimetres from the top left corner."""

    def __init__(self, background: Image) -> None:
        """Start on a copy of the background (height x width x 3, RGB)."""
        self._picture = Pillow.fromarray(background)
        self._draw = ImageDraw.Draw(self._picture)

    def text(self, at: tuple[float, float], words: str, pen: Pen) -> float:
        """Write a line whose characters' top is near ``at``; gives the width in millimetres."""
        letters = font(pen.face, px(pen.size))
        # The top of the ink differs from glyph to glyph, the ascender does not.
        ascent, descent = letters.getmetrics()
        top = at[1] * PX_PER_MM - (ascent + descent - px(pen.size)) / 2
        self._draw.text(
            (at[0] * PX_PER_MM, top),
            words,
            fill=pen.colour,
            font=letters,
            stroke_width=pen.bold * PX_PER_MM,
            stroke_fill=pen.colour,
        )
        return float(letters.getlength(words)) / PX_PER_MM

    def spaced(self, at: tuple[float, float], words: str, pen: Pen, pitch: float) -> None:
        """Write a line with every character on its own place, ``pitch`` millimetres apart."""
        for place, character in enumerate(words):
            self.text((at[0] + place * pitch, at[1]), character, pen)

    def box(
        self,
        at: tuple[float, float, float, float],
        fill: Colour | None,
        outline: Colour | None = None,
    ) -> None:
        """Draw a rectangle given as left, top, width, height."""
        left, top, width, height = at
        self._draw.rectangle(
            (px(left), px(top), px(left + width), px(top + height)),
            fill=fill,
            outline=outline,
            width=2,
        )

    def paste(self, image: Image, at: tuple[float, float], mask: Image | None = None) -> None:
        """Lay an RGB image with its top left at ``at``; the mask says how much it covers."""
        covering = None if mask is None else Pillow.fromarray(mask)
        self._picture.paste(Pillow.fromarray(image), (px(at[0]), px(at[1])), covering)

    def specimen_corner(
        self, at: tuple[float, float], colour: Colour = RED, size: float = 1.7
    ) -> None:
        """Write the small, plain "样本 SPECIMEN" that no crop of the middle can lose."""
        self.text(at, WORDS, Pen(SANS_BOLD, size, colour))

    def finished(self) -> Image:
        """Give the drawing as height x width x 3, BGR."""
        return np.ascontiguousarray(np.asarray(self._picture)[:, :, ::-1])


def text_width(words: str, pen: Pen) -> float:
    """Width in millimetres that the words would take."""
    return float(font(pen.face, px(pen.size)).getlength(words)) / PX_PER_MM


def wrapped(words: str, pen: Pen, width: float) -> list[str]:
    """Break words into lines no wider than ``width`` millimetres; Chinese breaks anywhere."""
    lines = [""]
    for character in words:
        if text_width(lines[-1] + character, pen) > width:
            lines.append("")
        lines[-1] += character
    return lines


@lru_cache(maxsize=32)
def security_paper(width_mm: float, height_mm: float, style: int) -> Image:
    """Paint the ground of a document: a soft gradient, fine curves, the faint words 样本 SPECIMEN.

    Shared, because it depends on nobody's data. RGB; do not write into it.
    """
    rng = random.Random(f"paper {style}")
    height, width = px(height_mm), px(width_mm)
    corners = np.array([[_pale(rng), _pale(rng)], [_pale(rng), _pale(rng)]], np.float32)
    ground = cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR)
    ground += np.random.default_rng(style).normal(0, 1.2, (height, width, 1)).astype(np.float32)
    paper = np.clip(ground, 0, 255).astype(np.uint8)
    _guilloche(paper, rng)
    paper = _faint_words(paper, rng)
    paper.setflags(write=False)
    return paper


def _pale(rng: random.Random) -> list[int]:
    strong = rng.randrange(3)
    return [
        rng.randint(236, 250) if channel == strong else rng.randint(216, 238)
        for channel in range(3)
    ]


def _guilloche(paper: Image, rng: random.Random) -> None:
    """Draw families of thin waves over the paper, lighter than any print."""
    height, width = paper.shape[:2]
    across = np.arange(0, width + 8, 8, dtype=np.float32)
    for _ in range(2):
        colour = tuple(rng.randint(186, 222) for _ in range(3))
        wave, turn = rng.uniform(0.4, 1.4) * 2 * math.pi / width, rng.uniform(0, 6)
        tall, ripple = rng.uniform(0.05, 0.16) * height, rng.uniform(2, 5)
        for row in range(-10, 62):
            base = row * height / 52
            y = (
                base
                + tall * np.sin(across * wave + turn + row * 0.07)
                + 6 * np.sin(across * wave * ripple + row * 0.4)
            )
            points = np.stack([across, y], axis=1) * 8
            cv2.polylines(paper, [points.astype(np.int32)], False, colour, 1, cv2.LINE_AA, 3)


def _faint_words(paper: Image, rng: random.Random) -> Image:
    """Write 样本 SPECIMEN large across the sheet, so pale that print over it stays easy to read."""
    height, width = paper.shape[:2]
    size = int(width * rng.uniform(0.1, 0.115))
    layer = Pillow.new("L", (width, height), 0)
    letters = font(SANS_BOLD, size)
    draw = ImageDraw.Draw(layer)
    draw.text((width / 2, height / 2), WORDS, fill=255, font=letters, anchor="mm")
    slope = math.degrees(math.atan2(height, width)) * rng.uniform(0.6, 0.85)
    turned = np.asarray(layer.rotate(slope, resample=Pillow.Resampling.BILINEAR), np.float32) / 255
    tint = np.array((198, 150, 158), np.float32)
    share = turned[:, :, None] * rng.uniform(0.2, 0.28)
    return np.asarray(paper * (1 - share) + tint * share, np.uint8)
