"""Sorts the lines of a straightened document into the fields that its declaration names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from pos_client.capture.anchors import Kind, find_caption, plain
from pos_client.capture.ctc import Char, text_of
from pos_client.capture.engine import Posterior, TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import ReadLine, direction, facing, read_lines
from pos_client.model.declaration import Anchor, BoxMm, FieldDeclaration
from pos_client.model.field import Box

#: A straightened document is searched with its longer side at this many pixels.
SEARCH_PX: Final = 640
#: Print on a straightened document is level; what leans is a stamp or a watermark.
_LEVEL: Final = 0.985
#: No value is taller; the title of the emblem side is.
_TALLEST_MM: Final = 6.2
_MOST_LINES: Final = 20
#: How far a character may stand outside its field's box: left, right, above or below, millimetres.
_LEFT_MM: Final = 1.2
_RIGHT_MM: Final = 2.5
_ASIDE_MM: Final = 1.8
#: A caption further than this from its declared place is not this caption.
_CAPTION_MM: Final = 4.0
_SAME_ROW_MM: Final = 2.2
#: Characters closer than this belong to one word; values stand further from what is before them.
_ONE_WORD_MM: Final = 3.0
#: A value that starts this much to the right of its box has lost its first characters.
_LATE_MM: Final = 3.2
_LOOKED_UP: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The part of one line that belongs to one field; the box is in pixels of the document."""

    line: ReadLine
    chars: tuple[Char, ...]
    first: int
    end: int

    @property
    def text(self) -> str:
        """The characters without blanks."""
        return text_of(self.chars)

    @property
    def seen(self) -> Posterior:
        """What the engine saw along this part."""
        return self.line.seen.part(self.first, self.end)

    @property
    def middle_y(self) -> float:
        """Height of the middle, pixels from the top of the document."""
        return float(self.line.line.middle[1])

    @property
    def tall(self) -> float:
        """Height of the line, pixels."""
        return self.line.line.height

    @property
    def box(self) -> Box:
        """Upright rectangle around this part, pixels of the document."""
        quad = self.line.line.quad
        steps = len(self.line.seen.probabilities)
        width = float(quad[1][0] - quad[0][0])
        char = max(width / steps, self.tall * 0.25)
        left = quad[0][0] + width * self.chars[0].first / steps - char
        right = quad[0][0] + width * self.chars[-1].end / steps + char
        top, bottom = float(quad[:, 1].min()), float(quad[:, 1].max())
        left, right = max(left, quad[0][0] - char), min(right, quad[1][0] + char)
        return Box(
            max(0, round(left)), max(0, round(top)), round(right - left), round(bottom - top)
        )


