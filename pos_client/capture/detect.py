"""Finds where lines of text lie in a picture, at any angle."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2

_MEAN: Final = np.array([0.485, 0.456, 0.406], np.float32) * 255
_SCALE: Final = 1 / (np.array([0.229, 0.224, 0.225], np.float32) * 255)

#: The network works on sides that are multiples of this.
_GRID: Final = 32
_TEXT: Final = 0.3
_SURE_TEXT: Final = 0.7
#: Lines thicker than this share of the picture's shorter side are several that ran together.
_THICKEST: Final = 0.16
_BOX_SCORE: Final = 0.5
_MIN_SIDE_PX: Final = 3.0
#: The network marks the core of a line; its true outline lies this share further out.
_UNCLIP: Final = 1.6
#: Glimpses at a picture that may be empty: their longer sides, and the least sign of text in them.
#: From 192 pixels one document in seven shows no sign, from 256 one in thirty-six, from 320 none.
_GLIMPSES_PX: Final = (256, 320)
_SIGN_OF_TEXT: Final = 0.05
#: Dark strokes are looked for at this size; print has so many cells that are so full of them, or
#: half as many that are fuller: a small card on an empty table. Two in five bare tables (wood,
#: cloth, stone) have as many; of 60 frames of documents, the poorest had 19.8.
_STROKES_PX: Final = 480
_CELL_PX: Final = 8
_STROKE_PX: Final = 7
_CELLS: Final = 40
_FEW_CELLS: Final = 20
_FULLER: Final = 1.4
_STROKES: Final = 9.5
#: No frame of a document had less than 19; of others with more, 7 in 10 show text to a glimpse.
_PLAINLY: Final = 19.0
#: Print is darker than its own paper by the same share in any light: what surrounds it within so
#: many pixels tells how bright that is. Less light than this is mostly noise.
_AROUND_PX: Final = 31
_WELL_LIT: Final = 200.0
_DARKEST: Final = 80.0
#: A picture with more lines than this is a page of print, not a card; the best ones are kept.
MAX_LINES: Final = 80


class LineFinder:
    """Runs the detection network: a probability of text for each pixel, then boxes around it."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input: str = session.get_inputs()[0].name

    def glimpses(self, pixels: Pixels) -> bool:
        """Look from so far away that text is a mere smear: cheap, and an empty desk shows none.

        A bare table has no strokes and costs next to nothing; papers and clutter get a glimpse,
        but for what has so many strokes that a glimpse would hardly ever spare the search.
        """
        strokes = _strokes(pixels)
        if strokes < _STROKES:
            return False
        if strokes > _PLAINLY:
            return True
        heats = (self._heat(pixels, size)[0] for size in _GLIMPSES_PX)
        return any(float(heat.max()) > _SIGN_OF_TEXT for heat in heats)

    def find(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        """Find lines in `pixels` (BGR), seen with its longer side at `longest_px`."""
        return boxes_of(*self._heat(pixels, longest_px))

    def _heat(self, pixels: Pixels, longest_px: int) -> tuple[NDArray[np.float32], Floats]:
        """A probability of text for each pixel, and what scales its x and y back to the picture."""
        height, width = pixels.shape[:2]
        scale = min(1.0, longest_px / max(height, width))
        size = _on_grid(width * scale), _on_grid(height * scale)
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        normal = (small.astype(np.float32) - _MEAN) * _SCALE
        blob = np.ascontiguousarray(normal.transpose(2, 0, 1)[None])
        heat = self._session.run(None, {self._input: blob})[0][0, 0]
        back = np.array([width / size[0], height / size[1]])
        return np.asarray(heat, np.float32), back


def _strokes(pixels: Pixels) -> float:
    """How dark the strokes are in the cells of a picture that have most of them."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    size = tuple(max(_CELL_PX, round(each * _STROKES_PX / longest)) for each in (width, height))
    # Making a picture smaller by a whole number takes a tenth of the time of what lies between.
    whole = max(1, longest // _STROKES_PX)
    near = max(1, width // whole), max(1, height // whole)
    smaller = cv2.resize(pixels, near, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(smaller, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR)
    kernel = np.ones((_STROKE_PX, _STROKE_PX), np.uint8)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    paper = cv2.blur(cv2.dilate(grey, kernel), (_AROUND_PX, _AROUND_PX)).astype(np.float32)
    share = dark * (_WELL_LIT / np.clip(paper, _DARKEST, _WELL_LIT))
    cells = cv2.resize(
        share, (size[0] // _CELL_PX, size[1] // _CELL_PX), interpolation=cv2.INTER_AREA
    )
    full = np.sort(cells, axis=None)
    many, few = (float(full[-min(count, full.size)]) for count in (_CELLS, _FEW_CELLS))
    return max(many, few / _FULLER)


def _on_grid(length: float) -> int:
    return max(_GRID, round(length / _GRID) * _GRID)


def boxes_of(heat: NDArray[np.float32], back: Floats) -> list[TextLine]:
    """Turn a map of probabilities (height x width) into lines; `back` scales x and y to pixels."""
    found = _outlined(heat, _TEXT)
    merged = [each for each in found if _is_merged(each, heat)]
    if merged:
        # Lines that ran into each other come apart where the network is surer.
        blob = np.zeros(heat.shape, np.uint8)
        cv2.drawContours(blob, merged, -1, 1, -1)
        parts = _outlined(np.where(blob > 0, heat, 0).astype(np.float32), _SURE_TEXT)
        found = [each for each in found if not _is_merged(each, heat)]
        found += [each for each in parts if not _is_merged(each, heat)]
    lines = [line for each in found if (line := _line(heat, each, back)) is not None]
    lines.sort(key=lambda line: line.length, reverse=True)
    return lines[:MAX_LINES]


def _outlined(heat: NDArray[np.float32], threshold: float) -> list[Any]:
    mask = (heat > threshold).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return sorted(contours, key=len, reverse=True)[: MAX_LINES * 3]


def _is_merged(contour: Any, heat: NDArray[np.float32]) -> bool:
    """A region thicker than any line that a document in this picture could have."""
    _, (w, h), _ = cv2.minAreaRect(contour)
    return bool(min(w, h) > _THICKEST * min(heat.shape))


def _line(heat: NDArray[np.float32], contour: Any, back: Floats) -> TextLine | None:
    (x, y), (w, h), angle = cv2.minAreaRect(contour)
    if min(w, h) < _MIN_SIDE_PX:
        return None
    score = _score(heat, contour)
    if score < _BOX_SCORE:
        return None
    grow = w * h * _UNCLIP / (2 * (w + h))
    corners = cv2.boxPoints(((x, y), (w + 2 * grow, h + 2 * grow), angle)) * back
    if np.linalg.norm(corners[1] - corners[0]) < np.linalg.norm(corners[2] - corners[1]):
        corners = np.roll(corners, -1, axis=0)
    return TextLine(np.asarray(corners, np.float64), score)


def _score(heat: NDArray[np.float32], contour: Any) -> float:
    x, y, w, h = cv2.boundingRect(contour)
    mask = np.zeros((h, w), np.uint8)
    cv2.drawContours(mask, [contour], -1, 1, -1, offset=(-x, -y))
    return float(cv2.mean(heat[y : y + h, x : x + w], mask)[0])
