"""Puts the fields of a card where its captions are, if it is not laid out as declared."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from pos_client.capture.anchors import Kind, find_anchor, plain
from pos_client.capture.lines import ReadLine
from pos_client.capture.page_captions import caption_of, ends_of_caption
from pos_client.capture.piece import is_chinese
from pos_client.model.declaration import Anchor, BoxMm, FieldDeclaration
from pos_client.model.field import FieldName

#: A caption above a field ends so far above or below its top, and begins so far from its left.
_ABOVE_MM: Final = 2.0
_SAME_LEFT_MM: Final = 3.0
#: Lines whose middles differ by less than this share of their height stand in one row.
_SAME_ROW: Final = 0.6
#: The next row begins no further below than this many heights of the caption's own line.
_NEXT_ROW: Final = 3.2
#: How far left of a caption, in heights of its line, the value below it may begin.
_HANGING: Final = 1.5
#: Fields of one row are this high, for each of their lines; where captions stand closer, less.
_ROW: Final = 1.6
_GAP_MM: Final = 0.3
#: Half a character is so wide, in heights of its line.
_HALF_CHINESE: Final = 0.42
_HALF_LATIN: Final = 0.25
#: Values of one column begin so far apart at most.
_COLUMN_MM: Final = 8.0
#: Two characters of a caption are spread over so many heights of their line at most.
_SPREAD: Final = 6.0
#: A field so far from where the declaration has it is not read there.
_ASTRAY_MM: Final = 1.6
_ASTRAY_ASIDE_MM: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class _Spot:
    """A piece of print on the page, millimetres: from `left` to `right`, at `middle`, `tall`.

    A caption's words in its first language end at `words`.
    """

    left: float
    right: float
    middle: float
    tall: float
    words: float = 0.0

    def in_row_of(self, other: "_Spot") -> bool:
        """Tell whether this stands in one row with another piece of print."""
        return abs(self.middle - other.middle) < _SAME_ROW * max(self.tall, other.tall)


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Where the captions of a side were seen, and the print that belongs to none of them."""

    captions: dict[str, _Spot]
    others: list[_Spot]

    def beside(self, caption: _Spot, *, rows: int) -> _Spot | None:
        """The room right of a caption, where print stands in it before the next caption.

        Of several rows the first may stand higher than the caption, which is in their midst then.
        """
        end = min(
            (each.left for each in self.captions.values() if each.in_row_of(caption)
             and each.left > caption.right),
            default=np.inf,
        )  # fmt: skip
        found = [
            each
            for each in self.others
            if each.in_row_of(caption) and caption.right <= (each.left + each.right) / 2 < end
        ]
        if not found:
            return None
        left = min(each.left for each in found)
        near = [each for each in found if each.left < left + _HANGING * caption.tall]
        first = min(
            near, key=lambda each: each.middle if rows > 1 else abs(each.middle - caption.middle)
        )
        return _Spot(first.left, float(end), first.middle, first.tall)

    def below(self, caption: _Spot) -> _Spot | None:
        """The room below a caption, where print stands in it before the next row of captions."""
        row = [each for each in self.captions.values() if each.in_row_of(caption)]
        end = min((each.left for each in row if each.left > caption.right), default=np.inf)
        left = caption.left - _HANGING * caption.tall
        under = [
            each
            for each in self.others
            if caption.middle + _SAME_ROW * caption.tall < each.middle
            and each.middle < caption.middle + _NEXT_ROW * caption.tall
            and left < each.left < end
        ]
        first = min(under, key=lambda each: each.middle, default=None)
        return first and _Spot(min(first.left, caption.left), float(end), first.middle, first.tall)


def laid_by_captions(kind: Kind, lines: Sequence[ReadLine], px_per_mm: float) -> Kind | None:
    """The kind with each field where its caption is; None where that is where it was declared.

    Printers move rows and columns, and set beside a caption what others set below it. What belongs
    to a caption is told by the caption then, and not by the place on the card.
    """
    layout = _seen(kind, lines, px_per_mm)
    fields = kind.side.fields
    rooms: dict[FieldName, tuple[_Spot, _Spot]] = {}
    for field in fields:
        caption = caption_for(kind, field)
        spot = layout.captions.get(caption.text) if caption else None
        if spot is not None and field.box is not None:
            room = layout.beside(spot, rows=field.lines) or layout.below(spot)
            if room is not None:
                rooms[field.name] = spot, room
    placed = {
        field.name: _box(kind, field, field.box, _in_column(*rooms[field.name], rooms), layout)
        for field in fields
        if field.box is not None and field.name in rooms
    }
    _place_second_rows(kind, placed, layout)
    _place_numbers(kind, placed, lines, px_per_mm)
    if not any(_is_astray(kind, each, placed) for each in fields):
        return None
    anchors = tuple(
        replace(each, box=_around(layout.captions[each.text]))
        for each in kind.side.anchors
        if each.text in layout.captions
    )
    moved = tuple(replace(each, box=placed.get(each.name, each.box)) for each in fields)
    return replace(kind, side=replace(kind.side, anchors=anchors, fields=moved))


