"""Parts of read lines that belong to one field, in the order in which a person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pos_client.capture.ctc import Char, text_of
from pos_client.capture.engine import Posterior
from pos_client.capture.lines import ReadLine
from pos_client.model.field import Box

#: Characters nearer than this to one another, in heights of their line, are the same one.
_SAME_SPOT: Final = 0.25
#: Middles of neighbours are at most this many heights of their line apart, and the first and last
#: one at most this many from the ends of the box.
_HOLE: Final = 1.5
_END: Final = 0.85
#: Pieces whose middles differ by less than this, in heights of their line, stand in one row.
_SAME_ROW: Final = 0.5
#: A line of a second script above the Chinese one is smaller than this share of it.
_SMALL_PRINT: Final = 0.72
_SMALLER: Final = 0.92
#: Figures are lower than Chinese characters: a last line of so few is no other script's.
_FEW: Final = 3
_GARBLED: Final = 0.8
#: Half of a line and each of these characters being Chinese, so clear on the whole, it makes sense.
_MAKES_SENSE: Final = 0.85
#: Rows are this far apart at most, in their own heights and in the least distance of two of them.
_ROWS_APART: Final = 1.75
_MORE_THAN_LEAST: Final = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The part of one line that belongs to one field; the box is in pixels of the document.

    `clipped`: right before it stands print that is no caption and was not taken for a part of it.
    """

    line: ReadLine
    chars: tuple[Char, ...]
    first: int
    end: int
    clipped: bool = False

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
    def spots(self) -> list[float]:
        """Where along the row each character stands, pixels of the document."""
        return [float(self.line.point(char)[0]) for char in self.chars]

    def chinese_gaps(self) -> list[float]:
        """Distances of neighbours that are both Chinese: these are set evenly, figures closer."""
        pairs = zip(pairwise(self.spots), pairwise(self.chars), strict=True)
        return [b - a for (a, b), both in pairs if all(is_chinese(each.text) for each in both)]

    def has_hole(self, *, begins_in_place: bool) -> bool:
        """Tell whether there is room for a character that was not read: glare may hide one.

        Either characters stand further apart than print sets them, or the line's box, which was
        found without reading, goes on beyond the first or last of them. A piece that begins where
        values do has lost none there: what the box holds before it is the end of a pale caption.
        """
        spots = self.spots
        gaps = [b - a for a, b in pairwise(spots)]
        quad = self.line.line.quad
        if self.chars[0] is self.line.chars[0] and not begins_in_place:
            gaps.append((spots[0] - float(quad[0][0])) * _HOLE / _END)
        if self.chars[-1] is self.line.chars[-1]:
            gaps.append((float(quad[1][0]) - spots[-1]) * _HOLE / _END)
        return any(gap > _HOLE * self.tall for gap in gaps)

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


def is_chinese(character: str) -> bool:
    """Tell a Chinese character of the everyday block; an empty text is none."""
    return "\u4e00" <= character <= "\u9fff"


