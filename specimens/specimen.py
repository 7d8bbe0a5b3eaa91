"""One drawn document with the exact words a perfect reader would give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

PX_PER_MM: Final = 15
"""Resolution of every drawing."""

LONG_TERM: Final = "long-term"
"""The word for 长期 in the truth: a card that does not expire."""

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A straight, whole document and its ground truth.

    Attributes:
        kind: document kind, like ``cn.resident_id.2`` or ``xx.passport``; ``sim`` for a SIM.
        side: ``portrait``, ``emblem`` or ``data``.
        image: height x width x 3, BGR, 15 pixels to the millimetre, filled edge to edge.
        truth: field name to exact value; dates are ISO, no end is ``long-term``.
        mrz: the machine-readable lines, empty where there are none.
        corner_mm: radius of the rounded corners.
    """

    kind: str
    side: str
    image: Image
    truth: dict[str, str]
    mrz: tuple[str, ...] = field(default=())
    corner_mm: float = 3.18

    @property
    def width_mm(self) -> float:
        """Printed width in millimetres."""
        return float(self.image.shape[1]) / PX_PER_MM

    @property
    def height_mm(self) -> float:
        """Printed height in millimetres."""
        return float(self.image.shape[0]) / PX_PER_MM
