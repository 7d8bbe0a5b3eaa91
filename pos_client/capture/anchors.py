"""Recognises which document and side a picture shows by the captions that its lines hold."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from pos_client.capture.ctc import Char
from pos_client.capture.frame import Floats
from pos_client.capture.geometry import fit_view, move
from pos_client.capture.lines import ReadLine
from pos_client.model.declaration import (
    Anchor,
    BoxMm,
    DocumentDeclaration,
    FieldDeclaration,
    SideDeclaration,
)

#: Captions of this length may have one character wrong.
_FORGIVING: Final = 4
#: Characters of captions that have to be seen before a side is believed.
ENOUGH: Final = 5
_NUMBER_WORTH: Final = 6
#: A long number; the network may have melted two equal digits into one, or seen one twice.
_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{15,18}[0-9Xx](?![0-9])")
#: Scripts that the reader knows: Latin, and Chinese characters.
_KNOWN: Final = re.compile(r"[\u0000-\u024f\u2000-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*")
#: Schemes of numbers that are built like a citizen number.
_BUILT_ALIKE: Final = ("cn_residence", "cn_pr_2023")
#: A caption this far from where the others put it (millimetres) is another word of the same text.
_NEAR_MM: Final = 6.0
_NEAR_SINGLE_MM: Final = 3.0
#: So many captions are tried as the one from which the others are found.
_STARTS: Final = 4
#: This share of what all captions found are worth fits a view that is right.
_MOSTLY: Final = 0.75
#: Weight of all but the first character of a caption.
_SPACED: Final = 0.2
#: Lines so many times as long as high show what is level, each end with this weight; the fit is
#: made so many times, for where their ends are is only known from the one before.
_LONG: Final = 4.0
_LEVEL: Final = 1.0
_ROUNDS: Final = 8
_NONE: Final = np.empty((0, 2))
#: What engines take for one another in captions of Latin letters.
_ALIKE: Final = str.maketrans("l1|", "iii")


@dataclass(frozen=True, slots=True)
class Kind:
    """One side of one document kind."""

    document: DocumentDeclaration
    side: SideDeclaration

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the document."""
        return self.document.width_mm, self.document.height_mm


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A caption found: where its characters are, in millimetres and in pixels (n x 2 each)."""

    text: str
    worth: int
    millimetres: Floats
    pixels: Floats
    is_number: bool = False

    @property
    def trust(self) -> Floats:
        """A caption begins at its place; where it ends depends on the spacing of its type."""
        return np.array([1.0, *[_SPACED] * (len(self.millimetres) - 1)])


def plain(chars: Sequence[Char]) -> str:
    """The characters in their plain form, one for one: full-width digits become digits."""
    forms = (unicodedata.normalize("NFKC", each.text)[:1] for each in chars)
    return "".join(form or "?" for form in forms)


def find_caption(text: str, caption: str) -> int:
    """Return where `caption` starts in `text`, or -1; long ones may have one wrong character."""
    exact = text.find(caption)
    if exact >= 0 or len(caption) < _FORGIVING:
        return exact
    if sum(each in text for each in set(caption)) < len(set(caption)) - 1:
        return -1  # most captions are not here, and most of them are seen not to be at one glance
    for at in range(len(text) - len(caption) + 1):
        if sum(a != b for a, b in zip(caption, text[at:], strict=False)) <= 1:
            return at
    return -1


def matches(kind: Kind, lines: Iterable[ReadLine]) -> list[Match]:
    """Find the captions of `kind`, and a number that it carries, in lines that were read."""
    found: list[Match] = []
    for line in lines:
        text = plain(line.chars)
        for anchor in kind.side.anchors:
            start, words = find_anchor(text, anchor)
            if start >= 0:
                chars = line.chars[start : start + len(words)]
                found.append(_match(anchor.text, _worth(anchor), anchor.box, line, chars))
        for field in kind.side.fields:
            number = _number_in(field, text)
            if number is not None and field.box is not None:
                ends = line.chars[number.start()], line.chars[number.end() - 1]
                found.append(_ends_match(field.name, field.box, line, ends))
    return found


def find_anchor(text: str, anchor: Anchor) -> tuple[int, str]:
    """Return where a caption starts in any of its spellings, and the one found; -1 for none.

    Engines leave blanks out, so the spellings are looked for without them. One edition prints in
    capitals what another prints in small letters, and type faces draw I, l and 1 alike.
    """
    folded = _folded(text)
    for spelling in anchor.spellings:
        words = spelling.replace(" ", "")
        start = find_caption(folded, _folded(words))
        if start >= 0:
            return start, words
    return -1, ""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """A text with letters in one form, character for character."""
    small = (each.lower() for each in text)
    one = "".join(low if len(low) == 1 else each for low, each in zip(small, text, strict=True))
    return one.translate(_ALIKE)


def full_worth(kind: Kind) -> int:
    """How much all captions of a kind tell that are in a script which the reader knows."""
    return sum(_worth(each) for each in kind.side.anchors if _KNOWN.fullmatch(each.text))


def _worth(anchor: Anchor) -> int:
    """How much a caption tells: a Latin letter less than a Chinese character."""
    if anchor.common or len(anchor.text) == 1:
        return 0
    return len(anchor.text) // 2 if anchor.text.isascii() else len(anchor.text)


def _number_in(field: FieldDeclaration, text: str) -> re.Match[str] | None:
    """Find a number of eighteen places, or one whose printed shape the declaration tells."""
    if field.shape is not None:
        return re.search(rf"(?<![0-9])(?:{field.shape})(?![0-9])", text)
    built_alike = field.scheme is not None and field.scheme.startswith(_BUILT_ALIKE)
    return _NUMBER.search(text) if field.type == "cn_id18" or built_alike else None


def _match(text: str, worth: int, box: BoxMm, line: ReadLine, chars: Sequence[Char]) -> Match:
    x, y, width, height = box
    half = min(height, width / len(chars)) / 2
    across = np.linspace(x + half, x + width - half, len(chars))
    millimetres = np.column_stack([across, np.full(len(chars), y + height / 2)])
    return Match(text, worth, millimetres, np.array([line.point(each) for each in chars]))


def _ends_match(name: str, box: BoxMm, line: ReadLine, ends: tuple[Char, Char]) -> Match:
    """A long number tells where it begins and ends, whatever happened in between."""
    x, y, width, height = box
    half = height * 0.35
    millimetres = np.array([(x + half, y + height / 2), (x + width - half, y + height / 2)])
    pixels = np.array([line.point(each) for each in ends])
    return Match(name, _NUMBER_WORTH, millimetres, pixels, is_number=True)


def worth_of(found: Sequence[Match]) -> int:
    """How many characters of different captions were seen."""
    return sum({match.text: match.worth for match in found}.values())


def view_of(kind: Kind, found: Sequence[Match]) -> Floats | None:
    """Fit the document's view to the captions, from the surest one outwards.

    Where many of them do not stand where that one has them, it may be the one astray: the view is
    taken that most captions fit.
    """
    ranked = sorted(found, key=lambda match: (-match.worth, match.text))
    most, best = 0, None
    for first in ranked[:_STARTS]:
        view, used = _grown(kind, first, ranked) if first.worth else (None, [])
        if view is not None and worth_of(used) > most:
            most, best = worth_of(used), view
        if most >= _MOSTLY * worth_of(ranked):
            break
    return best


def _grown(
    kind: Kind, first: Match, ranked: Sequence[Match]
) -> tuple[Floats | None, Sequence[Match]]:
    """The view fitted to one caption, then to those near where it has them; and these."""
    used = [first]
    view = _fit(kind, used)
    for near in (_NEAR_MM * 2, _NEAR_MM, _NEAR_MM):
        if view is None:
            return None, []
        used = [match for match in ranked if _off_mm(view, match) <= _allowed(match, near)]
        view = _fit(kind, used) if used else None
    return view, used


def level_view(kind: Kind, found: Sequence[Match], lines: Iterable[ReadLine]) -> Floats | None:
    """Fit the view to the captions, and so that long lines of print are level.

    Where a number is set wider or narrower than was declared, or no caption stands on one side,
    captions alone would lean the document.
    """
    view = view_of(kind, found)
    if view is None:
        return None
    used = fitting(view, found)
    quads = [line.line.quad for line in lines if line.line.length > _LONG * line.line.height]
    if not used or not quads:
        return view
    ends = np.concatenate([(quad[:2] + quad[[3, 2]]) / 2 for quad in quads])
    for _ in range(_ROUNDS):
        flat = move(np.linalg.inv(view), ends).reshape(-1, 2, 2)
        flat[:, :, 1] = flat[:, :, 1].mean(axis=1, keepdims=True)
        better = _fit(kind, used, flat.reshape(-1, 2), ends)
        if better is None:
            return view
        view = better
    return view


def fitting(view: Floats, found: Iterable[Match]) -> list[Match]:
    """The captions that stand where a view puts them."""
    return [match for match in found if _off_mm(view, match) <= _allowed(match, _NEAR_MM)]


def _allowed(match: Match, near: float) -> float:
    return near if match.worth else min(near, _NEAR_SINGLE_MM)


def _off_mm(view: Floats, match: Match) -> float:
    """How far the caption lies from where the view puts it, in millimetres."""
    seen = move(np.linalg.inv(view), match.pixels[:1])
    return float(np.linalg.norm(seen - match.millimetres[:1]))


def _fit(
    kind: Kind, used: Sequence[Match], level: Floats = _NONE, ends: Floats = _NONE
) -> Floats | None:
    """Fit a view to captions, and to the ends of lines (`level`, millimetres; `ends`, pixels)."""
    millimetres = np.concatenate([*(match.millimetres for match in used), level])
    pixels = np.concatenate([*(match.pixels for match in used), ends])
    trust = np.concatenate([*(match.trust for match in used), np.full(len(level), _LEVEL)])
    return fit_view(millimetres, pixels, kind.size_mm, trust)
