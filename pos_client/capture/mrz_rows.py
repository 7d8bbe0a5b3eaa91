"""Gathers the two or three rows of a machine-readable zone out of the boxes found around one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from pos_client.capture.ctc import Char
from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.geometry import fit_view
from pos_client.capture.lines import ReadLine, direction, facing, part
from pos_client.model.numbers.mrz import FILLER, SHAPES, MrzFormat

#: Characters that a general recogniser gives for the filler.
LOOK_LIKE_FILLER: Final = "<‹〈《く\uff1cヘΛ∧ㄑᐸ«≪ハ巜⟨"
_PLAIN: Final = str.maketrans(dict.fromkeys(LOOK_LIKE_FILLER, FILLER))
_LOWER_LINE: Final = re.compile(r"[A-Z0-9<]{9}[0-9O][A-Z0<]{3}[0-9O]{5}")
_DATES: Final = re.compile(r"[0-9O]{5}[MFXN<][0-9O]{4}")
_LEAST_CHARS: Final = 12
_LEAST_PIECE: Final = 9
_LEAST_SHARE: Final = 0.85
_LEAST_FILLERS: Final = 3

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
#: A gap of this many characters ends a row; a row this many characters off was not read to its end.
_WIDE_GAP: Final = 2.6
_MISCOUNT: Final = 1.6
#: Half-way between lines of 36 and of 44 characters.
BETWEEN: Final = 40
_SAME_WAY: Final = 0.985
#: Rows of one zone stand this close, and start this near to one another, in heights of a line.
_NEXT_ROWS: Final = 2.6
_SAME_START: Final = 8.0


def folded_text(text: str) -> str:
    """Text with everything that looks like a filler made one, in capitals."""
    return text.translate(_PLAIN).upper().replace(" ", "")


def has_dates_of_row(text: str) -> bool:
    """Tell whether folded text holds number, state and date as the lower row of a passport does."""
    return _LOWER_LINE.search(text) is not None


def looks_like_mrz(line: ReadLine) -> bool:
    """Tell whether a line, or its head, could belong to a machine-readable zone."""
    text = folded_text(line.text)
    if has_dates_of_row(text):
        return True
    proper = sum(each.isascii() and (each.isalnum() or each == FILLER) for each in text)
    return (
        len(text) >= _LEAST_CHARS
        and proper >= _LEAST_SHARE * len(text)
        and text.count(FILLER) >= _LEAST_FILLERS
    )


def might_be_mrz(line: ReadLine) -> bool:
    """Tell whether a line may be a piece of a row: a filler, or dates one after the other."""
    text = folded_text(line.text)
    proper_ones = sum(each.isascii() and (each.isalnum() or each == FILLER) for each in text)
    if len(text) < _LEAST_PIECE or proper_ones < _LEAST_SHARE * len(text):
        return False
    return FILLER in text or _DATES.search(text) is not None


def pitch_of(line: ReadLine) -> float | None:
    """Mean distance between neighbouring characters, pixels; leaps over unread ones left out."""
    gaps = np.diff([(char.first + char.end) / 2 for char in line.chars])
    if not len(gaps):
        return None
    usual = float(np.median(gaps))
    single = gaps[(gaps > 0.55 * usual) & (gaps < 1.5 * usual)]
    if not len(single):
        return None
    along = line.point_at(1.0) - line.point_at(0.0)
    return float(single.mean() / len(line.seen.probabilities) * np.linalg.norm(along))


def stretched(row: TextLine, pitch: float, pixels: Pixels, before: float = 1.2) -> TextLine:
    """Reach out for fillers that were not seen as text, as far as the longest line would go.

    `before` says how many characters to reach out for in front of the row.
    """
    longest = SHAPES[MrzFormat.TD3].length
    way = direction(row)
    quad = row.quad.copy()
    missing = max(1.5 * pitch, (longest + 2) * pitch - row.length)
    quad[[0, 3]] -= way * min(before * pitch, _room(quad[0], -way, pixels))
    quad[[1, 2]] += way * min(missing, _room(quad[1], way, pixels))
    return TextLine(quad, row.score)


def edged(row: TextLine, tall: float, shift: float = 0.0) -> TextLine:
    """The same row cut so many times as high, and lower by a share of its height."""
    middle = (row.quad + row.quad[[3, 2, 1, 0]]) / 2
    half = row.quad - middle
    down = row.quad[[3, 2, 2, 3]] - row.quad[[0, 1, 1, 0]]
    return TextLine(middle + half * tall + down * shift, row.score)


def _room(point: Floats, way: Floats, pixels: Pixels) -> float:
    """How far one can go from a point before leaving the picture, pixels."""
    height, width = pixels.shape[:2]
    limits = []
    for at, step, length in zip(point, way, (width, height), strict=True):
        if abs(step) > 1e-6:  # noqa: PLR2004 - parallel to this edge
            limits.append(((length if step > 0 else 0) - at) / step)
    return float(max(0.0, min(limits)))


def proper(line: ReadLine) -> list[Char]:
    """The characters that may stand in a zone, up to the first wide gap: behind it is the table."""
    kept: list[Char] = []
    pitch = _pitch_steps(line)
    for char in line.chars:
        if not _may_stand(char.text):
            continue
        if len(kept) > _LEAST_CHARS and char.first - kept[-1].end > _WIDE_GAP * pitch:
            break
        kept.append(char)
    return kept


@lru_cache(maxsize=1024)
def _may_stand(character: str) -> bool:
    plain = folded_text(character)
    return plain.isascii() and (plain.isalnum() or plain == FILLER)


def _pitch_steps(line: ReadLine) -> float:
    pitch = pitch_of(line) or line.line.length
    return pitch / line.line.length * len(line.seen.probabilities)


def length_of(line: ReadLine) -> float:
    """Number of characters by the room they take: fillers melt together, their places do not."""
    chars = proper(line)
    return (chars[-1].end - chars[0].first - 1) / _pitch_steps(line) + 1 if chars else 0.0


def trimmed(line: ReadLine, form: MrzFormat) -> ReadLine:
    """Cut a stretched row off a little before its first and a little after its last character."""
    chars = proper(line)
    pitch = _pitch_steps(line)
    count = SHAPES[form].length
    last = chars[-1].end
    if abs((last - chars[0].first - 1) / pitch + 1 - count) > _MISCOUNT:
        last = round(chars[0].first + count * pitch)
    first = max(0, round(chars[0].first - 0.7 * pitch))
    end = min(len(line.seen.probabilities), round(last + 0.7 * pitch))
    return part(line, first, max(end, first + 1))


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
        if offset > _NEXT_ROWS * tall + 0.05 * seed.length:
            continue
        home = next((row for row in rows if _same_row(row, box, down, tall)), None)
        if home is None:
            rows.append([box])
        else:
            home.append(box)
    joined = [_joined(row, along) for row in rows]
    start = float(seed.quad[0] @ along)
    return [
        row
        for row in joined
        if row.length > 0.3 * seed.length
        and abs(float(row.quad[0] @ along) - start) < _SAME_START * tall
    ]


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


def zone_mm(form: MrzFormat, height_mm: float) -> list[tuple[float, float, float]]:
    """Left end, right end and middle height of each row, top down, in millimetres."""
    left, rises = _ZONES[form]
    right = left + PITCH_MM * SHAPES[form].length
    return [(left, right, height_mm - rise) for rise in reversed(rises)]


def view_of(
    form: MrzFormat, lines: Sequence[ReadLine], size_mm: tuple[float, float]
) -> Floats | None:
    """Fit the view of the whole document to the ends of its rows, top down."""
    millimetres, pixels = [], []
    for (left, right, height), line in zip(zone_mm(form, size_mm[1]), lines, strict=True):
        margin = 0.7 * _pitch_steps(line) / len(line.seen.probabilities)
        millimetres += [(left, height), (right, height)]
        pixels += [line.point_at(margin), line.point_at(1 - margin)]
    return fit_view(np.array(millimetres), np.array(pixels), size_mm)
