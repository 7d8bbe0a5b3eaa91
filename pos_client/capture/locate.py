"""Finds a document in a frame by its text: which one, which side, where, and which way up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from pos_client.capture import anchors, geometry, kind_choice, mrz_rows
from pos_client.capture.anchors import Kind
from pos_client.capture.code_lines import told_by_code, told_by_stripe
from pos_client.capture.effort import Effort, is_clear, is_legible, is_plain
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.lines import (
    ReadLine,
    direction,
    facing,
    find_on_its_side,
    head,
    read_either_way,
    read_lines,
)
from pos_client.capture.mrz_gather import gather, gather_at_once
from pos_client.capture.mrz_guess import guess_format, guess_view
from pos_client.capture.mrz_zone import MrzRows
from pos_client.capture.near_captions import is_spanned, near_captions, unread_print
from pos_client.capture.prose import is_prose
from pos_client.capture.sheets import OnSheet, in_turn
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind, Quad, Side

#: The frame is searched with its longer side at this many pixels.
SEARCH_PX: Final = 640
#: Where that shows nothing, a picture that has to be read is searched once more, closer.
_CLOSER_PX: Final = 960
#: How many lines are read before giving up: few for the live picture, more when it has to be read.
_GLANCE_LINES: Final = 4
_THOROUGH_LINES: Final = 30
#: Lines further off the document's own direction than this belong to the table.
_SAME_WAY: Final = 0.9
#: No line of a document is longer than this many of its own heights (a row of 44 letters: 42).
_LONGEST: Final = 46
#: A page of print has lines of so many characters, or so many lines.
_LONG_CHARS: Final = 40
_PAGE_LINES: Final = 40
#: After so many of them a sheet is not asked again while there are others.
_SILENT_LINES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the search saw.

    `view` is 3 x 3, millimetres on the document to pixels; `boxes` all text, none where it was not
    searched for; `lines` what was read of it. `seed` is a row of a machine-readable zone, `rows`
    the whole zone once it was gathered. `rough`: the view comes from a number alone, the captions
    will tell it better.
    """

    kind: Kind
    view: Floats
    boxes: tuple[TextLine, ...]
    lines: tuple[ReadLine, ...]
    seed: TextLine | None = None
    rows: MrzRows | None = None
    rough: bool = False


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


def _find_as_it_is(engine: TextEngine, pixels: Pixels, longest_px: int) -> list[TextLine]:
    return engine.find_lines(pixels, longest_px)


#: How a picture that has to be read is searched, until something is found.
_WAYS: Final = (
    (_find_as_it_is, SEARCH_PX),
    (find_on_its_side, SEARCH_PX),
    (_find_as_it_is, _CLOSER_PX),
)