def caption_for(kind: Kind, field: FieldDeclaration) -> Anchor | None:
    """The caption to the left of a field, or else the one right above it."""
    beside = caption_of(kind, field)
    if beside is not None or field.box is None:
        return beside
    x, y, _, _ = field.box
    above = [
        each
        for each in kind.side.anchors
        if len(each.text) > 1
        and abs(each.box[1] + each.box[3] - y) < _ABOVE_MM
        and abs(each.box[0] - x) < _SAME_LEFT_MM
    ]
    return min(above, key=lambda each: abs(each.box[1] + each.box[3] - y), default=None)


def _seen(kind: Kind, lines: Sequence[ReadLine], px_per_mm: float) -> _Layout:
    """Sort the print of a page into captions, longest first, and what is none."""
    captions: dict[str, _Spot] = {}
    taken: dict[int, set[int]] = {id(line): set() for line in lines}
    for anchor in sorted(kind.side.anchors, key=lambda each: -len(each.text)):
        for line in lines:
            start, words = find_anchor(plain(line.chars), anchor)
            end = start + len(words)
            if start < 0 or len(words) == 1 or taken[id(line)] & set(range(start, end)):
                continue
            words_end = _spot(line, start, end, px_per_mm).right
            end = ends_of_caption(line, end)
            taken[id(line)].update(range(start, end))
            spot = replace(_spot(line, start, end, px_per_mm), words=words_end)
            if anchor.text not in captions or _is_nearer(spot, captions[anchor.text], anchor):
                captions[anchor.text] = spot
    _find_spread(kind, lines, captions, taken, px_per_mm)
    others = [
        _spot(line, first, end, px_per_mm)
        for line in lines
        for first, end in _runs(len(line.chars), taken[id(line)])
    ]
    return _Layout(captions, others)


def _find_spread(
    kind: Kind,
    lines: Sequence[ReadLine],
    captions: dict[str, _Spot],
    taken: dict[int, set[int]],
    px_per_mm: float,
) -> None:
    """Find captions of two characters that are spread so wide that each is a line: 住 所."""
    singles = [line for line in lines if len(line.chars) == 1 and not taken[id(line)]]
    spots = {id(line): _spot(line, 0, 1, px_per_mm) for line in singles}
    for anchor in kind.side.anchors:
        if len(anchor.text) != 2 or anchor.text in captions:  # noqa: PLR2004 - a pair
            continue
        for first in (each for each in singles if plain(each.chars) == anchor.text[0]):
            one = spots[id(first)]
            for last in (each for each in singles if plain(each.chars) == anchor.text[1]):
                other = spots[id(last)]
                if other.in_row_of(one) and 0 < other.left - one.left < _SPREAD * one.tall:
                    captions[anchor.text] = _Spot(
                        one.left,
                        other.right,
                        (one.middle + other.middle) / 2,
                        max(one.tall, other.tall),
                        other.right,
                    )
                    taken[id(first)].add(0)
                    taken[id(last)].add(0)


def _runs(count: int, taken: set[int]) -> Iterable[tuple[int, int]]:
    ends = [-1, *sorted(taken), count]
    return ((a + 1, b) for a, b in pairwise(ends) if b > a + 1)


def _is_nearer(one: _Spot, other: _Spot, anchor: Anchor) -> bool:
    x, y, _, height = anchor.box
    place = np.array((x, y + height / 2))
    offs = [np.abs(np.array((e.left, e.middle)) - place).sum() for e in (one, other)]
    return bool(offs[0] < offs[1])


