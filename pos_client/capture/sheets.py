"""Tells whose print is whose: lines that lie together make a sheet, and each sheet has its turn."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import direction
from pos_client.capture.smaller import smaller
from pos_client.capture.vision import cv2

#: Lines of one sheet are as parallel as this, this near each other in heights of a line, one is at
#: most so much taller than its neighbour, and their paper has one colour: its brightness, and blue
#: and red beside green, differ by no more than such a share and so many levels of noise.
_PARALLEL: Final = 0.985
_NEAR_HEIGHTS: Final = 3.2
_SAME_HEIGHT: Final = 1.6
_SAME_LIGHT: Final = 0.05
_SAME_TINT: Final = 0.02
_GRAIN: Final = 1.5
#: Paper is looked for at this size, as the brightest within so many pixels.
_PAPER_PX: Final = 640
_STROKES_PX: Final = 9

#: A line, and the number of the sheet it lies on.
OnSheet = tuple[int, TextLine]


def in_turn(lines: Sequence[TextLine], pixels: Pixels) -> list[OnSheet]:
    """Order lines so that each sheet has its turn, its longest line first.

    A contract beside a card, or below it, has more and longer lines than the card: taken by length
    alone, the card's own lines would come last.

    Args:
        lines: boxes of text, corners in pixels.
        pixels: the picture that they were found in, BGR.
    """
    if not lines:
        return []
    together = _together(lines)
    sheets: dict[int, list[OnSheet]] = {}
    for sheet, line in zip(_sheets(together & _one_paper(lines, pixels)), lines, strict=True):
        sheets.setdefault(sheet, []).append((sheet, line))
    for each in sheets.values():
        each.sort(key=lambda one: -one[1].length)
    # What stands alone is a sign or a label more often than a document; a sheet is numbered by the
    # first of its lines.
    alone = together.sum(axis=0) == 1
    groups = sorted(sheets.values(), key=lambda each: (alone[each[0][0]], -each[0][1].length))
    return [one for turn in zip_longest(*groups) for one in turn if one is not None]


def _together(lines: Sequence[TextLine]) -> NDArray[np.bool_]:
    """Which lines are parallel and near each other, count x count."""
    ways = np.array([direction(line) for line in lines])
    heights = np.array([line.height for line in lines])
    parallel = np.abs(ways @ ways.T) > _PARALLEL
    near = _gaps(lines) < _NEAR_HEIGHTS * np.minimum(heights[:, None], heights[None])
    taller = heights[:, None] / heights[None]
    even = np.maximum(taller, 1 / taller) < _SAME_HEIGHT
    return np.asarray(parallel & near & even)


def _sheets(linked: NDArray[np.bool_]) -> list[int]:
    """For each line the number of its sheet: that of the first line that hangs together with it."""
    sheet = list(range(len(linked)))
    for at in sheet.copy():
        if sheet[at] != at:
            continue
        # Spread from this line to all that hang together with it.
        open_ones = [at]
        while open_ones:
            here = open_ones.pop()
            for other in np.flatnonzero(linked[here]).tolist():
                if other > at and sheet[other] == other:
                    sheet[other] = at
                    open_ones.append(other)
    return sheet


def _gaps(lines: Sequence[TextLine]) -> Floats:
    """Distances between boxes, count x count pixels, as their ends and middles show them."""
    quads = np.array([line.quad for line in lines])
    ends = (quads[:, 0] + quads[:, 3]) / 2, (quads[:, 1] + quads[:, 2]) / 2
    spots = np.stack([ends[0], quads.mean(axis=1), ends[1]], axis=1)
    off = np.linalg.norm(spots[:, None, :, None] - spots[None, :, None, :], axis=-1)
    return np.asarray(off.min(axis=(2, 3)))


def _one_paper(lines: Sequence[TextLine], pixels: Pixels) -> NDArray[np.bool_]:
    """Which lines lie on paper of one colour, count x count."""
    small, scale = smaller(pixels, _PAPER_PX)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((_STROKES_PX,) * 2, np.uint8)), 5)
    shares = np.linspace(0.1, 0.9, 9)[:, None]
    colours = []
    for line in lines:
        start, end = (line.quad[0] + line.quad[3]) / 2, (line.quad[1] + line.quad[2]) / 2
        spots = np.rint((start * (1 - shares) + end * shares) * scale).astype(int)
        x, y = np.clip(spots, 0, np.array(small.shape[1::-1]) - 1).T
        colours.append(np.median(paper[y, x], axis=0))
    table = np.maximum(np.array(colours, np.float64), 1.0)
    green = table[:, 1]
    grain = _GRAIN / np.minimum(green[:, None], green[None])
    light = np.abs(np.log(green[:, None] / green[None])) < _SAME_LIGHT + grain
    tint = table[:, [0, 2]] / green[:, None]
    alike = np.abs(tint[:, None] - tint[None]).max(axis=-1) < _SAME_TINT + grain
    return np.asarray(light & alike)
