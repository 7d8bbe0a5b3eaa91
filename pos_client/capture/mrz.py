"""Reads the machine-readable lines of a straightened document; check digits mend what they can."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import facing, read_codes
from pos_client.capture.mrz_rows import rows_around, zone_mm
from pos_client.capture.mrz_second import weighed
from pos_client.capture.mrz_zone import MrzRows, ZoneReading, decode
from pos_client.model.numbers.mrz import MrzFormat

#: The zone is searched again on the straightened document at this width.
_SEARCH_PX: Final = 960
_MARGIN_MM: Final = 3.5


def read_zone(
    engine: TextEngine,
    flat: Pixels,
    rows: MrzRows,
    to_flat: Floats,
    size_mm: tuple[float, float],
    today: date,
) -> ZoneReading:
    """Read the zone of a straightened document.

    The rows as they were read in the frame count first; where they leave a doubt, they are looked
    for and read again on the straightened picture, and the better reading counts.

    Args:
        engine: reads lines.
        flat: the straightened document, BGR.
        rows: what was gathered in the frame.
        to_flat: 3 x 3, from pixels of the frame to pixels of `flat`.
        size_mm: width and height of the document.
        today: decides the century of two-digit years.
    """
    first = rows.reading.moved(to_flat)
    if first.complete:
        first = weighed(engine, flat, first, today)
        if first.settled:
            return first
    again = _find_rows(engine, flat, rows.format, size_mm)
    second = decode(rows.format, read_codes(engine, flat, again), today)
    best = second if second is not None and second.worth > first.worth else first
    is_asked = best is first and first.complete
    return best if is_asked else weighed(engine, flat, best, today)


def _find_rows(
    engine: TextEngine, flat: Pixels, form: MrzFormat, size_mm: tuple[float, float]
) -> list[TextLine]:
    """Look for the rows again at full size; where that fails, take the places the view gives."""
    scale = flat.shape[1] / size_mm[0]
    expected = [_expected(each, scale) for each in zone_mm(form, size_mm[1])]
    top = max(0, round(expected[0].quad[0][1] - _MARGIN_MM * scale))
    end = round(expected[-1].quad[3][1] + _MARGIN_MM * scale)
    strip = flat[top:end]
    shift = np.array((0.0, top))
    found = [
        TextLine(each.quad + shift, each.score) for each in engine.find_lines(strip, _SEARCH_PX)
    ]
    level = [facing(each, np.array((1.0, 0.0))) for each in found]
    return [_snapped(each, level, scale) for each in expected]


def _expected(zone: tuple[float, float, float], scale: float) -> TextLine:
    left, right, height = zone
    half, margin = 1.9 * scale, 0.8 * scale
    x0, x1, y = left * scale - margin, right * scale + margin, height * scale
    quad = np.array([(x0, y - half), (x1, y - half), (x1, y + half), (x0, y + half)])
    return TextLine(quad, 0.5)


def _snapped(expected: TextLine, found: Sequence[TextLine], scale: float) -> TextLine:
    """The row as found, stretched to the expected ends; the expected one where none was found."""
    near = [
        each
        for each in found
        if abs(float(each.middle[1] - expected.middle[1])) < 2.0 * scale
        and each.height < 6.0 * scale
    ]
    if not near:
        return expected
    rows = rows_around(near, max(near, key=lambda each: each.length))
    if not rows:
        # Under a reflection what is left of a row may be too askew to be one.
        return expected
    row = min(rows, key=lambda each: abs(float(each.middle[1] - expected.middle[1])))
    quad = row.quad.copy()
    slope = (quad[1] - quad[0]) / max(1.0, float(quad[1][0] - quad[0][0]))
    left = min(0.0, float(expected.quad[0][0] - quad[0][0]))
    right = max(0.0, float(expected.quad[1][0] - quad[1][0]))
    quad[[0, 3]] += slope * left
    quad[[1, 2]] += slope * right
    return TextLine(quad, row.score)