def _spot(line: ReadLine, start: int, end: int, px_per_mm: float) -> _Spot:
    tall = line.line.height / px_per_mm
    points = [line.point(line.chars[at]) / px_per_mm for at in (start, end - 1)]
    half = tall * (_HALF_CHINESE if is_chinese(line.chars[start].text) else _HALF_LATIN)
    left, right = float(points[0][0]) - half, float(points[1][0]) + half
    return _Spot(left, right, float(points[0][1] + points[1][1]) / 2, tall)


def _around(spot: _Spot) -> BoxMm:
    return spot.left, spot.middle - spot.tall / 2, max(spot.words - spot.left, 0.1), spot.tall


def _in_column(
    caption: _Spot, room: _Spot, rooms: Mapping[FieldName, tuple[_Spot, _Spot]]
) -> _Spot:
    """The room from where the values below and above it begin: this one's head may be unseen."""
    beside = [
        other.left
        for above, other in rooms.values()
        if abs(above.left - caption.left) < _SAME_LEFT_MM
        and abs(other.left - room.left) < _COLUMN_MM
    ]
    return replace(room, left=min([room.left, *beside]))


def _box(
    kind: Kind, field: FieldDeclaration, declared: BoxMm, room: _Spot, layout: _Layout
) -> BoxMm:
    """The place of a field whose first row stands in a room beside or below its caption."""
    height = min(declared[3] / field.lines, max(_ROW * room.tall, room.tall + 1.0))
    top = room.middle - height / 2
    if field.lines > 1:
        below = [
            each.middle - each.tall / 2
            for each in layout.captions.values()
            if each.middle > room.middle + room.tall and each.left < room.right
        ]
        height = min([declared[3], *(each - top for each in below)])
    width = min(max(declared[2], 1.0), room.right - _GAP_MM - room.left)
    return room.left, top, max(1.0, min(width, kind.size_mm[0] - room.left)), height


def _place_second_rows(kind: Kind, placed: dict[FieldName, BoxMm], layout: _Layout) -> None:
    """Place what has no caption and stands right below a field that has: a name in Latin."""
    for field in kind.side.fields:
        if field.box is None or field.name in placed:
            continue
        for upper in kind.side.fields:
            box = placed.get(upper.name)
            if box is None or upper.box is None or upper.box == field.box:
                continue
            under = abs(upper.box[1] + upper.box[3] - field.box[1]) < _GAP_MM
            if not under or abs(upper.box[0] - field.box[0]) >= _SAME_LEFT_MM:
                continue
            middle = box[1] + box[3] / 2
            rows = [
                each
                for each in layout.others
                if _SAME_ROW * each.tall < each.middle - middle < _NEXT_ROW * each.tall
                and box[0] - 2 * each.tall < each.left < box[0] + box[2]
            ]
            row = min(rows, key=lambda each: each.middle, default=None)
            if row is not None:
                height = min(field.box[3], _ROW * row.tall)
                placed[field.name] = (row.left - _GAP_MM, row.middle - height / 2,
                                      field.box[2], height)  # fmt: skip
            break


def _place_numbers(
    kind: Kind, placed: dict[FieldName, BoxMm], lines: Sequence[ReadLine], px_per_mm: float
) -> None:
    """Place a number whose caption was not seen where the one print of its form is."""
    for field in kind.side.fields:
        if field.name in placed or field.box is None or not field.pattern:
            continue
        if field.type != "number" or not (field.required or field.scheme):
            continue
        form = re.compile(rf"(?<![A-Z0-9])(?:{field.pattern})(?![A-Z0-9])")
        found = [(line, match) for line in lines if (match := form.search(plain(line.chars)))]
        if len(found) == 1:
            line, match = found[0]
            spot = _spot(line, match.start(), match.end(), px_per_mm)
            height = max(field.box[3], spot.tall)
            width = spot.right - spot.left + _GAP_MM
            placed[field.name] = (spot.left, spot.middle - height / 2, width, height)


def _is_astray(kind: Kind, field: FieldDeclaration, placed: dict[FieldName, BoxMm]) -> bool:
    """Tell whether a field is so far off that what is printed there is not found in its place."""
    box, declared = placed.get(field.name), field.box
    if box is None or declared is None:
        return False
    first = declared[3] / field.lines
    height = box[3] if field.lines == 1 else min(box[3], first)
    off = abs((box[1] + height / 2) - (declared[1] + first / 2))
    return off > _ASTRAY_MM or abs(box[0] - declared[0]) > _ASTRAY_ASIDE_MM