def union(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle around all of `boxes`."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


class Page:
    """A straightened document with its lines read."""

    def __init__(self, engine: TextEngine, flat: Pixels, kind: Kind) -> None:
        self.flat = flat
        self.kind = kind
        self.engine = engine
        self.px_per_mm = flat.shape[1] / kind.size_mm[0]
        self.lines = self._read()
        self._captions = self._find_captions()
        self._shifts = self._measure_shifts()

    def _read(self) -> list[ReadLine]:
        level = np.array((1.0, 0.0))
        found = [facing(each, level) for each in self.engine.find_lines(self.flat, SEARCH_PX)]
        wanted = [each for each in found if self._may_hold_value(each)]
        return read_lines(self.engine, self.flat, wanted[:_MOST_LINES])

    def _may_hold_value(self, line: TextLine) -> bool:
        """Level, not too tall, and near a field or a caption."""
        if direction(line)[0] < _LEVEL or line.height / self.px_per_mm > _TALLEST_MM:
            return False
        low, high = line.quad.min(axis=0) / self.px_per_mm, line.quad.max(axis=0) / self.px_per_mm
        middle = float(low[1] + high[1]) / 2
        return any(
            box[1] - _ASIDE_MM * 1.5 <= middle <= box[1] + box[3] + _ASIDE_MM * 1.5
            and low[0] <= box[0] + box[2]
            and high[0] >= box[0]
            for box in self._boxes()
        )

    def _boxes(self) -> list[BoxMm]:
        return [field.box for field in self.kind.side.fields if field.box is not None]

    def _place(self, line: ReadLine, char: Char) -> Floats:
        return np.asarray(line.point(char) / self.px_per_mm)

    def _find_captions(self) -> dict[str, tuple[ReadLine, int, Floats]]:
        """Captions by text: their line, first character, and how far off their place they are."""
        found: dict[str, tuple[ReadLine, int, Floats]] = {}
        for line in self.lines:
            text = plain(line.chars)
            for anchor in self.kind.side.anchors:
                start = find_caption(text, anchor.text)
                if start < 0 or len(anchor.text) == 1:
                    continue
                chars = line.chars[start : start + len(anchor.text)]
                spot = np.mean([self._place(line, each) for each in chars], axis=0)
                off = spot - _middle(anchor.box)
                if float(np.abs(off).max()) <= _CAPTION_MM:
                    found[anchor.text] = (line, start, off)
        return found

    def _measure_shifts(self) -> dict[str, Floats]:
        """How far each field stands from its declared place, as its caption or all of them say."""
        offs = [off for _, _, off in self._captions.values()]
        usual = np.median(offs, axis=0) if offs else np.zeros(2)
        shifts: dict[str, Floats] = {}
        for field in self.kind.side.fields:
            caption = self._caption_of(field)
            seen = self._captions.get(caption.text) if caption else None
            shifts[field.name] = usual if seen is None else (seen[2] + usual) / 2
        return shifts

    def _caption_of(self, field: FieldDeclaration) -> Anchor | None:
        """The caption to the left of a field in its first row."""
        if field.box is None:
            return None
        x, y, _, height = field.box
        first_row = y + min(height, 4.8) / 2
        left = [
            anchor
            for anchor in self.kind.side.anchors
            if len(anchor.text) > 1
            and anchor.box[0] < x
            and abs(anchor.box[1] + anchor.box[3] / 2 - first_row) < _SAME_ROW_MM
        ]
        return max(left, key=lambda anchor: anchor.box[0], default=None)

    def _is_caption(self, line: ReadLine, at: int) -> bool:
        return any(
            home is line and start <= at < start + len(text)
            for text, (home, start, _) in self._captions.items()
        )

    def pieces(self, field: FieldDeclaration) -> list[Piece]:
        """Return the parts of lines that belong to `field`, in reading order."""
        pieces = [piece for line in self.lines if (piece := self._piece(field, line)) is not None]
        return _in_reading_order(pieces)

    def _piece(self, field: FieldDeclaration, line: ReadLine) -> Piece | None:
        mine = [
            at
            for at, char in enumerate(line.chars)
            if not self._is_caption(line, at) and self._owner(line, char) == field.box
        ]
        if not mine:
            return None
        first, last = mine[0], mine[-1]
        if first and self._goes_on(line, first):
            return None
        before = line.chars[first - 1].end if first else 0
        ends = len(line.seen.probabilities)
        after = line.chars[last + 1].first if last + 1 < len(line.chars) else ends
        return Piece(line, line.chars[first : last + 1], before, after)

    def _goes_on(self, line: ReadLine, at: int) -> bool:
        """Tell whether a character only continues a word that began outside the field."""
        gap = self._place(line, line.chars[at])[0] - self._place(line, line.chars[at - 1])[0]
        return float(gap) < _ONE_WORD_MM and not self._is_caption(line, at - 1)

    def _owner(self, line: ReadLine, char: Char) -> BoxMm | None:
        """The box that a character stands in or next to; None where it is too far from all."""
        spot = self._place(line, char)
        best: tuple[float, BoxMm] | None = None
        for field in self.kind.side.fields:
            if field.box is None:
                continue
            off = _outside(field.box, spot - self._shifts[field.name])
            if off is not None and (best is None or off < best[0]):
                best = (off, field.box)
        return best[1] if best else None

    def looked_up(self, field: FieldDeclaration) -> list[Piece]:
        """Read the field's own place, where no line was found: one character is easily missed."""
        if field.box is None or field.lines > 1:
            return []
        x, y, width, height = field.box
        left, top = np.array((x - 0.5, y)) + self._shifts[field.name]
        numbers = (np.array((left, top, width + 0.5, height)) * self.px_per_mm).round()
        line = self.reread(Box(*(int(max(0, each)) for each in numbers)))
        chars = tuple(each for each in line.chars if each.probability > _LOOKED_UP)
        return [Piece(line, chars, 0, len(line.seen.probabilities))] if chars else []

    def begins_late(self, field: FieldDeclaration, first: Piece) -> bool:
        """Tell whether a value starts further right than values do: its head may be unread."""
        if field.box is None:
            return False
        left = self._place(first.line, first.chars[0])[0] - self._shifts[field.name][0]
        return bool(left - first.tall / self.px_per_mm / 2 > field.box[0] + _LATE_MM)

    def widened(self, box: Box, by: float) -> Box:
        """A box that reaches further to both sides, within the document."""
        left = max(0, round(box.x - by))
        right = min(self.flat.shape[1], round(box.x + box.width + by))
        return Box(left, box.y, right - left, box.height)

    def reread(self, box: Box) -> ReadLine:
        """Read one upright rectangle of the document as one line."""
        x, y, w, h = box.x, box.y, box.width, box.height
        quad = np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], float)
        return read_lines(self.engine, self.flat, [TextLine(quad, 1.0)])[0]


def _middle(box: BoxMm) -> Floats:
    return np.array((box[0] + box[2] / 2, box[1] + box[3] / 2))


def _outside(box: BoxMm, spot: Floats) -> float | None:
    """How far outside the box a point lies, 0 inside; None beyond what is allowed."""
    left, right = box[0] - spot[0], spot[0] - box[0] - box[2]
    aside = max(box[1] - spot[1], spot[1] - box[1] - box[3], 0.0)
    if left > _LEFT_MM or right > _RIGHT_MM or aside > _ASIDE_MM:
        return None
    return float(aside + max(left, right, 0.0))


def _in_reading_order(pieces: list[Piece]) -> list[Piece]:
    """Rows from the top, each from the left."""
    down = sorted(pieces, key=lambda piece: piece.middle_y)
    row = 0
    rows = [0] * len(down)
    for at, (upper, lower) in enumerate(pairwise(down), start=1):
        row += lower.middle_y - upper.middle_y > 0.5 * min(upper.tall, lower.tall)
        rows[at] = row
    order = sorted(range(len(down)), key=lambda at: (rows[at], down[at].box.x))
    return [down[at] for at in order]
