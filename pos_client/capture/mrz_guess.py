"""Guesses where a document lies from its machine-readable rows, before they are read in full."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats
from pos_client.capture.geometry import fit_view
from pos_client.capture.lines import ReadLine
from pos_client.capture.mrz_rows import (
    BETWEEN,
    PITCH_MM,
    folded_text,
    pitch_of,
    rows_around,
    zone_mm,
)
from pos_client.model.numbers.mrz import SHAPES, MrzFormat

#: A third row belongs to the zone where it is about as long as the others.
_AS_LONG: Final = 0.8
#: Boxes reach beyond the characters by this much of their height on either side.
_MARGIN: Final = 0.35


def guess_format(boxes: Sequence[TextLine], whole: TextLine, seed: ReadLine) -> MrzFormat | None:
    """Tell the likely format from number and length of the rows around a line."""
    pitch = pitch_of(seed)
    rows = rows_around(boxes, whole)
    if pitch is None or not rows:
        return None
    longest = max(row.length for row in rows)
    count = longest / pitch
    long_rows = [row for row in rows if row.length > _AS_LONG * longest]
    if len(long_rows) >= SHAPES[MrzFormat.TD1].lines and count < BETWEEN:
        return MrzFormat.TD1
    visa = folded_text(seed.text).startswith("V")
    if count > (SHAPES[MrzFormat.TD2].length + BETWEEN) / 2:
        return MrzFormat.MRVA if visa else MrzFormat.TD3
    return MrzFormat.MRVB if visa else MrzFormat.TD2


def guess_view(
    boxes: Sequence[TextLine],
    whole: TextLine,
    seed: ReadLine,
    form: MrzFormat,
    size_mm: tuple[float, float],
) -> Floats | None:
    """Fit the document's view to its lowest rows by their beginnings and the character pitch."""
    pitch = pitch_of(seed)
    zone = zone_mm(form, size_mm[1])
    rows = rows_around(boxes, whole)[-len(zone) :]
    if pitch is None:
        return None
    millimetres, pixels = [], []
    for (left, _, height), row in zip(zone[-len(rows) :], rows, strict=True):
        margin = row.height * _MARGIN
        count = (row.length - 2 * margin) / pitch
        share = margin / row.length
        first, last = (row.quad[0] + row.quad[3]) / 2, (row.quad[1] + row.quad[2]) / 2
        millimetres += [(left, height), (left + count * PITCH_MM, height)]
        pixels += [first * (1 - share) + last * share, first * share + last * (1 - share)]
    return fit_view(np.array(millimetres), np.array(pixels), size_mm)
