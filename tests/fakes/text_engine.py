"""An engine that sees on a page what a test says, and what an engine sees along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pos_client.capture.engine import Alphabet, Posterior, TextLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_client.capture.frame import Pixels


def seen(text: str, wavering: Mapping[str, str] | None = None) -> Posterior:
    """What an engine saw: each character clear, nothing where `_` stands.

    `wavering` names for a character what it might be as well, hardly less likely.
    """
    instead = dict(wavering or {})
    alphabet = Alphabet(sorted({*text, *instead.values(), *"0123456789.-长期"} - {"_"}))
    table = np.full((2 * len(text) + 1, len(alphabet)), 1e-5, np.float32)
    table[::2, 0] = 0.999
    for at, each in enumerate(text):
        row = table[2 * at + 1]
        row[0 if each == "_" else alphabet.index(each)] = 0.55 if each in instead else 0.999
        if each in instead:
            row[alphabet.index(instead[each])] = 0.44
    return Posterior(table, alphabet, 20.0)


def box(left: float, top: float, right: float, bottom: float) -> TextLine:
    """An upright line."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return TextLine(np.array(corners, float), 1.0)


class ScriptedEngine:
    """Finds these lines on a page; a part that it is shown again reads as `again`."""

    name = "scripted"
    upright_only = False

    def __init__(self, lines: Mapping[TextLine, Posterior], again: Posterior) -> None:
        self._lines = dict(lines)
        self._again = again

    def may_hold_text(self, pixels: Pixels) -> bool:
        return True

    def find_lines(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        return list(self._lines)

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        if len(crops) == len(self._lines) > 1:
            return list(self._lines.values())
        return [self._again for _ in crops]

    def read_codes(self, crops: Sequence[Pixels]) -> list[Posterior] | None:
        return None