class Locator:
    """Searches frames for the documents it has declarations of."""

    def __init__(self, documents: Sequence[DocumentDeclaration], engine: TextEngine) -> None:
        self.kinds = [Kind(each, side) for each in documents for side in each.sides]
        self._engine = engine

    def kind(self, document: DocumentKind | None, side: Side | None) -> Kind | None:
        """Return the side of a kind by its names, or None where there is no such declaration."""
        wanted = (document, side)
        known = ((kind, (kind.document.code, kind.side.side)) for kind in self.kinds)
        return next((kind for kind, names in known if names == wanted), None)

    def locate(self, frame: Frame) -> Located | None:
        """Find a document, reading as few lines as tell what it is; None where there is no text."""
        if not self._engine.may_hold_text(frame.pixels):
            return None
        boxes = self._engine.find_lines(frame.pixels, SEARCH_PX)
        if not boxes:
            return None
        found = self._search(frame.pixels, boxes, _GLANCE_LINES)
        return _unknown(frame, boxes) if found is None else placed(frame, found)

    def locate_exactly(
        self,
        frame: Frame,
        before: Located | None = None,
        wanted: DocumentKind | None = None,
    ) -> Located | None:
        """Find a document and fit its place to everything that is printed; slower, tries harder.

        `before` is what `locate` found in this very frame, to save finding it again; `wanted` the
        kind that is meant where two fit alike.
        """
        exact = None
        if before is not None and before.found is not None and before.frame is frame:
            exact = self._exact(frame, before.found, wanted)
        if exact is None and self._engine.may_hold_text(frame.pixels):
            exact = self._by_stripe(frame, wanted) or self._near(frame, wanted)
        return None if exact is None else placed(frame, exact)

    def near(self, frame: Frame, wanted: DocumentKind | None) -> Located | None:
        """Find a document by its text where what a code alone had told was not borne out."""
        exact = self._near(frame, wanted)
        return None if exact is None else placed(frame, exact)

    def _by_stripe(self, frame: Frame, wanted: DocumentKind | None) -> Found | None:
        """Look for nothing but a code among stripes of print; rows only where none is missing."""
        told = told_by_stripe(self._engine, frame.pixels)
        if told is None:
            return None
        code, stripes = told
        found = self._recognised(frame.pixels, stripes, [], (code.line, code))
        if found is None:
            return None
        if found.seed is None:  # captions make no stripes
            return self._exact(frame, replace(found, boxes=()), wanted)
        rows = gather_at_once(self._engine, frame.pixels, stripes, code, frame.captured_at.date())
        return self._with_rows(found, rows)

    def _near(self, frame: Frame, wanted: DocumentKind | None) -> Found | None:
        """Look for anything that is known, in one way after the other."""
        plain, effort = False, Effort()
        for find, side_px in _WAYS:
            if find is find_on_its_side and plain:
                continue  # what is so well seen as it lies needs no turning
            boxes = find(self._engine, frame.pixels, side_px)
            lines: list[ReadLine] = []
            exact = self._looked(frame, boxes, lines, wanted, effort)
            if exact is not None:
                return exact
            plain = is_plain(lines)
            is_page = plain and not self._may_have_zone(boxes, lines)
            if is_page or effort.is_enough or self._engine.upright_only:
                return None
        return None

    def _looked(
        self,
        frame: Frame,
        boxes: Sequence[TextLine],
        lines: list[ReadLine],
        wanted: DocumentKind | None,
        effort: Effort,
    ) -> Found | None:
        """Search thoroughly among some boxes; what was read of them is added to `lines`."""
        for codes in (True, False):
            found = self._search(frame.pixels, boxes, _THOROUGH_LINES, lines, effort, codes=codes)
            if found is None:
                break
            exact = self._exact(frame, found, wanted)
            if exact is None and found.seed is not None:
                effort.zones += 1
                return None  # rows are read by the same reader, whoever told the first of them
            if exact is not None or not any(line.seen.crisp for line in found.lines):
                return exact  # only where the reader of codes was wrong, the other one is asked
        return None

    def _search(
        self,
        pixels: Pixels,
        boxes: Sequence[TextLine],
        limit: int,
        lines: list[ReadLine] | None = None,
        effort: Effort | None = None,
        *,
        codes: bool = True,
    ) -> Found | None:
        """Read the longest lines, one after the other, until they tell what this is.

        What was read is added to `lines`. With `codes`, those that the quick reader of codes is
        sure of are left to it.
        """
        lines, effort = [] if lines is None else lines, effort or Effort()
        upright = np.array((1.0, 0.0)) if self._engine.upright_only else None
        ways: dict[int, Floats] = {}
        silent: Counter[int] = Counter()
        waiting = in_turn([box for box in boxes if box.length < box.height * _LONGEST], pixels)
        put_off: list[OnSheet] = []
        for _ in range(limit):
            # A letter or a contract beside the card is asked again when nothing else is left.
            while waiting and silent[waiting[0][0]] >= _SILENT_LINES:
                put_off.append(waiting.pop(0))
            if effort.is_enough or not (waiting or put_off):
                break
            sheet, box = waiting.pop(0) if waiting else put_off.pop(0)
            whole, line, way = self._line_of(pixels, box, ways.get(sheet, upright), effort, codes)
            if way is not None:
                ways.setdefault(sheet, way)
            found = self._recognised(pixels, boxes, lines, (whole, line))
            if found is not None:
                return found
            effort.add(*(each.line for each in lines[-1:] if each.line is whole))
            silent[sheet] += is_legible(lines[-1]) if lines else 0
        return self._faint_zone(boxes, lines) if limit == _THOROUGH_LINES else None

    def _line_of(
        self, pixels: Pixels, box: TextLine, along: Floats | None, effort: Effort, codes: bool
    ) -> tuple[TextLine, ReadLine, Floats | None]:
        """Read a box: the whole line, it or its head as read, its direction where that is clear."""
        code = told_by_code(self._engine, pixels, box) if codes else None
        if code is not None:
            return code.line, code, direction(code.line)
        effort.add(head(box))
        if along is not None and abs(direction(box) @ along) > _SAME_WAY:
            whole = facing(box, along)
            line = read_lines(self._engine, pixels, [head(whole)])[0]
            if is_clear(line) or self._engine.upright_only:
                return whole, line, None  # else this may be of a sheet that lies the other way
        effort.add(head(box))
        whole, line, clear = read_either_way(self._engine, pixels, box)
        return whole, line, direction(whole) if clear else None

    def _may_have_zone(self, boxes: Sequence[TextLine], lines: Sequence[ReadLine]) -> bool:
        """Tell whether a zone may be here unseen: pages of print have more and longer lines."""
        short = all(len(line.chars) < _LONG_CHARS for line in lines)
        return short and len(boxes) < _PAGE_LINES

    def _faint_zone(self, boxes: Sequence[TextLine], lines: Sequence[ReadLine]) -> Found | None:
        """Take a piece of what may be a row of a zone for one; its check digits will tell."""
        for line in lines:
            if mrz_rows.might_be_mrz(line):
                found = self._zone(boxes, line.line, line)
                if found is not None:
                    return found
        return None

    def _recognised(
        self,
        pixels: Pixels,
        boxes: Sequence[TextLine],
        lines: list[ReadLine],
        newest: tuple[TextLine, ReadLine],
    ) -> Found | None:
        """Recognise a document with one more line: the line itself, and its head as read."""
        whole, line = newest
        if mrz_rows.looks_like_mrz(line):
            found = self._zone(boxes, whole, line)
            if found is not None:
                return found
        if line.line.length < whole.length - 1 and not is_prose(self.kinds, line):
            line = read_lines(self._engine, pixels, [whole])[0]
            # The head of a row may hold a long name and no filler yet.
            if mrz_rows.looks_like_mrz(line):
                found = self._zone(boxes, whole, line)
                if found is not None:
                    return found
        lines.append(line)
        return self._page(boxes, lines)

    def _zone(self, boxes: Sequence[TextLine], whole: TextLine, line: ReadLine) -> Found | None:
        """Guess the document around a line that looks like a part of a machine-readable zone."""
        form = guess_format(boxes, whole, line)
        kind = kind_choice.zone_kind(self.kinds, form)
        if form is None or kind is None:
            return None
        view = guess_view(boxes, whole, line, form, kind.size_mm)
        if view is None:
            return None
        return Found(kind, view, tuple(boxes), lines=(line,), seed=whole)

    def _page(self, boxes: Sequence[TextLine], lines: Sequence[ReadLine]) -> Found | None:
        best = kind_choice.best_kind(self.kinds, lines)
        if best is None:
            return None
        view = anchors.view_of(*best)
        return Found(best[0], view, tuple(boxes), tuple(lines)) if view is not None else None

    def of_zone(self, found: Found, values: Mapping[str, str]) -> Found:
        """Say whose zone it is, once it is read: a Chinese passport has rules of its own."""
        if found.rows is None:
            return found
        codes = values.get("document_code", ""), values.get("issuing_state", "")
        kind = kind_choice.kind_of_zone(self.kinds, found.rows.format, *codes)
        return found if kind is None else replace(found, kind=kind)

    def _exact(self, frame: Frame, found: Found, wanted: DocumentKind | None) -> Found | None:
        """Fit the view to everything printed; None where the rows of a zone turn out to be none."""
        if found.seed is not None:
            return self._gathered(frame, found, found.seed)
        if not found.rough and is_spanned(found.kind, found.lines):
            return replace(found, rough=True)
        others = self.alike(found.kind, wanted)
        boxes = found.boxes or self._engine.find_lines(frame.pixels, SEARCH_PX)
        near = near_captions(found.kind, found.view, boxes, found.lines, others)
        lines = (*found.lines, *read_lines(self._engine, frame.pixels, near))
        best = kind_choice.best_kind((found.kind, *others), lines, wanted)
        kind = best[0] if best else found.kind
        if not kind_choice.is_borne_out(kind, lines, self.alike(kind, wanted)):
            more = unread_print(kind, found.view, boxes, lines)
            lines = (*lines, *read_lines(self._engine, frame.pixels, more))
            kind = kind_choice.best_fitting(self.kinds, lines, wanted) or kind
        view = anchors.view_of(kind, anchors.matches(kind, lines))
        if view is None:
            return replace(found, rough=False)
        return replace(found, kind=kind, view=view, lines=lines, rough=False)

    def by_captions(self, frame: Frame, located: Located, wanted: DocumentKind | None) -> Located:
        """Fit a place that is known roughly to the captions as they are read in the frame."""
        exact = self._exact(frame, located.found, wanted) if located.found else None
        return located if exact is None else placed(frame, exact)

    def is_told(self, found: Found, lines: Sequence[ReadLine], wanted: DocumentKind | None) -> bool:
        """Say whether the lines of a page are those of the kind that was found, and no other."""
        best = kind_choice.best_kind(self.kinds, lines, wanted)
        return best is not None and best[0] is found.kind

    def alike(self, kind: Kind, wanted: DocumentKind | None = None) -> list[Kind]:
        """The sides that share captions with this one, and what is wanted."""
        return kind_choice.rivals(kind, self.kinds, wanted)

    def _gathered(self, frame: Frame, found: Found, seed: TextLine) -> Found | None:
        today = frame.captured_at.date()
        rows = gather(self._engine, frame.pixels, found.boxes, seed, found.lines[0], today)
        return self._with_rows(found, rows)

    def _with_rows(self, found: Found, rows: MrzRows | None) -> Found | None:
        kind = kind_choice.zone_kind(self.kinds, rows.format) if rows else None
        if rows is None or kind is None:
            return None
        view = mrz_rows.view_of(rows.format, rows.lines, kind.size_mm)
        return replace(found, kind=kind, view=view, rows=rows) if view is not None else None


def placed(frame: Frame, found: Found) -> Located:
    """Say in corners, turn and tilt where a document lies whose view is known."""
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
