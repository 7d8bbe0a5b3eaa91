"""Lays a page straight and reads its lines: first as it was found, then as its captions show it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.geometry import move
from pos_client.capture.lighting import brightened, gain_for, lit
from pos_client.capture.lines import ReadLine, moved
from pos_client.capture.locate import Found, Located, Locator, placed
from pos_client.capture.page import Before, Page
from pos_client.capture.page_source import Source
from pos_client.capture.straighten import straighten, to_flat
from pos_client.model.document import DocumentKind

#: Every character of a line that is not read again is as clear as this.
_CLEAR: Final = 0.97
_NOTHING: Final = Before()


@dataclass(frozen=True, slots=True, eq=False)
class LaidOut:
    """A page with its lines read: where it lies, and its straightened picture (BGR)."""

    located: Located
    found: Found
    flat: Pixels
    page: Page


def lay_out(
    engine: TextEngine,
    locator: Locator,
    frame: Frame,
    located: Located,
    wanted: DocumentKind | None,
) -> LaidOut | None:
    """Straighten the page that was located, and read it; None where nothing was.

    A number alone tells the place of a card well enough to read it. What its captions then tell is
    better, and spares reading them twice; where they are too few, or tell of another kind, the
    frame is searched for text if it was not, and then for captions.
    """
    laid = _as_found(engine, frame, located)
    if laid is None:
        return None
    if laid.found.rough and not laid.found.boxes and not _is_told(locator, laid, wanted):
        located = locator.near(frame, wanted) or located
        laid = _as_found(engine, frame, located) or laid
    if laid.found.rough and not _is_told(locator, laid, wanted):
        laid = _as_found(engine, frame, locator.by_captions(frame, located, wanted)) or laid
    better = laid.page.better_view()
    if better is None or not (better.is_astray or laid.found.rough):
        return laid
    size = laid.found.kind.size_mm
    before = to_flat(laid.found.view, size)
    found = replace(laid.found, view=np.linalg.inv(before) @ better.view, rough=False)
    across = to_flat(found.view, size) @ np.linalg.inv(before)
    if better.is_astray:
        clear = [moved(line, across) for line in laid.page.lines if _is_clear(line)]
        # Looking for lines costs as much as reading them, and would find the same ones.
        boxes = [TextLine(move(across, each.quad), each.score) for each in laid.page.boxes]
        return _as_found(engine, frame, placed(frame, found), Before(clear, boxes))
    flat = straighten(frame.pixels, found.view, size)
    return LaidOut(placed(frame, found), found, flat, laid.page.laid_on(lit(flat), across))


def _is_told(locator: Locator, laid: LaidOut, wanted: DocumentKind | None) -> bool:
    """Tell whether the captions of a page bear out what its number alone had told."""
    return laid.page.is_captioned and locator.is_told(laid.found, laid.page.lines, wanted)


def _is_clear(line: ReadLine) -> bool:
    """Tell whether reading a line again would hardly tell more."""
    return len(line.chars) > 0 and min(each.probability for each in line.chars) > _CLEAR


def _as_found(
    engine: TextEngine,
    frame: Frame,
    located: Located,
    before: Before = _NOTHING,
) -> LaidOut | None:
    """Read a page as it was found, but for what is known of it before, in its picture's pixels."""
    found = located.found
    if found is None:
        return None
    size = found.kind.size_mm
    flat = straighten(frame.pixels, found.view, size, roughly=found.rough)
    gain = gain_for(flat)
    source = None
    if found.rough:
        across = to_flat(found.view, size)
        before = Before([moved(line, across) for line in found.lines if line.seen.crisp])
        source = Source(frame.pixels, np.linalg.inv(across), gain)
    page = Page(engine, brightened(flat, gain), found.kind, source=source, before=before)
    return LaidOut(located, found, flat, page)
