"""Sets a line of text: how much ink lies where, and where a character of full height stands."""

import math
import random
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from training.cardprint.faces import Face

_SIZE_PX: Final = 56
_MARGIN_PX: Final = 4
_ABOVE_PX: Final = 0.4 * _SIZE_PX


@dataclass(frozen=True, slots=True)
class Ink:
    """A set line: ink 0 to 255, and upper and lower edge of its characters in pixels."""

    mask: NDArray[np.uint8]
    top: float
    bottom: float

    @property
    def tall(self) -> float:
        """Height of a character, pixels."""
        return self.bottom - self.top

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return float(_MARGIN_PX)

    @property
    def right(self) -> float:
        """Where the last one ends."""
        return float(self.mask.shape[1] - _MARGIN_PX)


def set_line(rng: random.Random, text: str, face: Face, *, chinese: bool) -> Ink:
    """Set a line, sometimes wide, sometimes bold."""
    font = face.at(_SIZE_PX)
    gap = rng.choice((0.0, 0.0, rng.uniform(0, 0.22) * _SIZE_PX))
    bold = rng.choice((0, 0, 0, 1)) if chinese else 0
    x, spots = 0.0, []
    for character in text:
        spots.append(x)
        x += font.getlength(character) + gap
    size = math.ceil(x) + 2 * _MARGIN_PX, 2 * _SIZE_PX
    page = Image.new("L", size, 0)
    draw = ImageDraw.Draw(page)
    for character, spot in zip(text, spots, strict=True):
        draw.text((_MARGIN_PX + spot, _ABOVE_PX), character, 255, font, stroke_width=bold)
    _, above, _, below = font.getbbox("国" if chinese else "H")
    return Ink(np.asarray(page), _ABOVE_PX + above, _ABOVE_PX + below)
