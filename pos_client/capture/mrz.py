"""Reads the machine-readable lines of a straightened document; check digits mend what they can."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from pos_client.capture.cells import CellKind, Cells, fit_cells
from pos_client.capture.ctc import text_of
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import ReadLine, facing, moved, read_lines
from pos_client.capture.mrz_mend import mended, state_shares
from pos_client.capture.mrz_rows import (
    LOOK_LIKE_FILLER,
    MrzRows,
    folded_text,
    proper,
    rows_around,
    zone_mm,
)
from pos_client.model.field import SURE, Box
from pos_client.model.numbers import mrz
from pos_client.model.numbers.mrz import FILLER, SHAPES, Kind, Mrz, MrzFault, MrzFormat, Part

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_FILLERS: Final = LOOK_LIKE_FILLER.replace(FILLER, "")
_SMALL: Final = {each: each.lower() for each in _LETTERS}
_TO_DIGIT: Final = {"0": "OoQD", "1": "Il|", "2": "Zz", "5": "Ss", "6": "Gb", "8": "B", "9": "gq"}
_TO_LETTER: Final = {"O": "o0", "I": "1l|", "Z": "z2", "S": "s5", "G": "g6", "B": "8", "Q": "q"}
_FILLED: Final = {FILLER: _FILLERS}

_CELLS: Final = {
    Kind.ANY: CellKind(_LETTERS + _DIGITS + FILLER, {**_SMALL, **_FILLED}, FILLER),
    Kind.LETTERS: CellKind(_LETTERS + FILLER, {**_SMALL, **_TO_LETTER, **_FILLED}, FILLER),
    Kind.DIGITS: CellKind(_DIGITS, _TO_DIGIT),
    Kind.DATE: CellKind(_DIGITS + FILLER, {**_TO_DIGIT, **_FILLED}),
    Kind.CHECK: CellKind(_DIGITS + FILLER, {**_TO_DIGIT, **_FILLED}),
    Kind.SEX: CellKind("MFX" + FILLER, {"M": "mHN", "F": "fPE", "X": "x", **_FILLED}),
}
#: Two of these together can slip past a check digit (6 and G even alone: their values differ by
#: ten), so below this certainty a person looks at the number.
_BLIND: Final = frozenset("0OQD1I2Z5S6G8B")
_BLIND_SURE: Final = 0.98
_REPAIRED: Final = 0.75
_CHANCE: Final = 10
#: Values that no check digit covers, or that it may miss: sure of these, sure of the zone.
_TOLD: Final = ("surname", "issuing_state", "nationality", "document_number")
#: The zone is searched again on the straightened document at this width.
_SEARCH_PX: Final = 960
_MARGIN_MM: Final = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class ZoneReading:
    """The lines with each character's confidence and place, and what was mended (part names)."""

    zone: Mrz
    confidences: tuple[tuple[float, ...], ...]
    rows: tuple[TextLine, ...]
    places: tuple[Floats, ...]
    mended: frozenset[str]
    strays: int
    states: dict[str, float]

    @property
    def worth(self) -> float:
        """The better of two readings has fewer broken digits, fewer strays, clearer characters."""
        clear = sum(sum(line) / len(line) for line in self.confidences) / len(self.confidences)
        return clear - 0.2 * len(self.zone.faults) - 0.1 * min(self.strays, 5) + 2.0

    @property
    def settled(self) -> bool:
        """Nothing left to ask a second time."""
        if self.zone.faults or self.mended or self.strays:
            return False
        return all(self.confidence(name) >= SURE for name in _TOLD)

    def confidence(self, name: str) -> float:
        """Confidence of one value: all its characters, and its check digit where it has one."""
        part = _part(self.zone.format, name)
        end = part.end - self._trailing(part)
        certain = math.prod(self.confidences[part.line][part.start : end])
        if name in self.states:
            return self.states[name]
        if name in self.mended or self.strays > 1:
            return min(certain, _REPAIRED)
        if self._blind(part, end):
            return min(certain, _REPAIRED)
        covered = {str(span.fault) for span in SHAPES[self.zone.format].checks}
        if name in covered and MrzFault(name) not in self.zone.faults:
            return 1 - (1 - certain) / _CHANCE
        return certain

    def _blind(self, part: Part, end: int) -> bool:
        """Tell whether a character stands here that might be its double unnoticed."""
        if part.kind is not Kind.ANY:
            return False
        text = part.of(self.zone.lines)[: end - part.start]
        sure = self.confidences[part.line][part.start : end]
        return any(
            each in _BLIND and share < _BLIND_SURE for each, share in zip(text, sure, strict=True)
        )

    def box(self, name: str) -> Box:
        """Where one value stands, in pixels of the straightened document."""
        part = _part(self.zone.format, name)
        end = max(part.start + 1, part.end - self._trailing(part))
        row, places = self.rows[part.line], self.places[part.line]
        pitch = (places[-1] - places[0]) / (len(places) - 1)
        left, right = places[part.start] - pitch * 0.6, places[end - 1] + pitch * 0.6
        points = np.array(
            [
                row.quad[side] * (1 - share) + row.quad[other] * share
                for share in (left, right)
                for side, other in ((0, 1), (3, 2))
            ]
        )
        low, high = points.min(axis=0), points.max(axis=0)
        x, y = max(0, round(low[0])), max(0, round(low[1]))
        return Box(x, y, round(high[0]) - x, round(high[1]) - y)

    def _trailing(self, part: Part) -> int:
        text = part.of(self.zone.lines)
        return len(text) - len(text.rstrip(FILLER))


