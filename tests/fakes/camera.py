"""A drawn camera picture for window tests."""

from __future__ import annotations

from typing import Final

from pos_client.model.document import Quad
from pos_client.model.view import Phase, View

CARD_OUTLINE: Final = Quad((210.0, 90.0), (1050.0, 120.0), (1040.0, 640.0), (200.0, 620.0))


def view(phase: Phase, *, hint: str | None = None, steady: float = 0.0, width: int = 1280) -> View:
    """Return a drawn camera picture: a grey desk, with the outline of a card once it is found."""
    height = width * 9 // 16
    found = phase in {Phase.FOUND, Phase.ADJUST, Phase.STEADY, Phase.CAPTURED}
    return View(
        width=width,
        height=height,
        bgrx=bytes((96, 104, 110, 255)) * (width * height),
        phase=phase,
        outline=CARD_OUTLINE if found else None,
        hint=hint,
        steady=steady,
    )
