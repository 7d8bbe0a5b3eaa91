"""Sorts the lines of a straightened document into the fields that its declaration names."""

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from pos_client.capture.anchors import Kind, level_view, matches
from pos_client.capture.ctc import Char
from pos_client.capture.effort import as_many_as_hold, is_overfull
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.geometry import move
from pos_client.capture.lighting import evened
from pos_client.capture.lines import ReadLine, cut, direction, facing, moved, read_cuts, read_lines
from pos_client.capture.page_captions import PageCaptions, caption_of
from pos_client.capture.page_source import Source
from pos_client.capture.piece import Piece, in_reading_order
from pos_client.capture.row_places import view_by_rows
from pos_client.model.declaration import BoxMm, FieldDeclaration
from pos_client.model.field import Box

#: A straightened document is searched at so many pixels to the millimetre, a large one at fewer.
_SEARCH_PX_PER_MM: Final = 5.0
_MOST_SEARCH_PX: Final = 640
#: Print on a straightened document is level; what leans is a stamp or a watermark.
LEVEL: Final = 0.985
#: No value on a card is taller; the title of the emblem side is. A page has rows of its own size.
_TALLEST_MM: Final = 6.2
_MOST_LINES: Final = 20
#: So many lines are read that stand near no field.
_MOST_ASIDE: Final = 16
#: How far a character may stand outside its field's box: left, right, above or below, millimetres.
_LEFT_MM: Final = 1.2
_RIGHT_MM: Final = 2.5
_ASIDE_MM: Final = 1.8
#: Characters closer than this belong to one word; values stand further from what is before them.
_ONE_WORD_MM: Final = 3.0
_ONE_WORD: Final = 0.85
#: A value that starts this much to the right of its box has lost its first characters.
_LATE_MM: Final = 3.2
#: One that starts less to the right than this has not: it is less than half a character.
_IN_PLACE_MM: Final = 1.5
#: The middle of a first row lies higher than this in a box of several rows.
_FIRST_ROW_MM: Final = 3.6
_LOOKED_UP: Final = 0.5
#: Where a field would be this far off its place, the picture is straightened once more.
_ASTRAY_MM: Final = 2.2
#: The same where no caption tells which row is which.
_ASTRAY_ROWS_MM: Final = 1.2
#: The same where its place is known roughly: lines are then looked for so far from their places.
_ROUGHLY_MM: Final = 4.0
_ENOUGH_CAPTIONS: Final = 4
#: Print that was not read and reaches so far into a field may be a part of its value.
_REACHES_MM: Final = 2.0
#: A value may reach this far out of its box on the left, where the picture is not quite straight.
_OUTSIDE_MM: Final = 5.0
#: A line this much of its box wide may go on in the next one.
_FULL_LINE: Final = 0.6
#: Distance between lines of one value where only one line tells nothing, millimetres.
_LINES_MM: Final = 4.6


#: Lines that were read, and print that was not.
Lines = tuple[list[ReadLine], list[TextLine]]


class Before(NamedTuple):
    """What is known of a page, in its own pixels: lines as read, and where all lines are."""

    lines: Sequence[ReadLine] = ()
    boxes: Sequence[TextLine] | None = None


_NOTHING: Final = Before()


class BetterView(NamedTuple):
    """Where a document really lies (3 x 3, millimetres to pixels of the straightened picture).

    `is_astray`: its fields are so far off their places that they have to be read again.
    """

    view: Floats
    is_astray: bool


