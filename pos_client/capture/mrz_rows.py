"""Gathers the two or three rows of a machine-readable zone out of the boxes found around one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.geometry import fit_view
from pos_client.capture.lines import ReadLine, direction, facing, read_lines
from pos_client.model.numbers.mrz import FILLER, SHAPES, MrzFormat

#: Characters that a general recogniser gives for the filler.
LOOK_LIKE_FILLER: Final = "<‹〈《く\uff1cヘΛ∧ㄑᐸ«≪ハ巜⟨"
_PLAIN: Final = str.maketrans(dict.fromkeys(LOOK_LIKE_FILLER, FILLER))
_LOWER_LINE: Final = re.compile(r"[A-Z0-9<]{9}[0-9O][A-Z<]{3}[0-9O]{7}[MFX<H][0-9O]{7}")
_LEAST_CHARS: Final = 22
_LEAST_SHARE: Final = 0.85

#: Character pitch of OCR-B in these zones (ICAO 9303-3): ten to the inch.
PITCH_MM: Final = 2.54
#: Left end of the first character, and distance from the lower edge of the document to the middle
#: of its lines from the bottom up, in millimetres (ICAO 9303-4 to -7, middle of the tolerances).
_ZONES: Final[dict[MrzFormat, tuple[float, tuple[float, ...]]]] = {
    MrzFormat.TD1: (4.0, (6.3, 10.9, 15.5)),
    MrzFormat.TD2: (4.0, (8.9, 15.3)),
    MrzFormat.TD3: (6.0, (8.9, 15.3)),
    MrzFormat.MRVA: (4.0, (8.9, 15.3)),
    MrzFormat.MRVB: (4.0, (8.9, 15.3)),
}
#: Distance between the lines of a zone with two of them.
_LINES_MM: Final = 6.35
#: Half-way between lines of 36 and of 44 characters.
_BETWEEN: Final = 40
_SAME_WAY: Final = 0.985


@dataclass(frozen=True, slots=True, eq=False)
class MrzRows:
    """The rows of a zone, top down, in reading order and with common ends."""

    format: MrzFormat
    lines: tuple[TextLine, ...]


def folded_text(text: str) -> str:
    """Text with everything that looks like a filler made one, in capitals."""
    return text.translate(_PLAIN).upper().replace(" ", "")


def looks_like_mrz(line: ReadLine) -> bool:
    """Tell whether a line as read could belong to a machine-readable zone."""
    text = folded_text(line.text)
    if _LOWER_LINE.search(text):
        return True
    proper = sum(each.isascii() and (each.isalnum() or each == FILLER) for each in text)
    return (
        len(text) >= _LEAST_CHARS and proper >= _LEAST_SHARE * len(text) and text.count(FILLER) >= 3  # noqa: PLR2004 - a name line ends in fillers
    )


def gather(
    engine: TextEngine, pixels: Pixels, boxes: Sequence[TextLine], seed: ReadLine
) -> MrzRows | None:
    """Put the boxes around `seed` together to rows, and tell the format from their proportions."""
    rows = rows_around(boxes, seed.line)
    read = read_lines(engine, pixels, rows)
    lines = [line for line in read if _belongs(line)]
    if len(lines) < 2:  # noqa: PLR2004 - no zone has one line
        return None
    form = _format(lines)
    rows = _common_ends([line.line for line in lines[-SHAPES[form].lines :]])
    return MrzRows(form, tuple(rows))


def _belongs(line: ReadLine) -> bool:
    text = folded_text(line.text)
    proper = sum(each.isascii() and (each.isalnum() or each == FILLER) for each in text)
    return looks_like_mrz(line) or (
        len(text) >= _LEAST_CHARS / 2 and proper >= 0.9 * len(text) and FILLER * 2 in text
    )


def _format(lines: Sequence[ReadLine]) -> MrzFormat:
    """Three lines are TD1; of two, length over distance tells 44 from 36; V makes it a visa."""
    if len(lines) >= SHAPES[MrzFormat.TD1].lines:
        return MrzFormat.TD1
    upper, lower = lines[-2:]
    across = direction(lower.line)
    apart = abs(float((lower.line.middle - upper.line.middle) @ np.array((-across[1], across[0]))))
    by_shape = max(upper.line.length, lower.line.length) / max(apart, 1.0) * _LINES_MM / PITCH_MM
    seen = max(len(folded_text(line.text)) for line in lines)
    visa = folded_text(upper.text).startswith("V")
    if max(float(seen), (seen + by_shape) / 2) > _BETWEEN:
        return MrzFormat.MRVA if visa else MrzFormat.TD3
    return MrzFormat.MRVB if visa else MrzFormat.TD2


def rows_around(boxes: Sequence[TextLine], seed: TextLine) -> list[TextLine]:
    """Join boxes that stand in one row, and give the rows next to `seed`, top down."""
    along = direction(seed)
    down = np.array((-along[1], along[0]))
    tall = seed.height
    alike = [
        facing(box, along)
        for box in boxes
        if abs(direction(box) @ along) > _SAME_WAY and 0.45 * tall < box.height < 1.8 * tall
    ]
    rows: list[list[TextLine]] = []
    for box in sorted(alike, key=lambda each: float(each.middle @ down)):
        offset = abs(float((box.middle - seed.middle) @ down))
        if offset > 5 * tall + 0.1 * seed.length:
            continue
        home = next((row for row in rows if _same_row(row, box, down, tall)), None)
        if home is None:
            rows.append([box])
        else:
            home.append(box)
    joined = [_joined(row, along) for row in rows]
    return [row for row in joined if row.length > 0.45 * seed.length]


def _same_row(row: Sequence[TextLine], box: TextLine, down: Floats, tall: float) -> bool:
    """A box continues a row where the row's own slope leads to it."""
    nearest = min(row, key=lambda each: float(np.linalg.norm(each.middle - box.middle)))
    longer = nearest if nearest.length >= box.length else box
    across = direction(longer)
    normal = np.array((-across[1], across[0]))
    return abs(float((box.middle - nearest.middle) @ normal)) < 0.5 * tall and bool(
        normal @ down > 0
    )


