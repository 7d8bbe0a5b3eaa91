"""Reads a card once more by its captions, where it is another or not laid out as declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pos_client.capture.anchors import Kind, level_view, matches, view_of, worth_of
from pos_client.capture.by_captions import laid_by_captions
from pos_client.capture.declared_values import decode
from pos_client.capture.effort import as_many_as_hold, is_legible, is_overfull
from pos_client.capture.engine import TextEngine
from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.geometry import move
from pos_client.capture.kind_choice import best_kind
from pos_client.capture.lay_out import LaidOut
from pos_client.capture.lighting import lit
from pos_client.capture.lines import ReadLine, direction, facing, read_lines
from pos_client.capture.locate import Found, Located, Locator, placed
from pos_client.capture.page import LEVEL, Page, search_px
from pos_client.capture.page_captions import PageCaptions
from pos_client.capture.straighten import straighten, to_flat
from pos_client.capture.values import Value
from pos_client.model.declaration import BoxMm, FieldDeclaration
from pos_client.model.document import DocumentKind
from pos_client.model.field import Box

#: How far beyond the edges of a page its print is looked for: at least, and as a share of its size.
_LEAST_MARGIN_MM: Final = 6.0
_MOST_MARGIN: Final = 0.5
_MOST_LINES: Final = 40
#: A value that reaches so far beyond the edge of a card shows that this is not its edge.
_BEYOND_MM: Final = 1.0
#: A value worth no more than this was read in vain.
_IN_VAIN: Final = 0.5
#: Where less than this share of its captions was seen, but so much was read well, and something is
#: missing, a card was looked for in the wrong place.
_SEEN: Final = 0.5
_LEGIBLE_LINES: Final = 3
#: Captions worth so much are more than another document's that lies about.
_TITLE: Final = 8
#: A reading has to be better by so much, in sure fields, than the one by the declaration.
_BETTER: Final = 0.3
#: Everything above this is as good as sure.
_SURE: Final = 0.97


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """A page that was laid out, and what was read in each of its fields."""

    laid: LaidOut
    values: list[tuple[FieldDeclaration, Value | None]]

    @property
    def is_in_vain(self) -> bool:
        """Tell whether something that has to be there was not read, or nothing at all."""
        asked = [(f, value) for f, value in self.values if f.type != "written"]
        empty = [f for f, v in asked if v is None or not v.text or v.confidence <= _IN_VAIN]
        return any(field.required for field in empty) or len(empty) == len(asked)

    @property
    def worth(self) -> float:
        """How many fields were read, each as far as it is sure."""
        texts = (value.confidence for _, value in self.values if value is not None and value.text)
        return sum(min(each, _SURE) for each in texts if each > _IN_VAIN)

    @property
    def may_be_bettered(self) -> bool:
        """Tell whether another reading could be worth enough more."""
        return self.worth + _BETTER < _SURE * len(self.values)


def decoded(laid: LaidOut) -> Decoded:
    """Read the fields of a page."""
    return Decoded(laid, [(each, decode(laid.page, each)) for each in laid.found.kind.side.fields])


def lay_otherwise(
    engine: TextEngine,
    locator: Locator,
    frame: Frame,
    read: Decoded,
    wanted: DocumentKind | None,
) -> Decoded:
    """Return the better of a reading and one whose fields stand where their captions are.

    Print that no field holds is asked first: a temporary card has all captions of the resident
    card, and others. Then all print on the page and around it is read, for where a card is not laid
    out as declared, what its captions tell of its place is not quite right either.
    """
    laid = read.laid
    kind = laid.found.kind
    if laid.page.is_overfull:
        return read
    lines = laid.page.all_print()
    told = _told(locator, kind, lines, wanted)
    if told is kind and not (read.may_be_bettered and _is_astray(read, lines)):
        return read
    wide, view = _with_room(told, laid)
    flat = straighten(frame.pixels, view, wide.size_mm)
    lines = _all_lines(engine, flat, wide)
    if told is not kind or read.is_in_vain:  # else what lies beside the card has no say
        told = _told(locator, kind, lines, wanted)
    wide = _with_room(told, laid)[0]
    moved = laid_by_captions(wide, lines, flat.shape[1] / wide.size_mm[0])
    if moved is None and told is kind:
        return read
    page = Page(engine, flat, moved or wide, (lines, []))
    found = replace(laid.found, kind=page.kind, view=view, rough=False)
    other = _sober(decoded(LaidOut(laid.located, found, flat, page)), wide)
    if told is kind and other.worth <= read.worth + _BETTER:
        return read
    return _cut_to_size(frame, other, told) or other


def _sober(read: Decoded, declared: Kind) -> Decoded:
    """Doubt what was read in places as declared, on a card that is laid out otherwise."""
    if read.laid.found.kind is declared:
        return read
    places = {field.name: field.box for field in declared.side.fields}
    return replace(
        read,
        values=[
            (field, value and replace(value, confidence=min(value.confidence, _IN_VAIN)))
            if field.box == places[field.name]
            else (field, value)
            for field, value in read.values
        ],
    )


def _cut_to_size(frame: Frame, read: Decoded, kind: Kind) -> Decoded | None:
    """The same values on a picture of the card without room around it; None where that cuts print.

    Where captions stand roughly as declared, they tell where the card ends.
    """
    wide, lines, size = read.laid, read.laid.page.lines, kind.size_mm
    fit = level_view(kind, matches(kind, lines), lines)
    if fit is None:
        return None
    before = to_flat(wide.found.view, wide.found.kind.size_mm)
    view = np.linalg.inv(before) @ fit
    across = to_flat(view, size) @ np.linalg.inv(before)
    flat = straighten(frame.pixels, view, size)
    boxes = [value.box for _, value in read.values if value is not None and value.text]
    ends = [move(across, np.array(((b.x, b.y), (b.x + b.width, b.y + b.height)))) for b in boxes]
    beyond = _BEYOND_MM * flat.shape[1] / size[0]
    far = np.array(flat.shape[1::-1]) + beyond
    if any((each < -beyond).any() or (each > far).any() for each in ends):
        return None
    found = replace(wide.found, kind=kind, view=view)
    laid = LaidOut(placed(frame, found), found, flat, wide.page)
    moved = [(field, value and replace(value, box=_moved(value.box, across)))
             for field, value in read.values]  # fmt: skip
    return Decoded(laid, moved)


def _moved(box: Box, across: Floats) -> Box:
    ends = move(across, np.array(((box.x, box.y), (box.x + box.width, box.y + box.height)), float))
    (left, top), (right, bottom) = np.maximum(ends, 0).round().astype(int).tolist()
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def page_with_zone(
    engine: TextEngine,
    locator: Locator,
    frame: Frame,
    found: Found,
    wanted: DocumentKind | None,
) -> Located | None:
    """Find the page whose captions stand above a zone of no state: permits have one of their own.

    None where what is printed there tells of no page that is known.
    """
    if found.seed is None or not found.boxes or is_overfull(found.boxes):
        return None
    along = direction(found.seed)
    level = [facing(each, along) for each in found.boxes]
    longest = as_many_as_hold(sorted(level, key=lambda each: -each.length), _MOST_LINES)
    lines = read_lines(engine, frame.pixels, longest)
    best = best_kind((each for each in locator.kinds if each.document.mrz is None), lines, wanted)
    if best is None or worth_of(best[1]) < _TITLE:
        return None
    view = view_of(*best)
    page = Found(best[0], view, found.boxes, tuple(lines)) if view is not None else None
    return None if page is None else placed(frame, page)


def _told(
    locator: Locator, kind: Kind, lines: Sequence[ReadLine], wanted: DocumentKind | None
) -> Kind:
    """Which of the kinds that are like this one all lines of a page tell of."""
    best = best_kind((kind, *locator.alike(kind, wanted)), lines, wanted)
    return kind if best is None else best[0]


def _is_astray(read: Decoded, lines: Sequence[ReadLine]) -> bool:
    """Tell whether the captions stand elsewhere than declared, or where nobody looked for them."""
    kind, px_per_mm = read.laid.found.kind, read.laid.page.px_per_mm
    if laid_by_captions(kind, lines, px_per_mm) is not None:
        return True
    few = len(PageCaptions(kind, lines, px_per_mm)) < _SEEN * len(kind.side.anchors)
    return few and read.is_in_vain and sum(map(is_legible, lines)) >= _LEGIBLE_LINES


def _with_room(kind: Kind, laid: LaidOut) -> tuple[Kind, Floats]:
    """A kind with room for all print around it, and where that lies in the frame."""
    width, height = laid.found.kind.size_mm
    back = np.linalg.inv(laid.found.view)
    middles = [move(back, each.middle[None])[0] for each in laid.found.boxes]
    least, most = _LEAST_MARGIN_MM, _MOST_MARGIN
    left, right = _room([float(each[0]) for each in middles], width, least, most * width)
    top, bottom = _room([float(each[1]) for each in middles], height, least, most * height)

    def moved_in(box: BoxMm) -> BoxMm:
        return box[0] + left, box[1] + top, box[2], box[3]

    side, document = kind.side, kind.document
    roomy = Kind(
        replace(
            document,
            width_mm=width + left + right,
            height_mm=height + top + bottom,
        ),
        replace(
            side,
            anchors=tuple(replace(each, box=moved_in(each.box)) for each in side.anchors),
            fields=tuple(
                replace(each, box=each.box and moved_in(each.box)) for each in side.fields
            ),
            photo=side.photo and moved_in(side.photo),
        ),
    )
    corner = np.array(((1, 0, -left), (0, 1, -top), (0, 0, 1)), float)
    return roomy, np.asarray(laid.found.view @ corner)


def _room(spots: Iterable[float], length: float, least: float, most: float) -> tuple[float, float]:
    """How much room there has to be before 0 and behind a length for spots not too far away."""
    near = [each for each in spots if -most < each < length + most]
    return max(least, least - min(near, default=0.0)), max(
        least, max(near, default=length) - length + least
    )


def _all_lines(engine: TextEngine, flat: Pixels, kind: Kind) -> list[ReadLine]:
    """Find and read the level lines of a picture, the longest of them."""
    level = np.array((1.0, 0.0))
    boxes = [facing(each, level) for each in engine.find_lines(flat, search_px(kind))]
    straight = [each for each in boxes if direction(each)[0] > LEVEL]
    longest = as_many_as_hold(sorted(straight, key=lambda each: -each.length), _MOST_LINES)
    return read_lines(engine, lit(flat), longest)