class Page:
    """A straightened document with its lines looked for and read, but for what is known before."""

    def __init__(
        self,
        engine: TextEngine,
        flat: Pixels,
        kind: Kind,
        lines: Lines | None = None,
        *,
        source: Source | None = None,
        before: Before = _NOTHING,
    ) -> None:
        rough = source is not None
        self._source, self._known = source, before.lines
        self._aside_mm = _ROUGHLY_MM if rough else _ASIDE_MM * 1.5
        self._astray_mm = _ROUGHLY_MM if rough else _ASTRAY_MM
        self.flat = flat
        self.kind = kind
        self.engine = engine
        self.px_per_mm = flat.shape[1] / kind.size_mm[0]
        rows = [each.box[3] / each.lines for each in kind.side.fields if each.box is not None]
        self._tallest_mm = max(_TALLEST_MM, *rows, 0.0)
        self.boxes = before.boxes or ()
        if lines is None:
            if before.boxes is None:
                self.boxes = engine.find_lines(flat, search_px(kind))
            lines = self._read()
        self.lines, self._unread = lines
        self._captions = PageCaptions(kind, self.lines, self.px_per_mm)
        self._shifts = self._captions.shifts()
        self._owners = [[self._owner(line, char) for char in line.chars] for line in self.lines]

    def _read(self) -> Lines:
        level = np.array((1.0, 0.0))
        found = [facing(each, level) for each in self.boxes]
        found = [each for each in found if not any(_covers(line, each) for line in self._known)]
        wanted = as_many_as_hold(
            [each for each in found if self._may_hold_value(each)], _MOST_LINES
        )
        unread = [each for each in found if each not in wanted and self._is_print(each)]
        if self._source is None:
            return [*self._known, *read_lines(self.engine, self.flat, wanted)], unread
        return [*self._known, *self._source.read(self.engine, wanted)], unread

    def laid_on(self, flat: Pixels, across: Floats) -> "Page":
        """The same lines on a picture that is straighter; `across` (3 x 3) leads to its pixels."""
        unread = [TextLine(move(across, each.quad), each.score) for each in self._unread]
        lines = [moved(each, across) for each in self.lines]
        return Page(self.engine, flat, self.kind, (lines, unread))

    def _is_print(self, line: TextLine) -> bool:
        """Level print, even where it is so tall that two lines must have run together."""
        tall = line.height / self.px_per_mm
        return bool(direction(line)[0] > LEVEL and tall < 2 * self._tallest_mm)

    def is_disturbed(self, field: FieldDeclaration) -> bool:
        """Tell whether print that could not be taken apart reaches into a field."""
        if field.box is None:
            return False
        x, y, width, height = field.box
        for line in self._unread:
            low, high = (
                line.quad.min(axis=0) / self.px_per_mm,
                line.quad.max(axis=0) / self.px_per_mm,
            )
            across = min(high[0], x + width) - max(low[0], x)
            down = min(high[1], y + height) - max(low[1], y)
            if across > _REACHES_MM and down > _REACHES_MM / 2:
                return True
        return False

    def _may_hold_value(self, line: TextLine) -> bool:
        """Level, not too tall, and near a field or a caption."""
        if direction(line)[0] < LEVEL or line.height / self.px_per_mm > self._tallest_mm:
            return False
        low, high = line.quad.min(axis=0) / self.px_per_mm, line.quad.max(axis=0) / self.px_per_mm
        middle = float(low[1] + high[1]) / 2
        return any(
            box[1] - self._aside_mm <= middle <= box[1] + box[3] + self._aside_mm
            and low[0] <= box[0] + box[2]
            and high[0] >= box[0]
            for box in self._boxes()
        )

    def _boxes(self) -> list[BoxMm]:
        """Places of all fields and of their captions; titles need not be read again."""
        fields = [field.box for field in self.kind.side.fields if field.box is not None]
        captions = (caption_of(self.kind, field) for field in self.kind.side.fields)
        return fields + [caption.box for caption in captions if caption is not None]

    @property
    def is_captioned(self) -> bool:
        """So many captions were read that they tell where everything is."""
        return len(self._captions) >= _ENOUGH_CAPTIONS

    def better_view(self) -> BetterView | None:
        """Where the document really lies on this picture: by its captions, or else by its rows."""
        most_mm = self._astray_mm
        if self.is_captioned:
            view = level_view(self.kind, matches(self.kind, self.lines), self.lines)
        else:
            view, most_mm = view_by_rows(self.kind, self.lines, self.px_per_mm), _ASTRAY_ROWS_MM
        if view is None:
            return None
        boxes = np.array(self._boxes())
        points = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])
        off = np.linalg.norm(move(view, points) / self.px_per_mm - points, axis=1)
        return BetterView(view, bool(off.max() > most_mm))

    def _place(self, line: ReadLine, char: Char) -> Floats:
        return np.asarray(line.point(char) / self.px_per_mm)

    def pieces(self, field: FieldDeclaration) -> list[Piece]:
        """Return the parts of lines that belong to `field`, in reading order."""
        owned = zip(self.lines, self._owners, strict=True)
        pieces = (self._piece(field, line, owners) for line, owners in owned)
        return in_reading_order([piece for piece in pieces if piece is not None])

    def _piece(
        self, field: FieldDeclaration, line: ReadLine, owners: Sequence[BoxMm | None]
    ) -> Piece | None:
        mine = [
            at
            for at, owner in enumerate(owners)
            if owner == field.box and not self._captions.holds(line, at)
        ]
        if not mine:
            return None
        first, last = self._whole(field, line, mine[0], mine[-1])
        if first and self._goes_on(field, line, first):
            return None
        before = line.chars[first - 1].end if first else 0
        ends = len(line.seen.probabilities)
        after = line.chars[last + 1].first if last + 1 < len(line.chars) else ends
        clipped = first > 0 and self._is_clipped(line, first)
        return Piece(line, line.chars[first : last + 1], before, after, clipped)

    def _is_clipped(self, line: ReadLine, first: int) -> bool:
        """Tell whether print that is no caption stands right before a piece: perhaps its head."""
        gap = self._place(line, line.chars[first])[0] - self._place(line, line.chars[first - 1])[0]
        near = float(gap) < self._one_word_mm(line)
        return near and not self._captions.ends_before(line, first)

    def _whole(
        self, field: FieldDeclaration, line: ReadLine, first: int, last: int
    ) -> tuple[int, int]:
        """Take in the neighbours that print shows to belong together, a little out of the box."""
        while last + 1 < len(line.chars) and self._goes_on(field, line, last + 1):
            last += 1
        left = (field.box or (0.0,))[0] + self._shifts[field.name][0] - _OUTSIDE_MM
        at = first
        while at > 0 and self._goes_on(field, line, at):
            at -= 1
        starts_near = self._place(line, line.chars[at])[0] > left
        return (at if starts_near else first), last

    def _goes_on(self, field: FieldDeclaration, line: ReadLine, at: int) -> bool:
        """Tell whether a character only continues a word that began outside the field."""
        gap = self._place(line, line.chars[at])[0] - self._place(line, line.chars[at - 1])[0]
        captions = self._captions.holds(line, at - 1), self._captions.holds(line, at)
        if float(gap) >= self._one_word_mm(line) or any(captions):
            return False
        return not self._stands_for_caption(field, line, at - 1)

    def _stands_for_caption(self, field: FieldDeclaration, line: ReadLine, at: int) -> bool:
        """Tell whether a character stands where a caption is printed, which was misread then."""
        spot = self._place(line, line.chars[at]) - self._shifts[field.name]
        unseen = (each for each in self.kind.side.anchors if not self._captions.has(each))
        return any(_outside(each.box, spot) == 0 for each in unseen)

    def _one_word_mm(self, line: ReadLine) -> float:
        return max(_ONE_WORD_MM, line.line.height / float(self.px_per_mm) * _ONE_WORD)

    def _owner(self, line: ReadLine, char: Char) -> BoxMm | None:
        """The box that a character stands in or next to; None where it is too far from all."""
        spot = self._place(line, char)
        best: tuple[float, BoxMm] | None = None
        for field in self.kind.side.fields:
            if field.box is None or self._captions.are_of_others(line, field):
                continue
            off = _outside(field.box, spot - self._shifts[field.name])
            if off is not None and (best is None or off < best[0]):
                best = (off, field.box)
        return best[1] if best else None

    def looked_up(self, field: FieldDeclaration) -> list[Piece]:
        """Read the field's own place, where no line was found: one character is easily missed."""
        if field.box is None or field.box[3] > self._tallest_mm:
            return []
        x, y, width, height = field.box
        left, top = np.array((x - 0.5, y)) + self._shifts[field.name]
        numbers = (np.array((left, top, width + 0.5, height)) * self.px_per_mm).round()
        line = self.reread(Box(*(int(max(0, each)) for each in numbers)))
        chars = tuple(each for each in line.chars if each.probability > _LOOKED_UP)
        return [Piece(line, chars, 0, len(line.seen.probabilities))] if chars else []

    def without_field(self) -> list[ReadLine]:
        """The lines that are in no field's place, those too that were too far off to be read."""
        owned = zip(self.lines, self._owners, strict=True)
        return [line for line, owners in owned if not any(owners)] + self._aside

    def all_print(self) -> list[ReadLine]:
        """All lines, those too that stand near no field and no caption."""
        return [*self.lines, *self._aside]

    @property
    def is_overfull(self) -> bool:
        """More is printed here than on any document."""
        return is_overfull([*(each.line for each in self.lines), *self._unread])

    @cached_property
    def _aside(self) -> list[ReadLine]:
        by_length = sorted(self._unread, key=lambda each: -each.length)
        longest = as_many_as_hold(by_length, _MOST_ASIDE)
        return read_lines(self.engine, self.flat, longest) if longest else []

    def line_below(self, field: FieldDeclaration, pieces: list[Piece]) -> ReadLine | None:
        """Look below a last line that is as long as the others: the text may go on there."""
        last = pieces[-1]
        if field.box is None or len(pieces) >= field.lines:
            return None
        right = max(piece.box.x + piece.box.width for piece in pieces)
        room = right - last.box.x - last.box.width
        long_enough = last.box.width > _FULL_LINE * field.box[2] * self.px_per_mm
        if room > _RIGHT_MM * self.px_per_mm or not long_enough:
            return None
        ways = [b.middle_y - a.middle_y for a, b in pairwise(pieces)]
        usual = max(_LINES_MM, field.box[3] / field.lines) * self.px_per_mm
        pitch = float(np.median(ways)) if ways else usual
        below = [box[1] for box in self._boxes() if box[1] > field.box[1] + field.box[3] / 2]
        end = min([*below, field.box[1] + field.box[3] + _ASIDE_MM]) * self.px_per_mm
        if last.box.y + last.box.height + pitch > end + _ASIDE_MM * self.px_per_mm / 2:
            return None
        box = last.box
        return self.reread(Box(box.x, round(box.y + pitch), box.width, box.height))

    def begins_late(self, field: FieldDeclaration, first: Piece) -> bool:
        """Tell whether a value starts further right than values do: its head may be unread."""
        return self._late_mm(field, first) > _LATE_MM

    def begins_in_place(self, field: FieldDeclaration, piece: Piece) -> bool:
        """Tell whether a row of a value starts where values do, to less than half a character."""
        return self._late_mm(field, piece) < _IN_PLACE_MM

    def begins_low(self, field: FieldDeclaration, first: Piece) -> bool:
        """Tell whether a text of several rows begins below its first row, which was not read."""
        if field.box is None or field.box[3] <= self._tallest_mm:
            return False
        row = max(_FIRST_ROW_MM, field.box[3] / field.lines)
        top = field.box[1] + float(self._shifts[field.name][1])
        return bool(first.middle_y / self.px_per_mm - top > row)

    def _late_mm(self, field: FieldDeclaration, piece: Piece) -> float:
        """How far right of its field's left edge a piece begins; NaN where that is not declared."""
        if field.box is None:
            return math.nan
        middle = self._place(piece.line, piece.chars[0])[0] - self._shifts[field.name][0]
        return float(middle - piece.tall / self.px_per_mm / 2 - field.box[0])

    def widened(self, box: Box, by: float) -> Box:
        """A box that reaches further to both sides, within the document."""
        left = max(0, round(box.x - by))
        right = min(self.flat.shape[1], round(box.x + box.width + by))
        return Box(left, box.y, right - left, box.height)

    def reread(self, box: Box) -> ReadLine:
        """Read one upright rectangle of the document as one line."""
        return read_lines(self.engine, self.flat, [TextLine(_corners(box), 1.0)])[0]

    def row_to_end(self, field: FieldDeclaration, box: Box) -> Box:
        """The row of a value, to where its field ends: glare may have hidden the rest of it."""
        if field.box is None:
            return box
        end = field.box[0] + field.box[2] + self._shifts[field.name][0]
        right = min(self.flat.shape[1], round(float(end) * self.px_per_mm))
        return Box(box.x, box.y, max(box.width, right - box.x), box.height)

    def reread_evenly(self, box: Box) -> ReadLine:
        """Read one upright rectangle as one line, its print made equally strong throughout."""
        line = TextLine(_corners(box), 1.0)
        return read_cuts(self.engine, [evened(cut(self.flat, line.quad))], [line])[0]


def search_px(kind: Kind) -> int:
    """How large the longer side of a straightened document is when it is searched for lines."""
    return min(_MOST_SEARCH_PX, round(_SEARCH_PX_PER_MM * max(kind.size_mm)))


def _covers(line: ReadLine, box: TextLine) -> bool:
    """Tell whether a box is print of this line."""
    low, high = line.line.quad.min(axis=0), line.line.quad.max(axis=0)
    return bool((low <= box.middle).all() and (box.middle <= high).all())


def _corners(box: Box) -> Floats:
    x, y, w, h = box.x, box.y, box.width, box.height
    return np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], float)


def _outside(box: BoxMm, spot: Floats) -> float | None:
    """How far outside the box a point lies, 0 inside; None beyond what is allowed."""
    left, right = box[0] - spot[0], spot[0] - box[0] - box[2]
    aside = max(box[1] - spot[1], spot[1] - box[1] - box[3], 0.0)
    if left > _LEFT_MM or right > _RIGHT_MM or aside > _ASIDE_MM:
        return None
    return float(aside + max(left, right, 0.0))