def _joined(row: Sequence[TextLine], along: Floats) -> TextLine:
    first = min(row, key=lambda each: float(each.quad[0] @ along))
    last = max(row, key=lambda each: float(each.quad[1] @ along))
    quad = np.array([first.quad[0], last.quad[1], last.quad[2], first.quad[3]])
    return TextLine(quad, min(each.score for each in row))


def _common_ends(rows: Sequence[TextLine]) -> list[TextLine]:
    """Stretch rows that lost their fillers to the ends of the longest one."""
    longest = max(rows, key=lambda row: row.length)
    along = direction(longest)
    ends = float(longest.quad[0] @ along), float(longest.quad[1] @ along)
    stretched = []
    for row in rows:
        quad = row.quad.copy()
        way = direction(row)
        before = float(row.quad[0] @ along) - ends[0]
        after = ends[1] - float(row.quad[1] @ along)
        if before > 0.8 * row.height:
            quad[[0, 3]] -= way * before
        if after > 0.8 * row.height:
            quad[[1, 2]] += way * after
        stretched.append(TextLine(quad, row.score))
    return stretched


def zone_mm(form: MrzFormat, height_mm: float) -> list[tuple[float, float, float]]:
    """Left end, right end and middle height of each row, top down, in millimetres."""
    left, rises = _ZONES[form]
    right = left + PITCH_MM * SHAPES[form].length
    return [(left, right, height_mm - rise) for rise in reversed(rises)]


def view_of(rows: MrzRows, size_mm: tuple[float, float]) -> Floats | None:
    """Fit the view of the whole document to the ends of its rows."""
    millimetres, pixels = [], []
    for (left, right, height), line in zip(
        zone_mm(rows.format, size_mm[1]), rows.lines, strict=True
    ):
        margin = line.height * 0.25 * direction(line)
        millimetres += [(left, height), (right, height)]
        pixels += [
            (line.quad[0] + line.quad[3]) / 2 + margin,
            (line.quad[1] + line.quad[2]) / 2 - margin,
        ]
    return fit_view(np.array(millimetres), np.array(pixels), size_mm)