def _part(form: MrzFormat, name: str) -> Part:
    wanted = "names" if name in {"surname", "given_names"} else name
    return next(part for part in SHAPES[form].parts if part.name == wanted)


def read_zone(
    engine: TextEngine,
    flat: Pixels,
    rows: MrzRows,
    to_flat: Floats,
    size_mm: tuple[float, float],
    today: date,
) -> ZoneReading | None:
    """Read the zone of a straightened document; None where its lines are not to be found.

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
    first = decode(rows.format, [moved(line, to_flat) for line in rows.lines], today)
    if first is not None and first.settled:
        return first
    again = _find_rows(engine, flat, rows.format, size_mm)
    second = decode(rows.format, read_lines(engine, flat, again), today)
    return max((first, second), key=lambda each: each.worth if each else -1.0)


def decode(form: MrzFormat, lines: Sequence[ReadLine], today: date) -> ZoneReading | None:
    """Turn read rows into a zone; None where a row is too short to hold its characters."""
    cells: list[Cells] = []
    for line, kinds in zip(lines, _kinds(form), strict=True):
        fitted = fit_cells(line.seen, kinds)
        if fitted is None:
            return None
        cells.append(fitted)
    strays = sum(_strays(line, each.text) for line, each in zip(lines, cells, strict=True))
    texts, mended_parts = mended(form, cells)
    zone = mrz.parse(texts, today)
    if zone is None or zone.format is not form:
        return None
    confidences = tuple(
        tuple(each.confidence(text)) for each, text in zip(cells, texts, strict=True)
    )
    return ZoneReading(
        zone=zone,
        confidences=confidences,
        rows=tuple(line.line for line in lines),
        places=tuple(each.places for each in cells),
        mended=mended_parts,
        strays=strays,
        states=state_shares(form, cells, texts),
    )


def _strays(line: ReadLine, text: str) -> int:
    """How many letters and digits the cells have more or less than were seen."""
    seen = folded_text(text_of(proper(line))).replace(FILLER, "")
    return abs(len(seen) - len(text.replace(FILLER, "")))


def _kinds(form: MrzFormat) -> list[list[CellKind]]:
    shape = SHAPES[form]
    kinds = [[_CELLS[Kind.ANY]] * shape.length for _ in range(shape.lines)]
    for part in shape.parts:
        kinds[part.line][part.start : part.end] = [_CELLS[part.kind]] * (part.end - part.start)
    return kinds


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
    row = min(rows, key=lambda each: abs(float(each.middle[1] - expected.middle[1])))
    quad = row.quad.copy()
    slope = (quad[1] - quad[0]) / max(1.0, float(quad[1][0] - quad[0][0]))
    left = min(0.0, float(expected.quad[0][0] - quad[0][0]))
    right = max(0.0, float(expected.quad[1][0] - quad[1][0]))
    quad[[0, 3]] += slope * left
    quad[[1, 2]] += slope * right
    return TextLine(quad, row.score)
