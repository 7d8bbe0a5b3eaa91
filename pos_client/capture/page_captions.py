"""Finds the captions on a straightened document, and says what they tell of the values' places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.anchors import Kind, find_anchor, plain
from pos_client.capture.frame import Floats
from pos_client.capture.lines import ReadLine
from pos_client.model.declaration import Anchor, BoxMm, FieldDeclaration
from pos_client.model.field import FieldName

#: A caption further than this from its declared place is not this caption.
_CAPTION_MM: Final = 7.0
_SAME_ROW_MM: Final = 2.2
#: The middle of a first row of a value lies no lower than this in a box of several rows.
_FIRST_ROW_MM: Final = 2.4


#: Between the two languages of a caption; the least letters of a word, and the widest blank between
#: two words, in heights of the line.
_STROKES: Final = frozenset("/\uff0f")
_IN_WORDS: Final = frozenset(".'")
_LEAST_WORD: Final = 2
_BLANK: Final = 1.1


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A caption found: its line, first character and length there, and how far off its place."""

    anchor: Anchor
    line: ReadLine
    start: int
    length: int
    off: Floats


class PageCaptions:
    """The captions of a kind among the lines of a page, at so many pixels to the millimetre."""

    def __init__(self, kind: Kind, lines: Sequence[ReadLine], px_per_mm: float) -> None:
        self._kind = kind
        self._px_per_mm = px_per_mm
        self._found = self._find(lines)
        offs = [each.off for each in self._found.values()]
        self._usual = np.median(offs, axis=0) if offs else np.zeros(2)

    def __len__(self) -> int:
        return len(self._found)

    def has(self, anchor: Anchor) -> bool:
        """Tell whether a caption was found."""
        return anchor.text in self._found

    def _find(self, lines: Sequence[ReadLine]) -> dict[str, Seen]:
        found: dict[str, Seen] = {}
        for line in lines:
            text = plain(line.chars)
            for anchor in self._kind.side.anchors:
                start, words = find_anchor(text, anchor)
                if start < 0 or len(words) == 1:
                    continue
                end = ends_of_caption(line, start + len(words))
                chars = line.chars[start : start + len(words)]
                spot = np.mean([line.point(each) for each in chars], axis=0) / self._px_per_mm
                off = spot - _middle(anchor.box)
                before = found.get(anchor.text)
                nearer = before is None or np.abs(off).max() < np.abs(before.off).max()
                if float(np.abs(off).max()) <= _CAPTION_MM and nearer:
                    found[anchor.text] = Seen(anchor, line, start, end - start, off)
        return found

    def shifts(self) -> dict[FieldName, Floats]:
        """How far each field stands from its declared place, as its caption or all of them say."""
        shifts: dict[FieldName, Floats] = {}
        for field in self._kind.side.fields:
            caption = caption_of(self._kind, field)
            seen = self._found.get(caption.text) if caption else None
            shifts[field.name] = self._usual if seen is None else (seen.off + self._usual) / 2
        return shifts

    def holds(self, line: ReadLine, at: int) -> bool:
        """Tell whether a character of a line belongs to a caption."""
        return any(
            each.line is line and each.start <= at < each.start + each.length
            for each in self._found.values()
        )

    def ends_before(self, line: ReadLine, at: int) -> bool:
        """Tell whether what stands before a character is a caption, or half of it at least."""
        text = plain(line.chars[:at])
        words = (each.replace(" ", "") for a in self._kind.side.anchors for each in a.spellings)
        return self.holds(line, at - 1) or any(
            2 * sum(map(str.__eq__, each, text[-len(each) :])) >= len(each)
            for each in words
            if len(each) <= len(text)
        )

    def are_of_others(self, line: ReadLine, field: FieldDeclaration) -> bool:
        """Tell whether a line is a row of captions, none of which stands in the row of a field.

        No value begins there, only more captions: the same in another language, or a neighbour's.
        """
        mine = caption_of(self._kind, field)
        return any(
            each.line is line and each.anchor is not mine and _is_aside(field.box, each.anchor.box)
            for each in self._found.values()
        )


def ends_of_caption(line: ReadLine, end: int) -> int:
    """Where a caption ends that may go on in another language: 有效期限/Period of Validity.

    `end` is where its first language ends. Of what follows a stroke, letters belong to it for as
    long as no gap is wider than a blank.
    """
    if end >= len(line.chars) or line.chars[end].text not in _STROKES:
        return end
    at, text = end + 1, plain(line.chars)
    spots = [float(line.point(each)[0]) for each in line.chars]
    while at < len(text) and text[at].isascii() and (text[at].isalpha() or text[at] in _IN_WORDS):
        if abs(spots[at] - spots[at - 1]) > _BLANK * line.line.height or text[at - 1] == ".":
            break
        at += 1
    if at < len(text) and text[at].isdigit() and at > end + 1 and text[at - 1] != ".":
        # Letters right before figures are the head of a number: it begins at the widest gap.
        at = max(range(end + 1, at + 1), key=lambda each: abs(spots[each] - spots[each - 1]))
    return at if at > end + _LEAST_WORD else end


def caption_of(kind: Kind, field: FieldDeclaration) -> Anchor | None:
    """The caption to the left of a field in its first row."""
    if field.box is None:
        return None
    x, y, _, height = field.box
    first_row = y + min(height, 2 * _FIRST_ROW_MM) / 2
    left = [
        anchor
        for anchor in kind.side.anchors
        if len(anchor.text) > 1
        and anchor.box[0] < x
        and abs(anchor.box[1] + anchor.box[3] / 2 - first_row) < _SAME_ROW_MM
    ]
    return max(left, key=lambda anchor: anchor.box[0], default=None)


def _is_aside(box: BoxMm | None, caption: BoxMm) -> bool:
    """Tell whether the middle of a caption lies above or below a box."""
    middle = caption[1] + caption[3] / 2
    return box is not None and not box[1] <= middle <= box[1] + box[3]


def _middle(box: BoxMm) -> Floats:
    return np.array((box[0] + box[2] / 2, box[1] + box[3] / 2))