def is_row_short(pieces: Sequence[Piece]) -> bool:
    """Tell whether one of several rows ends too soon: the dash of "1-" above "7-3" is lost easily.

    Printers end a row by its width or by the number of its characters. One that is a character less
    wide than the widest, and has fewer than the one with most, has lost some; so it seems also
    where they do not break a word, but then a person looks once more often. Needs three rows, of
    which the last may have any length.
    """
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(piece.middle_y - rows[-1][-1].middle_y) < _SAME_ROW * piece.tall:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    gaps = [gap for piece in pieces for gap in piece.chinese_gaps()]
    if len(rows) < 3 or not gaps:  # noqa: PLR2004 - two to compare, and the last
        return False
    full = rows[:-1]
    widths = [row[-1].spots[-1] - row[0].spots[0] for row in full]
    counts = [sum(len(piece.chars) for piece in row) for row in full]
    usual = sorted(gaps)[len(gaps) // 2]
    return any(
        width < max(widths) - usual and count < max(counts)
        for width, count in zip(widths, counts, strict=True)
    )


def union(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle around all of `boxes`."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def something_between(pieces: Sequence[Piece]) -> bool:
    """Tell whether two parts of one row leave room for characters that neither holds.

    Ink or glare in the middle of a line makes two boxes of it, each of them read surely.
    """
    return any(
        abs(right.middle_y - left.middle_y) < 0.5 * min(left.tall, right.tall)
        and float(right.line.point(right.chars[0])[0] - left.line.point(left.chars[-1])[0])
        > _HOLE * max(left.tall, right.tall)
        for left, right in pairwise(pieces)
    )


def large_print(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out lines of a second script: smaller print, of which the engine makes no sense.

    Boxes of a few characters lean more than their print and are no measure. Nor is any box where
    the print is clear and Chinese: boxes are drawn tightly around one line, and widely around the
    next one of the same size.
    """
    chinese = any(is_chinese(each.text) for piece in pieces for each in piece.chars)
    other = [piece for piece in pieces if chinese and _is_latin_row(piece, pieces)]
    pieces = [piece for piece in pieces if piece not in other]
    measures = [piece for piece in pieces if len(piece.chars) > _FEW] or pieces
    tallest = max(piece.tall for piece in measures)
    clearest = max(_clarity(piece) for piece in pieces)
    return [
        piece
        for piece in pieces
        if (_makes_sense(piece) and piece is not pieces[-1])
        or (
            (piece.tall > _SMALL_PRINT * tallest or (piece is pieces[-1] and _is_rest(piece)))
            and (piece.tall > _SMALLER * tallest or _clarity(piece) > _GARBLED * clearest)
        )
    ]


def _is_latin_row(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a row of Chinese text is nothing but letters: it is in another language."""
    if len(piece.chars) == 1 or not all(each.text.isalpha() for each in piece.chars):
        return False
    aside = (abs(each.middle_y - piece.middle_y) for each in pieces if each is not piece)
    return piece.text.isascii() and min(aside, default=0.0) > _SAME_ROW * piece.tall


def _makes_sense(piece: Piece) -> bool:
    """Tell whether a line is Chinese that was well read: another script looks like none."""
    chinese = sum(is_chinese(each.text) for each in piece.chars)
    return 2 * chinese > len(piece.chars) > _FEW and _clarity(piece) > _MAKES_SENSE


def is_row_missing(pieces: Sequence[Piece]) -> bool:
    """Tell whether there is room for a row between two rows of a text: it was not found."""
    gaps = [low.middle_y - high.middle_y for high, low in pairwise(pieces)]
    ways = [gap for gap, piece in zip(gaps, pieces, strict=False) if gap > _SAME_ROW * piece.tall]
    usual = sorted(piece.tall for piece in pieces)[len(pieces) // 2]
    return any(gap > min(_ROWS_APART * usual, _MORE_THAN_LEAST * min(ways)) for gap in ways)


def _is_rest(piece: Piece) -> bool:
    """Tell whether this is the last figure or two of a text, or 号, for which was no more room."""
    if len(piece.chars) > _FEW:
        return False
    chinese = all(is_chinese(each.text) for each in piece.chars)
    figures = all(each.text.isascii() for each in piece.chars)
    return figures or (chinese and _clarity(piece) > _MAKES_SENSE)


def _clarity(piece: Piece) -> float:
    """Mean probability of the characters."""
    return sum(each.probability for each in piece.chars) / len(piece.chars)


def in_reading_order(pieces: list[Piece]) -> list[Piece]:
    """Rows from the top, each from the left; what two overlapping boxes both hold counts once."""
    down = sorted(pieces, key=lambda piece: piece.middle_y)
    row = 0
    rows = [0] * len(down)
    for at, (upper, lower) in enumerate(pairwise(down), start=1):
        row += lower.middle_y - upper.middle_y > 0.5 * min(upper.tall, lower.tall)
        rows[at] = row
    order = sorted(range(len(down)), key=lambda at: (rows[at], down[at].box.x))
    ordered: list[Piece] = []
    row_of: dict[int, int] = {}
    for at in order:
        before = ordered[-1] if ordered and rows[at] == row_of.get(id(ordered[-1])) else None
        piece = down[at] if before is None else _after(before, down[at])
        if piece is not None:
            row_of[id(piece)] = rows[at]
            ordered.append(piece)
    return ordered


def _after(before: Piece, piece: Piece) -> Piece | None:
    """The piece without the characters that the one before it on the same row has already."""
    end = before.line.point(before.chars[-1])[0] + _SAME_SPOT * before.tall
    kept = tuple(char for char in piece.chars if piece.line.point(char)[0] > end)
    if len(kept) == len(piece.chars):
        return piece
    if not kept:
        return None
    return replace(piece, chars=kept, first=kept[0].first)
