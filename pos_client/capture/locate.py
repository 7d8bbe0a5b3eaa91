"""Finds a document in a frame by its text: which one, which side, where, and which way up."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from pos_client.capture import anchors, geometry, mrz_rows
from pos_client.capture.anchors import Kind
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.lines import (
    ReadLine,
    direction,
    facing,
    head,
    read_either_way,
    read_lines,
)
from pos_client.capture.mrz_rows import MrzRows
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind, Quad, Side

#: The frame is searched with its longer side at this many pixels.
SEARCH_PX: Final = 640
#: Where that shows nothing, a picture that has to be read is searched once more, closer.
_CLOSER_PX: Final = 960
#: How many lines are read before giving up: few for the live picture, more when it has to be read.
_GLANCE_LINES: Final = 4
_THOROUGH_LINES: Final = 14
#: Lines further off the document's own direction than this belong to the table.
_SAME_WAY: Final = 0.9
#: A caption is looked for this far around its expected place, in millimetres.
_AROUND_MM: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the search saw: kind, view (3 x 3, millimetres to pixels), text boxes, and MRZ rows."""

    kind: Kind
    view: Floats
    boxes: tuple[TextLine, ...] = ()
    rows: MrzRows | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Where a document lies in a frame.

    `document` and `side` are None where text was found but no kind was recognised; the quad then
    surrounds the text. `rotation_deg` is the turn clockwise, 0 to 360; `coverage` the document's
    width as a share of the frame's.
    """

    quad: Quad
    document: DocumentKind | None
    side: Side | None
    rotation_deg: float
    tilt_deg: float
    coverage: float
    frame: Frame = field(repr=False)
    found: Found | None = field(default=None, repr=False)


class Locator:
    """Searches frames for the documents it has declarations of."""

    def __init__(self, documents: Sequence[DocumentDeclaration], engine: TextEngine) -> None:
        self._kinds = [Kind(each, side) for each in documents for side in each.sides]
        self._engine = engine

    def locate(self, frame: Frame) -> Located | None:
        """Find a document, reading as few lines as tell what it is; None where there is no text."""
        boxes = self._engine.find_lines(frame.pixels, SEARCH_PX)
        if not boxes:
            return None
        found = self._search(frame.pixels, boxes, _GLANCE_LINES)
        return _unknown(frame, boxes) if found is None else _located(frame, found)

    def locate_exactly(self, frame: Frame, before: Located | None = None) -> Located | None:
        """Find a document and fit its place to every caption; slower, tries harder.

        `before` is what `locate` found in this very frame, to save finding it again.
        """
        found = before.found if before is not None and before.frame is frame else None
        if found is None:
            found = self._thorough(frame)
        if found is None:
            return None
        if found.rows is None:
            found = self._sharpened(frame.pixels, found)
        return _located(frame, found)

    def _thorough(self, frame: Frame) -> Found | None:
        for side_px in (SEARCH_PX, _CLOSER_PX):
            boxes = self._engine.find_lines(frame.pixels, side_px)
            found = self._search(frame.pixels, boxes, _THOROUGH_LINES)
            if found is not None:
                return found
        return None

    def _search(self, pixels: Pixels, boxes: Sequence[TextLine], limit: int) -> Found | None:
        """Read the longest lines, one after the other, until they tell what this is."""
        lines: list[ReadLine] = []
        along: Floats | None = None
        for box in boxes[:limit]:
            if along is None or abs(direction(box) @ along) < _SAME_WAY:
                whole, line, clear = read_either_way(self._engine, pixels, box)
                along = direction(whole) if clear and along is None else along
            else:
                whole = facing(box, along)
                line = read_lines(self._engine, pixels, [head(whole)])[0]
            if mrz_rows.looks_like_mrz(line):
                found = self._zone(pixels, boxes, whole, line)
                if found is not None:
                    return found
            if line.line.length < whole.length - 1:
                line = read_lines(self._engine, pixels, [whole])[0]
            lines.append(line)
            found = self._page(boxes, lines)
            if found is not None:
                return found
        return None

    def _zone(
        self, pixels: Pixels, boxes: Sequence[TextLine], whole: TextLine, line: ReadLine
    ) -> Found | None:
        """Put a machine-readable zone together around the line that looks like a part of one."""
        rows = mrz_rows.gather(self._engine, pixels, boxes, whole, line)
        kind = self._mrz_kind(rows) if rows else None
        if rows is None or kind is None:
            return None
        view = mrz_rows.view_of(rows, kind.size_mm)
        return Found(kind, view, tuple(boxes), rows) if view is not None else None

    def _page(self, boxes: Sequence[TextLine], lines: Sequence[ReadLine]) -> Found | None:
        best = anchors.best_kind(self._kinds, lines)
        if best is None:
            return None
        view = anchors.view_of(*best)
        return Found(best[0], view, tuple(boxes)) if view is not None else None

    def _mrz_kind(self, rows: MrzRows) -> Kind | None:
        return next((each for each in self._kinds if each.document.mrz == rows.format), None)

    def _sharpened(self, pixels: Pixels, found: Found) -> Found:
        """Read the lines with captions, and fit the view to all of them."""
        near = _near_captions(found.boxes, found)
        lines = read_lines(self._engine, pixels, near)
        view = anchors.view_of(found.kind, anchors.matches(found.kind, lines))
        return found if view is None else replace(found, view=view)


def _near_captions(boxes: Sequence[TextLine], found: Found) -> list[TextLine]:
    """Boxes that start or pass where a caption is expected, turned to reading order."""
    back = np.linalg.inv(found.view)
    size = found.kind.size_mm
    x, y = size[0] / 2, size[1] / 2
    ends = geometry.move(found.view, np.array([(x, y), (x + 1, y)]))
    unit = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    near: list[TextLine] = []
    for box in boxes:
        upright = facing(box, unit)
        flat = geometry.move(back, upright.quad)
        low, high = flat.min(axis=0) - _AROUND_MM, flat.max(axis=0) + _AROUND_MM
        for anchor in found.kind.side.anchors:
            x, y, width, height = anchor.box
            spot = np.array((x + width / 2, y + height / 2))
            if (low <= spot).all() and (spot <= high).all():
                near.append(upright)
                break
    return near


def _located(frame: Frame, found: Found) -> Located:
    size = found.kind.size_mm
    quad = geometry.outline(found.view, size)
    corners = geometry.corners_of(quad)
    across = float(np.linalg.norm(corners[1] - corners[0]))
    return Located(
        quad=quad,
        document=found.kind.document.code,
        side=found.kind.side.side,
        rotation_deg=geometry.roll_deg(quad),
        tilt_deg=geometry.tilt_deg(quad, size),
        coverage=across / frame.pixels.shape[1],
        frame=frame,
        found=found,
    )


def _unknown(frame: Frame, boxes: Sequence[TextLine]) -> Located:
    """Text, but no document that is known: surround it."""
    points = np.concatenate([box.quad for box in boxes])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    quad = Quad(*((float(x), float(y)) for x, y in corners))
    coverage = float(right - left) / frame.pixels.shape[1]
    return Located(quad, None, None, 0.0, 0.0, coverage, frame)
